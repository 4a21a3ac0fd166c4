import Glibc

extension ChildProcess {
    /// Tells the file's faults (`PDFRefusal`) from the machine's (`Failure`). SIGKILL is the doing of the machine or its
    /// operator, never of the file, whose limits end it otherwise: what was killed is run once more.
    static func judged(_ run: () async throws -> Output) async throws -> Output {
        do {
            do { return try await run() } catch Failure.killed(signal: SIGKILL) { return try await run() }
        } catch Failure.timeout {
            throw PDFRefusal.timeout
        } catch Failure.outputTooLong {
            throw PDFRefusal.tooLarge
        } catch Failure.killed(let signal) where signal != SIGKILL {
            throw PDFRefusal.broken
        }
    }
}
