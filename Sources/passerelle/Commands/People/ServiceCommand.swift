import Access
import ArgumentParser
import Foundation

/// `passerelle service add|contact|data-protection`: the hospital's services, without the pages of the portal team.
struct ServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service", abstract: "Services of the hospital, their members and duties.",
        subcommands: [Add.self, Contact.self, DataProtection.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a service, under the name that the record system gives it, and members to it.")

        @Argument(help: "The name, for example Cardiologie.") var name: String
        @Flag(help: "Its members follow what the record system sends for it, too.") var follow = false
        @Option(help: "The address of a member's account; may be repeated.") var member: [String] = []
        @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
        var settings: [String] = []

        func run() async throws {
            let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
            do {
                try await core.access.addService(name, followsRecord: follow, members: member)
            } catch ServiceRefusal.unknownAccount {
                throw SettingsFailure(
                    "A member needs an account of the hospital's staff (role serviceMember).")
            } catch ServiceRefusal.badName { throw SettingsFailure("«\(name)» is no name of a service.") }
        }
    }

    struct Contact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says how readers of a service's documents reach it; what is left out is emptied.")

        @Argument(help: "The name of the service.") var name: String
        @Option(help: "A telephone number, as people write it.") var phone = ""
        @Option(help: "An address that somebody reads; no patient is named there.") var email = ""
        @Option(help: "When somebody answers, in the words of readers.") var hours = ""
        @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
        var settings: [String] = []

        func run() async throws {
            let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
            do {
                try await core.access.setContact(phone: phone, email: email, hours: hours, ofService: name)
            } catch let refusal as ServiceRefusal {
                throw SettingsFailure(
                    refusal == .notFound
                        ? "There is no service «\(name)»." : "This is no contact (\(refusal.rule)).")
            }
        }
    }

    struct DataProtection: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "data-protection",
            abstract: "Lets somebody of the hospital read who had access to one patient's documents.")

        @Argument(help: "The address of the account.") var email: String
        @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
        var settings: [String] = []

        func run() async throws {
            let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
            do {
                try await core.access.give(.dataProtection, to: email)
            } catch ServiceRefusal.unknownAccount {
                throw SettingsFailure("No account of the hospital's staff has this address.")
            }
        }
    }
}
