import Access
import Directory
import Dispatches
import FHIR
import HTTPTypes
import Hummingbird

extension FHIRInterface {
    /// `POST /fhir/Consent`, and `PUT /fhir/Consent?identifier=system|value`, which is the same with the
    /// identifier said twice.
    func recordConsent(_ machine: MachineRequest, isConditional: Bool) async throws -> Response {
        let named = isConditional ? try identifierNamed(by: machine.request) : nil
        let directive = try await receiveConsent(machine)
        let own = "\(directive.identifier.system)|\(directive.identifier.value)"
        if let named, named != own {
            throw OperationOutcome([
                .init(
                    .value, "The identifier of the address is not that of the body",
                    at: "Consent.identifier")
            ])
        }
        return try await record(directive, machine)
    }

    /// `PUT /fhir/Consent/{id}` of a consent that exists.
    func updateConsent(_ machine: MachineRequest) async throws -> Response {
        let id = Designation.ID(rawValue: try machine.parameters.require("id"))
        let known = try await dispatches.designationToChange(id, machine.viewer)
        let directive = try await receiveConsent(machine)
        guard known.system == directive.identifier.system, known.identifier == directive.identifier.value
        else {
            throw OperationOutcome([
                .init(.value, "The identifier of a consent does not change", at: "Consent.identifier")
            ])
        }
        return try await record(directive, machine)
    }

    /// `GET /fhir/Consent/{id}` of one's own.
    func readConsent(_ machine: MachineRequest) async throws -> Response {
        let id = Designation.ID(rawValue: try machine.parameters.require("id"))
        let designation = try await dispatches.designation(id, machine.viewer)
        return answer(with: designation, status: .ok)
    }

    private func receiveConsent(_ machine: MachineRequest) async throws -> ConsentDirective {
        let json = try await receiveJSON("Consent", machine.request, limit: 1 << 20)
        let handling: Handling = machine.prefers("handling=lenient") ? .lenient : .strict
        switch ConsentDecoder.decode(json, handling: handling) {
        case .refused(let outcome): throw outcome
        case .accepted(let directive, _): return directive
        }
    }

    private func record(_ directive: ConsentDirective, _ machine: MachineRequest) async throws -> Response {
        // a tag that is none of ours names no version, hence 0: never the current one
        let match = machine.request.headers[.ifMatch].map { Self.version(inTag: $0) ?? 0 }
        let now = access.clock.now()
        let designation = Designation(
            id: Designation.ID(rawValue: ""), system: directive.identifier.system,
            identifier: directive.identifier.value, patientSystem: directive.patient.system,
            patientNumber: directive.patient.value, staySystem: directive.stay.system,
            stayNumber: directive.stay.value, gln: directive.professional.flatMap(GLN.init(rawValue:)),
            decision: directive.decision == .deny ? .deny : .permit, isActive: directive.state == .active,
            startsOn: directive.period?.start?.firstDay, endsOn: directive.period?.end?.lastDay,
            decidedAt: directive.decidedAt?.moment.map(Timestamp.init(rawValue:)) ?? now, version: 1)
        let (stored, isNew) = try await dispatches.record(designation, ifMatch: match, machine.viewer)
        return answer(with: stored, status: isNew ? .created : .ok)
    }

    /// The version in `W/"3"`, with or without the `W/`.
    private static func version(inTag tag: String) -> Int? {
        let strong = tag.utf8.starts(with: "W/".utf8) ? tag.dropFirst(2) : tag[...]
        let bytes = strong.utf8
        guard bytes.count > 2, bytes.first == 0x22, bytes.last == 0x22 else { return nil }
        let digits = bytes.dropFirst().dropLast()
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private func answer(with designation: Designation, status: HTTPResponse.Status) -> Response {
        var response = respond(resource(designation), status: status)
        response.headers[.eTag] = "W/\"\(designation.version)\""
        response.headers[.location] =
            "\(settings.fhirBase)/Consent/\(designation.id.rawValue)/_history/\(designation.version)"
        return response
    }

    /// What we keep of a consent, as a resource.
    private func resource(_ designation: Designation) -> JSON {
        let decided = HTTPDate.instant(designation.decidedAt)
        let directive = ConsentDirective(
            identifier: Identifier(system: designation.system, value: designation.identifier),
            state: designation.isActive ? .active : .inactive,
            decision: designation.decision == .deny ? .deny : .permit,
            patient: Identifier(system: designation.patientSystem, value: designation.patientNumber),
            stay: Identifier(system: designation.staySystem, value: designation.stayNumber),
            professional: designation.gln?.rawValue,
            period: Period(
                start: designation.startsOn.flatMap(DateTime.init),
                end: designation.endsOn.flatMap(DateTime.init)),
            decidedAt: DateTime(decided))
        return directive.json(
            id: designation.id.rawValue, version: designation.version, lastUpdated: decided,
            policyURI: "\(settings.baseURL)/protection-des-donnees")
    }
}
