import Access
import CLinux
import Dispatches
import Documents
import Enrolment
import Logging
import Portal
import ServiceLifecycle
import Storage

/// Signs and exports a checkpoint of the audit trail every ten seconds, when something has happened.
struct AuditCheckpoints: Service {
    let access: AccessActions
    let exported: ExportedCheckpoints
    let logger: Logger

    func run() async throws {
        try await Ticker.every(.seconds(10)) {
            do { try await access.checkpointAudit(to: exported) } catch {
                logger.error("audit checkpoint", metadata: ["error": "\(error)"])
            }
        }
        // what this node wrote last is sealed now, or by another node, or when this one starts again
        do { try await access.checkpointAudit(to: exported) } catch {
            logger.error("audit checkpoint", metadata: ["error": "\(error)"])
        }
    }
}

/// Measures twenty times a second how long a request waits for its turn: what comes in between two probes is let in.
struct AdmissionProbes: Service {
    let admission: Admission
    let database: any Database

    func run() async throws {
        try await Ticker.every(.milliseconds(50)) { due in
            if admission.forgetWhenIdle() { return }
            // transactions that do nothing wait like the others, and sync nothing; one may wait where the other does not
            await admission.measure(since: due) {
                async let read: Void = database.read { _ in }
                try await database.write { _ in }
                try await read
            }
        }
    }
}

/// Gives the system every ten seconds what lies free in the middle of the heaps: what ends them is given back at
/// once, but a small piece that is still in use keeps all that lies before it (ADR 0033).
struct MemoryReturns: Service {
    func run() async throws {
        try await Ticker.every(.seconds(10)) { malloc_trim(0) }
    }
}

/// Tells what was refused again and again, one event a subject: every minute.
struct Repetitions: Service {
    let access: AccessActions
    let logger: Logger

    func run() async throws {
        try await Ticker.every(.seconds(60)) {
            do { try await access.recordRepetitions() } catch {
                logger.error("repeated refusals", metadata: ["error": "\(error)"])
            }
        }
    }
}

/// Forgets what ended, destroys copies of identity documents whose time is over, tells principals on Mondays what was
/// done in their names, and removes orphaned files: at the start and every hour.
struct Housekeeping: Service {
    let access: AccessActions
    let documents: DocumentActions
    let dispatches: DispatchActions
    let enrolment: EnrolmentActions
    let logger: Logger

    func run() async throws {
        do { try await enrolment.prepareSites() } catch {
            logger.error("validation sites", metadata: ["error": "\(error)"])
        }
        try await Ticker.every(.seconds(3600)) {
            do {
                try await access.forgetOld()
                try await access.sendDelegationDigests()
                try await enrolment.endWhatIsOver()
                try await documents.removeOrphans()
                try await dispatches.forgetMessages()
            } catch { logger.error("housekeeping", metadata: ["error": "\(error)"]) }
        }
    }
}

/// Ends the lives of documents that are over, warns of those that come near their end, and keeps the queue of letters:
/// every ten minutes. Nobody
/// reads a document after its end: each look-up asks for the time; this is when its contents go.
struct Lives: Service {
    let documents: DocumentActions
    let dispatches: DispatchActions
    let logger: Logger

    func run() async throws {
        try await Ticker.every(.seconds(600)) {
            do {
                try await documents.endLives()
                try await dispatches.warnOfExpiry()
                try await dispatches.keepPostQueue()
            } catch { logger.error("lives of documents", metadata: ["error": "\(error)"]) }
        }
    }
}

/// Scans kept files again, every hour a part: what is found is taken back.
struct Rescans: Service {
    let dispatches: DispatchActions
    let limits: RescanLimits
    let logger: Logger

    func run() async throws {
        try await Ticker.every(.seconds(3600)) {
            do {
                let done = try await dispatches.rescanContents(limits)
                for id in done.found {
                    logger.critical("malware in a kept file", metadata: ["document": "\(id.rawValue)"])
                }
                for id in done.unreadable {
                    logger.error("kept file not scanned again", metadata: ["document": "\(id.rawValue)"])
                }
                if let problem = done.problem {
                    logger.error("rescan ended early", metadata: ["reason": "\(problem)"])
                }
            } catch { logger.error("rescan", metadata: ["error": "\(error)"]) }
        }
    }
}

/// Repeats until the program is asked to stop.
enum Ticker {
    static func every(_ pause: Duration, _ work: @escaping @Sendable () async -> Void) async throws {
        try await every(pause) { _ in await work() }
    }

    /// - Parameter work: told when its turn was due; on a busy node it comes later.
    static func every(
        _ pause: Duration, _ work: @escaping @Sendable (ContinuousClock.Instant) async -> Void
    ) async throws {
        try await cancelWhenGracefulShutdown {
            var due = ContinuousClock.now
            while !Task.isCancelled {
                await work(due)
                due = .now + pause
                do { try await Task.sleep(until: due, clock: .continuous) } catch is CancellationError {
                    return
                }
            }
        }
    }
}
