import CPDFKeeper
import Glibc
import NIOConcurrencyHelpers
import SystemPackage

/// The socket to one keeper, and who waits for its answers. A thread of its own reads them: it sleeps in the kernel,
/// and nobody else is held up.
final class KeeperConnection: Sendable {
    /// The keeper ended before it answered.
    struct Gone: Error {}

    struct State {
        /// New requests are taken.
        var isOpen = true
        /// The descriptor is not ours any more.
        var isClosed = false
        var lastNumber: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<pdf_keeper_answer, any Error>] = [:]
        var hasAnswered = false
        /// The signal of a child that crashed.
        var crash: Int32?
        var processID: pid_t?
    }

    let socket: Int32
    let state = NIOLockedValueBox(State())

    private init(socket: Int32) { self.socket = socket }

    /// Starts a keeper; it is ready some milliseconds later, requests wait in the socket.
    /// - Throws: `ChildProcess.Failure.missing`; `Errno` when descriptors or threads have run out.
    static func start(
        _ program: String, library: String?, _ confinement: Confinement
    ) throws -> KeeperConnection {
        if let file = KeptProgram.missing(program, library) { throw ChildProcess.Failure.missing(file) }
        var ends: [Int32] = [-1, -1]
        let packets = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, packets, 0, &ends) == 0 else { throw Errno(rawValue: errno) }
        let (connection, theirs) = (KeeperConnection(socket: ends[0]), FileDescriptor(rawValue: ends[1]))
        do { try connection.listen() } catch {
            for end in ends { close(end) }
            throw error
        }
        let (starter, line) = confinement.keeper(program, library: library)
        Task.detached {
            // what is made of a document that is there already can wait; what a sender waits for cannot
            let givesWay = library != nil
            try? await ChildProcess.stay(starter, line, givesWay: givesWay, input: theirs) { id in
                connection.state.withLockedValue { $0.processID = id }
            }
            connection.wallsEnded()
        }
        return connection
    }

    /// The process that was started has ended, with the keeper or, killed, without it. A keeper that works goes on till
    /// its socket closes; one on its way through the walls would wait there for ever.
    private func wallsEnded() {
        if !state.withLockedValue({ $0.hasAnswered }) { abandon() }
    }

    var isOpen: Bool { state.withLockedValue { $0.isOpen } }
    var crash: Int32? { state.withLockedValue { $0.crash } }
    var processID: pid_t? { state.withLockedValue { $0.processID } }

    /// Sends a request and waits for the answer, also when the task is cancelled: then the child is killed first.
    /// - Throws: `Gone`.
    func ask(
        _ job: PDFJob, _ file: MemoryFile, _ output: MemoryFile, _ limits: PDFLimits
    ) async throws -> pdf_keeper_answer {
        let number = state.withLockedValue { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        let arguments = job.arguments.flatMap { Array($0.utf8) + [UInt8(0)] }
        let request = pdf_keeper_request(
            number: number, memory_bytes: UInt64(limits.memoryBytes),
            output_bytes: UInt64(job.outputBytes(limits)), kind: UInt32(PDF_KEEPER_RUN),
            seconds: UInt32(limits.seconds), wall_seconds: UInt32(limits.wallSeconds),
            with_errors: job.includesErrors ? 1 : 0, argument_bytes: UInt64(arguments.count))
        let packet = withUnsafeBytes(of: request) { Array($0) } + arguments
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (wasOpen, isSent) = state.withLockedValue { state in
                    // one that is retired still answers those who asked in time
                    guard state.isOpen else { return (false, false) }
                    guard send(packet, file, output) else { return (true, false) }
                    state.waiting[number] = continuation
                    return (true, true)
                }
                if !isSent {
                    if wasOpen { end() }
                    continuation.resume(throwing: Gone())
                } else if Task.isCancelled {
                    stop(number)
                }
            }
        } onCancel: {
            stop(number)
        }
    }

    /// No new requests; it ends with the last answer.
    func retire() {
        state.withLockedValue { state in
            state.isOpen = false
            if state.waiting.isEmpty { shut(state) }
        }
    }

    /// Ends it now. Who waits is told `Gone`.
    func end() {
        state.withLockedValue { state in
            state.isOpen = false
            shut(state)
        }
    }

    /// Ends one that does not do its work, and kills what it leaves.
    func abandon() {
        end()
        if let processID { kill(-processID, SIGKILL) }  // the session, see `ChildProcess`
    }

    private func stop(_ number: UInt64) {
        let request = pdf_keeper_request(
            number: number, memory_bytes: 0, output_bytes: 0, kind: UInt32(PDF_KEEPER_STOP), seconds: 0,
            wall_seconds: 0, with_errors: 0, argument_bytes: 0)
        let packet = withUnsafeBytes(of: request) { Array($0) }
        state.withLockedValue { state in
            if !state.isClosed, state.waiting[number] != nil { _ = send(packet, nil, nil) }
        }
    }

    /// The socket's buffer holds more packets than there are children: full, it means that nobody reads.
    private func send(_ packet: [UInt8], _ file: MemoryFile?, _ output: MemoryFile?) -> Bool {
        packet.withUnsafeBytes { bytes in
            pdf_keeper_send(
                socket, bytes.baseAddress, bytes.count, file?.descriptor.rawValue ?? -1,
                output?.descriptor.rawValue ?? -1)
        } == packet.count
    }

    func shut(_ state: State) {
        if !state.isClosed { shutdown(socket, Int32(SHUT_RDWR)) }
    }
}
