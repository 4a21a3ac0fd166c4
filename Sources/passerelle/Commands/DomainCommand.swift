import Access
import ArgumentParser
import Directory

/// `passerelle domain NAME`: a mail domain that HIN secures, so that codes may go there by e-mail.
struct DomainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "domain", abstract: "Says of a mail domain whether HIN secures it, and who says so.")

    @Option(help: "The part after the @.") var name: String
    @Flag(inversion: .prefixedNo, help: "Whether it is secured.") var secured = true
    @Option(help: "Who or what says so.") var provenance: String
    @Option(help: "Who enters it.") var by: String
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let core = try await Core(Settings(arguments: settings), rules: AccessRules())
        try await core.directory.decide(domain: name, isSecured: secured, provenance: provenance, by: by)
    }
}
