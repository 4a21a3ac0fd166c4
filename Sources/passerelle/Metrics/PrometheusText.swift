/// The text format of Prometheus, version 0.0.4.
struct PrometheusText {
    private(set) var text = ""

    /// Begins a metric: what its values mean.
    mutating func metric(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// A value that has no labels.
    mutating func value(_ name: String, _ value: Double) { self.value(name, [:], value) }

    /// - Parameter labels: names and values that the program itself wrote.
    mutating func value(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: Double) {
        let inner = labels.map { "\($0)=\"\(Self.quoted($1))\"" }.joined(separator: ",")
        let number = value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
        text += inner.isEmpty ? "\(name) \(number)\n" : "\(name){\(inner)} \(number)\n"
    }

    private static func quoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
