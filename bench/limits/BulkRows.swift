import ArgumentParser
import Storage

/// Rows of documents, their patients, readers, dispatches and contents, made inside the database: the same
/// statements on both engines, some ten thousand rows each. The documents of an owner lie evenly among those of
/// the others, in place and in time, as they would after a year.
struct BulkRows: Sendable {
    /// An account whose lists are measured: every document whose number leaves `rest` when divided by `stride`.
    struct Owner: Sendable {
        let account: String
        let stride: Int
        let rest: Int
        let patients: Int
    }

    /// What the demo's own letters are, for the new ones to look like them.
    struct Letter: Sendable {
        let typeCode: String
        let classCode: String
        let title: String
        let service: String
    }

    let documents: Int
    let owners: [Owner]
    let letters: [Letter]
    let sender: String
    let period: String
    let basis: String
    /// UTC milliseconds of the newest document.
    let now: Int64

    /// Who receives what the owners do not.
    static let professionals = 2000
    private static let rowsPerTransaction = 20_000

    /// - Parameters:
    ///   - owners: the number of documents of each must divide `documents`.
    ///   - database: a demo that was started once.
    init(
        documents: Int, owners: [(email: String, documents: Int)], among database: any Database, now: Int64
    ) async throws {
        guard documents % 1000 == 0, owners.allSatisfy({ documents % $0.documents == 0 }) else {
            throw ValidationError("Documents come in thousands, and in multiples of each owner's number.")
        }
        let found = try await database.read { transaction in
            (
                accounts: try owners.map { owner in
                    try transaction.first("SELECT id FROM account WHERE email = \(owner.email)")?
                        .get("id", as: String.self)
                },
                letters: try transaction.query(
                    """
                    SELECT MIN(type_code) AS type_code, MIN(class_code) AS class_code, title,
                      MIN(service) AS service
                    FROM document GROUP BY title ORDER BY title LIMIT 24
                    """
                ).map {
                    Letter(
                        typeCode: try $0.get("type_code"), classCode: try $0.get("class_code"),
                        title: try $0.get("title"), service: try $0.get("service"))
                },
                sender: try transaction.first("SELECT MIN(sender_id) AS one FROM document")?
                    .get("one", as: String?.self),
                period: try transaction.first("SELECT MAX(period) AS one FROM period_key")?
                    .get("one", as: String?.self),
                basis: try transaction.first("SELECT MIN(basis) AS one FROM document_reader")?
                    .get("one", as: String?.self)
            )
        }
        guard let sender = found.sender ?? nil, let period = found.period ?? nil,
            let basis = found.basis ?? nil, !found.accounts.contains(nil)
        else { throw ValidationError("This is no demo with its people and its letters.") }
        self.documents = documents
        self.owners = zip(found.accounts, owners).enumerated().map { rest, owner in
            Owner(
                account: owner.0 ?? "", stride: documents / owner.1.documents, rest: rest,
                patients: max(owner.1.documents * 3 / 20, 1))
        }
        (letters, self.sender, self.period, self.basis) = (found.letters, sender, period, basis)
        self.now = now
    }

    /// Writes all rows, part by part, each part in a transaction.
    func write(to database: any Database) async throws {
        try await database.write(.readCommitted) { transaction in
            try transaction.execute(professionalAccounts)
            try transaction.execute(professionalPractices)
        }
        for (number, owner) in owners.enumerated() {
            let first = firstPatient(ofOwner: number)
            try await writeParts(from: first, count: owner.patients, to: database) { [patients($0)] }
        }
        try await writeParts(from: firstPatientOfOthers, count: documents / 7 + 1, to: database) {
            [patients($0)]
        }
        try await writeParts(from: 0, count: documents, to: database) {
            [documentRows($0), contents($0), readers($0), dispatches($0)]
        }
    }

    private func writeParts(
        from first: Int, count: Int, to database: any Database,
        _ statements: @Sendable (ClosedRange<Int>) -> [SQLText]
    ) async throws {
        for start in stride(from: first, to: first + count, by: Self.rowsPerTransaction) {
            let part = statements(start...min(start + Self.rowsPerTransaction, first + count) - 1)
            try await database.write(.readCommitted) { transaction in
                for statement in part { try transaction.execute(statement) }
            }
        }
    }
}
