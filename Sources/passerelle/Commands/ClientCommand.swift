import Access
import ArgumentParser
import Foundation

/// `passerelle client`: registers a hospital system with its public keys.
struct ClientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Registers a hospital system (SMART Backend Services) with its public keys.")

    @Option(help: "The client's identifier.") var id: String
    @Option(help: "Its name, for people.") var name: String
    @Option(help: "File with its JSON Web Key Set.") var jwks: String
    @Option(help: "Scopes.") var scopes = "system/DocumentReference.cr system/Consent.cru"
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let core = try await Core(Settings(arguments: settings), rules: AccessRules())
        guard let data = FileManager.default.contents(atPath: jwks), data.count < 64 << 10,
            let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            object["keys"] is [Any]
        else { throw SettingsFailure("\(jwks) is not a JSON Web Key Set of at most 64 KiB.") }
        let granted = Scope.parse(scopes)
        guard !granted.isEmpty else {
            throw SettingsFailure("--scopes names no scope: system/DocumentReference.cr …")
        }
        try await core.access.registerClient(
            Client(
                id: Client.ID(rawValue: id), name: name, jwks: String(decoding: data, as: UTF8.self),
                scopes: granted))
        print("\(id): \(Scope.text(granted))")
    }
}
