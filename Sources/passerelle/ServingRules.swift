import Delivery
import Dispatches
import Foundation
import Portal

/// What `serve` insists on. Each refusal says what to do.
struct ServingRules {
    let baseURL: String
    /// Without port, for domain-bound codes and the audit log's name.
    let host: String
    /// With port, as browsers send it.
    let authority: String
    let server: ServerSettings
    let relay: MailRelay
    let mailFrom: String
    /// Where mail systems report on mails with documents.
    let returns: String?
    let gateway: any SMSGateway
    let simSwap: (any SIMSwapLookup)?
    let identities: IdentityProviders
    /// The national record to which documents are published; nil: none.
    let record: (any NationalRecord)?

    static func check(_ settings: Settings) throws -> ServingRules {
        let data = try settings.required(
            "data", for: "the folder that holds the database and the sealed contents")
        if FileManager.default.fileExists(atPath: "\(data)/demo.json") {
            throw SettingsFailure("\(data) was made by the demo, with known passwords: give another --data.")
        }
        try checkCheckpointFile(settings, data: data)
        try OpenDatabase.checkTransport(settings)
        let base = try settings.required(
            "base-url", for: "the public address, https://portal.hospital.example")
        guard let url = URL(string: base), url.scheme == "https", let host = url.host, url.path.isEmpty else {
            throw SettingsFailure(
                "--base-url must be https://HOST without a path: sessions need a secure connection.")
        }
        var server = ServerSettings()
        server.host = settings["host"] ?? "127.0.0.1"
        server.port = try settings.number("port", in: 1...65535)
        switch (settings["tls-certificate"], settings["tls-key"]) {
        case (let chain?, let key?): server.certificate = (chain, key)
        case (nil, nil):
            guard ["127.0.0.1", "::1"].contains(server.host) else {
                throw SettingsFailure(
                    "Without TLS the portal listens on 127.0.0.1 only: set --tls-certificate and --tls-key, "
                        + "or put a proxy on this machine in front.")
            }
        default: throw SettingsFailure("Set --tls-certificate and --tls-key together.")
        }
        if let proxy = settings["trusted-proxy"], proxy == "*" {
            throw SettingsFailure(
                "--trusted-proxy is one address, not «*»: else anybody could name his own address.")
        }
        return ServingRules(
            baseURL: base, host: host, authority: url.port.map { "\(host):\($0)" } ?? host, server: server,
            relay: try relay(settings),
            mailFrom: try settings.required("mail-from", for: "the sender's address of notices"),
            returns: try returns(settings), gateway: try gateway(settings), simSwap: try simSwap(settings),
            identities: try IdentityProviders(settings, baseURL: base), record: try record(settings))
    }

    /// Checkpoints beside the data would be rolled back, copied and restored together with them, and prove
    /// nothing.
    private static func checkCheckpointFile(_ settings: Settings, data: String) throws {
        let file = try settings.required(
            "checkpoint-file",
            for:
                "the file of the audit trail's checkpoints, outside --data, of which another host keeps a copy"
        )
        guard !FilePlace.isInside(file, folder: data) else {
            throw SettingsFailure(
                "--checkpoint-file \(file) lies in the data folder, and would be rolled back with it: "
                    + "move it to a folder of its own and name it there.")
        }
        var isFolder: ObjCBool = false
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue
        else {
            throw SettingsFailure("The folder of --checkpoint-file, \(folder), does not exist: make it.")
        }
    }

    private static func relay(_ settings: Settings) throws -> MailRelay {
        let host = try settings.required("smtp-host", for: "the hospital's mail relay")
        let security: MailRelay.Security
        switch settings["smtp-security"] {
        case "starttls": security = .startTLS
        case "none": security = .plainLoopbackOnly
        default:
            throw SettingsFailure(
                "--smtp-security must be «starttls», or «none» for a relay on this machine.")
        }
        do {
            return try MailRelay(
                host: host, port: try settings.number("smtp-port", in: 1...65535), security: security,
                user: settings["smtp-user"], password: settings["smtp-password"],
                authority: settings["smtp-authority"])
        } catch let failure as MailFailure {
            throw SettingsFailure(
                "The mail relay's settings are not accepted (\(failure)): "
                    + "STARTTLS is needed for any other host than this machine, and user and password go together."
            )
        }
    }

    static func record(_ settings: Settings) throws -> (any NationalRecord)? {
        guard let address = settings["record-address"] else { return nil }
        let source = try settings.required(
            "record-source", for: "the institution's OID as a source of documents, urn:oid:2.16.756.…")
        guard source.utf8.starts(with: "urn:oid:".utf8) else {
            throw SettingsFailure("--record-source must begin with urn:oid:.")
        }
        do {
            return try MHDRecord(
                address: try GatewayAddress(address),
                token: try settings.required("record-token", for: "the bearer token of the national record"),
                sourceIdentifier: source, authority: settings["record-authority"])
        } catch let failure as GatewayAddress.Invalid {
            throw SettingsFailure("--record-address is not accepted: \(failure.reason).")
        } catch is NationalRecordFailure {
            throw SettingsFailure("--record-token must be printable ASCII without spaces.")
        }
    }

    private static func returns(_ settings: Settings) throws -> String? {
        guard let address = settings["bounce-address"] else { return nil }
        let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...30).contains(parts[0].count), !parts[1].isEmpty,
            !parts[0].contains(UInt8(ascii: "+"))
        else {
            throw SettingsFailure(
                "--bounce-address must be an address of at most 30 characters before the @ and without «+»: "
                    + "the portal adds «+» and what tells the mails apart.")
        }
        return address
    }

    private static func simSwap(_ settings: Settings) throws -> (any SIMSwapLookup)? {
        guard let address = settings["sim-swap-address"] else {
            guard settings["sim-swap-token"] == nil else {
                throw SettingsFailure("--sim-swap-token is of no use without --sim-swap-address.")
            }
            return nil
        }
        do {
            return try CAMARASIMSwap(
                address: try GatewayAddress(address),
                token: try settings.required("sim-swap-token", for: "the bearer token of CAMARA SIM Swap"),
                authority: settings["sms-authority"])
        } catch let failure as GatewayAddress.Invalid {
            throw SettingsFailure("--sim-swap-address is not accepted: \(failure.reason).")
        } catch is SMSFailure {
            throw SettingsFailure("--sim-swap-token must be printable ASCII without spaces.")
        }
    }

    private static func gateway(_ settings: Settings) throws -> any SMSGateway {
        let address = try settings.required("sms-address", for: "the address of the SMS gateway")
        do {
            switch settings["sms-gateway"] {
            case "kannel":
                return KannelGateway(
                    address: try GatewayAddress(address),
                    user: try settings.required("sms-user", for: "Kannel's user"),
                    password: try settings.required("sms-password", for: "Kannel's password"),
                    sender: settings["sms-sender"], authority: settings["sms-authority"])
            case "webhook":
                return try WebhookGateway(
                    address: try GatewayAddress(address),
                    token: try settings.required("sms-token", for: "the bearer token of the webhook"),
                    authority: settings["sms-authority"])
            default: throw SettingsFailure("--sms-gateway must be «kannel» or «webhook».")
            }
        } catch let failure as GatewayAddress.Invalid {
            throw SettingsFailure("--sms-address is not accepted: \(failure.reason).")
        } catch is SMSFailure {
            throw SettingsFailure("--sms-token must be printable ASCII without spaces.")
        }
    }
}
