import FHIR
import HTTPTypes
import Hummingbird
import NIOCore

extension FHIRInterface {
    /// `GET /fhir/metadata`: exactly what is offered, to everybody.
    func metadata() -> Response {
        var documents = CapabilityStatement.Resource("DocumentReference", ["create", "read"])
        documents.profiles = [CapabilityStatement.simplifiedPublishProfile]
        var consents = CapabilityStatement.Resource("Consent", ["create", "read", "update"])
        consents.isConditionallyUpdated = true
        let statement = CapabilityStatement(
            softwareVersion: settings.softwareVersion, installation: settings.hospitalName,
            base: settings.fhirBase, tokenURL: settings.tokenURL, date: "2026-11-21",
            resources: [documents, consents])
        return respond(statement.json)
    }

    /// `GET /.well-known/smart-configuration`.
    func smartConfiguration() -> Response {
        let configuration = SMARTConfiguration(
            issuer: settings.baseURL, tokenURL: settings.tokenURL,
            scopes: ["system/DocumentReference.cr", "system/Consent.cru"])
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: configuration.json.bytes)))
    }
}
