import FHIR
import HTTPTypes
import Hummingbird

extension FHIRInterface {
    /// What is not offered, in the words of FHIR: 405 where another method would do, 404 anywhere else below
    /// `/fhir`.
    func addOtherRoutes<Context: RemoteAddressRequestContext>(to router: Router<Context>) {
        let offered: KeyValuePairs<String, [HTTPRequest.Method]> = [
            "fhir/metadata": [.get], "fhir/.well-known/smart-configuration": [.get],
            ".well-known/smart-configuration": [.get], "oauth/token": [.post],
            "fhir/DocumentReference": [.get, .post], "fhir/DocumentReference/:id": [.get, .put, .patch],
            "fhir/DocumentReference/_search": [.post],
            "fhir/Binary": [], "fhir/Binary/:id": [.get], "fhir/AuditEvent": [.get],
            "fhir/AuditEvent/_search": [.post],
            "fhir/Consent": [.post, .put], "fhir/Consent/:id": [.get, .put],
            "fhir/Subscription": [.get, .post], "fhir/Subscription/:id": [.get, .delete],
            "fhir/Practitioner": [.get], "fhir/Practitioner/:id": [.get],
            "fhir/PractitionerRole": [.get], "fhir/PractitionerRole/:id": [.get],
            "fhir": [.post], "fhir/**": [],
        ]
        let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        for (path, allowed) in offered {
            for method in methods where !allowed.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ in notOffered(allowed) }
            }
        }
    }

    private func notOffered(_ allowed: [HTTPRequest.Method]) -> Response {
        guard !allowed.isEmpty else {
            return respond(OperationOutcome([.init(.notSupported, "There is no such resource", status: 404)]))
        }
        let words = allowed.map(\.rawValue).joined(separator: ", ")
        var response = respond(
            OperationOutcome([.init(.notSupported, "This address takes \(words)", status: 405)]))
        response.headers[.allow] = words
        return response
    }
}
