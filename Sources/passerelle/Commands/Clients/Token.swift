import Access
import ArgumentParser
import Foundation

/// `passerelle token --client NAME`: a token of five minutes for a registered client, by the operator's hand.
struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints an access token of five minutes for a registered client.")

    @Option(help: "The client's identifier.") var client: String
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
        guard let registered = try await core.access.client(Client.ID(rawValue: client)) else {
            throw SettingsFailure("There is no active client «\(client)».")
        }
        let issued = try await core.access.issueToken(
            to: registered, asking: registered.scopes, assertion: nil,
            origin: .system(node: core.access.nodeName))
        guard let issued else { throw SettingsFailure("The client «\(client)» has no scopes.") }
        print(issued.token)
    }
}
