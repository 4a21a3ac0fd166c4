/// What a statement says apart from its values. The engines find a prepared statement by it, so that its text is put
/// together once for each connection and not each time it runs.
struct SQLShape: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        /// As it stands in our own source.
        case literal(String)
        /// A place for a value.
        case value
        /// What the two engines call differently.
        indirect case either(sqlite: String, postgres: String)
    }
    private(set) var pieces: [Piece] = []

    mutating func reserve(_ count: Int) { pieces.reserveCapacity(count) }
    mutating func append(_ piece: Piece) { pieces.append(piece) }
    mutating func append(_ other: SQLShape) { pieces += other.pieces }

    /// By the lengths of the literals: they differ nearly always, and take no look at the text. Two shapes are equal when
    /// their texts are; those of one line of our source lie in the same place, and that is seen first.
    func hash(into hasher: inout Hasher) {
        var lengths = 0
        for piece in pieces {
            let length =
                switch piece {
                case .literal(let text): text.utf8.count + 2
                case .value: 1
                case .either: 0
                }
            lengths = lengths &* 31 &+ length
        }
        hasher.combine(lengths)
    }

    /// With `?` for each value on SQLite, `$1…` on PostgreSQL.
    func text(_ dialect: Dialect) -> String {
        var text = ""
        var values = 0
        for piece in pieces {
            switch (piece, dialect) {
            case (.literal(let literal), _): text += literal
            case (.either(let words, _), .sqlite), (.either(_, let words), .postgres): text += words
            case (.value, .sqlite): text += "?"
            case (.value, .postgres):
                values += 1
                text += "$\(values)"
            }
        }
        return text
    }
}
