import Access
import ArgumentParser
import Directory
import Foundation

/// `passerelle client`: registers a hospital system with its public keys, or without for one that sends HL7 v2 only.
struct ClientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Registers a hospital system: SMART Backend Services with its public keys, or HL7 v2.")

    @Option(help: "The client's identifier.") var id: String
    @Option(help: "Its name, for people.") var name = ""
    @Flag(help: "Ends the software of a practice, at once.") var end = false
    @Option(
        help: "File with its JSON Web Key Set; without it the client gets no token, and can send HL7 v2 only."
    )
    var jwks: String?
    @Option(
        help:
            "The GLN of the professional to whom it is bound: practice software, which reads what he may read."
    )
    var professional: String?
    @Option(
        help:
            "Scopes of a hospital system; HL7 v2 needs DocumentReference.cu for MDM, Encounter.u for stays, Patient.u for merges."
    )
    var scopes = "system/DocumentReference.cru system/Consent.cru"
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let core = try await Core(Settings(arguments: settings), rules: AccessRules())
        if end { return try await endSoftware(core) }
        guard !name.isEmpty else { throw SettingsFailure("Set --name: the client's name, for people.") }
        let keys = try jwks.map(Self.keys) ?? "{\"keys\":[]}"
        if let professional { return try await bind(to: professional, keys, core) }
        let granted = Scope.parse(scopes)
        guard !granted.isEmpty else {
            throw SettingsFailure("--scopes names no scope: system/DocumentReference.cr …")
        }
        try await core.access.registerClient(
            Client(
                id: Client.ID(rawValue: id), name: name, jwks: keys, scopes: granted))
        print("\(id): \(Scope.text(granted))")
    }

    private static func keys(in file: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: file), data.count < 64 << 10,
            let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            object["keys"] is [Any]
        else { throw SettingsFailure("\(file) is not a JSON Web Key Set of at most 64 KiB.") }
        return String(decoding: data, as: UTF8.self)
    }

    private func endSoftware(_ core: Core) async throws {
        do {
            try await core.access.endPracticeClient(Client.ID(rawValue: id))
        } catch is PracticeClientRefusal {
            throw SettingsFailure("\(id) is no software of a practice, or was ended before.")
        }
        print("\(id): ended")
    }

    /// Registers the software of a practice.
    private func bind(to gln: String, _ keys: String, _ core: Core) async throws {
        guard let number = GLN(rawValue: gln), let account = try await core.directory.account(of: number)
        else { throw SettingsFailure("No account has the GLN \(gln).") }
        do {
            try await core.access.registerPracticeClient(
                Client.ID(rawValue: id), name, jwks: keys, for: account)
        } catch let refusal as PracticeClientRefusal {
            throw SettingsFailure("\(id) is not registered: \(refusal.rule).")
        }
        print("\(id): \(Scope.text(PracticeClient.scopes)), for \(gln)")
    }
}
