public import Access
public import Directory
public import Documents
import Storage

/// One event about a document as the hospital's record system is told of it: the act, the document, the patient under
/// the hospital's own number, and the professionals by name and GLN.
public struct DocumentNews: Sendable {
    /// The number of the event: the same whenever and however it is told.
    public let number: Int64
    public let record: AuditRecord
    /// Nil for a document that was refused.
    public let document: Document?
    public let patient: Patient?
    /// Those whom the event names, by account.
    public let people: [Account.ID: Professional]

    /// Somebody with an account, as the record system may know him.
    public struct Professional: Sendable {
        public let name: String
        /// Of professionals who have one.
        public let gln: GLN?
    }
}

extension DispatchActions {
    /// What a job of the feed has to bring.
    /// - Returns: nil when there is nothing to bring any more.
    public func news(_ number: Int64) async throws -> DocumentNews? {
        try await database.read { transaction in
            guard let record = try transaction.auditRecord(number: number) else { return nil }
            return try transaction.news([(number, record)]).first
        }
    }

    /// Whether the event has to wait for an older one about the same document.
    public func mustWait(_ news: DocumentNews) async throws -> Bool {
        guard let document = news.document else { return false }
        return try await database.read { try $0.hasOlderFeed(than: news.number, of: document.id.rawValue) }
    }
}

extension Transaction {
    /// Looks up what the events name.
    func news(_ events: [(number: Int64, record: AuditRecord)]) throws -> [DocumentNews] {
        var documents: [String: Document] = [:]
        var patients: [String: Patient] = [:]
        for (_, record) in events {
            if record.objectKind == "document", let id = record.objectID, documents[id] == nil {
                documents[id] = try document(Document.ID(rawValue: id))
            }
            if let id = record.patientID, patients[id] == nil {
                patients[id] = try patient(Patient.ID(rawValue: id))
            }
        }
        let ids = events.flatMap { _, record in
            [
                record.actorKind == "account" ? record.actorID.map(Account.ID.init(rawValue:)) : nil,
                record.principalID.map(Account.ID.init(rawValue:)), record.recipientID,
            ].compactMap { $0 }
        }
        let people = try professionals(Array(Set(ids)))
        return events.map { number, record in
            DocumentNews(
                number: number, record: record,
                document: record.objectKind == "document" ? record.objectID.flatMap { documents[$0] } : nil,
                patient: record.patientID.flatMap { patients[$0] }, people: people)
        }
    }

    private func professionals(_ ids: [Account.ID]) throws -> [Account.ID: DocumentNews.Professional] {
        let names = try displayNames(of: ids)
        let numbers = try glns(of: ids)
        return names.reduce(into: [:]) { people, entry in
            people[entry.key] = .init(name: entry.value, gln: numbers[entry.key])
        }
    }
}
