import Crypto
import Storage

/// The hash tree of RFC 6962 over the events: a leaf is SHA-256(0x00 ‖ event), a node SHA-256(0x01 ‖ left ‖
/// right). Complete subtrees of two and more are kept in `audit_node`, leaves beside their events, so
/// that a root costs a handful of look-ups at any size.
enum HashTree {
    static func leaf(_ bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: [0])
        hash.update(data: bytes)
        return Array(hash.finalize())
    }
    static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: [1] + left + right))
    }

    /// Folds leaves one by one; holds at most one hash a level.
    struct Frontier {
        /// `peaks[level]`: the root of the last complete subtree of 2^level leaves that has no sibling yet.
        private var peaks: [[UInt8]?] = []
        private(set) var size: Int64 = 0
        init() {}

        /// - Parameter completed: told each subtree that this leaf completes, level 0 included.
        mutating func append(
            _ leaf: [UInt8],
            completed: (_ level: Int, _ position: Int64, _ hash: [UInt8]) throws -> Void = { _, _, _ in }
        ) rethrows {
            var hash = leaf
            var level = 0
            try completed(0, size, hash)
            while level < peaks.count, let left = peaks[level] {
                hash = HashTree.node(left, hash)
                peaks[level] = nil
                level += 1
                try completed(level, size >> Int64(level), hash)
            }
            if level == peaks.count { peaks.append(hash) } else { peaks[level] = hash }
            size += 1
        }

        /// SHA-256 of nothing when there are no leaves.
        var root: [UInt8] {
            var root: [UInt8]?
            for peak in peaks {
                guard let peak else { continue }
                root = root.map { HashTree.node(peak, $0) } ?? peak
            }
            return root ?? Array(SHA256.hash(data: []))
        }

        /// Takes up where `size` leaves had been folded.
        init(size: Int64, peak: (_ level: Int, _ position: Int64) throws -> [UInt8]) rethrows {
            self.size = size
            var level = 0
            while size >> Int64(level) > 0 {
                let has = (size >> Int64(level)) & 1 == 1
                peaks.append(has ? try peak(level, (size >> Int64(level)) - 1) : nil)
                level += 1
            }
        }
    }
}
