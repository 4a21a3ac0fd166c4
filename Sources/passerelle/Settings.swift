import Configuration
import Foundation

/// Everything an operator can set: arguments (`--smtp-host mail.hul.example`), then the environment
/// (`PASSERELLE_SMTP_HOST`), then a JSON file (`--config FILE`, `{"smtp-host": "…"}`), then the default.
/// docs/configuration.md lists the keys; a test compares it with this table.
struct Settings: Sendable {
    /// One line a key: name, default (nil: must be given where needed), whether its value is a secret.
    struct Key: Sendable {
        let name: String
        let fallback: String?
        let isSecret: Bool
        init(_ name: String, _ fallback: String? = nil, secret: Bool = false) {
            self.name = name
            self.fallback = fallback
            isSecret = secret
        }
    }

    static let keys: [Key] = [
        Key("data"), Key("database", secret: true), Key("key-file"), Key("key", secret: true),
        Key("checkpoint-file"),
        Key("store"), Key("store-fallback"), Key("s3-region"), Key("s3-access-key"),
        Key("s3-secret-key", secret: true), Key("s3-tls", "on"), Key("s3-authority"),
        Key("host", "127.0.0.1"), Key("port", "8080"), Key("base-url"), Key("trusted-proxy"),
        Key("tls-certificate"), Key("tls-key"),
        Key("product-name", "Mon Espace Pro"), Key("hospital-name"), Key("hospital-short"),
        Key("hospital-address"),
        Key("support-email"), Key("support-phone"), Key("emergency-number", "144"),
        Key("mail-from"), Key("smtp-host"), Key("smtp-port", "587"), Key("smtp-user"),
        Key("smtp-password", secret: true), Key("smtp-authority"), Key("smtp-security", "starttls"),
        Key("sms-gateway"), Key("sms-address"), Key("sms-user"), Key("sms-password", secret: true),
        Key("sms-token", secret: true), Key("sms-sender"), Key("sms-authority"),
        Key("sim-swap-address"), Key("sim-swap-token", secret: true),
        Key("minimum-lifetime-days", "30"), Key("maximum-lifetime-days", "365"),
        Key("expiry-warning-days", "14,3"), Key("bounce-address"), Key("post-when-unreachable", "off"),
        Key("post-by-hand", "off"), Key("register-professions"), Key("post-unread-days", "off"),
        Key("record-address"), Key("record-token", secret: true), Key("record-source"),
        Key("record-authority"),
        Key("hin-address"), Key("hin-token", secret: true), Key("hin-login-domain", "hin.ch"),
        Key("oidc-issuer"), Key("oidc-client"), Key("oidc-secret", secret: true), Key("oidc-label"),
        Key("oidc-scopes", "openid profile email"), Key("oidc-attributes"), Key("oidc-assurance"),
        Key("identity-header-gateway"), Key("identity-header-secret", secret: true),
        Key("identity-header-issuer"), Key("identity-header-attributes"), Key("identity-header-label", "HIN"),
        Key("identity-header-sign-out"), Key("identity-authority"), Key("identity-second-factor", "off"),
        Key("consent-policy", "require"), Key("maximum-document-megabytes", "25"),
        Key("clamav"), Key("rescan-days", "1"),
        Key("text-search", "off"),
        Key("digest-hour", "17"), Key("idle-minutes", "20"), Key("session-hours", "12"),
        Key("delegation-approval", "required"), Key("delegation-days", "365"),
        Key("identity-copies", "on"), Key("identity-copy-days", "90"), Key("country-code", "41"),
        Key("staff-factors", "strong"),
        Key("node-name"), Key("drain-seconds", "5"), Key("lease-seconds", "30"), Key("metrics-port"),
        Key("mllp-port"), Key("mllp-host", "127.0.0.1"), Key("mllp-connections", "100"),
        Key("mllp-connections-per-address"),
        Key("mllp-tls-certificate"), Key("mllp-tls-key"), Key("mllp-tls-client-ca"), Key("hl7-mapping"),
        Key("fhir-oid-root", "2.16.756.5.30.1.999"), Key("patient-system"), Key("stay-system"),
        Key("record-feed"), Key("record-feed-token-file"), Key("record-feed-client"),
        Key("record-feed-token-url"), Key("record-feed-key"), Key("record-feed-key-id", "passerelle-1"),
        Key("record-feed-certificate"), Key("record-feed-certificate-key"), Key("record-feed-authority"),
        Key("record-feed-batch", "1"),
        Key("webhook-allow"), Key("webhook-authority"),
    ]

    private let reader: ConfigReader

    /// - Parameter arguments: `--name value` pairs.
    /// - Throws: `SettingsFailure` for an unknown key, a missing value or an unreadable file.
    init(arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        var fromArguments = try Self.pairs(arguments)
        var fromEnvironment: [String: String] = [:]
        for (name, value) in environment where name.hasPrefix("PASSERELLE_") {
            let key = name.dropFirst("PASSERELLE_".count).lowercased().replacing("_", with: "-")
            fromEnvironment[key] = value
        }
        let file =
            fromArguments.removeValue(forKey: "config") ?? fromEnvironment.removeValue(forKey: "config")
        let layers = [fromArguments, fromEnvironment, try file.map(Self.readFile) ?? [:]]
        let known = Set(Self.keys.map(\.name))
        for key in layers.flatMap(\.keys).sorted() where !known.contains(key) {
            throw SettingsFailure("There is no setting «\(key)». See docs/configuration.md.")
        }
        let defaults = Dictionary(
            uniqueKeysWithValues: Self.keys.compactMap { key in key.fallback.map { (key.name, $0) } })
        reader = ConfigReader(
            providers: (layers + [defaults]).map { layer in
                InMemoryProvider(
                    values: Dictionary(
                        uniqueKeysWithValues: layer.map { name, value in
                            (
                                AbsoluteConfigKey([name]),
                                ConfigValue(.string(value), isSecret: Self.isSecret(name))
                            )
                        }))
            })
    }

    subscript(name: String) -> String? {
        reader.string(forKey: ConfigKey([name]), isSecret: Self.isSecret(name)).flatMap {
            $0.isEmpty ? nil : $0
        }
    }

    /// - Throws: `SettingsFailure` with a sentence that says what to do.
    func required(_ name: String, for purpose: String) throws -> String {
        guard let value = self[name] else {
            throw SettingsFailure("Set --\(name) (or \(Self.environmentName(name))): \(purpose).")
        }
        return value
    }

    /// - Throws: `SettingsFailure` when it is not a whole number of the range.
    func number(_ name: String, in range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(try required(name, for: "a number")), range.contains(number) else {
            throw SettingsFailure(
                "--\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// A switch.
    func isOn(_ name: String) throws -> Bool {
        guard let isOn = ["on": true, "off": false][self[name] ?? ""] else {
            throw SettingsFailure("--\(name) must be «on» or «off».")
        }
        return isOn
    }

    private static func isSecret(_ name: String) -> Bool { keys.contains { $0.name == name && $0.isSecret } }

    private static func environmentName(_ name: String) -> String {
        "PASSERELLE_" + name.uppercased().replacing("-", with: "_")
    }

    private static func pairs(_ arguments: [String]) throws -> [String: String] {
        var pairs: [String: String] = [:]
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--"), argument.count > 2 else {
                throw SettingsFailure("«\(argument)» is not understood: settings are given as --name value.")
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1).map(String.init)
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw SettingsFailure("\(argument) needs a value.")
            }
            pairs[parts[0]] = value
        }
        return pairs
    }

    private static func readFile(_ path: String) throws -> [String: String] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SettingsFailure("The configuration file \(path) cannot be read.")
        }
        guard let values = try? JSONDecoder().decode([String: String].self, from: data) else {
            throw SettingsFailure("\(path) must be one JSON object of texts: {\"port\": \"8080\"}.")
        }
        return values
    }
}

/// Why the program does not start; the sentence says what to do.
struct SettingsFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
