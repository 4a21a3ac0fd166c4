import Access
import Dispatches
import FHIR
import HTTPTypes
import Hummingbird

extension FHIRInterface {
    static let auditParameters: Set<String> = ["_lastUpdated", "date", "entity.identifier", "entity"]

    /// `GET /fhir/AuditEvent`: what became of the documents that this client sent, oldest first (IHE ITI-81).
    func searchAudit(_ machine: MachineRequest) async throws -> Response {
        let query = try await search(machine, names: Self.auditParameters)
        var filter = NewsFilter()
        (filter.from, filter.until) = try query.range("_lastUpdated", "date")
        if let (_, value) = try query.token("entity.identifier") { filter.masterIdentifier = value }
        if let reference = try query.one("entity") {
            let words = reference.split(separator: "/")
            guard words.count >= 2, words[words.count - 2] == "DocumentReference", let id = words.last else {
                throw SearchQuery.wrong("entity is a DocumentReference: entity=DocumentReference/{id}")
            }
            filter.documentID = String(id)
        }
        let (news, next) = try await dispatches.pollNews(
            filter, after: query.cursor, limit: query.count, machine.viewer)
        return searchset("AuditEvent", news.map(resource(of:)), query, next: next)
    }

    func resource(of news: DocumentNews) -> JSON {
        RecordEvent.json(
            news, site: settings.oidRoot, base: settings.fhirBase, observer: settings.host)
    }
}
