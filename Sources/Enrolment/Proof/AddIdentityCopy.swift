public import Access
import PDF
public import Storage
public import Vault

/// A sealed copy of an identity document.
public struct IdentityCopy: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    /// The three kinds of file that are taken, told by their first bytes.
    public enum MediaType: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        case pdf = "application/pdf"
        case jpeg = "image/jpeg"
        case png = "image/png"

        /// - Returns: nil for anything else, whatever its name says.
        public init?(magic bytes: some Collection<UInt8>) {
            if bytes.starts(with: "%PDF-".utf8) {
                self = .pdf
            } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
                self = .jpeg
            } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
                self = .png
            } else {
                return nil
            }
        }
    }

    public let id: ID
    public let requestID: AccountRequest.ID
    public let mediaType: MediaType
    public let byteCount: Int
    public let addedAt: Timestamp
    /// Nil: the applicant himself.
    public let addedBy: Account.ID?
    public let destroyedAt: Timestamp?

    let blob: String
    let period: String
    let wrappedKey: [UInt8]?
}

/// A copy that was opened for somebody who checks the case.
public struct OpenedCopy: Sendable {
    public let copy: IdentityCopy
    public let content: SealedContent
}

extension EnrolmentActions {
    /// Keeps a copy that the applicant sends.
    /// - Throws: `EnrolmentRefusal.notFound`, `.wrongState`, `.copiesNotKept`, `.tooManyCopies`, `.copyRefused`.
    public func addCopy(_ bytes: [UInt8], _ token: String, origin: RequestOrigin) async throws {
        let request = try await database.read { try self.request(of: token, in: $0) }
        try await keep(bytes, of: request.id, by: .anonymous(origin), adder: nil) { _, _ in }
    }

    /// Keeps a copy that was made at the desk.
    public func addCopy(_ bytes: [UInt8], of id: AccountRequest.ID, _ holder: Holder) async throws {
        try await keep(bytes, of: id, by: .person(holder), adder: holder.accountID) { transaction, now in
            try transaction.confirm(holder, as: Self.registrars, at: now)
        }
    }

    private func keep(
        _ bytes: [UInt8], of id: AccountRequest.ID, by actor: AuditActor, adder: Account.ID?,
        confirm: @escaping @Sendable (any Transaction, Timestamp) throws -> Void
    ) async throws {
        guard rules.keepsIdentityCopies else { throw EnrolmentRefusal.copiesNotKept }
        if bytes.isEmpty { throw EnrolmentRefusal.copyRefused(.empty) }
        if bytes.count > EnrolmentLimits.copyBytes { throw EnrolmentRefusal.copyRefused(.tooLarge) }
        guard let type = IdentityCopy.MediaType(magic: bytes) else {
            throw EnrolmentRefusal.copyRefused(.type)
        }
        let now = clock.now()
        try await database.read { transaction in
            try confirm(transaction, now)
            try self.checkRoom(for: id, in: transaction)
        }
        try await inspect(bytes, type)
        let copy = IdentityCopy.ID(rawValue: RandomText.identifier())
        let month = try await monthKeys.current(at: now)
        let sealed = try await store.seal(bytes, under: month, context: Self.context(copy, id))
        do {
            try await database.write { transaction in
                try confirm(transaction, now)
                let request = try self.checkRoom(for: id, in: transaction)
                try transaction.insert(
                    copy, of: id, sealed, period: month.period, type: type, by: adder, at: now)
                try transaction.record(
                    AuditEntry(.identityCopyAdded, object: request.auditObject, detail: type.rawValue),
                    by: actor,
                    at: now)
            }
        } catch {
            // without an answer to COMMIT nobody knows: then the search for orphans decides
            if case StorageError.commitUnknown = error { throw error }
            try? await store.remove(sealed.blob)
            throw error
        }
    }

    /// Before anything of it is kept: the registrar opens it in his browser.
    private func inspect(_ bytes: [UInt8], _ type: IdentityCopy.MediaType) async throws {
        do {
            switch type {
            case .pdf: _ = try await inspection.inspect(bytes)
            case .jpeg, .png: try await inspection.scan(bytes)
            }
        } catch is PDFRefusal {
            throw EnrolmentRefusal.copyRefused(.unsafe)
        } catch let error where error is NotScanned || error is Turnstile.Busy {
            throw EnrolmentRefusal.copyNotInspected
        }
    }

    @discardableResult
    private func checkRoom(for id: AccountRequest.ID, in transaction: any Transaction) throws
        -> AccountRequest
    {
        guard let request = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
        guard request.state.isOpen else { throw EnrolmentRefusal.wrongState }
        let kept = try transaction.copies(of: id).filter { $0.destroyedAt == nil }
        guard kept.count < EnrolmentLimits.copiesPerRequest else { throw EnrolmentRefusal.tooManyCopies }
        return request
    }

    /// Opens a copy for somebody who checks the case. Every look is an event.
    /// - Throws: `EnrolmentRefusal.notFound`, `.copyDestroyed`.
    public func openCopy(_ copy: IdentityCopy.ID, of id: AccountRequest.ID, _ holder: Holder) async throws
        -> OpenedCopy
    {
        let now = clock.now()
        let found = try await database.read { transaction -> IdentityCopy in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard let found = try transaction.copy(copy), found.requestID == id else {
                throw EnrolmentRefusal.notFound
            }
            return found
        }
        guard let wrapped = found.wrappedKey, let month = try await monthKeys.key(found.period) else {
            throw EnrolmentRefusal.copyDestroyed
        }
        let content = try await store.open(
            found.blob, wrappedKey: wrapped, under: month, context: Self.context(copy, id))
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard let request = try transaction.request(id), try transaction.copy(copy)?.wrappedKey != nil
            else {
                throw EnrolmentRefusal.copyDestroyed
            }
            try transaction.record(
                AuditEntry(.identityCopyRead, object: request.auditObject, detail: "copy=\(copy.rawValue)"),
                by: .person(holder), at: now)
        }
        return OpenedCopy(copy: found, content: content)
    }

    /// Destroys the keys of copies whose time is over: `identityCopyDays` after the decision, at once for requests
    /// that were taken back. Without its key nothing opens a copy, but in backups that were made before.
    func destroyCopies(at now: Timestamp) async throws -> Int {
        let blobs = try await database.write { transaction -> [String] in
            let due = try transaction.copiesToDestroy(
                decidedBefore: now.adding(days: -self.rules.identityCopyDays), limit: 200)
            for copy in due {
                try transaction.destroy(copy.id, at: now)
                try transaction.record(
                    AuditEntry(
                        .identityCopyDestroyed,
                        object: AuditObject(kind: "accountRequest", id: copy.requestID.rawValue),
                        detail: "copy=\(copy.id.rawValue)"), by: self.system, at: now)
            }
            return due.map(\.blob)
        }
        for blob in blobs { try? await store.remove(blob) }
        return blobs.count
    }

    /// What a copy is bound to: a file or row that was swapped does not open (security.md, class 39).
    private static func context(_ copy: IdentityCopy.ID, _ request: AccountRequest.ID) -> String {
        "identity copy \(copy.rawValue) \(request.rawValue)"
    }
}
