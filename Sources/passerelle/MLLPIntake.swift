import Demo
import Foundation
import Intake
import Logging

/// The listener for HL7 v2, from the settings: `serve` and `demo` have the same.
enum MLLPIntake {
    /// - Parameter fallback: the senders when no file names them; for the demo.
    /// - Returns: nil without `--mllp-port`.
    /// - Throws: `SettingsFailure` with a sentence that says what to do.
    static func listener(
        _ core: Core, _ settings: Settings, fallback: IntakeMapping? = nil, logger: Logger
    ) throws -> MLLPListener? {
        guard let listening = try listening(settings) else { return nil }
        let mapping = try mapping(settings) ?? fallback
        guard let mapping else {
            throw SettingsFailure("Set --hl7-mapping: the file that says which sender is which client.")
        }
        try check(mapping, hasTLS: listening.tls != nil)
        let intake = Intake(
            access: core.access, dispatches: core.dispatches, mapping: mapping,
            maximumDocumentBytes: try settings.number("maximum-document-megabytes", in: 1...100) << 20,
            logger: logger)
        do { return try MLLPListener(intake, listening, logger: logger) } catch {
            throw SettingsFailure("The MLLP certificates are not accepted: \(error).")
        }
    }

    private static func listening(_ settings: Settings) throws -> ListenerSettings? {
        let needing = ["mllp-tls-certificate", "mllp-tls-key", "mllp-tls-client-ca", "hl7-mapping"]
        guard settings["mllp-port"] != nil else {
            if let key = needing.first(where: { settings[$0] != nil }) {
                throw SettingsFailure("--\(key) is of no use without --mllp-port.")
            }
            return nil
        }
        var listening = ListenerSettings(
            host: settings["mllp-host"] ?? "127.0.0.1", port: try settings.number("mllp-port", in: 1...65535))
        listening.maximumConnections = try settings.number("mllp-connections", in: 1...1000)
        if settings["mllp-connections-per-address"] != nil {
            listening.maximumPerAddress = try settings.number(
                "mllp-connections-per-address", in: 1...listening.maximumConnections)
        }
        switch (settings["mllp-tls-certificate"], settings["mllp-tls-key"], settings["mllp-tls-client-ca"]) {
        case (let certificate?, let key?, let authority?):
            do {
                listening.tls = try ListenerSettings.tls(
                    certificate: certificate, key: key, clientAuthority: authority)
            } catch {
                throw SettingsFailure(
                    "The files of --mllp-tls-certificate, --mllp-tls-key and --mllp-tls-client-ca must be "
                        + "readable PEM: \(error).")
            }
        case (nil, nil, nil):
            guard ["127.0.0.1", "::1"].contains(listening.host) else {
                throw SettingsFailure(
                    "Without TLS, MLLP listens on 127.0.0.1 only: set --mllp-tls-certificate, --mllp-tls-key "
                        + "and --mllp-tls-client-ca, or put the interface engine on this machine.")
            }
        default:
            throw SettingsFailure(
                "Set --mllp-tls-certificate, --mllp-tls-key and --mllp-tls-client-ca together: MLLP knows its "
                    + "senders by their certificates.")
        }
        return listening
    }

    private static func mapping(_ settings: Settings) throws -> IntakeMapping? {
        guard let file = settings["hl7-mapping"] else { return nil }
        let root = try settings.required("fhir-oid-root", for: "the root of the hospital's OIDs")
        do { return try IntakeMapping(file: file, oidRoot: root) } catch let failure as MappingFailure {
            throw SettingsFailure("--hl7-mapping is not accepted. \(failure)")
        }
    }

    /// A sender without a certificate can never come over TLS, one with a certificate never without: said at the
    /// start rather than in the night.
    private static func check(_ mapping: IntakeMapping, hasTLS: Bool) throws {
        for sender in mapping.senders where sender.certificates.isEmpty == hasTLS {
            throw SettingsFailure(
                hasTLS
                    ? "The sender \(sender.application) of --hl7-mapping needs its certificates: MLLP is over TLS."
                    : "The sender \(sender.application) of --hl7-mapping has certificates: MLLP is without TLS."
            )
        }
    }
}
