public import Crypto
import Storage
import Vault

/// What a verification found.
public enum AuditVerdict: Sendable, Equatable {
    /// Every event is as it was written. `checkpoints` signed roots were recomputed; the events after the
    /// last one are not yet sealed by a checkpoint.
    case sound(events: Int64, checkpoints: Int, unsealed: Int64)
    /// There are events, and not one exported checkpoint: whoever can write to the
    /// database could have written them all anew.
    case notProved(events: Int64)
    /// The first event that is not as it was.
    case bad(sequence: Int64, reason: String)
    /// The file of checkpoints itself was changed: its block number.
    case badCheckpoint(number: Int, reason: String)
}

extension AccessActions {
    /// The key that an outside verifier needs, 32 bytes.
    public var auditPublicKey: Curve25519.Signing.PublicKey {
        get throws { try keyring.auditSigningKey.publicKey }
    }

    /// Proves the whole trail: numbering, links, contents against their hashes, hashes against the exported
    /// leaves, and each signed root. Reads in pages; memory stays flat.
    /// - Parameter exported: a file that does not exist proves no more than an empty one.
    public func verifyAudit(against exported: ExportedCheckpoints) async throws -> AuditVerdict {
        let key = try auditPublicKey
        let now = clock.now()
        let blocks = try exported.blocks(key: key)
        // asked before the events: what is signed while they are read may be behind the last of them
        let signed = try await database.read { try $0.newestAuditNote() } ?? 0
        var frontier = HashTree.Frontier()
        var previous = [UInt8](repeating: 0, count: 32)
        var pending: [[UInt8]] = []  // the leaves that the next checkpoint says there were
        var number = 0
        func take(_ block: ExportedCheckpoints.Block?) -> AuditVerdict? {
            guard let block else {
                return .badCheckpoint(number: number, reason: "form or signature is wrong")
            }
            guard block.size == frontier.size + Int64(block.leaves.count) else {
                return .badCheckpoint(number: number, reason: "its size does not follow from the one before")
            }
            pending = block.leaves
            return nil
        }
        if !blocks.isEmpty, let verdict = take(blocks[0]) { return verdict }
        while true {
            let page = try await database.read { [size = frontier.size] in
                try $0.auditRecords(from: size, limit: 1000)
            }
            let notes = try await database.read { [size = frontier.size] in
                try $0.auditNotes(after: size, upTo: size + 1000)
            }
            for (event, stored) in page {
                let sequence = frontier.size
                guard event.sequence == sequence else {
                    return .bad(sequence: sequence, reason: "it is missing")
                }
                let leaf = event.leaf
                if number < blocks.count {
                    let offset = pending.count - Int((blocks[number]?.size ?? 0) - sequence)
                    guard pending.indices.contains(offset), pending[offset] == leaf else {
                        return .bad(
                            sequence: sequence, reason: "it is not what was sealed by checkpoint \(number)")
                    }
                }
                guard leaf == stored else {
                    return .bad(sequence: sequence, reason: "its content was changed")
                }
                guard event.place.previous == previous else {
                    return .bad(sequence: sequence, reason: "it does not follow the event before")
                }
                previous = leaf
                try frontier.append(leaf)
                if let note = notes[frontier.size] {
                    let signed = SignedNote.verify(note, key: key)
                    guard let signed, signed.size == frontier.size, signed.root == frontier.root else {
                        return .bad(
                            sequence: sequence, reason: "up to here it is not what was signed in the database"
                        )
                    }
                }
                if number < blocks.count, let block = blocks[number], frontier.size == block.size {
                    guard frontier.root == block.root else {
                        return .badCheckpoint(number: number, reason: "its root is another")
                    }
                    number += 1
                    if number < blocks.count, let verdict = take(blocks[number]) { return verdict }
                }
            }
            if page.count < 1000 { break }
        }
        if number < blocks.count {
            return .bad(sequence: frontier.size, reason: "it is missing: checkpoint \(number) has seen it")
        }
        if signed > frontier.size {
            return .bad(sequence: frontier.size, reason: "it is missing: \(signed) events were signed")
        }
        let sealed = blocks.last.flatMap { $0?.size } ?? 0
        // one may be signed and not yet exported, when the power went between the two; besides, what other nodes have
        // just signed comes within seconds into a file that is kept at all
        let lately = blocks.isEmpty ? now.adding(seconds: 1) : now.adding(seconds: -60)
        let unexported = try await database.read {
            try $0.countAuditNotes(after: sealed, signedBefore: lately)
        }
        if unexported > 1 {
            return .badCheckpoint(
                number: number, reason: "\(unexported) signed checkpoints are not in the file")
        }
        let events = try await database.read { try $0.countUnsealedEvents() } + frontier.size
        guard number > 0 || events == 0 else { return .notProved(events: events) }
        return .sound(events: events, checkpoints: number, unsealed: events - sealed)
    }

    /// Writes that the trail was verified, and with what result.
    public func recordVerification(_ verdict: AuditVerdict) async throws {
        let rule: String? =
            switch verdict {
            case .sound: nil
            case .notProved: "audit.notProved"
            case .bad, .badCheckpoint: "audit.bad"
            }
        try await recordRefusal(
            AuditEntry(.auditVerified, rule == nil ? .success : .failed, rule: rule), by: .system(node: node))
    }
}
