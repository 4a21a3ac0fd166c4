import Storage

extension AccessActions {
    /// Gives the events that have none their place in the chain: number, link, hash. One node does it at a
    /// time; an event whose transaction commits late gets a later place.
    public func sealAudit() async throws {
        while try await sealSome() == Self.eventsPerSealing {}
    }

    /// In one short transaction, so that nobody waits long for the next one.
    private static var eventsPerSealing: Int { 2_000 }

    private func sealSome() async throws -> Int {
        try await database.write(.readCommitted) { transaction in
            try transaction.begin(.auditSealing)
            let last = try transaction.lastSealedEvent()
            var sequence = (last?.sequence ?? -1) + 1
            var previous = last?.leaf ?? [UInt8](repeating: 0, count: 32)
            let events = try transaction.unsealedEvents(limit: Self.eventsPerSealing)
            for (id, record) in events {
                let event = SealedAuditRecord(record: record, sequence: sequence, previous: previous)
                try transaction.seal(id, event)
                (sequence, previous) = (sequence + 1, event.leaf)
            }
            return events.count
        }
    }
}
