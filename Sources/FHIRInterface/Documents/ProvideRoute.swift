import Access
import Crypto
import Dispatches
import Documents
import FHIR
import HTTPTypes
import Hummingbird
import PDF

extension FHIRInterface {
    /// `POST /fhir`: IHE MHD ITI-65, Provide Document Bundle. All documents of it are published, or none.
    func provide(_ machine: MachineRequest) async throws -> Response {
        let json = try await receiveJSON("Bundle", machine.request, limit: settings.maximumBundleBytes)
        let bundle = try decodeBundle(json, machine)
        let lacking = bundle.needs.filter { !Self.has($0, machine.viewer) }.sorted()
        guard lacking.isEmpty else {
            throw OperationOutcome([
                .init(.forbidden, "The token lacks system/\(lacking.joined(separator: ", system/"))")
            ])
        }
        let commands = try bundle.documents.map { try command(from: $0.submission) }
        try await checkSuperseded(bundle, machine)
        let published: [PublishedDocument]
        do {
            published = try await dispatches.publish(all: commands, machine.viewer)
        } catch let failure as PublicationFailure {
            let outcome =
                switch failure.reason {
                case let refusal as PDFRefusal: Self.outcome(of: refusal)
                case let refusal as any Refusal: Self.outcome(of: refusal)
                default: throw failure.reason
                }
            // traced by the core, as the refusal of its document
            return respond(
                OperationOutcome(
                    outcome.issues.map { $0.inEntry(bundle.documents[failure.index].entry) }))
        }
        return answer(to: bundle, published, machine)
    }

    private static func has(_ need: String, _ viewer: MachineViewer) -> Bool {
        let parts = need.split(separator: ".")
        return viewer.scopes.contains(Scope(String(parts[0]), parts[1].first ?? "c"))
    }

    private func decodeBundle(_ json: JSON, _ machine: MachineRequest) throws -> ProvideBundle {
        switch ProvideBundleDecoder.decode(json, options(machine)) {
        case .refused(let outcome): throw outcome
        case .accepted(let bundle, _):
            for document in bundle.documents {
                let sha1 = Insecure.SHA1.hash(data: document.submission.attachment.content)
                if let issue = document.submission.attachment.issue(forSHA1: sha1) {
                    throw OperationOutcome([issue.inEntry(document.entry)])
                }
            }
            return bundle
        }
    }

    /// Marks a document as superseded only where a document of the same Bundle replaces it: that publishing is the
    /// mark.
    private func checkSuperseded(_ bundle: ProvideBundle, _ machine: MachineRequest) async throws {
        for id in bundle.superseded {
            let old = try await dispatches.deliveryState(of: Document.ID(rawValue: id), machine.viewer)
                .document
            let isReplaced = bundle.documents.contains { document in
                switch document.submission.replaces {
                case .masterIdentifier(let identifier): identifier.value == old.masterIdentifier
                case .id(let named): named == id
                case nil: false
                }
            }
            guard isReplaced else {
                throw OperationOutcome([
                    .init(
                        .businessRule,
                        "Only a document that another of this Bundle replaces becomes superseded",
                        at: "Bundle.entry.request", details: "UnmodifiableMetadataError")
                ])
            }
        }
    }

    /// One answer for each entry, in their order.
    private func answer(
        to bundle: ProvideBundle, _ published: [PublishedDocument], _ machine: MachineRequest
    ) -> Response {
        let entries = bundle.entries.map { entry -> JSON in
            switch entry {
            case .submissionSet:
                return created("List", published[0].document)
            case .document(let number):
                let warnings = refusals(in: published[number], bundle.documents[number].submission)
                    .map { $0.inEntry(bundle.documents[number].entry) }
                return created(
                    "DocumentReference", published[number].document,
                    outcome: warnings + bundle.documents[number].warnings)
            case .binary(let number):
                return created("Binary", published[number].document)
            case .patient: return response("200 OK")
            case .folder:
                return response(
                    "200 OK",
                    outcome: [
                        .init(
                            .notSupported, "Folders are not kept",
                            details: "PartialFolderContentNotProcessed",
                            severity: .warning)
                    ])
            case .superseded(let id):
                return response("200 OK", location: "DocumentReference/\(id)/_history/2")
            }
        }
        return respond([
            "resourceType": "Bundle", "type": "transaction-response", "entry": .array(entries),
        ])
    }

    private func created(_ type: String, _ document: Document, outcome: [OperationOutcome.Issue] = []) -> JSON
    {
        response(
            "201 Created", location: "\(type)/\(document.id.rawValue)/_history/1",
            at: HTTPDate.instant(document.publishedAt), outcome: outcome)
    }

    private func response(
        _ status: String, location: String? = nil, at: String? = nil, outcome: [OperationOutcome.Issue] = []
    ) -> JSON {
        [
            "response": [
                "status": .string(status), "location": location.map { .string($0) },
                "etag": at.map { _ in "W/\"1\"" }, "lastModified": at.map { .string($0) },
                "outcome": outcome.isEmpty
                    ? nil : OperationOutcome(outcome).json(canonicalBase: settings.fhirBase),
            ]
        ]
    }
}
