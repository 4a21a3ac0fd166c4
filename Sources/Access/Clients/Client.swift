public import Storage

/// A hospital system that signs in with a key of its own.
public struct Client: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }
    public let id: ID
    public let name: String
    /// JSON Web Key Set (RFC 7517) with its public keys.
    public let jwks: String
    public let scopes: Set<Scope>

    public init(id: ID, name: String, jwks: String, scopes: Set<Scope>) {
        self.id = id
        self.name = name
        self.jwks = jwks
        self.scopes = scopes
    }
}

/// One right of a machine, in SMART v2 words: `system/DocumentReference.c`.
public struct Scope: Sendable, Hashable {
    public let resource: String
    /// One of c, r, u, d, s.
    public let interaction: Character

    public init(_ resource: String, _ interaction: Character) {
        self.resource = resource
        self.interaction = interaction
    }

    /// All rights that a space-separated list names; what is not understood grants nothing. Version 1 words
    /// `.read` and `.write` stand for `rs` and `cud`.
    public static func parse(_ text: String) -> Set<Scope> {
        var scopes: Set<Scope> = []
        for word in text.split(separator: " ") where word.hasPrefix("system/") {
            let parts = word.dropFirst("system/".count).split(
                separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else { continue }
            let letters = parts[1] == "read" ? "rs" : parts[1] == "write" ? "cud" : String(parts[1])
            guard !letters.isEmpty, letters.allSatisfy({ "cruds".contains($0) }) else { continue }
            for letter in letters { scopes.insert(Scope(String(parts[0]), letter)) }
        }
        return scopes
    }

    /// The reverse: `system/Consent.cru system/DocumentReference.crs`.
    public static func text(_ scopes: Set<Scope>) -> String {
        Dictionary(grouping: scopes, by: \.resource).sorted { $0.key < $1.key }
            .map { resource, scopes in
                "system/\(resource)."
                    + "cruds".filter { letter in scopes.contains { $0.interaction == letter } }
            }
            .joined(separator: " ")
    }
}
