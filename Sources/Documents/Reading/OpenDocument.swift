public import Access
import Storage
import Vault

/// A document as its reader sees it.
public struct OpenedDocument: Sendable {
    public let document: Document
    public let patient: Patient
    public let receivedAt: Timestamp
    /// When it was first opened in this space: now, if it was new.
    public let openedAt: Timestamp
    /// By whom; nil where that is not known, and for software that reads in the reader's name.
    public let openedBy: FirstReader?
    public let downloadedAt: Timestamp?
    public let expiresAt: Timestamp
    /// Until when the reader could extend its life now; nil: not.
    public let extensibleUntil: Timestamp?
    public let basis: String
    /// The page images that exist, with their sizes in pixels.
    public let pages: [PageSize]
    /// The text of the document, once it was extracted.
    public let text: String?
    /// What the service wrote to the recipient, where it sent the document by hand.
    public let message: String?
    /// All versions that this space can read, newest first, this one included.
    public let versions: [DocumentVersion]
    /// What replaced the newest of them, and cannot be read in this space.
    public let hiddenReplacement: HiddenReplacement?
    /// Its neighbours in the inbox.
    public let newer: Document.ID?
    public let older: Document.ID?
    public let unread: Int
}

/// Who opened a document first in a space.
public enum FirstReader: Sendable, Equatable {
    /// Who looks at it now.
    case viewer
    /// Whose space it is, seen by a delegate.
    case principal(name: String)
    /// Somebody who acted for whose space it is.
    case delegate(name: String)
}

/// One page image.
public struct PageSize: Sendable {
    /// From 1 on.
    public let number: Int
    public let width: Int
    public let height: Int
}

/// One version of a document.
public struct DocumentVersion: Sendable {
    public let id: Document.ID
    public let version: Int
    public let publishedAt: Timestamp
    public let state: Document.State
}

/// What took the place of a version that a space can read, and cannot be read there itself. Nothing more is told of it:
/// it may be for somebody else.
public enum HiddenReplacement: Sendable, Equatable {
    /// It was never put into this space.
    case notHere
    /// It was, and is gone: this one.
    case gone(Document.ID)
}

/// Why it is opened; each is an event of its own.
public enum OpeningPurpose: Sendable { case reading, printing }

extension DocumentActions {
    /// Finds, decides, marks as read, writes the event, returns. The same answer for unknown and for not
    /// yours.
    /// - Throws: `DocumentRefusal.notFound`, `.withdrawn`, `.expired`.
    public func open(_ id: Document.ID, for purpose: OpeningPurpose, _ viewer: Viewer) async throws
        -> OpenedDocument
    {
        let now = clock.now()
        let found = try await database.write(.readCommitted) { transaction -> Opening in
            try transaction.confirm(viewer, to: .read, at: now)
            let readable = try transaction.readable(id, viewer, isHeld: true, at: now)
            guard let patient = try transaction.patient(readable.document.patientID) else {
                throw DocumentRefusal.notFound
            }
            try transaction.markOpened(id, readable.reading, viewer, at: now)
            let document = readable.document
            try transaction.record(
                AuditEntry(
                    purpose == .reading ? .documentOpened : .documentPrinted, object: document.auditObject,
                    patientID: document.patientID.rawValue, contentHash: document.sha256,
                    basis: readable.basis),
                by: .person(viewer), at: now)
            let key = InboxKey(receivedAt: readable.receivedAt, id: id)
            let filter = InboxFilter()
            let chain = try transaction.versions(of: document, visibleTo: viewer, at: now)
            return Opening(
                readable: readable, patient: patient,
                openedBy: try transaction.firstReader(of: readable, viewer),
                extensibleUntil: try transaction.possibleExtension(of: readable, viewer, self.lives),
                text: try transaction.content(.text, 0, of: id),
                message: try transaction.message(beside: id), pages: try transaction.pages(of: id),
                versions: chain.readable, hiddenReplacement: chain.hidden,
                newer: try transaction.inbox(filter, of: viewer, .after(key), limit: 0, at: now).first?.id,
                older: try transaction.inbox(filter, of: viewer, .before(key), limit: 0, at: now).first?.id,
                unread: try transaction.unreadCount(of: viewer.principalID, at: now))
        }
        let document = found.readable.document
        let text: String? =
            if let content = found.text {
                String(
                    decoding: try await open(content, of: document).bytes(limit: DocumentLimits.textBytes),
                    as: UTF8.self)
            } else { nil }
        let message: String? =
            if let sealed = found.message { try await read(sealed, of: document) } else { nil }
        return OpenedDocument(
            document: document, patient: found.patient, receivedAt: found.readable.receivedAt,
            openedAt: found.readable.openedAt ?? now, openedBy: found.openedBy,
            downloadedAt: found.readable.downloadedAt,
            expiresAt: found.readable.expiresAt, extensibleUntil: found.extensibleUntil,
            basis: found.readable.basis,
            pages: found.pages.map { PageSize(number: $0.number, width: $0.width, height: $0.height) },
            text: text, message: message, versions: found.versions,
            hiddenReplacement: found.hiddenReplacement, newer: found.newer, older: found.older,
            unread: found.unread)
    }

    private struct Opening: Sendable {
        let readable: ReadableDocument
        let patient: Patient
        let openedBy: FirstReader?
        let extensibleUntil: Timestamp?
        let text: StoredContent?
        let message: SealedMessage?
        let pages: [StoredContent]
        let versions: [DocumentVersion]
        let hiddenReplacement: HiddenReplacement?
        let newer: Document.ID?
        let older: Document.ID?
        let unread: Int
    }
}

extension Transaction {
    /// - Parameter readable: as it was before it was opened now.
    fileprivate func firstReader(of readable: ReadableDocument, _ viewer: Viewer) throws -> FirstReader? {
        guard readable.openedAt != nil else { return viewer.isSoftware ? nil : .viewer }
        guard let opener = readable.openedBy else { return nil }
        if opener == viewer.accountID { return .viewer }
        let name = try displayNames(of: [opener])[opener]
        return name.map { opener == viewer.principalID ? .principal(name: $0) : .delegate(name: $0) }
    }

    /// The chain of replacements through this document, newest first, as far as the viewer may read; and what stands
    /// before the first of them.
    fileprivate func versions(of document: Document, visibleTo viewer: Viewer, at now: Timestamp) throws
        -> (readable: [DocumentVersion], hidden: HiddenReplacement?)
    {
        var newest = document
        for _ in 0..<DocumentLimits.versions {
            guard let next = try replacement(of: newest.id) else { break }
            newest = next
        }
        var chain: [DocumentVersion] = []
        var hidden: HiddenReplacement?
        var current: Document? = newest
        while let version = current, chain.count < DocumentLimits.versions {
            if try self.document(version.id, visibleTo: viewer, at: now) != nil {
                chain.append(
                    DocumentVersion(
                        id: version.id, version: version.version, publishedAt: version.publishedAt,
                        state: version.state))
            } else if chain.isEmpty, hidden == nil || hidden == .notHere {
                hidden = try gone(version.id, for: viewer, at: now) == nil ? .notHere : .gone(version.id)
            }
            current = try version.replacesID.flatMap { try self.document($0) }
        }
        return (chain, hidden)
    }
}
