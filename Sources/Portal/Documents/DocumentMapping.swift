import Access
import Documents
import Foundation

/// From the core's values to those of the pages.
extension DocumentRow {
    /// - Parameter warningDays: from how many days before its end on that is said.
    init(_ row: InboxRow, at now: Timestamp, warningDays: Int = 14) {
        let ending = DocumentStatus.ending(
            row.expiresAt.rawValue, now: now.rawValue, within: warningDays)
        self.init(
            id: row.id.rawValue, patientName: "\(row.familyName) \(row.givenName)", birthDate: row.birthDate,
            title: row.title, service: row.service, pages: row.pageCount, receivedAt: row.receivedAt.rawValue,
            isUnread: row.isUnread,
            status: ending ?? (row.version > 1 ? .corrected : nil), readBy: row.readBy)
    }
}

extension GonePage {
    /// - Parameter mayAsk: whether the person may speak for the space.
    init(shell: Shell, _ gone: GoneDocument, mayAsk: Bool) {
        let cause: Cause =
            switch gone.cause {
            case .withdrawn(let reason, let moment): .withdrawn(reason: reason, at: moment.rawValue)
            case .expired(let moment): .expired(at: moment.rawValue)
            }
        self.init(
            shell: shell, typeName: DocumentTypeTexts.name(code: gone.typeCode), service: gone.service,
            receivedAt: gone.receivedAt.rawValue, cause: cause,
            patient: gone.patient.map(PatientIdentity.init),
            replacementID: gone.replacement?.rawValue)
        isMalware = gone.isMalware
        isFollowed = gone.isFollowed
        isReplaced = gone.isReplaced
        documentID = gone.id.rawValue
        guard case .expired = gone.cause else { return }
        asking = mayAsk ? .possible(id: gone.id.rawValue) : .withoutRight
        guard let wish = gone.wish else { return }
        guard let settled = wish.settledAt, let again = wish.againFrom else {
            asking = .asked(at: wish.askedAt.rawValue)
            return
        }
        answer = Answer(at: settled.rawValue, answer: wish.answer, reason: wish.reason)
        if shell.presentation.now < again.rawValue { asking = .later(from: again.rawValue) }
    }
}

extension WithdrawnList {
    init(_ documents: [GoneDocument]) {
        entries = documents.compactMap { gone in
            guard case .withdrawn(_, let moment) = gone.cause else { return nil }
            return Entry(
                id: gone.id.rawValue, typeName: DocumentTypeTexts.name(code: gone.typeCode),
                service: gone.service, at: moment.rawValue,
                patient: gone.patient.map(PatientIdentity.init))
        }
    }
}

extension PatientIdentity {
    init(_ patient: Patient) {
        self.init(
            id: patient.id.rawValue, name: "\(patient.familyName) \(patient.givenName)",
            birthDate: patient.birthDate, sex: Sex(patient.sex), number: patient.number)
    }
}

extension Sex {
    init(_ sex: Patient.Sex) {
        self =
            switch sex {
            case .female: .female
            case .male: .male
            case .other: .other
            case .unknown: .unknown
            }
    }
}

extension DocumentView {
    /// - Parameters:
    ///   - formToken: of this session, for the forms of the pane; empty: without them.
    ///   - warningDays: from how many days before its end on that is said beside the title.
    ///   - principal: in whose space a delegate reads it.
    init(
        _ opened: OpenedDocument, query: InboxQuery, at now: Timestamp, formToken: String = "",
        warningDays: Int = 14, principal: String? = nil
    ) {
        let document = opened.document
        let content: Content =
            switch document.preview {
            case .ready: .ready
            case .pending: .previewPending
            case .failed: .previewFailed
            }
        self.init(
            id: document.id.rawValue, title: document.title,
            typeName: DocumentTypeTexts.name(code: document.typeCode), language: document.language,
            patient: PatientIdentity(opened.patient), service: document.service, author: document.author,
            authoredAt: document.authoredAt.rawValue, publishedAt: document.publishedAt.rawValue,
            openedAt: opened.openedAt.rawValue, opener: opened.openedBy, principal: principal,
            downloadedAt: opened.downloadedAt?.rawValue,
            expiresAt: opened.expiresAt.rawValue,
            basis: DisclosureBasis(opened.basis),
            byteCount: document.byteCount, pageCount: document.pageCount, content: content,
            pages: opened.pages.map { PageImage(number: $0.number, width: $0.width, height: $0.height) },
            text: opened.text, message: opened.message,
            hasActiveContent: document.warnings.split(separator: " ").contains { $0 != "openAction" },
            versions: opened.versions.map {
                Version(id: $0.id.rawValue, number: $0.version, publishedAt: $0.publishedAt.rawValue)
            },
            newerID: opened.newer?.rawValue, olderID: opened.older?.rawValue,
            extensibleUntil: formToken.isEmpty ? nil : opened.extensibleUntil?.rawValue, formToken: formToken,
            warningDays: warningDays, query: query, now: now.rawValue)
        hiddenReplacement = opened.hiddenReplacement
    }
}

extension DisclosureBasis {
    /// From the words that stand with the permission to read.
    init(_ words: String) {
        self =
            if words.hasPrefix("designation") { .designation } else if words.hasPrefix("consent") {
                .consent
            } else { .assertion }
    }
}

extension DocumentEvent {
    /// Nil for events that say nothing to a reader.
    init?(_ event: AuditEventKind) {
        switch event {
        case .documentPublished: self = .published
        case .documentReplaced: self = .replaced
        case .documentWithdrawn: self = .withdrawn
        case .noticeSent: self = .noticeSent
        case .documentOpened: self = .opened
        case .documentDownloaded: self = .downloaded
        case .documentPrinted: self = .printed
        case .accessLogRead: self = .accessListRead
        case .documentExported: self = .exported
        case .lifetimeExtended: self = .extended
        case .documentStateRead: self = .followed
        case .dispatchMailed: self = .mailed
        case .dispatchPosted: self = .posted
        case .dispatchFellBack: self = .fellBack
        default: return nil
        }
    }
}

extension InboxKey {
    /// A place in the list as it stands in an address: `1795161600000-9f3c…`.
    var cursor: String { "\(receivedAt.rawValue)-\(id.rawValue)" }

    init?(cursor: String) {
        let parts = cursor.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let moment = Int64(parts[0]), moment >= 0 else { return nil }
        self.init(receivedAt: Timestamp(rawValue: moment), id: Document.ID(rawValue: String(parts[1])))
    }
}
