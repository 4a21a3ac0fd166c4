import Foundation

/// What `/proc` says of processes and of their descriptors.
enum ProcessTree {
    static func children(of process: pid_t = getpid()) -> [pid_t] {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        return threads.flatMap { text("\(process)/task/\($0)/children").split(separator: " ") }.compactMap {
            pid_t($0)
        }
    }

    /// The link of each descriptor that may be seen: `socket:[7]`, `/memfd:label (deleted)`.
    static func descriptors(of process: pid_t = getpid()) -> [String] {
        let folder = "/proc/\(process)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
        }
    }

    /// `Seccomp`, `NoNewPrivs`; nil when there is no such process any more.
    static func status(_ name: String, of process: pid_t) -> String? {
        text("\(process)/status").split(separator: "\n").first { $0.hasPrefix("\(name):") }
            .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }

    static func isGone(_ process: pid_t) -> Bool {
        let state = status("State", of: process)
        return state == nil || state?.hasPrefix("Z") == true
    }

    /// The process groups in which somebody lives.
    static func groups() -> Set<pid_t> {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        // after the name, which may hold anything: state, parent, group
        let living = names.map { text("\($0)/stat").split(separator: ")").last?.split(separator: " ") ?? [] }
        return Set(living.filter { $0.count > 2 && $0[0] != "Z" }.compactMap { pid_t($0[2]) })
    }

    /// Waits for what comes a moment later in another process, five seconds at most.
    static func eventually(every milliseconds: Int = 10, _ condition: () -> Bool) async -> Bool {
        let end = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < end {
            if condition() { return true }
            if milliseconds == 0 {
                await Task.yield()
            } else {
                try? await Task.sleep(for: .milliseconds(milliseconds))
            }
        }
        return condition()
    }

    /// Children that have ended but were never waited for keep the state Z for ever.
    static func zombiesDisappear() async -> Bool {
        var suspects: Set<pid_t>?
        for _ in 0..<100 {
            let zombies = Set(children().filter { status("State", of: $0)?.hasPrefix("Z") == true })
            suspects = suspects?.intersection(zombies) ?? zombies
            if suspects?.isEmpty == true { return true }
            try? await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    private static func text(_ name: String) -> String {
        (try? String(contentsOfFile: "/proc/\(name)", encoding: .utf8)) ?? ""
    }
}
