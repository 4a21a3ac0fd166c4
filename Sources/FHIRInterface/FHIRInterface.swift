/// The FHIR R4 interface of the hospital's systems, and the token endpoint with which they sign in. It speaks
/// HTTP and JSON: each route decodes, asks the core, and turns the answer or the refusal into a resource.
/// Nothing is decided here.
public import Access
public import Dispatches
import FHIR
import HTTPTypes
public import Hummingbird
import Logging

/// What this edge needs.
public struct FHIRInterface: Sendable {
    let access: AccessActions
    let dispatches: DispatchActions
    let settings: FHIRSettings
    let budget: BodyBudget

    public init(access: AccessActions, dispatches: DispatchActions, settings: FHIRSettings) {
        self.access = access
        self.dispatches = dispatches
        self.settings = settings
        budget = BodyBudget(bytes: 256 << 20)
    }

    /// The table of contents of this edge; a test compares it with the capability statement.
    public func addRoutes<Context: RemoteAddressRequestContext>(to router: Router<Context>) {
        router.get("fhir/metadata") { _, _ in metadata() }
        router.get("fhir/.well-known/smart-configuration") { _, _ in smartConfiguration() }
        router.get(".well-known/smart-configuration") { _, _ in smartConfiguration() }
        router.post("oauth/token") { request, context in try await token(request, context) }

        router.post("fhir/DocumentReference") { request, context in
            await answer(request, context, .publish) { try await publish($0) }
        }
        router.get("fhir/DocumentReference/:id") { request, context in
            await answer(request, context, .readDocument) { try await readDocument($0) }
        }
        router.post("fhir/Consent") { request, context in
            await answer(request, context, .createConsent) {
                try await recordConsent($0, isConditional: false)
            }
        }
        router.put("fhir/Consent") { request, context in
            await answer(request, context, .updateConsent) {
                try await recordConsent($0, isConditional: true)
            }
        }
        router.put("fhir/Consent/:id") { request, context in
            await answer(request, context, .updateConsent) { try await updateConsent($0) }
        }
        router.get("fhir/Consent/:id") { request, context in
            await answer(request, context, .readConsent) { try await readConsent($0) }
        }
        addOtherRoutes(to: router)
    }
}

/// What a route does: the scope that opens it, and the event as which a refusal is traced.
struct Interaction: Sendable {
    let scope: Scope
    let event: AuditEventKind

    static let publish = Interaction(scope: Scope("DocumentReference", "c"), event: .documentPublished)
    static let readDocument = Interaction(scope: Scope("DocumentReference", "r"), event: .documentStateRead)
    static let createConsent = Interaction(scope: Scope("Consent", "c"), event: .designationRecorded)
    static let updateConsent = Interaction(scope: Scope("Consent", "u"), event: .designationRecorded)
    static let readConsent = Interaction(scope: Scope("Consent", "r"), event: .designationRead)
}

/// What an installation decides about this edge.
public struct FHIRSettings: Sendable {
    /// `https://portal.example`, without a slash at the end.
    public var baseURL: String
    public var hospitalName: String
    public var softwareVersion: String
    public var maximumDocumentBytes = 25 << 20
    /// Of the request body: base64 and the rest.
    public var maximumBodyBytes: Int { maximumDocumentBytes / 3 * 4 + (6 << 20) }
    /// For receiving a body.
    public var bodySeconds = 30
    /// The network address whose `X-Forwarded-For` is believed.
    public var trustedProxy: String?

    public init(baseURL: String, hospitalName: String, softwareVersion: String) {
        self.baseURL = baseURL
        self.hospitalName = hospitalName
        self.softwareVersion = softwareVersion
    }

    var fhirBase: String { baseURL + "/fhir" }
    var tokenURL: String { baseURL + "/oauth/token" }
}

/// A request that has shown a valid token with the scope it needs.
struct MachineRequest: Sendable {
    let request: Request
    let parameters: Parameters
    let viewer: MachineViewer

    /// What the sender prefers (RFC 7240): `return=minimal`, `handling=lenient`.
    func prefers(_ words: String) -> Bool {
        (request.headers[HTTPField.Name.prefer] ?? "").split { ",; ".contains($0) }.contains { $0 == words }
    }
}

extension HTTPField.Name {
    static let prefer = HTTPField.Name("Prefer")!
    static let traceparent = HTTPField.Name("traceparent")!
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
}
