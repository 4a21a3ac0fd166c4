import ArgumentParser

/// What tells the nodes of one demo apart; settings of `serve`, for the demo too.
struct DemoNode: ParsableArguments {
    @Option(help: "The node's name in the audit trail.") var nodeName: String?
    @Option(help: "Seconds it goes on serving after it was asked to stop.") var drainSeconds = 0
    @Option(help: "Seconds after which a killed node's jobs are taken over.") var leaseSeconds = 30
    @Option(help: "Any setting of serve, as NAME=VALUE; may be repeated.") var set: [String] = []
    @Option(help: "The port of /metrics on 127.0.0.1.") var metricsPort: Int?
    @Option(help: "The port of HL7 v2 over MLLP on 127.0.0.1.") var mllpPort: Int?
    @Option(help: "The file of the audit trail's checkpoints.") var checkpointFile: String?

    /// As arguments of `Settings`.
    var settings: [String] {
        let texts = [
            "drain-seconds": "\(drainSeconds)", "lease-seconds": "\(leaseSeconds)", "node-name": nodeName,
            "metrics-port": metricsPort.map { "\($0)" }, "checkpoint-file": checkpointFile,
            "mllp-port": mllpPort.map { "\($0)" },
            // the demo shows letters
            "post-by-hand": set.contains { $0.hasPrefix("post-by-hand=") } ? nil : "on",
        ]
        let others = set.flatMap { pair -> [String] in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 ? ["--\(parts[0])", String(parts[1])] : ["--\(pair)"]
        }
        return texts.flatMap { name, text in text.map { ["--\(name)", $0] } ?? [] } + others
    }
}
