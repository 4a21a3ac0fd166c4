public import Storage

/// All SQL that touches services, their members, and the client under whose name they send.
extension Transaction {
    /// The active services somebody is a member of, by name.
    func services(of account: Account.ID) throws -> [HospitalService] {
        try query(
            """
            SELECT service.id, service.name, service.follows_record, service.is_active, service.phone,
              service.email, service.hours
            FROM service_member JOIN service ON service.id = service_member.service_id
            WHERE service_member.account_id = \(account) AND service.is_active = TRUE
            ORDER BY service.name LIMIT 100
            """
        ).map(HospitalService.init)
    }

    func service(_ id: HospitalService.ID) throws -> HospitalService? {
        try first("SELECT * FROM service WHERE id = \(id)")
            .map(HospitalService.init)
    }

    func service(named name: String) throws -> HospitalService? {
        try first("SELECT * FROM service WHERE name = \(name)")
            .map(HospitalService.init)
    }

    func allServices() throws -> [HospitalService] {
        try query("SELECT * FROM service ORDER BY name LIMIT 500")
            .map(HospitalService.init)
    }

    func insert(_ service: HospitalService, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO service (id, name, follows_record, is_active, created_at)
            VALUES (\(service.id), \(service.name), \(service.followsRecord), \(service.isActive), \(now))
            """)
    }

    func setFollowsRecord(_ follows: Bool, of id: HospitalService.ID) throws {
        try execute("UPDATE service SET follows_record = \(follows) WHERE id = \(id)")
    }

    func setContact(_ contact: ServiceContact, of id: HospitalService.ID) throws {
        try execute(
            """
            UPDATE service SET phone = \(contact.phone), email = \(contact.email), hours = \(contact.hours)
            WHERE id = \(id)
            """)
    }

    /// - Returns: false when he was one already.
    func addMember(
        _ account: Account.ID, to id: HospitalService.ID, by person: Account.ID?, at now: Timestamp
    ) throws
        -> Bool
    {
        try execute(
            """
            INSERT INTO service_member (service_id, account_id, added_by, added_at)
            VALUES (\(id), \(account), \(person), \(now)) ON CONFLICT (account_id, service_id) DO NOTHING
            """) == 1
    }

    func removeMember(_ account: Account.ID, from id: HospitalService.ID) throws -> Bool {
        try execute("DELETE FROM service_member WHERE service_id = \(id) AND account_id = \(account)") == 1
    }

    /// The members of a service, 500 at most.
    func members(of id: HospitalService.ID) throws -> [ServiceMember] {
        try query(
            """
            SELECT account.id, account.honorific, account.given_name, account.family_name, account.email,
              account.state
            FROM service_member JOIN account ON account.id = service_member.account_id
            WHERE service_member.service_id = \(id)
            ORDER BY account.family_name, account.given_name, account.id LIMIT 500
            """
        ).map { row in
            ServiceMember(
                accountID: try row.get("id"),
                displayName: Account.name(
                    try row.get("honorific"), try row.get("given_name"), try row.get("family_name")),
                email: try row.get("email"), state: try row.get("state"))
        }
    }

    /// The sender of what is sent by hand. It has no key and is suspended: no machine ever signs in as it.
    public func keepManualClient(at now: Timestamp) throws {
        let scopes = ""
        try execute(
            """
            INSERT INTO client (id, name, jwks, scopes, state, created_at)
            VALUES (\(Client.ID.manual), 'Envoi manuel', '{"keys":[]}', \(scopes), 'suspended', \(now))
            ON CONFLICT (id) DO NOTHING
            """)
    }
}

extension Client.ID {
    /// The reserved client of manual sending: in each installation the same.
    public static let manual = Client.ID(rawValue: "passerelle-manual-sending")
}

extension HospitalService {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.get("id"), name: try row.get("name"), followsRecord: try row.get("follows_record"),
            isActive: try row.get("is_active"),
            contact: ServiceContact(
                phone: try row.get("phone"), email: try row.get("email"), hours: try row.get("hours")))
    }
}
