public import Access
public import Storage

/// All SQL that touches postal addresses. Each asks whose they are.
extension Transaction {
    func addresses(of id: Account.ID) throws -> [PostalAddress] {
        try query(
            """
            SELECT * FROM postal_address WHERE account_id = \(id)
            ORDER BY CASE kind WHEN 'mailing' THEN 0 WHEN 'practice' THEN 1 ELSE 2 END, saved_at, id LIMIT 100
            """
        ).map(PostalAddress.init)
    }

    /// Where paper goes: the address chosen for it, else that of the practice.
    public func mailingAddress(of id: Account.ID) throws -> PostalAddress? { try addresses(of: id).first }

    func address(_ address: PostalAddress.ID, of id: Account.ID) throws -> PostalAddress? {
        try first("SELECT * FROM postal_address WHERE id = \(address) AND account_id = \(id)")
            .map(PostalAddress.init)
    }

    /// The address for paper becomes a general one, because another takes its place.
    func demoteMailingAddress(of id: Account.ID, except kept: PostalAddress.ID) throws {
        try execute(
            """
            UPDATE postal_address SET kind = 'general'
            WHERE account_id = \(id) AND kind = 'mailing' AND id <> \(kept)
            """)
    }

    func insert(_ address: PostalAddress, of id: Account.ID, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO postal_address (id, account_id, kind, recipient, street, postal_code, city, country,
              source, saved_at)
            VALUES (\(address.id), \(id), \(address.kind), \(address.recipient), \(address.street),
              \(address.postalCode), \(address.city), \(address.country), \(address.source), \(now))
            """)
    }

    func update(_ address: PostalAddress, of id: Account.ID) throws {
        try execute(
            """
            UPDATE postal_address SET kind = \(address.kind), recipient = \(address.recipient),
              street = \(address.street), postal_code = \(address.postalCode), city = \(address.city),
              country = \(address.country)
            WHERE id = \(address.id) AND account_id = \(id)
            """)
    }

    func deleteAddress(_ address: PostalAddress.ID, of id: Account.ID) throws {
        try execute("DELETE FROM postal_address WHERE id = \(address) AND account_id = \(id)")
    }
}

extension PostalAddress {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        recipient = try row.get("recipient")
        street = try row.get("street")
        postalCode = try row.get("postal_code")
        city = try row.get("city")
        country = try row.get("country")
        source = try row.get("source")
    }
}
