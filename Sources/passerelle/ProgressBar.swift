import Foundation

/// A bar on standard error, drawn anew at most ten times a second; a line a table where nobody watches.
final class ProgressBar: @unchecked Sendable {
    private let lock = NSLock()
    private let isWatched = isatty(2) == 1
    private var title = ""
    private var drawnAt = Date.distantPast

    func show(_ title: String, _ done: Int, of total: Int) {
        lock.lock()
        defer { lock.unlock() }
        let isEnd = done >= total
        guard isEnd || Date.now.timeIntervalSince(drawnAt) > 0.1 else { return }
        drawnAt = .now
        if !isWatched {
            if isEnd { write("\(title): \(done)\n") }
            return
        }
        if title != self.title, !self.title.isEmpty { write("\n") }
        self.title = title
        let filled = total == 0 ? 30 : 30 * min(done, total) / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 30 - filled)
        write("\r\(bar)  \(title) \(done)/\(total)")
    }

    func end() {
        lock.lock()
        defer { lock.unlock() }
        if isWatched, !title.isEmpty { write("\n") }
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
