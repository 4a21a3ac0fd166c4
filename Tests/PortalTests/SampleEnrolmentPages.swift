import Access
import Directory
import Enrolment
import HTML

@testable import Portal

extension SamplePages {
    static var enrolment: [(name: String, html: [UInt8])] {
        let empty = RequestAccountPage(shell: visitor, formToken: "jeton")
        var wrong = empty
        wrong.mistakes = [
            .honorificMissing, .mobile(.punctuation), .passwordsDiffer, .channelMissing,
            .identifier(.checkDigit),
        ]
        var many = empty
        many.problem = .tooMany
        let awaited = AwaitedConfirmation(needsPassword: false, needsSecret: false)
        let staff = AwaitedConfirmation(needsPassword: true, needsSecret: true)
        return [
            ("creer-un-compte", empty.html), ("creer-un-compte-erreur", wrong.html),
            ("creer-un-compte-trop-erreur", many.html),
            (
                "confirmer-email",
                ConfirmEmailPage(shell: visitor, formToken: "jeton", token: "t", awaited: awaited).html
            ),
            (
                "confirmer-email-equipe-erreur",
                ConfirmEmailPage(
                    shell: visitor, formToken: "jeton", token: "t", awaited: staff, problem: .secretWrong
                ).html
            ),
            ("email-confirme", EmailConfirmedPage(shell: visitor).html),
            (
                "lien-perime-erreur",
                ConfirmationExpiredPage(shell: visitor, formToken: "jeton", token: "t").html
            ),
        ]
    }

    static let administration = Shell(
        presentation: presentation, person: Person(displayName: "Mme Nadia Benali", initials: "NB"),
        place: .administration, formToken: "jeton", unread: 0, address: "/admin")

    static var teamDesk: [(name: String, html: [UInt8])] {
        [
            ("equipe", TeamPage(shell: administration, team: Team(members: [], proposed: [])).html),
            (
                "equipe-erreur",
                TeamPage(
                    shell: administration, team: Team(members: [], proposed: []),
                    problem: .form([.role, .email, .mobile(.tooShort)])
                ).html
            ),
            (
                "domaines",
                DomainsPage(shell: administration, list: DomainList(questions: [], domains: [])).html
            ),
            (
                "domaines-erreur",
                DomainsPage(
                    shell: administration, list: DomainList(questions: [], domains: []), isWrong: true
                ).html
            ),
            (
                "professions",
                ProfessionsPage(
                    shell: administration,
                    rules: Profession.allCases.map {
                        ProfessionRule(profession: $0, mayAsk: true, mayReceive: true)
                    }
                ).html
            ),
            (
                "profession-types",
                ProfessionTypesPage(
                    shell: administration,
                    rule: ProfessionRule(profession: .midwife, withheldTypes: ["371528001"])
                ).html
            ),
            ("registre", RegisterPage(shell: administration, changes: []).html),
            ("rendez-vous-aucun", AppointmentsPage(shell: administration, appointments: []).html),
        ]
    }
}
