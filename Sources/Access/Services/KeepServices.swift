public import Storage

/// Somebody of a service.
public struct ServiceMember: Sendable {
    public let accountID: Account.ID
    public let displayName: String
    public let email: String
    public let state: Account.State

    public init(accountID: Account.ID, displayName: String, email: String, state: Account.State) {
        self.accountID = accountID
        self.displayName = displayName
        self.email = email
        self.state = state
    }
}

extension Transaction {
    /// The first line of each action of a service: the session is alive, and the person is a member of a service, both
    /// in this transaction.
    /// - Throws: `AccessRefusal.sessionEnded`, `.roleNotAllowed`, `ServiceRefusal.noService`.
    public func confirmService(_ holder: Holder, at now: Timestamp) throws -> ServiceViewer {
        try confirm(holder, as: [.serviceMember], at: now)
        let services = try services(of: holder.accountID)
        guard !services.isEmpty else { throw ServiceRefusal.noService }
        return ServiceViewer(holder, services)
    }
}

extension AccessActions {
    private static let administrators: Set<Account.Role> = [.portalAdmin]

    /// One's own services, for the frame of the pages.
    /// - Throws: `ServiceRefusal.noService`.
    public func ownServices(_ holder: Holder) async throws -> [HospitalService] {
        let now = clock.now()
        return try await database.read { try $0.confirmService(holder, at: now).services }
    }

    /// Whether one is a member of a service, for the frame of the pages.
    public func isServiceMember(_ holder: Holder) async throws -> Bool {
        try await database.read { try !$0.services(of: holder.accountID).isEmpty }
    }

    /// All services with their members, for the portal team.
    public func services(_ holder: Holder) async throws -> [(
        service: HospitalService, members: [ServiceMember]
    )] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            return try transaction.allServices().map { ($0, try transaction.members(of: $0.id)) }
        }
    }

    /// Adds a service under the name that the record system gives it.
    /// - Throws: `ServiceRefusal.badName`.
    @discardableResult
    public func addService(_ name: String, followsRecord: Bool, _ holder: Holder) async throws
        -> HospitalService.ID
    {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            return try self.add(name, followsRecord, by: .person(holder), transaction, at: now)
        }
    }

    /// The same by the operator, with its members by address.
    /// - Throws: `ServiceRefusal.badName`, `.unknownAccount`.
    public func addService(_ name: String, followsRecord: Bool, members: [String]) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            let id =
                try transaction.service(named: name)?.id
                ?? self.add(name, followsRecord, by: actor, transaction, at: now)
            for member in members {
                try self.add(member, to: id, person: nil, by: actor, transaction, at: now)
            }
        }
    }

    /// Lets a service follow the record system's documents, or no longer.
    public func follow(_ id: HospitalService.ID, record follows: Bool, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            guard try transaction.service(id) != nil else { throw ServiceRefusal.notFound }
            try transaction.setFollowsRecord(follows, of: id)
            try transaction.record(
                AuditEntry(.configurationChanged, object: .service(id), detail: "followsRecord=\(follows)"),
                by: .person(holder), at: now)
        }
    }

    /// Makes somebody a member, by the address of an account that two people have opened for the hospital's staff.
    /// - Throws: `ServiceRefusal.notFound`, `.unknownAccount`.
    public func addMember(_ email: String, to id: HospitalService.ID, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            guard try transaction.service(id) != nil else { throw ServiceRefusal.notFound }
            try self.add(email, to: id, person: holder.accountID, by: .person(holder), transaction, at: now)
        }
    }

    /// With effect from the next request of the one who leaves.
    public func removeMember(_ account: Account.ID, from id: HospitalService.ID, _ holder: Holder)
        async throws
    {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            guard try transaction.removeMember(account, from: id) else { throw ServiceRefusal.notFound }
            try transaction.record(
                AuditEntry(.staffChanged, object: .account(account), detail: "left service=\(id.rawValue)"),
                by: .person(holder), at: now)
        }
    }

    private func add(
        _ name: String, _ follows: Bool, by actor: AuditActor, _ transaction: any Transaction,
        at now: Timestamp
    ) throws -> HospitalService.ID {
        let scalars = name.unicodeScalars
        guard (1...100).contains(name.utf8.count), scalars.first != " ", scalars.last != " ",
            scalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }),
            try transaction.service(named: name) == nil
        else { throw ServiceRefusal.badName }
        let id = HospitalService.ID(rawValue: RandomText.identifier())
        try transaction.insert(
            HospitalService(id: id, name: name, followsRecord: follows, isActive: true), at: now)
        try transaction.record(
            AuditEntry(.configurationChanged, object: .service(id), detail: "followsRecord=\(follows)"),
            by: actor, at: now)
        return id
    }

    private func add(
        _ email: String, to id: HospitalService.ID, person: Account.ID?, by actor: AuditActor,
        _ transaction: any Transaction, at now: Timestamp
    ) throws {
        guard let address = EmailAddress.normalised(email),
            let account = try transaction.account(email: address), account.role == .serviceMember,
            account.state != .closed
        else { throw ServiceRefusal.unknownAccount }
        guard try transaction.addMember(account.id, to: id, by: person, at: now) else { return }
        try transaction.record(
            AuditEntry(
                .staffChanged, object: .account(account.id), detail: "joined service=\(id.rawValue)"),
            by: actor, at: now)
    }
}

extension AuditObject {
    public static func service(_ id: HospitalService.ID) -> AuditObject {
        .init(kind: "service", id: id.rawValue)
    }
}
