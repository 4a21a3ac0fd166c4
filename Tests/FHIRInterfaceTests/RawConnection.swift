import Foundation

/// A TCP connection to a server on this machine, for what no proper client sends. It has a thread of its own,
/// because it blocks.
struct RawConnection {
    /// What came back until the server closed.
    struct Outcome: Sendable {
        let answer: String
        /// From the first byte sent to the end of the connection.
        let seconds: Double
        /// How much of the request the server took.
        let sent: Int
    }

    /// Sends `head`, then `count` zero bytes, and reads until the server closes, for at most 20 s.
    static func exchange(port: Int, _ head: String, thenBytes count: Int = 0) async -> Outcome {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: talk(port, Array(head.utf8), count))
            }
        }
    }

    private static func talk(_ port: Int, _ head: [UInt8], _ count: Int) -> Outcome {
        let start = ContinuousClock.now
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(number, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        var sent = send(number, head, head.count, Int32(MSG_NOSIGNAL))
        let chunk = [UInt8](repeating: 0x20, count: 64 << 10)
        while sent < head.count + count {
            let more = send(
                number, chunk, min(chunk.count, head.count + count - sent), Int32(MSG_NOSIGNAL))
            guard more > 0 else { break }
            sent += more
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let read = recv(number, &buffer, buffer.count, 0)
            guard read > 0 else { break }
            answer += buffer.prefix(read)
        }
        let seconds = start.duration(to: .now) / .seconds(1)
        return Outcome(answer: String(decoding: answer, as: UTF8.self), seconds: seconds, sent: sent)
    }
}
