import Access
import FHIR
import HTTPTypes
import Hummingbird

extension FHIRInterface {
    /// Refuses a condition that is not kept. Who writes «only if it is not there yet» relies on it: to pass over
    /// the header would do what the sender wanted not to be done.
    func refuseConditions(_ request: Request, _ interaction: Interaction) throws {
        guard request.method != .get, !interaction.isReading else { return }
        var names = [HTTPField.Name.ifNoneExist, .ifNoneMatch, .ifUnmodifiedSince]
        if [.documentPublished, .documentWithdrawn].contains(interaction.event) { names.append(.ifMatch) }
        let found = names.filter { request.headers[$0] != nil }
        guard !found.isEmpty else { return }
        throw OperationOutcome(
            found.map { .init(.notSupported, "The condition \($0.rawName) is not kept here", status: 400) })
    }

    /// The one thing by which a consent can be looked for.
    /// - Throws: `OperationOutcome` when the address says something else, or says it twice.
    func identifierNamed(by request: Request) throws -> String {
        let parameters = request.uri.queryParameters
        for parameter in parameters where parameter.key != "identifier" {
            throw OperationOutcome([
                .init(.notSupported, "The only search parameter is identifier", status: 400)
            ])
        }
        guard parameters.count == 1, let named = parameters["identifier"] else {
            throw OperationOutcome([
                .init(
                    .required, "Say which consent: PUT /Consent?identifier=system|value, once",
                    at: "Consent.identifier")
            ])
        }
        return String(named)
    }
}

extension HTTPField.Name {
    static let ifNoneExist = HTTPField.Name("If-None-Exist")!
}
