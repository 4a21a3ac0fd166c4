public import Access
import Storage

extension EnrolmentActions {
    /// Takes a time at a site, or the site alone where one comes without an appointment. What was chosen before is
    /// given back. Of many who take the same time, one gets it. Each change sends a mail to an address that nobody has
    /// proved yet: what is chosen already changes nothing, and a day has few changes.
    /// - Throws: `EnrolmentRefusal.notFound`, `.wrongState`, `.incomplete`, `.slotTaken`, `.tooManyChanges`.
    public func chooseAppointment(
        _ token: String, site: ValidationSite.ID, slot: ValidationSlot.ID?, origin: RequestOrigin
    ) async throws {
        let now = clock.now()
        do {
            try await database.write { transaction in
                let request = try self.request(of: token, in: transaction)
                guard request.state == .requested else { throw EnrolmentRefusal.wrongState }
                guard let place = try transaction.site(site), place.isActive else {
                    throw EnrolmentRefusal.notFound
                }
                if let current = try transaction.appointment(of: request.id), current.missedAt == nil,
                    current.site.id == site, current.slotID == slot
                {
                    return
                }
                let chosen = try slot.flatMap { try transaction.slot($0) }
                if let slot {
                    guard let chosen, chosen.id == slot, chosen.siteID == site,
                        chosen.startsAt > now.adding(hours: Self.noticeHours)
                    else { throw EnrolmentRefusal.slotTaken }
                } else if place.needsAppointment {
                    throw EnrolmentRefusal.incomplete
                }
                guard
                    try transaction.count(
                        "appointment \(request.id.rawValue)", per: 86_400_000,
                        limit: EnrolmentLimits.appointmentsPerDay, at: now)
                else { throw EnrolmentRefusal.tooManyChanges }
                try transaction.setAppointment(of: request.id, site: site, slot: slot, at: now)
                if let chosen {
                    try self.send(
                        .appointmentFixed, to: request.declared.email, path: self.followPath(request.id),
                        moment: chosen.startsAt, in: transaction, at: now)
                }
                try transaction.record(
                    AuditEntry(
                        .requestChanged, object: request.auditObject,
                        detail: "appointment=\(slot?.rawValue ?? site.rawValue)"),
                    by: .anonymous(origin), at: now)
            }
        } catch StorageError.unique { throw EnrolmentRefusal.slotTaken }
    }

    /// A time is offered until so many hours before it begins.
    static let noticeHours = 2

    func offeredSites(in transaction: any Transaction, at now: Timestamp) throws -> [OfferedSite] {
        try transaction.sites(isActiveOnly: true).map { site in
            OfferedSite(
                site: site,
                slots: try transaction.freeSlots(
                    of: site.id, after: now.adding(hours: Self.noticeHours),
                    limit: EnrolmentLimits.slotsOffered))
        }
    }
}
