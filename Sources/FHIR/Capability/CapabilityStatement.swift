/// What this server offers, at `GET /metadata`, without sign-in. It lists exactly the interactions it is
/// given; a test of the edge compares them with its routes.
public struct CapabilityStatement: Sendable {
    /// What can be done with one type of resource.
    public struct Resource: Sendable {
        public var type: String
        /// Codes of `restful-interaction`: read, vread, create, update, search-type …
        public var interactions: [String]
        public var profiles: [String] = []
        public var searchParameters: [SearchParameter] = []
        public var isConditionallyCreated = false
        public var isConditionallyUpdated = false
        public var isVersioned = false

        public init(_ type: String, _ interactions: [String]) {
            self.type = type
            self.interactions = interactions
        }
    }

    /// What resources of a type can be searched by.
    public struct SearchParameter: Sendable {
        public var name: String
        /// token, string, date, reference …
        public var type: String

        public init(_ name: String, _ type: String) {
            self.name = name
            self.type = type
        }
    }

    public var softwareVersion: String
    /// The hospital's name, for the description.
    public var installation: String
    /// The base of this server, such as `https://portal.example/fhir`.
    public var base: String
    /// Where tokens are given out.
    public var tokenURL: String
    /// The day this statement was last changed: `YYYY-MM-DD`.
    public var date: String
    /// Whether several documents can be handed in as one transaction (ITI-65).
    public var isTransactional: Bool
    public var resources: [Resource]

    public init(
        softwareVersion: String, installation: String, base: String, tokenURL: String, date: String,
        isTransactional: Bool = false, resources: [Resource]
    ) {
        self.isTransactional = isTransactional
        self.softwareVersion = softwareVersion
        self.installation = installation
        self.base = base
        self.tokenURL = tokenURL
        self.date = date
        self.resources = resources
    }
}

extension CapabilityStatement {
    /// IHE's ITI-105 Document Recipient.
    public static let simplifiedPublish =
        "https://profiles.ihe.net/ITI/MHD/CapabilityStatement/IHE.MHD.DocumentRecipient.Simplified"
    /// IHE's ITI-65 Document Recipient.
    public static let provideBundle =
        "https://profiles.ihe.net/ITI/MHD/CapabilityStatement/IHE.MHD.DocumentRecipient"
    /// IHE's Document Responder: ITI-67 and ITI-68.
    public static let responder =
        "https://profiles.ihe.net/ITI/MHD/CapabilityStatement/IHE.MHD.DocumentResponder"
    /// The profile a published DocumentReference should name.
    public static let simplifiedPublishProfile =
        "https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.SimplifiedPublish.DocumentReference"

    /// The resource.
    public var json: JSON {
        [
            "resourceType": "CapabilityStatement",
            "status": "active",
            "date": .string(date),
            "publisher": "Passerelle",
            "kind": "instance",
            "instantiates": .array(
                [
                    Self.simplifiedPublish, isTransactional ? Self.provideBundle : nil,
                    isResponder ? Self.responder : nil,
                ]
                .compactMap { $0.map { .string($0) } }),
            "software": ["name": "Passerelle", "version": .string(softwareVersion)],
            "implementation": ["description": "Passerelle, \(installation)", "url": .string(base)],
            "fhirVersion": "4.0.1",
            "format": ["application/fhir+json"],
            "rest": [
                [
                    "mode": "server",
                    "security": security,
                    "resource": .array(resources.map(\.json)),
                    "interaction": isTransactional ? [["code": "transaction"]] : nil,
                ]
            ],
        ]
    }

    /// Documents can be searched for and their bytes fetched.
    private var isResponder: Bool {
        resources.contains { $0.type == "DocumentReference" && $0.interactions.contains("search-type") }
            && resources.contains { $0.type == "Binary" }
    }

    private var security: JSON {
        let token: JSON = [
            "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
            "extension": [["url": "token", "valueUri": .string(tokenURL)]],
        ]
        let service = JSON.concept(
            "http://terminology.hl7.org/CodeSystem/restful-security-service", "SMART-on-FHIR")
        return [
            "extension": [token],
            "cors": false,
            "service": [service],
            "description":
                "SMART Backend Services, private_key_jwt; see \(base)/.well-known/smart-configuration",
        ]
    }
}

extension CapabilityStatement.Resource {
    fileprivate var json: JSON {
        let parameters = searchParameters.map { parameter -> JSON in
            ["name": .string(parameter.name), "type": .string(parameter.type)]
        }
        return [
            "type": .string(type),
            "supportedProfile": profiles.isEmpty ? nil : .array(profiles.map { .string($0) }),
            "interaction": .array(interactions.map { ["code": .string($0)] }),
            "versioning": isVersioned ? "versioned" : nil,
            "conditionalCreate": isConditionallyCreated ? true : nil,
            "conditionalUpdate": isConditionallyUpdated ? true : nil,
            "searchParam": parameters.isEmpty ? nil : .array(parameters),
        ]
    }
}
