import HTML
import Storage

@testable import Access
@testable import Directory
@testable import Dispatches
@testable import Documents
@testable import Portal

extension SamplePages {
    static var watching: [(name: String, html: [UInt8])] {
        var found = WhyPage(shell: serviceShell, words: "favre", found: foundFavre + foundOthers)
        found.patientNumber = "000412033"
        var missing = WhyPage(shell: serviceShell)
        missing.mistakes = [FieldMistake(field: "cherche", text: "Personne ne correspond.")]
        var answered = WhyPage(shell: serviceShell, words: "favre")
        answered.answer = deliveryAnswer(.refused("pdf-encrypted", hoursAgo(4), tries: 3))
        var expired = answered
        expired.answer = deliveryAnswer(.delivered(.expired, hoursAgo(4)))
        var withdrawn = answered
        withdrawn.answer = deliveryAnswer(.delivered(.withdrawn, hoursAgo(4)))
        var unreachable = answered
        unreachable.answer = deliveryAnswer(nil) { $0.mode = .none }
        let members = [
            ServiceMember(
                accountID: Account.ID(rawValue: "a1"), displayName: "Mme Elsa Chappuis",
                email: "elsa.chappuis@hul.example", state: .active)
        ]
        let log = AccessLog(
            lines: auditLines, next: 1,
            people: [
                (Account.ID(rawValue: "a"), "Dre Claire Favre"),
                (Account.ID(rawValue: "b"), "Mme Sandra Rochat"),
            ])
        var typed = AccessLogPage.Typed()
        typed.mistakes = [FieldMistake(field: "du", text: "Saisissez une date, par exemple 20.11.2026.")]
        let patient = PatientAccesses(
            patientID: Patient.ID(rawValue: "p1"),
            lines: auditLines.map { line in
                PatientAccess(
                    line: line,
                    document: DocumentSummary(
                        typeCode: "373942005", service: "Cardiologie", title: "Lettre de sortie",
                        identifier: "urn:oid:1.2.3", stayNumber: "2026111207", authoredAt: hoursAgo(30)),
                    recipient: .init(name: "Dre Claire Favre", gln: "7601099000013"))
            },
            next: 1)
        let duties = [
            DutyHolder(
                accountID: Account.ID(rawValue: "d1"), displayName: "M. Adrien Vernay",
                email: "adrien.vernay@hul.example", approvedAt: hoursAgo(9), isOwn: false),
            DutyHolder(
                accountID: Account.ID(rawValue: "d2"), displayName: "Mme Elsa Chappuis",
                email: "elsa.chappuis@hul.example", approvedAt: nil, isOwn: false),
        ]
        return [
            ("pourquoi", WhyPage(shell: serviceShell).html), ("pourquoi-choix", found.html),
            ("pourquoi-erreur", missing.html), ("pourquoi-reponse", answered.html),
            ("pourquoi-expire", expired.html), ("pourquoi-retire", withdrawn.html),
            ("pourquoi-sans-voie", unreachable.html),
            (
                "services",
                ServicesPage(
                    shell: adminShell, services: [(cardiology, members), (surgery, [])]
                ).html
            ),
            (
                "services-erreur",
                ServicesPage(
                    shell: adminShell, services: [],
                    mistake: FieldMistake(field: "nom", text: "Saisissez un nom.")
                ).html
            ),
            ("journal-acces", AccessLogPage(shell: shell, log: log).html),
            ("journal-acces-erreur", AccessLogPage(shell: shell, log: log, typed: typed).html),
            ("acces-patient", PatientAccessesPage(shell: serviceShell).html),
            (
                "acces-patient-liste",
                PatientAccessesPage(
                    shell: serviceShell, number: "000412033", accesses: patient
                ).html
            ),
            (
                "acces-patient-erreur",
                PatientAccessesPage(
                    shell: serviceShell, from: "demain",
                    mistakes: [
                        FieldMistake(
                            field: "numero", text: "Saisissez le numéro de la patiente ou du patient."),
                        FieldMistake(field: "du", text: "Saisissez une date, par exemple 20.11.2026."),
                    ]
                ).html
            ),
            ("protection", DutyPage(shell: adminShell, holders: duties).html),
            (
                "protection-erreur",
                DutyPage(
                    shell: adminShell, holders: [], problem: "Une autre personne de l’équipe doit décider."
                ).html
            ),
        ]
    }
}
