import Storage

extension AccessActions {
    /// Gives the events that have none their place in the chain: number, link, hash. One node does it at a
    /// time; an event whose transaction commits late gets a later place. On SQLite they have it from the start
    /// (`Transaction.record`), but for those of a version that knew it later.
    public func sealAudit() async throws {
        while try await sealSome() == Self.eventsPerSealing {}
    }

    /// In one short transaction, so that nobody waits long for the next one.
    private static var eventsPerSealing: Int { 2_000 }

    private func sealSome() async throws -> Int {
        try await database.write(.readCommitted) { transaction in
            try transaction.begin(.auditSealing)
            var place = try transaction.freePlace()
            let events = try transaction.unsealedEvents(limit: Self.eventsPerSealing)
            for (id, record) in events {
                let event = SealedAuditRecord(record: record, place: place)
                let leaf = event.leaf
                try transaction.seal(id, event, leaf: leaf)
                place = AuditPlace(sequence: event.sequence + 1, previous: leaf)
            }
            return events.count
        }
    }
}
