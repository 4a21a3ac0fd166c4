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

extension DisclosureBasis {
    /// The consent that stands with a permission to read, as `text` wrote it.
    static func consent(in text: String) -> DisclosureBasis? {
        let mark = "consent:".utf8
        guard text.utf8.starts(with: mark) else { return nil }
        return .consent(id: String(decoding: text.utf8.dropFirst(mark.count), as: UTF8.self))
    }
}
