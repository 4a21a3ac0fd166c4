import Logging
import ServiceLifecycle

/// A service that has a time limit for its end: whoever hangs is cancelled, and the program ends all the same.
struct Bounded: Service, CustomStringConvertible {
    let name: String
    let service: any Service
    /// From being asked to stop to being cancelled.
    let seconds: Int
    let logger: Logger
    var description: String { name }

    func run() async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await service.run()
                return true
            }
            group.addTask {
                try await gracefulShutdown()
                try await Task.sleep(for: .seconds(seconds))
                return false
            }
            let hasEnded = try await group.next() ?? true
            if !hasEnded { logger.warning("cancelled", metadata: ["service": "\(name)"]) }
            group.cancelAll()
            while await group.nextResult() != nil {}
        }
    }
}

/// Services that run and end side by side: none waits for the other's last job.
struct Together: Service {
    let services: [any Service]

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            try await group.waitForAll()
        }
    }
}

/// A service under its name. The library that runs services writes each as text, for its log: without a name that would
/// be whatever its values hold, which belongs in no log and takes a tenth of the start to write.
struct Named: Service, CustomStringConvertible {
    let description: String
    let service: any Service

    init(_ name: String, _ service: any Service) {
        description = name
        self.service = service
    }

    func run() async throws { try await service.run() }
}
