import Testing

@testable import Vault

@Suite struct StoreLocationTests {
    static let access = S3Access(region: "eu-central-2", accessKey: "portal:app", secretKey: "s3cret")

    @Test func `A bucket has a host, and may have a port and a prefix`() throws {
        for (text, path, origin) in [
            ("s3://store.hul.example/letters", "/letters/abc", "https://store.hul.example"),
            ("s3://store.hul.example/letters/", "/letters/abc", "https://store.hul.example"),
            (
                "s3://store.hul.example:9000/letters/portal/a", "/letters/portal/a/abc",
                "https://store.hul.example:9000"
            ),
            ("s3://[::1]:9000/letters", "/letters/abc", "https://[::1]:9000"),
        ] {
            guard case .s3(let address) = try StoreLocation(text, access: Self.access) else {
                Issue.record("\(text) is no bucket")
                continue
            }
            #expect(address.path("abc") == path)
            #expect(address.path(nil) == "/letters")
            #expect(address.origin == origin)
        }
    }

    @Test func `Anything without a scheme is a folder`() throws {
        #expect(try StoreLocation("/srv/contents", access: S3Access()) == .folder("/srv/contents"))
    }

    @Test(arguments: [
        "", "https://store.hul.example/letters", "s3:", "s3://", "s3://host", "s3://host/", "s3://host/ab",
        "s3://user:secret@host/letters", "s3://host/letters?region=a", "s3://host/letters#a",
        "s3://host/let%2Fters", "s3://host/letters/../other", "s3://host/letters/é", "s3://host:0/letters",
        "s3://ho st/letters", "s3://host/letters/a b",
    ])
    func `What would have to be escaped or guessed is refused`(_ text: String) {
        #expect(throws: StoreLocation.Invalid.self) { try StoreLocation(text, access: Self.access) }
    }

    @Test func `Keys and region are needed, and TLS but to this machine`() throws {
        for change: (inout S3Access) -> Void in [
            { $0.region = nil }, { $0.accessKey = nil }, { $0.secretKey = nil }, { $0.isEncrypted = false },
            { $0.region = "eu central" }, { $0.secretKey = "a b" },
        ] {
            var access = Self.access
            change(&access)
            #expect(throws: StoreLocation.Invalid.self) {
                try StoreLocation("s3://host/letters", access: access)
            }
        }
        var access = Self.access
        access.isEncrypted = false
        guard case .s3(let address) = try StoreLocation("s3://localhost:8080/letters", access: access) else {
            Issue.record("no bucket")
            return
        }
        #expect(address.origin == "http://localhost:8080")
    }

    @Test func `A query is sorted and escaped as it is signed`() {
        let request = S3Request(
            .get, query: [("prefix", "a/b c"), ("list-type", "2"), ("continuation-token", "x+y=")])
        #expect(request.queryText == "?continuation-token=x%2By%3D&list-type=2&prefix=a%2Fb%20c")
        #expect(S3Request(.post, "a", query: [("uploads", "")]).queryText == "?uploads=")
    }

    @Test(arguments: [
        "bytes 5-4/10", "bytes 0-10/10", "bytes */10", "0-4/10", "bytes 0-4/*", "bytes -1-4/10",
    ])
    func `A range that makes no sense is none`(_ text: String) { #expect(ContentRange(text) == nil) }
}
