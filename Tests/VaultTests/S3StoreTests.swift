import Foundation
import TestSupport
import Testing

@testable import Vault

/// What goes wrong between us and an S3 store. Real OpenStack Swift; where the line is bad, a proxy makes it so.
@Suite(.timeLimit(.minutes(2)), .enabled(if: S3Server.isWanted, "\(S3Server.hint)"))
struct S3StoreTests {
    let server: S3Server
    let name = BlobName.random()

    init() throws { server = try S3Server.shared.get() }

    @Test func `A wrong secret, region or bucket is said precisely, at once`() async throws {
        let port = server.server.port
        for (store, code) in [
            (try S3Server.store(port: port, secret: "wrong"), "SignatureDoesNotMatch"),
            (try S3Server.store(port: port, region: "us-east-1"), "AuthorizationHeaderMalformed"),
            (try S3Server.store(port: port, bucket: "nowhere"), "NoSuchBucket"),
        ] {
            let refused = S3Failure.refused(code: code)
            #expect(!refused.isTemporary)
            await #expect(throws: refused) { try await store.check() }
            await #expect(throws: refused) { try await store.put([1], name) }
            await #expect(throws: refused) { try await store.put(bytes(6 << 20), name) }
            await #expect(throws: refused) { try await store.open(name) }
            await #expect(throws: refused) { try await store.remove(name) }
            await #expect(throws: refused) { try await store.allNames() }
        }
        try await S3Server.store(port: port).check()
    }

    @Test func `A request whose signature was changed on its way is refused, and not tried again`()
        async throws
    {
        let line = try S3Server.Line(to: server)
        try line.turn("tamper 9")
        await #expect(throws: S3Failure.refused(code: "SignatureDoesNotMatch")) {
            try await line.store.put([1], name)
        }
        #expect(line.requests.count == 1)
    }

    @Test func `A store that has too much to do is asked again, four times in all`() async throws {
        let line = try S3Server.Line(to: server)
        try line.turn("busy 3")
        try await line.store.put([1, 2, 3], name)
        #expect(line.requests.count == 4)
        try line.turn("busy 4")
        let failure = await #expect(throws: S3Failure.self) { try await line.store.open(name) }
        #expect(failure == .unreachable("503 SlowDown") && failure?.isTemporary == true)
        #expect(line.requests.count == 8)
    }

    @Test(arguments: ["cut 1 GET", "lose 1 GET", "busy 2 GET"])
    func `An answer that breaks off is asked for again`(_ mode: String) async throws {
        let line = try S3Server.Line(to: server)
        let content = bytes(2 << 20)
        try await line.store.put(content, name)
        let blob = try #require(try await line.store.open(name))
        try line.turn(mode)
        #expect(try await blob.read(1_500_000..<2_000_000) == Array(content[1_500_000..<2_000_000]))
        try line.turn(mode)
        #expect(try await blob.read((2 << 20) - 1..<2 << 20) == [content[(2 << 20) - 1]])
    }

    @Test(arguments: ["lose 1 PUT", "lose 1 POST", "busy 1 POST", "cut 1 POST"])
    func `A large blob arrives over a bad line`(_ mode: String) async throws {
        let line = try S3Server.Line(to: server)
        let content = bytes(11 << 20)
        let writer = try await line.store.newBlob(name)
        try await writer.write(Array(content[..<(6 << 20)]))
        try line.turn(mode)  // for what comes: parts, or the end
        try await writer.write(Array(content[(6 << 20)...]))
        try await writer.commit()
        #expect(line.requests.contains { $0.hasSuffix(mode.prefix { $0 != " " }) })
        #expect(try await line.store.open(name)?.read(0..<content.count) == content)
    }

    @Test func `A store that hangs is given up in time, as temporary`() async throws {
        var limits = S3Limits.quick
        limits.stallSeconds = 1
        limits.tries = 2
        let line = try S3Server.Line(to: server, limits: limits)
        try line.turn("stall 2")
        let failure = await #expect(throws: S3Failure.self) { try await line.store.open(name) }
        #expect(failure?.isTemporary == true)
        #expect(line.requests.count == 2)
    }

    @Test func `A blob whose checksum comes back wrong is not believed`() async throws {
        let line = try S3Server.Line(to: server)
        try line.turn("corrupt 1 PUT")
        await #expect(throws: S3Failure.checksum) { try await line.store.put([1, 2, 3], name) }
        let sealed = SealedStore(line.store)
        let month = try MonthKey.make(period: "2026-11", keyring: Keyring(root: bytes(32))).key
        try line.turn("corrupt 2 PUT")
        await #expect(throws: S3Failure.checksum) {
            try await sealed.seal(bytes(11 << 20), under: month, context: "letter")
        }
        #expect(try await line.store.allNames() == [name], "what was given up is taken back")
    }

    @Test func `A store that is killed in the middle of a large blob leaves nothing that stays`() async throws
    {
        let own = try S3Server()
        let store = try S3Server.store(port: own.server.port)
        let writer = try await store.newBlob(name)
        try await writer.write(bytes(11 << 20))
        own.server.stop()
        let failure = await #expect(throws: S3Failure.self) {
            try await writer.write(bytes(6 << 20))
            try await writer.commit()
        }
        #expect(failure?.isTemporary == true)
        await writer.abandon()  // cannot: nobody answers
        try own.server.start()
        #expect(try await store.open(name) == nil)
        #expect(try await Self.uploads(store) == 1)
        let now = Int(Date().timeIntervalSince1970)
        try await store.removeUnfinished(olderThan: 3600, now: now)
        #expect(try await Self.uploads(store) == 1, "it may be going on")
        try await store.removeUnfinished(olderThan: -60, now: now)
        #expect(try await Self.uploads(store) == 0)
        try await store.put(bytes(11 << 20), name)
        #expect(try await store.open(name)?.size == 11 << 20)
    }

    @Test func `A store that is not there is temporary too`() async throws {
        let store = try S3Server.store(port: 1)
        let failure = await #expect(throws: S3Failure.self) { try await store.put([1], name) }
        #expect(failure?.isTemporary == true)
    }

    @Test func `Only a store with a certificate of our authority gets anything`() async throws {
        let proxy = try TestServer("s3_proxy.py", options: [String(server.server.port), "tls"])
        func store(_ authority: String?) throws -> S3Store {
            S3Store(
                try S3Address(
                    "s3://localhost:\(proxy.port)/letters/tls",
                    access: S3Access(
                        region: "eu-central-2", accessKey: "portal:app", secretKey: "s3cret",
                        authority: authority)), limits: .quick)
        }
        for wrong in [proxy.foreignAuthority, nil] {
            let failure = await #expect(throws: S3Failure.self) { try await store(wrong).put([1], name) }
            #expect(failure.map { "\($0)" }?.contains("certificate") == true)
        }
        #expect(proxy.text(of: "requests") == "", "nothing was sent")
        let trusted = try store(proxy.authority)
        try await trusted.put([1, 2, 3], name)
        #expect(try await trusted.open(name)?.read(0..<3) == [1, 2, 3])
    }

    @Test func `Objects of others are not listed as ours`() async throws {
        let port = server.server.port
        let store = try S3Server.store(port: port, prefix: "shared")
        try await store.put([1], "backup-2026.tar")
        try await store.put([1], name)
        #expect(try await store.allNames() == [name])
    }

    /// How many multipart uploads are open under the store's prefix.
    static func uploads(_ store: S3Store) async throws -> Int {
        try await store.page(["uploads": ""]).rows("Upload", "Key").count
    }
}
