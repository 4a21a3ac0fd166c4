@testable import Access
@testable import Dispatches
@testable import Portal

/// The queues, as the portal team sees them.
extension SamplePages {
    private static func job(
        _ kind: String, _ queue: TransmissionQueue, _ fault: TransmissionFault, isGivenUp: Bool = true,
        account: String? = nil, _ obstacle: TransmissionRefusal? = nil
    ) -> FailedTransmission {
        FailedTransmission(
            id: "9f3c", queue: queue, kind: kind, isGivenUp: isGivenUp, tries: 12, createdAt: now - 3 * hour,
            finishedAt: now - hour, fault: fault, accountID: account.map(Account.ID.init(rawValue:)),
            obstacle: obstacle)
    }

    /// One queue that is off, and one that was switched off with jobs in it.
    private static var partlyUsed: Transmissions {
        func figures(_ queue: TransmissionQueue, failed: Int) -> TransmissionFigures {
            TransmissionFigures(
                queue: queue, waiting: 0, running: 0, retrying: 0, oldest: nil, failed: failed, expired: 0,
                revivable: 0, lastDone: nil, fault: nil, faultAt: nil, isUsed: false)
        }
        return Transmissions(
            figures: [figures(.recordFeed, failed: 0), figures(.nationalRecord, failed: 2)], failed: [],
            next: nil)
    }

    static var transmissions: [(name: String, html: [UInt8])] {
        let figures = TransmissionQueue.allCases.enumerated().map { index, queue in
            TransmissionFigures(
                queue: queue, waiting: index * 3, running: index % 2, retrying: index % 3,
                oldest: index == 0 ? nil : now - Int64(index) * hour, failed: index % 4, expired: index % 2,
                revivable: 2, lastDone: index == 5 ? nil : now - hour / 2,
                fault: index % 2 == 0 ? nil : .unreachable(503), faultAt: index == 1 ? now - hour : nil)
        }
        let full = Transmissions(
            figures: figures,
            failed: [
                job("notice", .email, .refused(550), account: "a1"),
                job("code", .codes, .tooLate, isGivenUp: false, .tooLate),
                job("passwordLink", .email, .misconfigured(535), .contentWiped),
                job("securedMail", .securedMail, .other, .wentOtherWay),
                job("subscription", .webhooks, .addressNotAllowed),
            ], next: Transmissions.Key(finishedAt: now - hour, id: "9f3c"))
        var refused = TransmissionsPage(shell: adminShell, found: full, queue: .email, end: .givenUp)
        refused.problem = .tooLate
        return [
            ("transmissions", TransmissionsPage(shell: adminShell, found: full).html),
            ("transmissions-refus", refused.html),
            ("transmissions-non-utilisee", TransmissionsPage(shell: adminShell, found: partlyUsed).html),
            ("contact", ContactPage(shell: shell, services: [reachable]).html),
            ("contact-vide", ContactPage(shell: shell, services: []).html),
            (
                "services-contact",
                ServicesPage(
                    shell: adminShell, services: [(reachable, [])],
                    mistake: FieldMistake(field: "telephone-s3", text: "Saisissez un numéro.")
                ).html
            ),
            ("document-contact", documentWithContact.html),
            (
                "transmissions-vide",
                TransmissionsPage(
                    shell: adminShell, found: Transmissions(figures: [], failed: [], next: nil), queue: .sms
                ).html
            ),
        ]
    }

    private static let reachable = HospitalService(
        id: HospitalService.ID(rawValue: "s3"), name: "Médecine interne", followsRecord: true, isActive: true,
        contact: ServiceContact(
            phone: "+41 22 000 00 20", email: "medecine@hul.example", hours: "Du lundi au vendredi"))

    private static var documentWithContact: DocumentPage {
        var document = document()
        (document.brand, document.contact) = (presentation.brand, reachable.contact)
        return DocumentPage(shell: shell, list: list, document: document)
    }
}
