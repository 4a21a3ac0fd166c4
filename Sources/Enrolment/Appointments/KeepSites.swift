public import Access
import Storage

extension EnrolmentActions {
    /// Writes the four entries with which every installation begins (D05), if there are none. Called at the start.
    public func prepareSites() async throws {
        try await database.write { transaction in
            guard try transaction.countSites() == 0 else { return }
            for (position, site) in Self.firstSites.enumerated() {
                try transaction.save(site, position: position)
            }
        }
    }

    private static let firstSites = [
        ValidationSite(
            id: .init(rawValue: "video"), name: "Visioconférence", mode: .video, address: "",
            directions:
                "Le lien vous est envoyé avant l’appel. Préparez votre pièce d’identité et votre téléphone.",
            needsAppointment: true, isActive: true),
        ValidationSite(
            id: .init(rawValue: "bureau"), name: "Bureau des outils numériques", mode: .desk, address: "",
            directions: "Sans rendez-vous. Apportez votre pièce d’identité et votre téléphone.",
            needsAppointment: false, isActive: true),
        ValidationSite(
            id: .init(rawValue: "cybersante"), name: "Service de cybersanté", mode: .desk, address: "",
            directions: "Apportez votre pièce d’identité et votre téléphone.", needsAppointment: true,
            isActive: true),
        ValidationSite(
            id: .init(rawValue: "amge"), name: "Secrétariat de l’association des médecins", mode: .desk,
            address: "", directions: "Apportez votre pièce d’identité et votre téléphone.",
            needsAppointment: false, isActive: true),
    ]

    /// All sites, for the page that keeps them, each with its free times.
    public func sites(_ holder: Holder) async throws -> [OfferedSite] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            return try transaction.sites(isActiveOnly: false).map {
                OfferedSite(
                    site: $0,
                    slots: try transaction.freeSlots(
                        of: $0.id, after: now, limit: EnrolmentLimits.slotsOffered))
            }
        }
    }

    /// Adds a site or changes one.
    /// - Throws: `EnrolmentRefusal.incomplete` without a name, or with what is too long.
    public func save(_ site: ValidationSite, _ holder: Holder) async throws {
        let now = clock.now()
        let name = PlainText.line(site.name)
        let clean = ValidationSite(
            id: site.id, name: name, mode: site.mode, address: PlainText.line(site.address),
            directions: PlainText.note(site.directions, limit: 500), needsAppointment: site.needsAppointment,
            isActive: site.isActive)
        guard (1...EnrolmentLimits.nameBytes).contains(name.utf8.count),
            clean.address.utf8.count <= EnrolmentLimits.lineBytes
        else { throw EnrolmentRefusal.incomplete }
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            try transaction.save(clean, position: try transaction.countSites())
            try transaction.record(
                AuditEntry(
                    .configurationChanged, object: AuditObject(kind: "validationSite", id: site.id.rawValue)),
                by: .person(holder), at: now)
        }
    }

    /// Adds times to a site; those that it has already are left alone.
    /// - Throws: `EnrolmentRefusal.notFound`, `.incomplete` for none, too many, or past ones.
    /// - Returns: how many are new.
    @discardableResult
    public func addSlots(_ starts: [Timestamp], minutes: Int, at site: ValidationSite.ID, _ holder: Holder)
        async throws -> Int
    {
        try await add(starts, minutes, at: site, by: .person(holder)) { transaction, now in
            try transaction.confirm(holder, as: Self.registrars, at: now)
        }
    }

    /// The same by the portal itself, where an installation is prepared.
    public func addSlots(_ starts: [Timestamp], minutes: Int, at site: ValidationSite.ID) async throws {
        _ = try await add(starts, minutes, at: site, by: system) { _, _ in }
    }

    private func add(
        _ starts: [Timestamp], _ minutes: Int, at site: ValidationSite.ID, by actor: AuditActor,
        confirm: @escaping @Sendable (any Transaction, Timestamp) throws -> Void
    ) async throws -> Int {
        let now = clock.now()
        guard (1...EnrolmentLimits.slotsAtOnce).contains(starts.count), (5...480).contains(minutes),
            starts.allSatisfy({ $0 > now && $0 < now.adding(days: 366) })
        else { throw EnrolmentRefusal.incomplete }
        return try await database.write { transaction in
            try confirm(transaction, now)
            guard try transaction.site(site) != nil else { throw EnrolmentRefusal.notFound }
            var added = 0
            for start in starts {
                let id = ValidationSlot.ID(rawValue: RandomText.identifier())
                let isNew = try transaction.insert(
                    ValidationSlot(id: id, siteID: site, startsAt: start, minutes: minutes))
                added += isNew ? 1 : 0
            }
            try transaction.record(
                AuditEntry(
                    .configurationChanged, object: AuditObject(kind: "validationSite", id: site.rawValue),
                    detail: "slots=\(added)"), by: actor, at: now)
            return added
        }
    }

    /// Takes a time off the list that nobody has taken.
    /// - Throws: `EnrolmentRefusal.slotTaken`.
    public func cancelSlot(_ slot: ValidationSlot.ID, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard try transaction.cancelFreeSlot(slot, at: now) else { throw EnrolmentRefusal.slotTaken }
            try transaction.record(
                AuditEntry(
                    .configurationChanged, object: AuditObject(kind: "validationSlot", id: slot.rawValue),
                    detail: "cancelled"), by: .person(holder), at: now)
        }
    }

    /// The appointments of a range of time, in order.
    public func listAppointments(from start: Timestamp, to end: Timestamp, _ holder: Holder) async throws
        -> [ListedAppointment]
    {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            return try transaction.appointments(from: start, to: end, limit: 200).compactMap { appointment in
                try transaction.request(appointment.requestID).map {
                    ListedAppointment(appointment: appointment, request: $0)
                }
            }
        }
    }

    /// Notes that an applicant did not come; a mail offers another time.
    /// - Throws: `EnrolmentRefusal.notFound`, `.wrongState`.
    public func noteMissed(_ id: AccountRequest.ID, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard let request = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
            guard request.state == .requested, let moment = try transaction.appointment(of: id)?.startsAt,
                moment < now, try transaction.markMissed(id, at: now)
            else { throw EnrolmentRefusal.wrongState }
            try self.send(
                .appointmentMissed, to: request.declared.email, path: self.followPath(id), in: transaction,
                at: now)
            try transaction.record(
                AuditEntry(.requestChanged, object: request.auditObject, detail: "missed"),
                by: .person(holder), at: now)
        }
    }
}
