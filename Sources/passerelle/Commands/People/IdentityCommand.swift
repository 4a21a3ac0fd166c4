import Access
import ArgumentParser

/// `passerelle identity …`: what the operator does with identities from outside.
struct IdentityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity", abstract: "Identities from outside: list, link, switch a provider off.",
        subcommands: [ListIdentities.self, LinkIdentity.self, SwitchProvider.self])
}

extension IdentityProviderName {
    fileprivate static func named(_ text: String) throws -> IdentityProviderName {
        guard let name = IdentityProviderName(rawValue: text) else {
            throw SettingsFailure("--provider must be «hin», «oidc» or «gateway».")
        }
        return name
    }
}

/// `passerelle identity list`: those that wait for a decision, one a line.
struct ListIdentities: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Shows the identities that wait for a decision: subject, state, issuer.")

    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
        for identity in try await core.access.waitingIdentities() {
            print("\(identity.subject)  \(identity.state.rawValue)  \(identity.issuer)")
        }
    }
}

/// `passerelle identity link`: says whose an identity is, after the person has proved it.
struct LinkIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Links an identity to an account whose holder has proved that it is his.")

    @Option(help: "hin, oidc or gateway.") var provider: String
    @Option(help: "The issuer, exactly.") var issuer: String
    @Option(help: "The issuer's name for the person.") var subject: String
    @Option(help: "The account's sign-in address.") var email: String
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let identity: ForeignIdentity
        do {
            identity = try ForeignIdentity(
                provider: try .named(provider), issuer: issuer, subject: subject, kind: .personal)
        } catch is IdentityFailure {
            throw SettingsFailure("--issuer and --subject are at most 200 printable ASCII signs.")
        }
        let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
        do { try await core.access.linkIdentity(identity, toAccountOf: email) } catch IdentityRefusal.notFound
        {
            throw SettingsFailure("There is no account with the address \(email).")
        } catch IdentityRefusal.decided {
            throw SettingsFailure("This identity opens an account already.")
        }
    }
}

/// `passerelle identity switch --provider hin --no-on`: the kill switch of a provider, for the night in which nobody of
/// the portal team can sign in.
struct SwitchProvider: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "switch",
        abstract: "Switches a provider of identities off, on all nodes at once, or on again.",
        discussion: "Off: it opens nothing, and every session that it opened ends.")

    @Option(help: "hin, oidc or gateway.") var provider: String
    @Flag(inversion: .prefixedNo, help: "Whether it may be used.") var on = true
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let name = try IdentityProviderName.named(provider)
        let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
        try await core.access.switchProvider(name, isOn: on)
    }
}
