/// What a JSON text may cost. Each limit is checked before the memory it protects is taken.
public struct JSONLimits: Sendable {
    /// The longest text, in bytes.
    public var totalBytes: Int
    /// Objects and arrays inside one another.
    public var depth = 64
    /// Values of the whole text: objects, arrays, strings, numbers, true, false and null.
    public var values = 100_000
    /// One string, in bytes as written.
    public var stringBytes = 64 * 1024
    /// A narrative: a string member called `div`, in bytes as written.
    public var narrativeBytes = 1024 * 1024
    /// A member name. The longest of FHIR R4 has 32 bytes.
    public var nameBytes = 128
    /// A number. The longest decimal of FHIR has 18 digits.
    public var numberBytes = 64

    public init(totalBytes: Int) { self.totalBytes = totalBytes }
}
