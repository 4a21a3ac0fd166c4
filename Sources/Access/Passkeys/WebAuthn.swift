import CFido2
import Crypto

/// Checks passkey answers with libfido2 as a pure verifier; no device is touched. The caller has already checked
/// `type`, `challenge` and `origin` of the client data and, afterwards, the signature counter.
enum WebAuthn {
    struct Failure: Error, Equatable {
        let code: Int32
        let step: String
    }

    /// What the first 37 bytes of authenticator data say.
    struct Flags: Sendable, Equatable {
        let isUserPresent: Bool
        let isUserVerified: Bool
        /// The key may leave its device.
        let isBackupEligible: Bool
        let isBackedUp: Bool
        let hasCredential: Bool
        let signCount: UInt32

        init?(_ data: [UInt8]) {
            guard data.count >= 37 else { return nil }
            let bits = data[32]
            isUserPresent = bits & 0x01 != 0
            isUserVerified = bits & 0x04 != 0
            isBackupEligible = bits & 0x08 != 0
            isBackedUp = bits & 0x10 != 0
            hasCredential = bits & 0x40 != 0
            signCount = data[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
            // backed up without being eligible: no such thing (WebAuthn 6.1.3)
            if isBackedUp && !isBackupEligible { return nil }
        }
    }

    /// An assertion (sign-in).
    /// - Parameter authenticatorData: as the browser sends it; hence the `_raw` function, as the other one expects
    ///   CBOR around it.
    /// - Throws: `Failure`.
    static func verifyAssertion(
        relyingParty: String, clientData: [UInt8], authenticatorData: [UInt8], signature: [UInt8],
        key: PasskeyKey
    ) throws {
        guard (37...1024).contains(authenticatorData.count), (8...80).contains(signature.count) else {
            throw Failure(code: FIDO_ERR_INVALID_ARGUMENT, step: "length")
        }
        _ = library
        var assertion = fido_assert_new()
        defer { fido_assert_free(&assertion) }
        // libfido2 hashes the client data in EdDSA's case as in the other one: by its hash
        let hash = Array(SHA256.hash(data: clientData))
        try check(fido_assert_set_clientdata_hash(assertion, hash, hash.count), "client data")
        try check(fido_assert_set_rp(assertion, relyingParty), "relying party")
        try check(fido_assert_set_count(assertion, 1), "count")
        try check(
            fido_assert_set_authdata_raw(assertion, 0, authenticatorData, authenticatorData.count),
            "authenticator data")
        try check(fido_assert_set_up(assertion, FIDO_OPT_TRUE), "user presence")
        try check(fido_assert_set_uv(assertion, FIDO_OPT_TRUE), "user verification")
        try check(fido_assert_set_sig(assertion, 0, signature, signature.count), "signature")
        switch key.algorithm {
        case .es256:
            var point = es256_pk_new()
            defer { es256_pk_free(&point) }
            try check(es256_pk_from_ptr(point, key.bytes, key.bytes.count), "public key")
            try check(fido_assert_verify(assertion, 0, COSE_ES256, UnsafeRawPointer(point)), "verify")
        case .edDSA:
            var point = eddsa_pk_new()
            defer { eddsa_pk_free(&point) }
            try check(eddsa_pk_from_ptr(point, key.bytes, key.bytes.count), "public key")
            try check(fido_assert_verify(assertion, 0, COSE_EDDSA, UnsafeRawPointer(point)), "verify")
        }
    }

    /// The credential in the authenticator data of a registration. Its attestation is not looked at: we ask for none.
    /// - Throws: `Failure`; for an algorithm that we did not ask for, too.
    static func readRegistration(relyingParty: String, authenticatorData: [UInt8]) throws -> (
        id: [UInt8], key: PasskeyKey
    ) {
        guard (37...4096).contains(authenticatorData.count) else {
            throw Failure(code: FIDO_ERR_INVALID_ARGUMENT, step: "length")
        }
        let party = Array(SHA256.hash(data: Array(relyingParty.utf8)))
        guard authenticatorData.starts(with: party) else {
            throw Failure(code: FIDO_ERR_INVALID_PARAM, step: "relying party")
        }
        _ = library
        do { return try read(.es256, relyingParty, authenticatorData) } catch is Failure {
            return try read(.edDSA, relyingParty, authenticatorData)
        }
    }

    private static func read(
        _ algorithm: PasskeyKey.Algorithm, _ relyingParty: String, _ authenticatorData: [UInt8]
    ) throws -> (id: [UInt8], key: PasskeyKey) {
        var credential = fido_cred_new()
        defer { fido_cred_free(&credential) }
        try check(fido_cred_set_type(credential, Int32(algorithm.rawValue)), "type")
        try check(fido_cred_set_rp(credential, relyingParty, nil), "relying party")
        try check(
            fido_cred_set_authdata_raw(credential, authenticatorData, authenticatorData.count),
            "authenticator data")
        guard let id = fido_cred_id_ptr(credential), let key = fido_cred_pubkey_ptr(credential),
            fido_cred_pubkey_len(credential) == algorithm.keyBytes,
            (16...1023).contains(fido_cred_id_len(credential))
        else { throw Failure(code: FIDO_ERR_INVALID_CREDENTIAL, step: "credential") }
        return (
            Array(UnsafeBufferPointer(start: id, count: fido_cred_id_len(credential))),
            PasskeyKey(
                algorithm: algorithm,
                bytes: Array(UnsafeBufferPointer(start: key, count: algorithm.keyBytes)))
        )
    }

    private static let library: Void = fido_init(0)

    private static func check(_ code: Int32, _ step: String) throws {
        if code != FIDO_OK { throw Failure(code: code, step: step) }
    }
}

/// A public key of a passkey.
struct PasskeyKey: Sendable, Equatable {
    /// COSE numbers of the two that we ask for.
    enum Algorithm: Int, Sendable {
        case es256 = -7
        case edDSA = -8

        /// x · y of the P-256 point, or the Ed25519 key.
        var keyBytes: Int { self == .es256 ? 64 : 32 }
    }
    let algorithm: Algorithm
    let bytes: [UInt8]
}
