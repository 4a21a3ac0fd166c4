import Access
import Dispatches
import Documents
import HL7v2

extension Intake {
    /// A message without content (T01, T03, T05, T07, T09) can only be about a document that is here: nothing of it can
    /// be changed in place. Who has something new to say is told which message brings it, so that nobody believes that
    /// readers see it.
    func acknowledgeKnown(_ identity: DocumentIdentity, _ event: String, _ viewer: MachineViewer) async throws
        -> Acknowledgement
    {
        let known: Document
        do { known = try await dispatches.newest(master: identity.master, viewer) } catch DispatchRefusal
            .notFound
        {
            return Acknowledgement(.error, [Self.unknown(event)])
        }
        switch event {
        case "T07":
            return Self.unchanged(
                at: Location(segment: "MSH", field: 9, component: 2),
                "The content is as it was: MDM^T08 brings the edited one",
                "Le contenu du document n’a pas changé sur le portail")
        case "T09" where known.replacesID == nil:
            return Self.unchanged(
                at: Location(segment: "TXA", field: 13),
                "Nothing was replaced: MDM^T10 brings the document that takes the place of TXA-13",
                "Aucun document n’a été remplacé sur le portail")
        default: return Acknowledgement(.accepted)
        }
    }

    /// The refusal of a message about a document that never came, with the message that brings it.
    private static func unknown(_ event: String) -> MessageError {
        let wanted = ["T05": "T06", "T09": "T10"][event] ?? "T02"
        return MessageError(
            .unknownKey, at: Location(segment: "TXA", field: 12), "UNKNOWN_DOCUMENT",
            diagnostics: "The portal has no such document of this sender: send it with MDM^\(wanted)",
            userMessage: "Le portail ne connaît pas ce document")
    }

    private static func unchanged(at place: Location, _ english: String, _ french: String) -> Acknowledgement
    {
        Acknowledgement(
            .accepted,
            errors: [
                MessageError(
                    .applicationFault, at: place, "UNCHANGED", severity: .warning, diagnostics: english,
                    userMessage: french)
            ])
    }
}
