import Foundation
import TestSupport

@testable import Vault

/// OpenStack Swift with its S3 interface, and what is needed to speak to it.
final class S3Server: Sendable {
    static var isWanted: Bool {
        TestServer.isWanted(
            needing: TestServer.python, TestServer.root + "/.venv-s3/bin/swift-proxy-server")
    }
    static let hint = "OpenStack Swift is missing: run scripts/setup-tests.sh"

    /// One for all tests; it ends with this process and takes its folder along.
    static let shared = Result {
        let shared = try S3Server()
        try Data().write(to: URL(filePath: shared.server.folder + "/temporary"))
        return shared
    }

    let server: TestServer

    init() throws { server = try TestServer("s3.sh", ports: 4) }

    /// One bucket, but each test has a prefix of its own.
    static func store(
        port: Int, prefix: String = UUID().uuidString.lowercased(), bucket: String = "letters",
        secret: String = "s3cret", region: String = "eu-central-2", limits: S3Limits = .quick
    ) throws -> S3Store {
        S3Store(
            try S3Address(
                "s3://127.0.0.1:\(port)/\(bucket)/\(prefix)",
                access: S3Access(
                    region: region, accessKey: "portal:app", secretKey: secret, isEncrypted: false)),
            limits: limits)
    }

    /// The same store behind a bad line.
    struct Line {
        let proxy: TestServer
        let store: S3Store

        init(to server: S3Server, limits: S3Limits = .quick) throws {
            proxy = try TestServer("s3_proxy.py", options: [String(server.server.port)])
            store = try S3Server.store(port: proxy.port, limits: limits)
        }

        /// How bad it is from now on, in the words of s3_proxy.py.
        func turn(_ mode: String) throws {
            try mode.write(toFile: proxy.folder + "/mode", atomically: true, encoding: .utf8)
        }

        /// The requests so far, «PUT … busy».
        var requests: [String] { proxy.text(of: "requests").split(separator: "\n").map(String.init) }
    }
}

extension S3Limits {
    /// Pauses and waits of a test; parts as small as S3 allows.
    static let quick = {
        var limits = S3Limits()
        limits.connectSeconds = 2
        limits.stallSeconds = 2
        limits.firstPause = 5
        limits.partBytes = 5 << 20
        return limits
    }()
}

/// Bytes that are the same in each run and different at each place.
func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        for index in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            buffer[index] = UInt8(truncatingIfNeeded: state >> 33)
        }
        filled = count
    }
}

extension BlobStore {
    func put(_ bytes: [UInt8], _ name: String, pieces: Int = 1 << 20) async throws {
        let writer = try await newBlob(name)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            try await writer.write(Array(bytes[start..<min(start + pieces, bytes.count)]))
        }
        try await writer.commit()
    }

    func allNames(olderThan seconds: Int = -60) async throws -> [String] {
        var names: [String] = []
        try await self.names(olderThan: seconds, now: Int(Date().timeIntervalSince1970)) { names += $0 }
        return names.sorted()
    }
}
