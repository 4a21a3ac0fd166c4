/// Ends what takes too long, such as a request body that arrives one byte at a time.
public enum Deadline {
    /// The time is over; the work was cancelled.
    public struct Passed: Error {}

    /// Does the work, but for at most so many seconds.
    /// - Throws: `Passed`, or what the work throws.
    public static func within<Value: Sendable>(
        seconds: Int, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw Passed() }
            return value
        }
    }
}
