import Glibc

extension ChildProcess {
    /// Runs a parser on a document, see `judged`.
    static func parse(
        _ program: String, _ arguments: [String], _ file: MemoryFile, limits: PDFLimits, outputBytes: Int
    ) async throws -> Output {
        var child = ChildProcess()
        child.seconds = limits.seconds
        child.memoryBytes = limits.memoryBytes
        child.outputBytes = outputBytes
        let limited = child
        return try await judged {
            let output = try await limited.run(program, arguments, input: file)
            // in the sandbox a signal shows as a status
            guard output.status != 128 + SIGKILL else { throw Failure.killed(signal: SIGKILL) }
            return output
        }
    }

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
