import Access
import FHIR
import JWTKit

/// The keys with which a provider signs. Kept for an hour; for a key that is not among them they are fetched again, at
/// most once a minute, so that strangers with invented key names cannot make us hammer the provider.
actor ProviderKeys {
    /// Signatures that prove who made them. Never `none`, never a shared secret.
    static let algorithms = [
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    ]

    private let line: ProviderLine
    private let clock: Clock
    private var keys: [JSON] = []
    private var fetchedAt: Timestamp?
    private var isFetching = false

    init(line: ProviderLine, clock: Clock) {
        self.line = line
        self.clock = clock
    }

    /// The one key of this name that fits the algorithm.
    /// - Throws: `IdentityFailure.rejected(.key)`, `.unavailable`.
    func key(_ name: String, _ algorithm: String, at address: ProviderAddress) async throws
        -> JWTKeyCollection
    {
        let now = clock.now()
        let isOld = fetchedAt.map { $0.adding(hours: 1) <= now } ?? true
        if isOld { try await fetch(address) }
        if let found = find(name, algorithm) { return try await Self.collection(found, algorithm) }
        let mayAsk = fetchedAt.map { $0.adding(minutes: 1) <= now } ?? true
        guard mayAsk else { throw IdentityFailure.rejected(.key) }
        try await fetch(address)
        guard let found = find(name, algorithm) else { throw IdentityFailure.rejected(.key) }
        return try await Self.collection(found, algorithm)
    }

    private func fetch(_ address: ProviderAddress) async throws {
        // who comes while another asks is served with what is there
        guard !isFetching || fetchedAt == nil else { return }
        isFetching = true
        defer { isFetching = false }
        let before = fetchedAt
        fetchedAt = clock.now()
        do {
            let answer = try await line.get(address, limit: 1 << 20)
            guard answer.status == 200 else {
                throw IdentityFailure.unavailable("the keys answer \(answer.status)")
            }
            keys = Array(try answer.json()["keys"]?.items.prefix(100) ?? [])
        } catch {
            // the old ones go on for an hour; without any, the next sign-in asks again
            if before == nil { fetchedAt = nil }
            throw error
        }
    }

    private func find(_ name: String, _ algorithm: String) -> JSON? {
        let fitting = keys.filter { key in
            guard let kid = key["kid"]?.text, Array(kid.utf8) == Array(name.utf8) else { return false }
            let use = key["use"]?.text ?? "sig"
            let said = key["alg"]?.text ?? algorithm
            return use == "sig" && said == algorithm && key["kty"]?.text == Self.family(of: algorithm)
        }
        return fitting.count == 1 ? fitting[0] : nil
    }

    private static func family(of algorithm: String) -> String {
        if algorithm.hasPrefix("ES") { return "EC" }
        return algorithm == "EdDSA" ? "OKP" : "RSA"
    }

    /// A collection of this key alone, for this algorithm alone: JWTKit would try another one in place of a missing.
    private static func collection(_ key: JSON, _ algorithm: String) async throws -> JWTKeyCollection {
        guard case .object(let members) = key else { throw IdentityFailure.rejected(.key) }
        let shown = ["kty", "kid", "n", "e", "crv", "x", "y"]
        let kept = members.filter { shown.contains($0.name) } + [.init("alg", .string(algorithm))]
        let collection = JWTKeyCollection()
        do {
            try await collection.add(jwk: JWK(json: String(decoding: JSON.object(kept).bytes, as: UTF8.self)))
        } catch { throw IdentityFailure.rejected(.key) }
        return collection
    }
}
