import Access
import ArgumentParser
import Enrolment

/// `passerelle administrator propose|approve`: the first two administrators, by two people (IDN-6).
struct AdministratorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "administrator",
        abstract: "Opens the accounts of the first two administrators; two people are needed.",
        subcommands: [Propose.self, Approve.self])

    /// The first person. Prints a number and a secret, and opens nothing yet.
    struct Propose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Names the first person; prints a number and a one-time secret for her.")
        @OptionGroup var person: PersonOptions
        @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
        var settings: [String] = []

        func run() async throws {
            let core = try await Core(Settings(arguments: settings), rules: AccessRules())
            let handed = try await Refused.said {
                try await core.enrolment.proposeFirstAdministrator(person.form)
            }
            print(
                """
                Proposal: \(handed.proposal.rawValue)
                Secret, for \(person.givenName) \(person.familyName) alone: \(handed.secret)
                Within 24 hours another person runs: passerelle administrator approve --proposal … --secret … …
                """)
        }
    }

    /// The second person, with an identity of her own and the secret of the first.
    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The second person confirms the first, and is named herself; both accounts are opened.")
        @Option(help: "The number that the first command printed.") var proposal: String
        @Option(help: "The secret that the first command printed, brought by the first person.") var secret:
            String
        @OptionGroup var person: PersonOptions
        @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
        var settings: [String] = []

        func run() async throws {
            let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
            let handed = try await Refused.said {
                try await core.enrolment.approveFirstAdministrator(
                    StaffDraft.ID(rawValue: proposal), secret: secret, second: person.form)
            }
            print(
                """
                Secret, for \(person.givenName) \(person.familyName) alone: \(handed.secret)
                Both get a mail once the portal runs. Each opens its link, types his own secret, and chooses a password.
                """)
        }
    }
}

/// A person of the team, on the command line.
struct PersonOptions: ParsableArguments {
    @Option(help: "The sign-in name.") var email: String
    @Option(help: "«Dre», «Dr», «Mme», «M.».") var honorific: String = ""
    @Option(help: "Family name.") var familyName: String
    @Option(help: "Given name.") var givenName: String
    @Option(help: "Mobile number for codes.") var mobile: String
    @Option(help: "The person's number with the employer.") var personNumber: String
    @Option(help: "The employer.") var organisation: String

    var form: StaffForm {
        var form = StaffForm()
        form.email = email
        form.honorific = honorific
        form.familyName = familyName
        form.givenName = givenName
        form.mobile = mobile
        form.personNumber = personNumber
        form.organisation = organisation
        return form
    }
}

/// Says refusals in words of the command line.
private enum Refused {
    static func said<T>(_ work: () async throws -> T) async throws -> T {
        do { return try await work() } catch let mistakes as StaffMistakes {
            throw SettingsFailure("Not accepted: \(mistakes.all.map { "\($0)" }.joined(separator: ", ")).")
        } catch let refusal as EnrolmentRefusal {
            switch refusal {
            case .notTheFirst:
                throw SettingsFailure(
                    "The portal has an administrator: others are added on the page /admin/equipe.")
            case .samePerson:
                throw SettingsFailure(
                    "Two different people are needed: another number, another address, another telephone.")
            case .noProposal:
                throw SettingsFailure("There is no such proposal, or it is older than 24 hours.")
            case .secretWrong:
                throw SettingsFailure("The secret is wrong; the proposal has ended. Begin again.")
            default: throw SettingsFailure("Not done: \(refusal.rule).")
            }
        }
    }
}
