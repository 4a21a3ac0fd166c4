import FHIR
import HTTPTypes
import Hummingbird
import NIOCore

extension FHIRInterface {
    /// `GET /fhir/metadata`: exactly what is offered, to everybody.
    func metadata() -> Response {
        var documents = CapabilityStatement.Resource(
            "DocumentReference",
            [
                "create", "read", "update", "patch", "search-type",
            ])
        documents.searchParameters = Self.searchParameters(Self.documentParameters)
        documents.profiles = [CapabilityStatement.simplifiedPublishProfile]
        var consents = CapabilityStatement.Resource("Consent", ["create", "read", "update"])
        consents.isConditionallyUpdated = true
        var events = CapabilityStatement.Resource("AuditEvent", ["search-type"])
        events.searchParameters = Self.searchParameters(Self.auditParameters)
        var people = CapabilityStatement.Resource("Practitioner", ["read", "search-type"])
        people.searchParameters = Self.searchParameters(Self.practitionerParameters)
        var roles = CapabilityStatement.Resource("PractitionerRole", ["read", "search-type"])
        roles.searchParameters = Self.searchParameters(Self.roleParameters.subtracting(["_include"]))
        let statement = CapabilityStatement(
            softwareVersion: settings.softwareVersion, installation: settings.hospitalName,
            base: settings.fhirBase, tokenURL: settings.tokenURL, date: "2026-11-21",
            isTransactional: true,
            resources: [
                documents, .init("Binary", ["read"]), consents, events, people, roles,
                .init("Subscription", ["create", "read", "search-type", "delete"]),
            ])
        return respond(statement.json)
    }

    private static func searchParameters(_ names: Set<String>) -> [CapabilityStatement.SearchParameter] {
        let types = [
            "_lastUpdated": "date", "date": "date", "creation": "date", "entity": "reference",
            "name": "string",
            "family": "string", "given": "string", "practitioner": "reference",
        ]
        return names.sorted().map { .init($0, types[$0] ?? "token") }
    }

    /// `GET /.well-known/smart-configuration`.
    func smartConfiguration() -> Response {
        let configuration = SMARTConfiguration(
            issuer: settings.baseURL, tokenURL: settings.tokenURL,
            scopes: [
                "system/DocumentReference.crus", "system/Binary.cr", "system/Consent.cru",
                "system/AuditEvent.s",
                "system/List.c", "system/Subscription.crds", "system/Practitioner.rs",
                "system/PractitionerRole.rs",
            ])
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: configuration.json.bytes)))
    }
}
