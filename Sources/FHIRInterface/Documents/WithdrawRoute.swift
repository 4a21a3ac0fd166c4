import Access
import Dispatches
import Documents
import FHIR
import HTTPTypes
import Hummingbird

extension FHIRInterface {
    /// `PATCH /fhir/DocumentReference/{id}`: the status becomes entered-in-error, and nothing else changes.
    func patchDocument(_ machine: MachineRequest) async throws -> Response {
        let json = try await receiveJSON("Parameters", machine.request, limit: 64 << 10)
        guard StatusPatch.status(in: json) == "entered-in-error" else { throw Self.unmodifiable }
        return try await withdraw(reason: nil, machine)
    }

    /// `PUT /fhir/DocumentReference/{id}`: the same with the resource itself (CH:MHD-1). What else stands in it is not
    /// compared and does not count.
    func putDocument(_ machine: MachineRequest) async throws -> Response {
        let json = try await receiveJSON(
            "DocumentReference", machine.request, limit: settings.maximumBodyBytes)
        guard json["resourceType"]?.text == "DocumentReference" else {
            throw OperationOutcome([
                .init(.invalid, "The resourceType should be DocumentReference", status: 400)
            ])
        }
        let id = try machine.parameters.require("id")
        guard json["id"]?.text == id else {
            throw OperationOutcome([
                .init(
                    .value, "The id is not that of the address", at: "DocumentReference.id",
                    details: "XDSMetadataIdentifierError")
            ])
        }
        guard json["status"]?.text == "entered-in-error" else { throw Self.unmodifiable }
        let url = "\(settings.fhirBase)/StructureDefinition/withdrawal-reason"
        let reason = json["extension"]?.items.first { $0["url"]?.text == url }?["valueString"]?.text
        return try await withdraw(reason: reason, machine)
    }

    /// Takes the document back; the answer says who had opened it (D36).
    private func withdraw(reason: String?, _ machine: MachineRequest) async throws -> Response {
        let id = Document.ID(rawValue: try machine.parameters.require("id"))
        guard !id.rawValue.utf8.contains(0), id.rawValue.utf8.count <= 64 else {
            throw DispatchRefusal.notFound
        }
        _ = try await dispatches.withdraw(.id(id), reason: WithdrawalReason(reason), machine.viewer)
        let submission = try await dispatches.deliveryState(of: id, machine.viewer)
        var response = respond(resource(of: submission))
        response.headers[.eTag] = "W/\"\(submission.version)\""
        response.headers[.lastModified] = HTTPDate.text(submission.changedAt)
        return response
    }

    private static var unmodifiable: OperationOutcome {
        OperationOutcome([
            .init(
                .notSupported,
                "Only the status can change, to entered-in-error; the rest needs a new document that replaces it",
                at: "DocumentReference.status", details: "UnmodifiableMetadataError")
        ])
    }
}
