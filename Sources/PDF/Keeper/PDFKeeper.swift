import CPDFKeeper
import Glibc
import NIOConcurrencyHelpers
import SystemPackage

/// Runs qpdf and poppler on foreign files through programs that are started once, within the walls of `Confinement`, and
/// fork a child for each file (ADR 0034, 0035). One that has ended is started again.
public final class PDFKeeper: Sendable {
    /// For the whole process: children are bounded by each caller's `Turnstile`.
    public static let shared = PDFKeeper()

    private let path: String?
    private let confinement: Confinement?
    private struct State {
        var current: [KeptProgram: KeeperConnection] = [:]
        var starts: [KeptProgram: Int] = [:]
        var tell: (@Sendable (KeeperRestart) -> Void)?
    }
    private let state = NIOLockedValueBox(State())

    /// How often a program was started: more than once, it ended, or a child of it crashed.
    public func starts(of program: KeptProgram) -> Int { state.withLockedValue { $0.starts[program] ?? 0 } }

    /// - Parameters:
    ///   - path: of the program that is started, whichever is asked for; nil means the installed ones.
    ///   - confinement: nil means the strictest this machine allows.
    init(path: String? = nil, confinement: Confinement? = nil) {
        self.path = path
        self.confinement = confinement
    }

    deinit {
        for connection in state.withLockedValue({ $0.current.values }) { connection.retire() }
    }

    /// Calls this each time a program has to be started again, for the operator's log.
    public func whenStartedAgain(_ tell: @Sendable @escaping (KeeperRestart) -> Void) {
        state.withLockedValue { $0.tell = tell }
    }

    /// Whether files can be looked at: the program forks a child that says its version.
    /// - Returns: how children are shut in.
    /// - Throws: `ChildProcess.Failure`, `.missing` when the program is not installed.
    public func check(_ program: KeptProgram = .qpdf) async throws -> Confinement {
        let output = try await run(.sayVersion(program), MemoryFile([]), limits: PDFLimits())
        guard output.status == 0 else { throw ChildProcess.Failure.notStarted }
        if let confinement { return confinement }
        return await Confinement.available()
    }

    /// Does a job in a child of its own, and tells the file's faults from the machine's. A child or a keeper that
    /// somebody killed is started once more.
    /// - Throws: `PDFRefusal`; `ChildProcess.Failure`; `CancellationError`, once the child has ended.
    func run(_ job: PDFJob, _ file: MemoryFile, limits: PDFLimits) async throws -> ChildProcess.Output {
        try await ChildProcess.judged { try await runOnce(job, file, limits: limits) }
    }

    private func runOnce(
        _ job: PDFJob, _ file: MemoryFile, limits: PDFLimits
    ) async throws -> ChildProcess.Output {
        let connection = try await connection(job.program)
        let output = try MemoryFile(label: "output")
        // the keeper kills a child that is late; who is late here is the keeper
        let watch = Task {
            try await Task.sleep(for: .seconds(limits.wallSeconds + 5))
            connection.abandon()
        }
        defer { watch.cancel() }
        let answer: pdf_keeper_answer
        do {
            answer = try await connection.ask(job, file, output, limits)
        } catch is KeeperConnection.Gone {
            try Task.checkCancellation()
            throw ChildProcess.Failure.killed(signal: SIGKILL)
        }
        try Task.checkCancellation()
        return ChildProcess.Output(status: try Self.status(answer), bytes: try output.bytes())
    }

    /// - Throws: `ChildProcess.Failure` when the child did not come to an end of its own.
    private static func status(_ answer: pdf_keeper_answer) throws -> Int32 {
        switch answer.outcome {
        case UInt32(PDF_KEEPER_EXITED) where answer.value == PDF_KEEPER_NO_MEMORY:
            throw ChildProcess.Failure.notStarted
        case UInt32(PDF_KEEPER_EXITED) where answer.value != PDF_KEEPER_NOT_CONFINED: return answer.value
        case UInt32(PDF_KEEPER_TOO_LONG): throw ChildProcess.Failure.timeout
        // the file that takes the output may not grow further
        case UInt32(PDF_KEEPER_KILLED) where answer.value == SIGXFSZ:
            throw ChildProcess.Failure.outputTooLong
        case UInt32(PDF_KEEPER_KILLED): throw ChildProcess.Failure.killed(signal: answer.value)
        default: throw ChildProcess.Failure.notStarted
        }
    }

    private func connection(_ program: KeptProgram) async throws -> KeeperConnection {
        let confinement = if let confinement { confinement } else { await Confinement.available() }
        let (connection, restart, tell) = try state.withLockedValue { state in
            let last = state.current[program]
            if let last, last.isOpen { return (last, KeeperRestart?.none, state.tell) }
            state.starts[program, default: 0] += 1
            let started = try KeeperConnection.start(
                path ?? program.path, library: program.library, confinement)
            state.current[program] = started
            return (started, last.map { KeeperRestart(program: program, crash: $0.crash) }, state.tell)
        }
        if let restart { tell?(restart) }
        return connection
    }

    /// The process that was started, and below which keeper and children are found; for tests.
    func processID(_ program: KeptProgram = .qpdf) -> pid_t? {
        state.withLockedValue { $0.current[program]?.processID }
    }
}

/// A program that looks at foreign PDFs had to be started again.
public struct KeeperRestart: Sendable, Equatable {
    public let program: KeptProgram
    /// The signal by which a child ended over its file; nil when the program itself had ended.
    public let crash: Int32?
}
