import Access
import Delivery
import Dispatches
import FHIR
import FHIRInterface
import Foundation

/// The hospital's record system as the settings name it.
enum RecordFeedSettings {
    /// Where the trace of documents is pushed to; nil when it is not.
    /// - Throws: `SettingsFailure` with a sentence that says what to do.
    static func sink(_ settings: Settings, baseURL: String, clock: Clock) throws -> RecordSink? {
        guard let place = settings["record-feed"] else {
            let others = [
                "record-feed-token-file", "record-feed-client", "record-feed-token-url", "record-feed-key",
                "record-feed-certificate", "record-feed-certificate-key", "record-feed-authority",
            ]
            if let other = others.first(where: { settings[$0] != nil }) {
                throw SettingsFailure("--\(other) is of no use without --record-feed.")
            }
            return nil
        }
        let address = try self.address(place, of: "record-feed")
        let certificate = try certificate(settings)
        let credentials = try credentials(settings)
        if case .connection = credentials, certificate == nil, place.hasPrefix("https:") {
            throw SettingsFailure(
                "--record-feed needs a proof of who we are: --record-feed-client with its key, "
                    + "--record-feed-token-file, or --record-feed-certificate.")
        }
        let atOnce = try settings.number("record-feed-batch", in: 1...50)
        guard atOnce == 1 || RecordFeed.base(of: place) != nil else {
            throw SettingsFailure(
                "--record-feed-batch posts to the base above: --record-feed must end in /AuditEvent.")
        }
        let feed = RecordFeed(
            address: address, credentials: credentials,
            connection: RecordConnection(
                authority: settings["record-feed-authority"], certificate: certificate),
            atOnce: atOnce)
        let site = settings["fhir-oid-root"] ?? ""
        let observer = URL(string: baseURL)?.host ?? "passerelle"
        return RecordSink(feed, clock: clock) { news in
            RecordEvent.json(news, site: site, base: baseURL + "/fhir", observer: observer).bytes
        }
    }

    private static func address(_ text: String, of setting: String) throws -> GatewayAddress {
        do { return try GatewayAddress(text) } catch let failure as GatewayAddress.Invalid {
            throw SettingsFailure("--\(setting) is not accepted: \(failure.reason).")
        }
    }

    private static func certificate(_ settings: Settings) throws -> (chain: String, key: String)? {
        switch (settings["record-feed-certificate"], settings["record-feed-certificate-key"]) {
        case (let chain?, let key?): return (chain, key)
        case (nil, nil): return nil
        default:
            throw SettingsFailure("Set --record-feed-certificate and --record-feed-certificate-key together.")
        }
    }

    private static func credentials(_ settings: Settings) throws -> RecordCredentials {
        if let client = settings["record-feed-client"] {
            guard settings["record-feed-token-file"] == nil else {
                throw SettingsFailure("Set --record-feed-client or --record-feed-token-file, not both.")
            }
            let url = try settings.required(
                "record-feed-token-url", for: "the record system's token endpoint")
            let file = try settings.required("record-feed-key", for: "the PEM file of our P-384 key")
            guard let data = FileManager.default.contents(atPath: file), data.count < 64 << 10,
                let smart = try? SMARTCredentials(
                    client: client, tokenURL: try address(url, of: "record-feed-token-url"),
                    key: String(decoding: data, as: UTF8.self),
                    keyID: settings["record-feed-key-id"] ?? "passerelle-1")
            else {
                throw SettingsFailure(
                    "--record-feed-key must be the PEM file of a P-384 key, and --record-feed-token-url https://…."
                )
            }
            return .smart(smart)
        }
        if let file = settings["record-feed-token-file"] {
            guard FileManager.default.isReadableFile(atPath: file) else {
                throw SettingsFailure("--record-feed-token-file \(file) cannot be read.")
            }
            return .bearer(file: file)
        }
        return .connection
    }
}
