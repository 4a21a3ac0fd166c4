package import Access
import Crypto
import Foundation

/// A passkey in this process, with a browser around it: makes registrations and assertions byte by byte, so that tests
/// can make wrong ones, too.
package struct SoftwareKey: Sendable {
    package enum Algorithm: Sendable { case es256, edDSA, unknown }

    private let es256 = P256.Signing.PrivateKey()
    private let edDSA = Curve25519.Signing.PrivateKey()
    package let algorithm: Algorithm
    package let id: [UInt8]
    package var party = "portail.hul.example"
    package var origin = "https://portail.hul.example"
    package var isCrossOrigin = false
    /// User present and verified.
    package var flags: UInt8 = 0x05
    /// A counter that stands still is what most platforms have.
    package var count: UInt32 = 0
    /// What it keeps of the account, base64url.
    package var handle = ""
    package var clientDataType: String?

    package init(_ algorithm: Algorithm = .es256) {
        self.algorithm = algorithm
        id = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    }

    /// Whether its owner's other devices have it.
    package mutating func sync() { flags |= 0x18 }

    private func clientData(_ type: String, _ challenge: String) -> [UInt8] {
        Array(
            """
            {"type":"\(clientDataType ?? type)","challenge":"\(challenge)","origin":"\(origin)",\
            "crossOrigin":\(isCrossOrigin)}
            """.utf8)
    }

    private func authenticatorData(_ rest: [UInt8] = [], flags more: UInt8 = 0) -> [UInt8] {
        Array(SHA256.hash(data: Array(party.utf8))) + [flags | more]
            + withUnsafeBytes(of: count.bigEndian) { Array($0) } + rest
    }

    /// The COSE key.
    private var publicKey: [UInt8] {
        switch algorithm {
        case .es256, .unknown:
            let point = Array(es256.publicKey.rawRepresentation)
            let number: [UInt8] = algorithm == .es256 ? [0x26] : [0x38, 0x22]
            return [0xA5, 0x01, 0x02, 0x03] + number + [0x20, 0x01, 0x21, 0x58, 0x20] + point[..<32]
                + [0x22, 0x58, 0x20] + point[32...]
        case .edDSA:
            return [0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20]
                + Array(edDSA.publicKey.rawRepresentation)
        }
    }

    /// Base64url of what a browser posts for a new key.
    package func registration(_ challenge: String) -> (clientData: String, attestationObject: String) {
        let credential = [UInt8](repeating: 0, count: 16) + [0, UInt8(id.count)] + id + publicKey
        let data = authenticatorData(credential, flags: 0x40)
        let object =
            [0xA3, 0x63] + Array("fmt".utf8) + [0x64] + Array("none".utf8) + [0x67] + Array("attStmt".utf8)
            + [0xA0, 0x68] + Array("authData".utf8) + [0x59, UInt8(data.count >> 8), UInt8(data.count & 255)]
            + data
        return (
            Base64URL.encode(clientData("webauthn.create", challenge)), Base64URL.encode(object)
        )
    }

    package func register(_ challenge: String) throws -> PasskeyRegistration {
        let (data, object) = registration(challenge)
        guard let made = PasskeyRegistration(clientData: data, attestationObject: object) else {
            throw TestFailure("not base64url")
        }
        return made
    }

    /// Base64url of what a browser posts for a sign-in, by the names of the form's fields.
    package func fields(_ challenge: String) throws -> [String: String] {
        let client = clientData("webauthn.get", challenge)
        let data = authenticatorData()
        let signed = data + Array(SHA256.hash(data: client))
        let signature: [UInt8] =
            switch algorithm {
            case .es256, .unknown: Array(try es256.signature(for: signed).derRepresentation)
            case .edDSA: Array(try edDSA.signature(for: signed))
            }
        return [
            "id": Base64URL.encode(id), "clientData": Base64URL.encode(client),
            "authenticatorData": Base64URL.encode(data), "signature": Base64URL.encode(signature),
            "handle": handle,
        ]
    }

    package func sign(_ challenge: String) throws -> PasskeyAssertion {
        let fields = try fields(challenge)
        guard
            let made = PasskeyAssertion(
                credentialID: fields["id"] ?? "", clientData: fields["clientData"] ?? "",
                authenticatorData: fields["authenticatorData"] ?? "", signature: fields["signature"] ?? "",
                handle: fields["handle"] ?? "")
        else { throw TestFailure("not base64url") }
        return made
    }
}
