import CPDFKeeper
import Glibc
import NIOConcurrencyHelpers
import SystemPackage

/// Runs qpdf on foreign files through `passerelle-pdf`, a program of ours that is started once, within the walls of
/// `Confinement`, and forks a child for each file (ADR 0034). One that has ended is started again.
public final class InspectionKeeper: Sendable {
    /// For the whole process: children are bounded by each caller's `Turnstile`.
    public static let shared = InspectionKeeper()

    /// Beside the running program: in the build folder, and where both were installed.
    public static let program: String = {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = max(0, readlink("/proc/self/exe", &path, path.count))
        let own = String(decoding: path.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return own.prefix(through: own.lastIndex(of: "/") ?? own.startIndex) + "passerelle-pdf"
    }()

    private let program: String
    private let confinement: Confinement?
    private struct State {
        var current: KeeperConnection?
        var starts = 0
    }
    private let state = NIOLockedValueBox(State())

    /// How often the program was started: more than once, it ended, or a child of it crashed.
    public var starts: Int { state.withLockedValue(\.starts) }

    /// - Parameters:
    ///   - program: nil means the one beside the running program.
    ///   - confinement: nil means the strictest this machine allows.
    init(program: String? = nil, confinement: Confinement? = nil) {
        self.program = program ?? Self.program
        self.confinement = confinement
    }

    deinit { state.withLockedValue { $0.current?.retire() } }

    /// Whether files can be looked at: a child is started that says its version.
    /// - Returns: how children are shut in.
    /// - Throws: `ChildProcess.Failure`, `.missing` when the program is not installed.
    public func check() async throws -> Confinement {
        let output = try await run(.sayVersion, MemoryFile([]), limits: PDFLimits())
        guard output.status == 0 else { throw ChildProcess.Failure.notStarted }
        if let confinement { return confinement }
        return await Confinement.available()
    }

    /// Does a job in a child of its own, and tells the file's faults from the machine's. A child or a keeper that
    /// somebody killed is started once more.
    /// - Throws: `PDFRefusal`; `ChildProcess.Failure`; `CancellationError`, once the child has ended.
    func run(_ job: QPDFJob, _ file: MemoryFile, limits: PDFLimits) async throws -> ChildProcess.Output {
        try await ChildProcess.judged { try await runOnce(job, file, limits: limits) }
    }

    private func runOnce(
        _ job: QPDFJob, _ file: MemoryFile, limits: PDFLimits
    ) async throws -> ChildProcess.Output {
        let connection = try await connection()
        let output = try MemoryFile(label: "output")
        // the keeper kills a child that is late; who is late here is the keeper
        let watch = Task {
            try await Task.sleep(for: .seconds(limits.seconds + 5))
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
        case UInt32(PDF_KEEPER_EXITED) where answer.value != PDF_KEEPER_NOT_CONFINED: return answer.value
        case UInt32(PDF_KEEPER_TOO_LONG): throw ChildProcess.Failure.timeout
        // the file that takes the output may not grow further
        case UInt32(PDF_KEEPER_KILLED) where answer.value == SIGXFSZ:
            throw ChildProcess.Failure.outputTooLong
        case UInt32(PDF_KEEPER_KILLED): throw ChildProcess.Failure.killed(signal: answer.value)
        default: throw ChildProcess.Failure.notStarted
        }
    }

    private func connection() async throws -> KeeperConnection {
        let confinement = if let confinement { confinement } else { await Confinement.available() }
        return try state.withLockedValue { state in
            if let current = state.current, current.isOpen { return current }
            state.starts += 1
            let started = try KeeperConnection.start(program, confinement)
            state.current = started
            return started
        }
    }

    /// The process that was started, and below which keeper and children are found; for tests.
    var processID: pid_t? { state.withLockedValue { $0.current?.processID } }
}
