import Glibc
import Subprocess
import SystemPackage

/// Runs a program outside our process, shut in and bounded. Parsers of foreign files stand ready instead (`PDFKeeper`).
public struct ChildProcess: Sendable {
    public struct Output: Sendable {
        public let status: Int32
        public let bytes: [UInt8]
        /// Invalid UTF-8 becomes U+FFFD.
        public var text: String { String(decoding: bytes, as: UTF8.self) }
    }
    public enum Failure: Error, Equatable {
        case timeout
        case killed(signal: Int32)
        /// More bytes on standard output than `outputBytes`.
        case outputTooLong
        /// The program is not installed: a fault of the machine, not of the file.
        case missing(String)
        /// A child could not be started or not be shut in: a fault of the machine too.
        case notStarted
    }

    /// Wall-clock and processor seconds.
    public var seconds = 20
    public var memoryBytes = 512 << 20
    public var outputBytes = 1 << 20
    /// Adds standard error to the output; it is dropped otherwise.
    public var includesErrors = false
    /// Nil means the strictest this machine allows.
    public var confinement: Confinement?
    public init() {}

    /// Runs a program to its end and returns what it wrote on standard output.
    /// - Parameters:
    ///   - program: a full path. No shell, an empty environment; `prlimit` (util-linux) sets address space,
    ///     processor time, file size (0: no file can be written) and open files before it starts.
    ///   - input: becomes standard input; the program opens it as `/dev/stdin` and may seek in it.
    /// - Throws: `Failure`, or an error of Subprocess when the child cannot be started.
    public func run(_ program: String, _ arguments: [String], input: MemoryFile? = nil) async throws -> Output
    {
        guard access(program, X_OK) == 0 else { throw Failure.missing(program) }
        let available = if let confinement { confinement } else { await Confinement.available() }
        let limits = [
            "--as=\(memoryBytes)", "--cpu=\(seconds):\(seconds + 2)", "--fsize=0", "--nofile=32", "--core=0",
        ]
        let (starter, line) = available.command(program, arguments, limits: limits)
        return try await withThrowingTaskGroup(of: Output.self) { group in
            group.addTask {
                if let input {
                    return try await start(
                        starter, line,
                        .fileDescriptor(input.descriptor, closeAfterSpawningProcess: false))
                }
                return try await start(starter, line, .none)
            }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw Failure.timeout
            }
            defer { group.cancelAll() }
            guard let output = try await group.next() else { throw Failure.timeout }
            return output
        }
    }

    private func start(
        _ program: String, _ arguments: [String], _ input: some InputProtocol
    ) async throws -> Output {
        do {
            return if includesErrors {
                try await collect(program, arguments, input, errors: .combinedWithOutput)
            } else {
                try await collect(program, arguments, input, errors: .discarded)
            }
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            throw Failure.outputTooLong
        }
    }

    private func collect(
        _ program: String, _ arguments: [String], _ input: some InputProtocol,
        errors: some ErrorOutputProtocol
    ) async throws -> Output {
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments), environment: .custom([:]),
            platformOptions: Self.options, input: input, output: .bytes(limit: outputBytes), error: errors)
        switch result.terminationStatus {
        case .exited(let code): return Output(status: code, bytes: result.standardOutput)
        case .signaled(let signal): throw Failure.killed(signal: signal)
        }
    }

    /// A session of its own, killed as a whole: bubblewrap forks, and its own way of ending together
    /// (--die-with-parent) does not work yet in its first milliseconds.
    private static var options: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = teardown
        return options
    }

    /// In a group of its own, killed as a whole as well.
    private static var optionsInOurSession: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = teardown
        return options
    }

    private static let teardown: [TeardownStep] = [
        .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
    ]

    /// Starts a program of ours that stays and returns when it has ended.
    /// - Parameters:
    ///   - givesWay: it stays in our session, where the kernel sees that it does (`give_way`), and has no terminal
    ///     there to write to; otherwise it has a session of its own.
    ///   - input: its standard input, closed here once it has started.
    ///   - started: is told the number of the process.
    static func stay(
        _ program: String, _ arguments: [String], givesWay: Bool, input: FileDescriptor,
        started: @Sendable @escaping (pid_t) -> Void
    ) async throws {
        _ = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments), environment: .custom([:]),
            platformOptions: givesWay ? optionsInOurSession : options,
            input: .fileDescriptor(input, closeAfterSpawningProcess: true), output: .discarded,
            error: .discarded
        ) { execution in started(execution.processIdentifier.value) }
    }
}
