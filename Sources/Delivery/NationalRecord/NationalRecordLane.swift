import Access
public import Dispatches
import Storage

extension OutboxLanes {
    /// Publications to the national record: tried for thirty days. A lane of its own: whatever it does or does not
    /// answer, no recipient waits for it.
    public func records(_ dispatches: DispatchActions, _ record: any NationalRecord) -> OutboxLane {
        OutboxLane(
            name: "national record", kinds: [RecordJob.outboxKind], leaseSeconds: leaseSeconds,
            maximumTries: 10_000,
            work: { job in
                let publication: RecordJob = try payload(of: job)
                guard let entry = try await dispatches.dueRecord(publication) else {
                    return try await dispatches.settleRecord(
                        publication, job, .cancelled, reason: "nothing to publish")
                }
                try await record.publish(entry)
                try await dispatches.settleRecord(publication, job, .done, reason: nil)
            },
            end: { job, how, reason in
                try await dispatches.settleRecord(try payload(of: job), job, how, reason: reason)
            })
    }
}
