import Access
import Storage
import Vault

/// All SQL that touches copies of identity documents.
extension Transaction {
    func insert(
        _ copy: IdentityCopy.ID, of request: AccountRequest.ID, _ sealed: SealedStore.Sealed, period: String,
        type: IdentityCopy.MediaType, by account: Account.ID?, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO identity_copy (id, request_id, blob, period, wrapped_key, media_type, byte_count, added_at,
              added_by)
            VALUES (\(copy), \(request), \(sealed.blob), \(period), \(sealed.wrappedKey), \(type),
              \(sealed.byteCount), \(now), \(account))
            """)
    }

    func copies(of request: AccountRequest.ID) throws -> [IdentityCopy] {
        try query("SELECT * FROM identity_copy WHERE request_id = \(request) ORDER BY added_at, id")
            .map(IdentityCopy.init)
    }

    func copy(_ id: IdentityCopy.ID) throws -> IdentityCopy? {
        try first("SELECT * FROM identity_copy WHERE id = \(id)").map(IdentityCopy.init)
    }

    func copiesToDestroy(decidedBefore end: Timestamp, limit: Int) throws -> [IdentityCopy] {
        try query(
            """
            SELECT identity_copy.* FROM identity_copy
            JOIN account_request ON account_request.id = identity_copy.request_id
            WHERE identity_copy.wrapped_key IS NOT NULL AND account_request.decided_at IS NOT NULL
              AND (account_request.decided_at < \(end) OR account_request.state IN ('withdrawn', 'expired'))
            ORDER BY identity_copy.added_at LIMIT \(limit)
            """
        ).map(IdentityCopy.init)
    }

    /// Destroys a content: what is left is the fact that it was there.
    func destroy(_ id: IdentityCopy.ID, at now: Timestamp) throws {
        try execute("UPDATE identity_copy SET wrapped_key = NULL, destroyed_at = \(now) WHERE id = \(id)")
    }
}

extension IdentityCopy {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        requestID = try row.get("request_id")
        mediaType = try row.get("media_type")
        byteCount = try row.get("byte_count")
        addedAt = try row.get("added_at")
        addedBy = try row.get("added_by")
        destroyedAt = try row.get("destroyed_at")
        blob = try row.get("blob")
        period = try row.get("period")
        wrappedKey = try row.get("wrapped_key")
    }
}
