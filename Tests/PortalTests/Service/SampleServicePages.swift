import HTML
import Storage

@testable import Access
@testable import Directory
@testable import Dispatches
@testable import Documents
@testable import Portal

/// The pages of the hospital's services, of the protection of data, and of one's own log.
extension SamplePages {
    static let cardiology = HospitalService(
        id: HospitalService.ID(rawValue: "s1"), name: "Cardiologie", followsRecord: true, isActive: true)
    static let surgery = HospitalService(
        id: HospitalService.ID(rawValue: "s2"), name: "Chirurgie viscérale", followsRecord: false,
        isActive: true)

    static let serviceShell = Shell(
        presentation: presentation, person: Person(displayName: "Mme Elsa Chappuis", initials: "EC"),
        place: .service(Shell.ServicePlace(isMember: true, watchesData: true, wishes: 2)), formToken: "jeton",
        unread: 0, address: "/service/envois")
    static let adminShell = Shell(
        presentation: presentation, person: Person(displayName: "Mme Nadia Benali", initials: "NB"),
        place: .administration, formToken: "jeton", unread: 0, address: "/admin/services")

    static func hoursAgo(_ hours: Int64) -> Timestamp { Timestamp(rawValue: now - hours * hour) }

    private static func person(
        _ gln: String, _ given: String, _ family: String, _ place: String, takes: Bool = true
    )
        -> [FoundRecipient]
    {
        GLN(rawValue: gln).map {
            [
                FoundRecipient(
                    accountID: Account.ID(rawValue: gln), gln: $0, displayName: "Dre \(given) \(family)",
                    familyName: family, givenName: given, profession: "Médecin",
                    speciality: "Médecine interne générale", practice: "Cabinet du Port", locality: place,
                    takesDocuments: takes)
            ]
        } ?? []
    }

    static var foundFavre: [FoundRecipient] { person("7601099000013", "Claire", "Favre", "Ville du Lac") }
    static var foundOthers: [FoundRecipient] {
        person("7601999000014", "Claire", "Favre", "Montlac")
            + person("7601999000021", "Léa", "Monnier", "Rive-Neuve", takes: false)
    }

    private static var fields: SendingFields {
        var fields = SendingFields()
        fields.service = "s1"
        fields.patientNumber = "000412033"
        fields.familyName = "Jaquet"
        fields.givenName = "Hélène"
        fields.birthDate = "14.03.1958"
        fields.stayNumber = "2026111207"
        fields.typeCode = "373942005"
        fields.words = "favre"
        fields.gln = "7601099000013"
        fields.identifier = "urn:uuid:1"
        return fields
    }

    static func sent(_ state: Document.State, opened: Bool, isManual: Bool = true) -> SentDocument {
        let document = Document(
            id: Document.ID(rawValue: "8f2c"), senderID: .manual, masterIdentifier: "urn:uuid:1",
            patientID: Patient.ID(rawValue: "p1"),
            stay: Stay(system: "", number: "2026111207", start: nil, end: nil),
            typeCode: "373942005", classCode: "419891008",
            title: "Lettre de sortie – séjour du 12 au 19 novembre",
            service: "Cardiologie", author: "Dr Marc Aebischer", language: "fr-CH",
            confidentiality: "17621005",
            authoredAt: hoursAgo(3), publishedAt: hoursAgo(3), mediaType: "application/pdf",
            byteCount: 100_000,
            sha256: [],
            sha1: [], pageCount: 3, warnings: "", version: 1, replacesID: nil, state: state, preview: .ready)
        let patient = Patient(
            id: document.patientID, system: "", number: "000412033", familyName: "Jaquet",
            givenName: "Hélène",
            birthDate: "1958-03-14", sex: .female)
        let recipients = foundFavre.map {
            AddressedDispatch(
                dispatch: Dispatch(
                    documentID: document.id, accountID: $0.accountID, gln: $0.gln, basis: .assertion,
                    depositedAt: hoursAgo(3), notifiedAt: hoursAgo(2), openedAt: opened ? hoursAgo(1) : nil,
                    expiresAt: hoursAgo(-2400), withdrawnAt: state == .withdrawn ? hoursAgo(0) : nil,
                    now: hoursAgo(0)),
                displayName: $0.displayName, locality: $0.locality)
        }
        let hand = HandSending(
            senderName: "Mme Elsa Chappuis", sentAt: hoursAgo(3),
            consent: SendingConsent(givenBy: .patient, form: .oral, on: "2026-11-20"),
            reason: "Médecin de famille depuis dix ans, demandé par la patiente.")
        return SentDocument(
            document: document, patient: patient, recipients: recipients, hand: isManual ? hand : nil)
    }

    static func auditLine(_ id: Int64, _ event: AuditEventKind, for principal: String? = nil) -> AuditLine {
        let origin = RequestOrigin(address: "192.0.2.1", userAgent: "", requestID: "", node: "n1")
        let actor = AuditActor.anonymous(origin)
        var record = AuditRecord(
            AuditEntry(event, object: AuditObject(kind: "document", id: "8f2c"), basis: "designation:d1/1"),
            by: actor, at: hoursAgo(id))
        if principal == nil {
            record = AuditRecord(AuditEntry(event), by: .system(node: "n1"), at: hoursAgo(id))
        }
        return AuditLine(
            id: id, record: record, actorName: principal == nil ? nil : "Mme Sandra Rochat",
            principalName: principal)
    }

    static var auditLines: [AuditLine] {
        [
            auditLine(1, .documentOpened, for: "Dre Claire Favre"), auditLine(2, .noticeSent),
            auditLine(3, .accessLogRead, for: "Dre Claire Favre"),
        ]
    }

    static var ofServices: [(name: String, html: [UInt8])] {
        diagnosis + sending + journals + watching + letters + mails + transmissions + warnings
    }

    private static var sending: [(name: String, html: [UInt8])] {
        let types: Set<String> = ["373942005", "371530004"]
        let wrong = SendingPatientPage(
            shell: serviceShell, services: [cardiology, surgery], types: types,
            mistakes: SendingFields().patientMistakes(now: now, types: types))
        let choice = SendingChoice(
            designated: foundFavre, others: foundOthers, hasMore: true, isDenied: false)
        var pages: [(name: String, html: [UInt8])] = [
            (
                "envois",
                SendingsPage(
                    shell: serviceShell, services: [cardiology],
                    sendings: Sendings(
                        rows: [sent(.current, opened: false), sent(.current, opened: true, isManual: false)],
                        next: SentKey(publishedAt: hoursAgo(9), id: Document.ID(rawValue: "8f2c")), count: 51)
                ).html
            ),
            (
                "envois-vide",
                SendingsPage(
                    shell: serviceShell, services: [cardiology, surgery],
                    sendings: Sendings(rows: [], next: nil, count: 0)
                ).html
            ),
            (
                "envoi-patient",
                SendingPatientPage(
                    shell: serviceShell, services: [cardiology], types: types, fields: fields
                ).html
            ),
            ("envoi-patient-erreur", wrong.html),
            (
                "envoi-destinataire",
                SendingRecipientPage(
                    shell: serviceShell, fields: fields, choice: choice
                ).html
            ),
            (
                "envoi-destinataire-erreur",
                SendingRecipientPage(
                    shell: serviceShell, fields: fields, choice: choice,
                    problem: "Choisissez un destinataire."
                ).html
            ),
            (
                "envoi-refuse",
                SendingRecipientPage(
                    shell: serviceShell, fields: fields,
                    choice: SendingChoice(designated: [], others: [], hasMore: false, isDenied: true)
                ).html
            ),
            (
                "envoi-personne",
                SendingRecipientPage(
                    shell: serviceShell, fields: fields,
                    choice: SendingChoice(designated: [], others: [], hasMore: false, isDenied: false),
                    takesLetters: true
                ).html
            ),
            (
                "envoi",
                SendingPage(
                    shell: serviceShell, sent: sent(.current, opened: false), accesses: []
                ).html
            ),
            (
                "envoi-lu",
                SendingPage(
                    shell: serviceShell, sent: sent(.current, opened: true), accesses: sentAccesses
                ).html
            ),
            (
                "envoi-annule",
                SendingPage(
                    shell: serviceShell, sent: sent(.withdrawn, opened: true), accesses: sentAccesses
                ).html
            ),
            (
                "envoi-erreur",
                SendingPage(
                    shell: serviceShell, sent: sent(.current, opened: true), accesses: sentAccesses,
                    problem: "Indiquez le motif du rappel."
                ).html
            ),
        ]
        guard let recipient = foundFavre.first else { return pages }
        let check = SendingCheck(
            recipient: NamedRecipient(recipient), service: cardiology, isDesignated: false,
            doubts: [.notDesignated, .namesakes(Array(foundOthers.prefix(1))), .otherSpelling])
        let plain = SendingCheck(
            recipient: NamedRecipient(recipient), service: cardiology, isDesignated: true, way: .post,
            doubts: [])
        pages += [
            ("envoi-doute", SendingDoubtPage(shell: serviceShell, fields: fields, check: check).html),
            (
                "envoi-doute-erreur",
                SendingDoubtPage(
                    shell: serviceShell, fields: fields, check: check, isReasonMissing: true
                ).html
            ),
            (
                "envoi-document",
                SendingDocumentPage(
                    shell: serviceShell, fields: fields, check: plain, limit: 10
                ).html
            ),
            (
                "envoi-document-erreur",
                SendingDocumentPage(
                    shell: serviceShell, fields: fields, check: check, limit: 10,
                    mistakes: SendingFields().documentMistakes()
                        + [FieldMistake(field: "fichier", text: "Choisissez un fichier PDF.")]
                ).html
            ),
        ]
        return pages
    }
}
