import Crypto
import Storage

/// An event as it stands in the trail.
public struct AuditRecord: Sendable {
    public let recordedAt: Timestamp
    public let event: String
    public let outcome: String
    public let rule: String?
    public let actorKind: String
    public let actorID: String?
    public let actorRole: String?
    public let actorGLN: String?
    public let principalID: String?
    public let delegationID: String?
    public let authentication: String?
    public let address: String?
    public let node: String
    public let requestID: String?
    public let sessionHash: String?
    public let objectKind: String?
    public let objectID: String?
    public let objectVersion: Int64?
    public let patientID: String?
    public let contentHash: [UInt8]?
    public let basis: String?
    public let detail: String?
}

/// Where an event stands in the trail.
struct AuditPlace: Sendable {
    /// 0, 1, 2 … in the order of sealing.
    var sequence: Int64 = 0
    /// The leaf hash of the event before; 32 zero bytes for the first.
    var previous = [UInt8](repeating: 0, count: 32)
}

/// An event in its place: numbered without gaps, linked to the one before, hashed.
public struct SealedAuditRecord: Sendable {
    public let record: AuditRecord
    let place: AuditPlace

    public var sequence: Int64 { place.sequence }

    /// The bytes that are hashed: each field with its length in front (4 bytes, big endian; all ones for
    /// "none"), in a fixed order. Not JSON: nothing can be written in two ways.
    var canonicalBytes: [UInt8] {
        var fields = CanonicalFields()
        fields.add(place.sequence)
        fields.add(record.recordedAt.rawValue)
        fields.add(record.event)
        fields.add(record.outcome)
        fields.add(record.rule)
        fields.add(record.actorKind)
        fields.add(record.actorID)
        fields.add(record.actorRole)
        fields.add(record.actorGLN)
        fields.add(record.principalID)
        fields.add(record.delegationID)
        fields.add(record.authentication)
        fields.add(record.address)
        fields.add(record.node)
        fields.add(record.requestID)
        fields.add(record.sessionHash)
        fields.add(record.objectKind)
        fields.add(record.objectID)
        fields.add(record.objectVersion)
        fields.add(record.patientID)
        fields.add(record.contentHash)
        fields.add(record.basis)
        fields.add(record.detail)
        fields.add(place.previous)
        return fields.bytes
    }

    /// RFC 6962: SHA-256(0x00 ‖ event). Computed anew each time.
    var leaf: [UInt8] { HashTree.leaf(canonicalBytes) }
}

extension AuditRecord {
    init(_ row: SQLRow) throws {
        recordedAt = try row.get("recorded_at")
        event = try row.get("event")
        outcome = try row.get("outcome")
        rule = try row.get("rule")
        actorKind = try row.get("actor_kind")
        actorID = try row.get("actor_id")
        actorRole = try row.get("actor_role")
        actorGLN = try row.get("actor_gln")
        principalID = try row.get("principal_id")
        delegationID = try row.get("delegation_id")
        authentication = try row.get("authentication")
        address = try row.get("address")
        node = try row.get("node")
        requestID = try row.get("request_id")
        sessionHash = try row.get("session_hash")
        objectKind = try row.get("object_kind")
        objectID = try row.get("object_id")
        objectVersion = try row.get("object_version")
        patientID = try row.get("patient_id")
        contentHash = try row.get("content_hash")
        basis = try row.get("basis")
        detail = try row.get("detail")
    }
}

/// Fields one after the other, each with its length in front.
private struct CanonicalFields {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(1024) }

    mutating func add(_ text: String?) {
        addLength(text?.utf8.count)
        if let text { bytes.append(contentsOf: text.utf8) }
    }
    mutating func add(_ field: [UInt8]?) {
        addLength(field?.count)
        if let field { bytes.append(contentsOf: field) }
    }
    mutating func add(_ number: Int64?) {
        addLength(number.map { _ in 8 })
        if let number { withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }
    }

    private mutating func addLength(_ length: Int?) {
        let length = length.map { UInt32(truncatingIfNeeded: $0) } ?? .max
        withUnsafeBytes(of: length.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
