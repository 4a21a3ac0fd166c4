import Access
import PDF

/// Which of several documents could not be published, and why. None of them was.
public struct PublicationFailure: Error {
    /// Counts from 0.
    public let index: Int
    /// A `DispatchRefusal` or a `PDFRefusal`.
    public let reason: any Error

    /// The rule in the way, for the trail; nil for what passes and comes again in a minute: the log has it.
    var rule: String? {
        if let refusal = reason as? any Refusal { return refusal.kind == .unavailable ? nil : refusal.rule }
        return (reason as? PDFRefusal)?.rule
    }

    /// Faults pass as they are: the database tries again after some of them.
    static func at<T>(_ index: Int, _ work: () async throws -> T) async throws -> T {
        do { return try await work() } catch let refusal as any Refusal {
            throw PublicationFailure(index: index, reason: refusal)
        } catch let refusal as PDFRefusal { throw PublicationFailure(index: index, reason: refusal) }
    }

    static func at<T>(_ index: Int, _ work: () throws -> T) throws -> T {
        do { return try work() } catch let refusal as any Refusal {
            throw PublicationFailure(index: index, reason: refusal)
        }
    }
}

/// A document that is ready for the transaction, or that was published before.
struct PreparedDocument: Sendable {
    let early: PublishedDocument?
    let publication: Publication?
}
