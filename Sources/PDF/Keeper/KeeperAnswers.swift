import CPDFKeeper
import Glibc
import NIOConcurrencyHelpers
import SystemPackage

extension KeeperConnection {
    /// Begins to read answers, until the keeper is gone.
    func listen() throws {
        let retained = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<KeeperConnection>.fromOpaque(pointer).takeRetainedValue().readAnswers()
                return nil
            }, retained.toOpaque())
        guard failure == 0 else {
            retained.release()
            throw Errno(rawValue: failure)
        }
        pthread_detach(thread)
    }

    private func readAnswers() {
        var answer = pdf_keeper_answer()
        let size = MemoryLayout<pdf_keeper_answer>.size
        var descriptors: (Int32, Int32) = (-1, -1)
        while pdf_keeper_receive(socket, &answer, size, &descriptors.0, &descriptors.1) == size {
            deliver(answer)
        }
        let left = state.withLockedValue { state in
            close(socket)
            (state.isOpen, state.isClosed) = (false, true)
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in left { continuation.resume(throwing: Gone()) }
    }

    private func deliver(_ answer: pdf_keeper_answer) {
        let continuation = state.withLockedValue { state in
            let continuation = state.waiting.removeValue(forKey: answer.number)
            state.hasAnswered = true
            if Self.isCrash(answer) { (state.isOpen, state.crash) = (false, answer.value) }
            if !state.isOpen, state.waiting.isEmpty { shut(state) }
            return continuation
        }
        continuation?.resume(returning: answer)
    }

    /// All children of a keeper have its addresses in memory. After a crash, which may be a try to find them, the next
    /// file gets others, as with a program that is started afresh.
    private static func isCrash(_ answer: pdf_keeper_answer) -> Bool {
        answer.outcome == UInt32(PDF_KEEPER_KILLED) && ![SIGKILL, SIGXFSZ, SIGXCPU].contains(answer.value)
    }
}
