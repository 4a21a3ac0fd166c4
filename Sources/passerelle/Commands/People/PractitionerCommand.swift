import Access
import ArgumentParser
import Directory

/// `passerelle practitioner`: opens an account whose identity was proved. The password is read from standard
/// input.
struct PractitionerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "practitioner",
        abstract:
            "Opens the account of a professional; the password comes on standard input."
    )

    @Option(help: "The sign-in name.") var email: String
    @Option(help: "«Dre», «Dr», «Mme», «M.».") var honorific: String = ""
    @Option(help: "Family name.") var familyName: String
    @Option(help: "Given name.") var givenName: String
    @Option(help: "Mobile number for codes, +41…; without one codes go by e-mail.") var mobile: String?
    @Option(help: "GLN, 13 digits.") var gln: String
    @Option(help: "Profession, as shown.") var profession: String = "Médecin"
    @Option(help: "Speciality, as shown.") var speciality: String = ""
    @Option(help: "Practice, as shown.") var practice: String = ""
    @Option(help: "Locality, as shown.") var locality: String = ""
    @Option(help: "Address for notices; empty: none.") var notificationEmail: String = ""
    @Option(help: "sinceLastSignIn, daily or none.") var notifications: String = "sinceLastSignIn"
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let core = try await Core(Settings(arguments: settings), rules: AccessRules())
        guard let number = GLN(rawValue: gln) else {
            throw SettingsFailure("--gln must be 13 digits with a right check digit.")
        }
        guard let policy = Practitioner.NotificationPolicy(rawValue: notifications) else {
            throw SettingsFailure("--notifications must be sinceLastSignIn, daily or none.")
        }
        guard mobile.map({ $0.hasPrefix("+") && $0.utf8.count >= 9 }) ?? true else {
            throw SettingsFailure("--mobile must be in international form: +41791234567.")
        }
        guard let password = readLine(strippingNewline: true) else {
            throw SettingsFailure("Give the password on standard input, on one line.")
        }
        let account = NewAccount(
            email: email, honorific: honorific, familyName: familyName, givenName: givenName,
            role: .practitioner, mobile: mobile, codeChannel: mobile == nil ? .email : .sms)
        do {
            let id = try await core.access.createAccount(account, password: password)
            try await core.directory.save(
                Practitioner(
                    accountID: id, gln: number, profession: profession, speciality: speciality,
                    practice: practice, locality: locality, notificationEmail: notificationEmail,
                    notificationPolicy: policy, deliveryMode: .portal, lifetimeDays: 100))
            print(id.rawValue)
        } catch let refusal as AccessRefusal {
            throw SettingsFailure("The account was not opened: \(refusal.rule).")
        }
    }
}
