import Access
import Storage

/// All SQL that touches sites, slots and appointments.
extension Transaction {
    func sites(isActiveOnly: Bool) throws -> [ValidationSite] {
        let condition: SQLText = isActiveOnly ? "WHERE is_active" : ""
        return try query("SELECT * FROM validation_site \(sql: condition) ORDER BY position, id")
            .map(ValidationSite.init)
    }

    func site(_ id: ValidationSite.ID) throws -> ValidationSite? {
        try first("SELECT * FROM validation_site WHERE id = \(id)").map(ValidationSite.init)
    }

    func save(_ site: ValidationSite, position: Int) throws {
        try execute(
            """
            INSERT INTO validation_site (id, name, mode, address, directions, needs_appointment, is_active, position)
            VALUES (\(site.id), \(site.name), \(site.mode), \(site.address), \(site.directions),
              \(site.needsAppointment), \(site.isActive), \(position))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, mode = excluded.mode,
              address = excluded.address, directions = excluded.directions,
              needs_appointment = excluded.needs_appointment, is_active = excluded.is_active
            """)
    }

    func countSites() throws -> Int {
        try first("SELECT COUNT(*) AS n FROM validation_site")?.get("n") ?? 0
    }

    /// Times that nobody has taken.
    func freeSlots(of site: ValidationSite.ID, after: Timestamp, limit: Int) throws -> [ValidationSlot] {
        try query(
            """
            SELECT * FROM validation_slot WHERE site_id = \(site) AND starts_at > \(after) AND cancelled_at IS NULL
              AND id NOT IN (SELECT slot_id FROM appointment WHERE slot_id IS NOT NULL)
            ORDER BY starts_at LIMIT \(limit)
            """
        ).map(ValidationSlot.init)
    }

    func slot(_ id: ValidationSlot.ID) throws -> ValidationSlot? {
        try first("SELECT * FROM validation_slot WHERE id = \(id) AND cancelled_at IS NULL")
            .map(ValidationSlot.init)
    }

    /// Adds a time, unless the site has one that begins then.
    func insert(_ slot: ValidationSlot) throws -> Bool {
        try execute(
            """
            INSERT INTO validation_slot (id, site_id, starts_at, minutes)
            VALUES (\(slot.id), \(slot.siteID), \(slot.startsAt), \(slot.minutes))
            ON CONFLICT (site_id, starts_at) DO NOTHING
            """) == 1
    }

    /// Takes a time off the list that nobody has taken.
    func cancelFreeSlot(_ id: ValidationSlot.ID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE validation_slot SET cancelled_at = \(now)
            WHERE id = \(id) AND cancelled_at IS NULL
              AND id NOT IN (SELECT slot_id FROM appointment WHERE slot_id IS NOT NULL)
            """) == 1
    }

    /// - Throws: `StorageError.unique` when the slot is taken.
    func setAppointment(
        of request: AccountRequest.ID, site: ValidationSite.ID, slot: ValidationSlot.ID?, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO appointment (request_id, site_id, slot_id, chosen_at)
            VALUES (\(request), \(site), \(slot), \(now))
            ON CONFLICT (request_id) DO UPDATE SET site_id = excluded.site_id, slot_id = excluded.slot_id,
              chosen_at = excluded.chosen_at, missed_at = NULL
            """)
    }

    /// Gives the time of a request back.
    func freeSlot(of request: AccountRequest.ID) throws {
        try execute("DELETE FROM appointment WHERE request_id = \(request)")
    }

    /// The applicant did not come: the time is over, another may be chosen.
    func markMissed(_ request: AccountRequest.ID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE appointment SET missed_at = \(now), slot_id = NULL
            WHERE request_id = \(request) AND missed_at IS NULL AND slot_id IS NOT NULL
            """) == 1
    }

    private var appointmentQuery: SQLText {
        """
        SELECT appointment.request_id, appointment.slot_id, appointment.missed_at, validation_site.id,
          validation_site.name, validation_site.mode, validation_site.address, validation_site.directions,
          validation_site.needs_appointment, validation_site.is_active, validation_slot.starts_at,
          validation_slot.minutes
        FROM appointment
        JOIN validation_site ON validation_site.id = appointment.site_id
        LEFT JOIN validation_slot ON validation_slot.id = appointment.slot_id
        """
    }

    func appointment(of request: AccountRequest.ID) throws -> Appointment? {
        try first("\(sql: appointmentQuery) WHERE appointment.request_id = \(request)").map(Appointment.init)
    }

    /// Appointments that begin in a range, in order.
    func appointments(from start: Timestamp, to end: Timestamp, limit: Int) throws -> [Appointment] {
        try query(
            """
            \(sql: appointmentQuery)
            WHERE validation_slot.starts_at >= \(start) AND validation_slot.starts_at < \(end)
            ORDER BY validation_slot.starts_at, appointment.request_id LIMIT \(limit)
            """
        ).map(Appointment.init)
    }
}

extension ValidationSite {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("name")
        mode = try row.get("mode")
        address = try row.get("address")
        directions = try row.get("directions")
        needsAppointment = try row.get("needs_appointment")
        isActive = try row.get("is_active")
    }
}

extension ValidationSlot {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        siteID = try row.get("site_id")
        startsAt = try row.get("starts_at")
        minutes = try row.get("minutes")
    }
}

extension Appointment {
    init(_ row: SQLRow) throws {
        requestID = try row.get("request_id")
        site = try ValidationSite(row)
        slotID = try row.get("slot_id")
        startsAt = try row.get("starts_at")
        minutes = try row.get("minutes")
        missedAt = try row.get("missed_at")
    }
}
