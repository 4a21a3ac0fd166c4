import Access
import Dispatches
import Documents
import FHIR
import HTTPTypes
import Hummingbird

extension FHIRInterface {
    static let documentParameters: Set<String> = [
        "_id", "_lastUpdated", "status", "patient.identifier", "identifier", "type", "category", "date",
        "creation",
        "context.encounter.identifier",
    ]

    /// `GET /fhir/DocumentReference?…` and `POST …/_search` (IHE ITI-67): a hospital system finds what it sent, the
    /// program of a professional what he may read.
    func searchDocuments(_ machine: MachineRequest) async throws -> Response {
        let query = try await search(machine, names: Self.documentParameters)
        let reader = try await access.space(of: machine.viewer)
        guard let filter = try documentFilter(query) else {
            return searchset("DocumentReference", [], query, next: nil)
        }
        if let id = try query.one("_id") { return try await found(id, filter, query, reader, machine) }
        let after = query.cursor.map { ChangeKey(at: $0.at, id: Document.ID(rawValue: $0.key)) }
        func cursor(_ key: ChangeKey?) -> NewsCursor? { key.map { .init(at: $0.at, key: $0.id.rawValue) } }
        if let reader {
            let (documents, next) = try await dispatches.documents.searchReadable(
                filter, after: after, limit: query.count, reader)
            return searchset(
                "DocumentReference", documents.map(resource(of:)), query, next: cursor(next))
        }
        let (submissions, next) = try await dispatches.searchSubmissions(
            filter, after: after, limit: query.count, machine.viewer)
        return searchset("DocumentReference", submissions.map(resource(of:)), query, next: cursor(next))
    }

    /// A search by `_id` finds one or none; whatever else is asked must hold of it too.
    private func found(
        _ id: String, _ filter: DocumentFilter, _ query: SearchQuery, _ reader: Viewer?,
        _ machine: MachineRequest
    ) async throws -> Response {
        let id = Document.ID(rawValue: id)
        do {
            let resource =
                if let reader {
                    try await dispatches.documents.findListed(id, filter, reader).map(resource(of:))
                } else {
                    try await dispatches.findSubmission(id, filter, machine.viewer).map(resource(of:))
                }
            return searchset("DocumentReference", resource.map { [$0] } ?? [], query, next: nil)
        } catch let refusal as any Refusal where refusal.kind == .notFound || refusal.kind == .expired {
            if reader != nil { try await trace(refusal, machine, .searchDocuments) }
            return searchset("DocumentReference", [], query, next: nil)
        }
    }

    /// - Returns: nil when nothing can be found: a status that no document has.
    private func documentFilter(_ query: SearchQuery) throws -> DocumentFilter? {
        var filter = DocumentFilter()
        if let codes = try query.codes("status") {
            let states: [String: [Document.State]] = [
                "current": [.current, .expired], "superseded": [.superseded],
                "entered-in-error": [.withdrawn],
            ]
            let named = Set(codes.flatMap { states[$0] ?? [] })
            if named.isEmpty { return nil }
            filter.states = named
        }
        if let patient = try query.token("patient.identifier") {
            guard let system = patient.system else {
                throw SearchQuery.wrong(
                    "patient.identifier is the hospital's number with its system: system|value")
            }
            filter.patientID = dispatches.documents.patientID(system: system, number: patient.value)
        }
        filter.masterIdentifier = try query.token("identifier")?.value
        filter.stayNumber = try query.token("context.encounter.identifier")?.value
        filter.typeCodes = try query.codes("type")
        filter.classCodes = try query.codes("category")
        filter.changed = try query.range("_lastUpdated")
        if !query["date"].isEmpty || !query["creation"].isEmpty {
            filter.authored = try query.range("date", "creation")
        }
        return filter
    }
}
