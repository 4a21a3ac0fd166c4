import Access
public import Documents
import PDF
import Storage

/// What a run of `rescanContents` did.
public struct RescannedContents: Sendable, Equatable {
    /// Files with a verdict.
    public var scanned = 0
    /// Documents taken back because something was found in them.
    public var found: [Document.ID] = []
    /// Files that could not be opened: they are tried again by the next run.
    public var unreadable: [Document.ID] = []
    /// Why it ended before its time: the scanner gave no verdict.
    public var problem: String?
    /// Others still wait.
    public var hasMore = false
    /// Another node is at it.
    public var isBusy = false

    public init() {}
}

/// The figures of one run.
public struct RescanLimits: Sendable {
    /// Files scanned within so many days are left alone: signatures change daily.
    public var days = 1
    public var files = 2000
    public var bytes = 1 << 30

    public init() {}

    static let batch = 50
    /// After so long the files of a node that was killed are taken up by another one.
    static let leaseMinutes: Int64 = 10
}

extension DispatchActions {
    /// Scans kept files again, those first that wait the longest: what came before the installation had a scanner, and
    /// what was looked at with older signatures. What is found is taken back at once: nobody opens it, its readers and
    /// its sender are told, the trail and the service see what it was (documentWithdrawn, contentScanned). One node at
    /// a time, within limits; the next run goes on where this one ended. Does nothing without a scanner.
    public func rescanContents(_ limits: RescanLimits = RescanLimits()) async throws -> RescannedContents {
        var done = RescannedContents()
        guard inspection.scansFiles else { return done }
        guard try await lease() else {
            done.isBusy = true
            return done
        }
        let due = clock.now().adding(days: -limits.days)
        var last: WaitingContent?
        var bytes = 0
        while !Task.isCancelled {
            let batch = try await database.read { [last] in
                try $0.contentsToScan(before: due, after: last, limit: RescanLimits.batch)
            }
            for waiting in batch where !Task.isCancelled {
                guard done.scanned < limits.files, bytes < limits.bytes, done.problem == nil else {
                    done.hasMore = true
                    break
                }
                do { bytes += try await rescan(waiting.documentID, &done) } catch let reason as NotScanned {
                    done.problem = reason.description
                    break
                }
            }
            last = batch.last
            guard batch.count == RescanLimits.batch, !done.hasMore, done.problem == nil else { break }
            try await lease(isOwn: true)
        }
        try await endLease()
        return done
    }

    /// - Returns: how many bytes were looked at.
    private func rescan(_ id: Document.ID, _ done: inout RescannedContents) async throws -> Int {
        guard let document = try await database.read({ try $0.document(id) }) else { return 0 }
        let bytes: [UInt8]
        do { bytes = try await documents.original(of: document) } catch DocumentRefusal.expired {
            // nobody can open it any more
            try await database.write { try $0.markScanned(id, at: self.clock.now()) }
            return 0
        } catch {
            done.unreadable.append(id)
            // more than damaged files: the store is away
            if done.unreadable.count == RescanLimits.batch { done.problem = "the store: \(error)" }
            return 0
        }
        switch try await inspection.verdict(on: bytes) {
        case .clean?, nil: try await database.write { try $0.markScanned(id, at: self.clock.now()) }
        case .infected(let name)?:
            if try await quarantine(id, name) { done.found.append(id) }
        }
        done.scanned += 1
        return bytes.count
    }

    /// - Returns: false when it had been taken back before.
    private func quarantine(_ id: Document.ID, _ malware: String) async throws -> Bool {
        let now = clock.now()
        let actor = AuditActor.system(node: access.nodeName)
        return try await database.write { transaction in
            try transaction.markScanned(id, at: now)
            guard let document = try transaction.document(id) else { return false }
            let taken = try self.withdraw(
                document, reason: WithdrawalReason(nil), because: "malware=\(malware)", by: actor,
                in: transaction, at: now)
            guard try transaction.markInfected(id, malware) else { return false }
            try transaction.record(
                AuditEntry(
                    .contentScanned, .failed, rule: PDFRefusal.malware.rule, object: document.auditObject,
                    patientID: document.patientID.rawValue, contentHash: document.sha256,
                    detail: "malware=\(malware)"), by: actor, at: now)
            return !taken.isRepetition
        }
    }

    @discardableResult
    private func lease(isOwn: Bool = false) async throws -> Bool {
        let now = clock.now().rawValue
        return try await database.write {
            try $0.lease(
                .rescan, until: now + RescanLimits.leaseMinutes * 60_000, from: isOwn ? .max : now)
        }
    }

    private func endLease() async throws {
        _ = try await database.write { try $0.lease(.rescan, until: 0, from: .max) }
    }
}
