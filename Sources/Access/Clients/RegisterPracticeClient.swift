import Crypto
import Foundation
import Storage
import Vault

extension AccessActions {
    /// Registers a program of the professional himself, with the public key that it signs with. He proves once more
    /// who he is: the program will read all he may read.
    /// - Parameter jwks: its public key as a JSON Web Key Set (RFC 7517).
    /// - Returns: the client, whose identifier the program needs.
    /// - Throws: `PracticeClientRefusal`, and `FactorRefusal.stepUp`.
    public func registerPracticeClient(_ name: String, jwks: String, by holder: Holder) async throws
        -> PracticeClient
    {
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...80).contains(name.utf8.count), name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw PracticeClientRefusal.name
        }
        let keys = try PublicKeys.checked(jwks)
        let now = clock.now()
        let client = Client(
            id: Client.ID(rawValue: "soft-\(RandomText.identifier())"), name: name, jwks: keys,
            scopes: PracticeClient.scopes)
        return try await database.write { [keyring] transaction in
            try transaction.confirmFresh(holder, at: now)
            guard holder.role == .practitioner, let account = try transaction.account(holder.accountID) else {
                throw PracticeClientRefusal.noProfessional
            }
            guard try transaction.countPracticeClients(of: holder.accountID) < PracticeClient.limit else {
                throw PracticeClientRefusal.tooMany
            }
            try transaction.save(client, at: now)
            try transaction.bind(client.id, to: holder.accountID, by: "holder", at: now)
            try transaction.notify(account, .softwareAdded, keyring, at: now)
            try transaction.record(
                AuditEntry(
                    .clientRegistered, object: .client(client.id),
                    detail: "recipient=\(holder.accountID.rawValue)"), by: .person(holder), at: now)
            return PracticeClient(
                id: client.id, name: name, accountID: holder.accountID, createdAt: now, revokedAt: nil)
        }
    }

    /// Registers a program for a professional, by the operator.
    /// - Throws: `PracticeClientRefusal`.
    public func registerPracticeClient(_ id: Client.ID, _ name: String, jwks: String, for account: Account.ID)
        async throws
    {
        let keys = try PublicKeys.checked(jwks)
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            guard let professional = try transaction.account(account), professional.role == .practitioner,
                professional.state == .active
            else { throw PracticeClientRefusal.noProfessional }
            guard try transaction.isFree(id) else { throw PracticeClientRefusal.taken }
            try transaction.save(
                Client(id: id, name: name, jwks: keys, scopes: PracticeClient.scopes), at: now)
            try transaction.bind(id, to: account, by: "operator", at: now)
            try transaction.record(
                AuditEntry(
                    .clientRegistered, object: .client(id), detail: "recipient=\(account.rawValue)"),
                by: actor, at: now)
        }
    }

    /// Ends a program at once, by the operator.
    /// - Throws: `PracticeClientRefusal.notFound`.
    public func endPracticeClient(_ id: Client.ID) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            guard let client = try transaction.practiceClient(id),
                try transaction.endPracticeClient(id, of: client.accountID, at: now)
            else { throw PracticeClientRefusal.notFound }
            try transaction.record(
                AuditEntry(.clientRegistered, object: .client(id), detail: "ended"), by: actor, at: now)
        }
    }

    /// The programs of a professional, also those that he ended.
    public func practiceClients(of holder: Holder) async throws -> [PracticeClient] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return try transaction.practiceClients(of: holder.accountID, limit: 50)
        }
    }

    /// Ends a program at once: its tokens open nothing any more.
    /// - Throws: `PracticeClientRefusal.notFound`.
    public func endPracticeClient(_ id: Client.ID, by holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            guard try transaction.endPracticeClient(id, of: holder.accountID, at: now) else {
                throw PracticeClientRefusal.notFound
            }
            try transaction.record(
                AuditEntry(.clientRegistered, object: .client(id), detail: "ended"), by: .person(holder),
                at: now)
        }
    }
}

/// Public keys as their holders hand them in.
enum PublicKeys {
    /// A set of keys that are strong enough, in our own spelling.
    /// - Parameter text: a JSON Web Key Set, or one public key as PEM.
    /// - Throws: `PracticeClientRefusal.key`.
    static func checked(_ text: String) throws -> String {
        guard text.utf8.count <= 16 << 10 else { throw PracticeClientRefusal.key }
        if text.contains("-----BEGIN") {
            guard !text.contains("PRIVATE"),
                let key = try? P384.Signing.PublicKey(
                    pemRepresentation: text.trimmingCharacters(in: .whitespacesAndNewlines))
            else { throw PracticeClientRefusal.key }
            return try encoded([ellipticKey(kid: "1", key)])
        }
        guard let set = try? JSONDecoder().decode(KeySet.self, from: Data(text.utf8)),
            (1...5).contains(set.keys.count), Set(set.keys.compactMap(\.kid)).count == set.keys.count
        else { throw PracticeClientRefusal.key }
        return try encoded(set.keys.map { try $0.checked() })
    }

    private static func encoded(_ keys: [Key]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(KeySet(keys: keys)), as: UTF8.self)
    }

    private static func ellipticKey(kid: String, _ key: P384.Signing.PublicKey) -> Key {
        let bytes = Array(key.x963Representation.dropFirst())
        return Key(
            kty: "EC", kid: kid, alg: "ES384", use: "sig", crv: "P-384", x: base64URL(bytes.prefix(48)),
            y: base64URL(bytes.suffix(48)))
    }

    private struct KeySet: Codable { var keys: [Key] }

    /// Only the public members: a private key that was handed in by mistake is refused.
    private struct Key: Codable {
        var kty: String
        var kid: String?
        var alg: String?
        var use: String?
        var crv: String?
        var x: String?
        var y: String?
        var n: String?
        var e: String?
        var d: String?

        func checked() throws -> Key {
            guard d == nil, let kid, (1...100).contains(kid.utf8.count) else {
                throw PracticeClientRefusal.key
            }
            if kty == "EC", crv == "P-384", let x = bytes(x), let y = bytes(y), x.count == 48, y.count == 48,
                let key = try? P384.Signing.PublicKey(x963Representation: [4] + x + y)
            {
                return PublicKeys.ellipticKey(kid: kid, key)
            }
            guard kty == "RSA", let n = bytes(n), (256...1024).contains(n.count), n.first != 0,
                let e = bytes(e), (1...4).contains(e.count)
            else { throw PracticeClientRefusal.key }
            return Key(
                kty: "RSA", kid: kid, alg: "RS384", use: "sig", n: base64URL(n), e: base64URL(e))
        }

        private func bytes(_ text: String?) -> [UInt8]? {
            guard let text, text.utf8.count <= 2048 else { return nil }
            let standard = text.replacing("-", with: "+").replacing("_", with: "/")
            let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
            return Data(base64Encoded: standard + padding).map { Array($0) }
        }
    }

    private static func base64URL(_ bytes: some DataProtocol) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}
