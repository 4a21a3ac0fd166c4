/// A fictional hospital to try Passerelle with: its people, their documents, and a page that shows every mail
/// and SMS in place of sending it. Only `passerelle demo` and the tests use it; `serve` refuses a data folder
/// that it made. Nobody here exists, all identifiers are synthetic.
package import Access
package import Directory

/// A person of the demo with everything one needs to sign in as him.
package struct Persona: Sendable {
    /// The words on the demo's page.
    package let role: String
    package let account: NewAccount
    package let practitioner: PersonaPractice?
    package let password: String

    package var displayName: String {
        [account.honorific, account.givenName, account.familyName].filter { !$0.isEmpty }.joined(
            separator: " ")
    }
}

/// The practice of a persona who receives documents.
package struct PersonaPractice: Sendable {
    package let gln: String
    package let profession: String
    package let speciality: String
    package let practice: String
    package let locality: String
    package let policy: Practitioner.NotificationPolicy
}

package enum DemoPeople {
    /// Fixed, for everybody: only the demo has it, and it listens on this machine alone.
    static let password = "Barque-Tilleul-42"
    /// A mail domain that the demo holds for secured by HIN.
    static let securedDomain = "hin.example"

    package static let favre = person(
        "Médecin de famille", "Dre", "Favre", "Claire", .practitioner, mobile: "+41790000001",
        email: "claire.favre@cabinet-lac.example",
        PersonaPractice(
            gln: "7601099000013", profession: "Médecin", speciality: "Médecine interne générale",
            practice: "Cabinet du Port", locality: "Ville du Lac", policy: .sinceLastSignIn))
    package static let jeanneret = person(
        "Pédiatre", "Dr", "Jeanneret", "Paul", .practitioner, mobile: "+41790000002",
        email: "paul.jeanneret@pediatrie-lac.example",
        PersonaPractice(
            gln: "7601999000014", profession: "Médecin", speciality: "Pédiatrie",
            practice: "Pédiatrie des Tilleuls", locality: "Ville du Lac", policy: .daily))
    package static let monnier = person(
        "Sage-femme, code par e-mail sécurisé", "Mme", "Monnier", "Léa", .practitioner, mobile: nil,
        email: "lea.monnier@\(securedDomain)",
        PersonaPractice(
            gln: "7601999000021", profession: "Sage-femme", speciality: "Sage-femme indépendante",
            practice: "Cabinet des Quais", locality: "Rive-Neuve", policy: .none))
    package static let rochat = person(
        "Assistante du Cabinet du Port", "Mme", "Rochat", "Sandra", .delegate, mobile: "+41790000003",
        email: "sandra.rochat@cabinet-lac.example", nil)

    package static let benali = person(
        "Équipe du portail", "Mme", "Benali", "Nadia", .portalAdmin, mobile: "+41790000004",
        email: "nadia.benali@hul.example", nil)
    package static let perret = person(
        "Équipe du portail", "M.", "Perret", "Luc", .portalAdmin, mobile: "+41790000005",
        email: "luc.perret@hul.example", nil)

    package static let moret = person(
        "Vérification d’identité, association des médecins", "Mme", "Moret", "Christine", .registrar,
        mobile: "+41790000006", email: "christine.moret@medecins-lac.example", nil)

    /// Who checks identities and looks after accounts.
    package static let team = [moret, benali, perret]

    /// Sends documents by hand, for the hospital's cardiology.
    package static let chappuis = person(
        "Service de cardiologie", "Mme", "Chappuis", "Elsa", .serviceMember, mobile: "+41790000007",
        email: "elsa.chappuis@hul.example", nil)
    /// Looks after the protection of data at the hospital.
    package static let vernay = person(
        "Protection des données de l’hôpital", "M.", "Vernay", "Adrien", .serviceMember,
        mobile: "+41790000008", email: "adrien.vernay@hul.example", nil)

    package static let all = [favre, jeanneret, monnier, rochat, benali, perret, moret, chappuis, vernay]

    /// Somebody without a practice, for tests.
    package static func staff(
        _ role: String, _ honorific: String, _ familyName: String, _ givenName: String, _ kind: Account.Role,
        _ mobile: String
    ) -> Persona {
        person(
            role, honorific, familyName, givenName, kind, mobile: mobile,
            email: "\(givenName).\(familyName)@hul.example".lowercased(), nil)
    }

    private static func person(
        _ role: String, _ honorific: String, _ familyName: String, _ givenName: String, _ kind: Account.Role,
        mobile: String?, email: String, _ practice: PersonaPractice?
    ) -> Persona {
        Persona(
            role: role,
            account: NewAccount(
                email: email, honorific: honorific, familyName: familyName, givenName: givenName, role: kind,
                mobile: mobile, codeChannel: mobile == nil ? .email : .sms),
            practitioner: practice, password: password)
    }
}
