package import Access
import Demo
import HTML
package import Portal

extension TestPortal {
    /// The whole trail, in order.
    package var trail: [AuditRecord] {
        get async throws {
            let gathered = GatheredRecords()
            try await access.exportAudit(from: 0) { event, _ in gathered.add(event.record) }
            return gathered.records
        }
    }
}

extension TestPortal {
    /// The look of pages that are served without a portal.
    package static var presentation: Presentation {
        let file = Path("/assets/none")
        return Presentation(
            brand: DemoHospital.brand, assets: AssetPaths(stylesheet: file, script: file, icon: file),
            theme: .system, now: 0)
    }
}

/// Records gathered by a closure; used by one task at a time.
private final class GatheredRecords: @unchecked Sendable {
    private(set) var records: [AuditRecord] = []
    func add(_ record: AuditRecord) { records.append(record) }
}
