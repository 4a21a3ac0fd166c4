import Access
import Storage
import TestSupport
import Testing

/// What no browser sends.
@Suite struct HostilePasskeyTests {
    @Test func `Every truncation and every flipped byte of an answer opens nothing`() async throws {
        let doctor = try await Doctor(try await TestPortal())
        var key = SoftwareKey(.edDSA)
        _ = try await doctor.enrol(&key)
        let fields = try key.fields(doctor.portal.access.passkeyRequest(binding: Doctor.binding).challenge)
        for name in ["clientData", "authenticatorData", "signature"] {
            let bytes = try #require(Base64URL.decode(fields[name] ?? ""))
            for place in stride(from: 0, to: bytes.count, by: 7) {
                var flipped = bytes
                flipped[place] ^= 1
                for wrong in [flipped, Array(bytes[..<place])] {
                    var changed = fields
                    changed[name] = Base64URL.encode(wrong)
                    let assertion = try #require(
                        PasskeyAssertion(
                            credentialID: changed["id"] ?? "", clientData: changed["clientData"] ?? "",
                            authenticatorData: changed["authenticatorData"] ?? "",
                            signature: changed["signature"] ?? "", handle: changed["handle"] ?? ""))
                    let answer = try await doctor.portal.access.signIn(
                        passkey: assertion, binding: Doctor.binding, origin: Doctor.origin())
                    if case .signedIn = answer { Issue.record("\(name) at \(place)") }
                }
            }
        }
    }

    @Test func `Hostile registrations are refused, and crash nothing`() async throws {
        let doctor = try await Doctor(try await TestPortal())
        let (token, _) = try await doctor.signIn()
        let holder = try await doctor.holder(token)
        let key = SoftwareKey()
        let offer = try await doctor.portal.access.offerPasskey(holder, binding: Doctor.binding)
        let (client, object) = key.registration(offer.request.challenge)
        let bytes = try #require(Base64URL.decode(object))
        var hostile: [[UInt8]] = stride(from: 0, to: bytes.count, by: 3).map { Array(bytes[..<$0]) }
        hostile += [
            [0xBF, 0xFF], [0xA1, 0x63] + Array("fmt".utf8), [0xA8] + [UInt8](repeating: 0x60, count: 9),
            [0xA3] + [UInt8](repeating: 0x81, count: 500), bytes + [0],
            [0xBB] + [UInt8](repeating: 0xFF, count: 8),
            [0xA1, 0x68] + Array("authData".utf8) + [0x5B] + [UInt8](repeating: 0xFF, count: 8),
        ]
        for wrong in hostile {
            let registration = try #require(
                PasskeyRegistration(clientData: client, attestationObject: Base64URL.encode(wrong)))
            await #expect(throws: FactorRefusal.self) {
                _ = try await doctor.portal.access.enrolPasskey(
                    holder, registration, name: "x", binding: Doctor.binding)
            }
        }
        #expect(try await doctor.portal.rows("passkey") == 0)
    }
}
