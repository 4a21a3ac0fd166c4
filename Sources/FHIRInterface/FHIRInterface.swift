/// The FHIR R4 interface of the hospital's systems, and the token endpoint with which they sign in. It speaks
/// HTTP and JSON: each route decodes, asks the core, and turns the answer or the refusal into a resource.
/// Nothing is decided here.
public import Access
public import Directory
public import Dispatches
import FHIR
import HTTPTypes
public import Hummingbird
import Logging

/// What this edge needs.
public struct FHIRInterface: Sendable {
    let access: AccessActions
    let dispatches: DispatchActions
    let directory: DirectoryActions
    let settings: FHIRSettings
    let budget: BodyBudget

    public init(
        access: AccessActions, dispatches: DispatchActions, directory: DirectoryActions,
        settings: FHIRSettings
    ) {
        self.directory = directory
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
        router.put("fhir/DocumentReference/:id") { request, context in
            await answer(request, context, .withdraw) { try await putDocument($0) }
        }
        router.patch("fhir/DocumentReference/:id") { request, context in
            await answer(request, context, .withdraw) { try await patchDocument($0) }
        }
        router.post("fhir") { request, context in
            await answer(request, context, .publish) { try await provide($0) }
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
        addReadingRoutes(to: router)
        addOtherRoutes(to: router)
    }

    /// What can be searched and read back.
    private func addReadingRoutes<Context: RemoteAddressRequestContext>(to router: Router<Context>) {
        router.get("fhir/AuditEvent") { request, context in
            await answer(request, context, .searchAudit) { try await searchAudit($0) }
        }
        router.post("fhir/AuditEvent/_search") { request, context in
            await answer(request, context, .searchAudit) { try await searchAudit($0) }
        }
        router.get("fhir/DocumentReference") { request, context in
            await answer(request, context, .searchDocuments) { try await searchDocuments($0) }
        }
        router.post("fhir/DocumentReference/_search") { request, context in
            await answer(request, context, .searchDocuments) { try await searchDocuments($0) }
        }
        router.get("fhir/Binary/:id") { request, context in
            await answer(request, context, .retrieve) { try await retrieve($0) }
        }
        router.post("fhir/Subscription") { request, context in
            await answer(request, context, .subscribe) { try await subscribe($0) }
        }
        router.get("fhir/Subscription") { request, context in
            await answer(request, context, .searchSubscriptions) { try await searchSubscriptions($0) }
        }
        router.get("fhir/Subscription/:id") { request, context in
            await answer(request, context, .readSubscription) { try await readSubscription($0) }
        }
        router.delete("fhir/Subscription/:id") { request, context in
            await answer(request, context, .unsubscribe) { try await unsubscribe($0) }
        }
        router.get("fhir/Practitioner") { request, context in
            await answer(request, context, .searchPractitioners) { try await searchPractitioners($0) }
        }
        router.get("fhir/Practitioner/:id") { request, context in
            await answer(request, context, .readPractitioner) {
                try await readRecipient($0, as: practitioner)
            }
        }
        router.get("fhir/PractitionerRole") { request, context in
            await answer(request, context, .searchRoles) { try await searchRoles($0) }
        }
        router.get("fhir/PractitionerRole/:id") { request, context in
            await answer(request, context, .readRole) {
                try await readRecipient($0, as: practitionerRole)
            }
        }
    }
}

/// What a route does: the scope that opens it, and the event as which a refusal is traced.
struct Interaction: Sendable {
    let scope: Scope
    let event: AuditEventKind
    /// A search by `POST …/_search` changes nothing.
    var isReading: Bool { "rs".contains(scope.interaction) }
    /// It brings documents, each of which must be looked at.
    var publishes: Bool { event == .documentPublished }

    static let publish = Interaction(scope: Scope("DocumentReference", "c"), event: .documentPublished)
    static let readDocument = Interaction(scope: Scope("DocumentReference", "r"), event: .documentStateRead)
    static let withdraw = Interaction(scope: Scope("DocumentReference", "u"), event: .documentWithdrawn)
    static let searchDocuments = Interaction(
        scope: Scope("DocumentReference", "s"), event: .documentSearched)
    static let retrieve = Interaction(scope: Scope("Binary", "r"), event: .documentDownloaded)
    static let searchPractitioners = Interaction(
        scope: Scope("Practitioner", "s"), event: .recipientSearched)
    static let readPractitioner = Interaction(scope: Scope("Practitioner", "r"), event: .recipientSearched)
    static let searchRoles = Interaction(
        scope: Scope("PractitionerRole", "s"), event: .recipientSearched)
    static let readRole = Interaction(scope: Scope("PractitionerRole", "r"), event: .recipientSearched)
    static let subscribe = Interaction(scope: Scope("Subscription", "c"), event: .subscriptionChanged)
    static let readSubscription = Interaction(scope: Scope("Subscription", "r"), event: .subscriptionChanged)
    static let searchSubscriptions = Interaction(
        scope: Scope("Subscription", "s"), event: .subscriptionChanged)
    static let unsubscribe = Interaction(scope: Scope("Subscription", "d"), event: .subscriptionChanged)
    static let searchAudit = Interaction(scope: Scope("AuditEvent", "s"), event: .accessLogRead)
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
    /// Of a body with several documents.
    public var maximumBundleBytes: Int { maximumBodyBytes * 2 }
    /// For receiving a body.
    public var bodySeconds = 30
    /// The network address whose `X-Forwarded-For` is believed.
    public var trustedProxy: String?
    /// Whether programs of practices may be called at an address; nowhere unless it is said.
    public var mayCall: @Sendable (String) async -> Bool = { _ in false }
    /// The installation's OID, without `urn:oid:`.
    public var oidRoot = "2.16.756.5.30.1.999"

    public init(baseURL: String, hospitalName: String, softwareVersion: String) {
        self.baseURL = baseURL
        self.hospitalName = hospitalName
        self.softwareVersion = softwareVersion
    }

    var fhirBase: String { baseURL + "/fhir" }
    /// The name of this server, for the trail.
    var host: String { String(baseURL.split(separator: "/").last ?? "passerelle") }
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
