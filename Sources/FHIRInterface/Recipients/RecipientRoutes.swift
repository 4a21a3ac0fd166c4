import Access
import Directory
import Dispatches
import FHIR
import HTTPTypes
import Hummingbird

extension FHIRInterface {
    static let practitionerParameters: Set<String> = [
        "_id", "_lastUpdated", "identifier", "name", "family", "given", "active",
    ]
    static let roleParameters: Set<String> = [
        "_id", "_lastUpdated", "practitioner", "practitioner.identifier", "practitioner.name", "specialty",
        "location", "active", "_include",
    ]

    /// `GET /fhir/Practitioner?…`: whom documents can be addressed to (DPI-08), and who changed (DPI-09).
    func searchPractitioners(_ machine: MachineRequest) async throws -> Response {
        let query = try await search(machine, names: Self.practitionerParameters)
        guard
            let filter = try recipientFilter(
                query, id: query.one("_id"), number: query.token("identifier"),
                names: query["name"] + query["family"] + query["given"])
        else { return searchset("Practitioner", [], query, next: nil) }
        let (recipients, next) = try await find(filter, query, machine)
        return searchset("Practitioner", recipients.map(practitioner), query, next: next)
    }

    /// `GET /fhir/PractitionerRole?…`: the same people with profession, speciality, practice and place.
    func searchRoles(_ machine: MachineRequest) async throws -> Response {
        let query = try await search(machine, names: Self.roleParameters)
        let isIncluding = try query.one("_include").map { include in
            guard include == "PractitionerRole:practitioner" else {
                throw SearchQuery.wrong("_include is PractitionerRole:practitioner")
            }
            return true
        }
        let reference = try query.one("practitioner").map { String($0.split(separator: "/").last ?? "") }
        guard
            let filter = try recipientFilter(
                query, id: reference ?? query.one("_id"), number: query.token("practitioner.identifier"),
                names: query["practitioner.name"])
        else { return searchset("PractitionerRole", [], query, next: nil) }
        let (recipients, next) = try await find(filter, query, machine)
        return searchset(
            "PractitionerRole", recipients.map(practitionerRole), query, next: next,
            included: isIncluding == true ? recipients.map(practitioner) : [])
    }

    /// `GET /fhir/Practitioner/{id}` and `GET /fhir/PractitionerRole/{id}`.
    func readRecipient(_ machine: MachineRequest, as resource: (ListedRecipient) -> JSON) async throws
        -> Response
    {
        var filter = RecipientFilter()
        filter.accountID = Account.ID(rawValue: try machine.parameters.require("id"))
        try refuseProfessional(machine)
        guard
            let found = try await directory.searchRecipients(filter, after: nil, limit: 1, machine.viewer)
                .recipients.first
        else { throw OperationOutcome([.init(.notFound, "Unknown", status: 404)]) }
        return respond(resource(found))
    }

    private func find(
        _ filter: RecipientFilter, _ query: SearchQuery, _ machine: MachineRequest
    ) async throws -> ([ListedRecipient], NewsCursor?) {
        try refuseProfessional(machine)
        let after = query.cursor.map { RecipientKey(at: $0.at, id: Account.ID(rawValue: $0.key)) }
        let (recipients, next) = try await directory.searchRecipients(
            filter, after: after, limit: query.count, machine.viewer)
        return (recipients, next.map { NewsCursor(at: $0.at, key: $0.id.rawValue) })
    }

    /// The directory is for those who send.
    private func refuseProfessional(_ machine: MachineRequest) throws {
        guard machine.viewer.principalID == nil else {
            throw OperationOutcome([.init(.forbidden, "The directory is for systems of the hospital")])
        }
    }

    /// - Returns: nil when nobody can be found: a number that is none.
    private func recipientFilter(
        _ query: SearchQuery, id: String?, number: (system: String?, value: String)?, names: [String]
    ) throws -> RecipientFilter? {
        var filter = RecipientFilter()
        filter.accountID = id.map(Account.ID.init(rawValue:))
        if let number {
            guard let gln = GLN(rawValue: number.value), number.system.map(GS1.isGLNSystem) ?? true else {
                return nil
            }
            filter.gln = gln
        }
        filter.name = names.flatMap(RecipientFilter.words)
        if !names.isEmpty, filter.name.isEmpty { return nil }
        filter.speciality = try query.token("specialty")?.value
        filter.locality = try query.one("location")
        if let active = try query.token("active")?.value {
            guard let isActive = Bool(active) else { throw SearchQuery.wrong("active is true or false") }
            filter.isActive = isActive
        }
        if !query["_lastUpdated"].isEmpty { filter.changed = try query.range("_lastUpdated") }
        if !names.isEmpty || filter.speciality != nil || filter.locality != nil {
            filter.mustBeEligible = true
        }
        return filter
    }
}
