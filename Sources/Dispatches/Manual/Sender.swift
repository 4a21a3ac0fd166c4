import Access
import Documents
import Storage

/// Who publishes: a hospital system with its key, or somebody of a service by hand. The rules are the same for both.
struct Sender: Sendable {
    let clientID: Client.ID
    let actor: AuditActor
    /// The patient's explicit consent to this one sending; nil for systems, which rest on designations.
    var consentID: String?
    /// Who asks for paper where there is no electronic way; nil: nobody.
    var asksForPaper: Account.ID?
    /// Words to the readers beside the document, sealed with it; empty: none.
    var message = ""
    /// First in the transaction of publishing: whether he may still send.
    var confirm: @Sendable (any Transaction) throws -> Void = { _ in }
    /// Last in it: what belongs to the document besides.
    var complete: @Sendable (Document, [DisclosureBasis], any Transaction) throws -> Void = { _, _, _ in }
}

extension Sender {
    init(_ viewer: MachineViewer) { self.init(clientID: viewer.clientID, actor: .machine(viewer)) }
}
