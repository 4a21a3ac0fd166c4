import Foundation
import HTML
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Portal

/// Answers in gzip, also where a part of them was compressed before.
@Suite struct GzipStreamTests {
    /// What `gzip` makes of it; it checks the sum and the length, and says nothing of what is damaged.
    private func unpacked(_ packed: ByteBuffer) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "answer-\(UUID()).gz")
        try Data(packed.readableBytesView).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/bin/gzip")
        gzip.arguments = ["-dc", file.path(percentEncoded: false)]
        let output = Pipe()
        gzip.standardOutput = output
        try gzip.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        gzip.waitUntilExit()
        #expect(gzip.terminationStatus == 0)
        return String(decoding: text, as: UTF8.self)
    }

    @Test(arguments: [0, 1, 40, 100_000])
    func `A packed part can be set in anywhere, more than once`(_ length: Int) throws {
        let text = (0..<length).map { "é\($0 * 7_919 % 1_000)" }.joined()
        let part = GzipStream.pack(ByteBuffer(string: text), level: 6)
        let stream = GzipStream(level: 4)
        var packed = stream.write(ByteBuffer(string: "head \(text)"))
        packed.writeImmutableBuffer(stream.write([part]))
        packed.writeImmutableBuffer(stream.write(ByteBuffer(string: "between")))
        packed.writeImmutableBuffer(stream.write([part]))
        packed.writeImmutableBuffer(stream.write(ByteBuffer(string: "tail between")))
        packed.writeImmutableBuffer(stream.finish())
        #expect(try unpacked(packed) == "head \(text)\(text)between\(text)tail between")
    }

    @Test func `Nothing at all is an answer too`() throws {
        #expect(try unpacked(GzipStream(level: 4).finish()).isEmpty)
    }

    @Test func `Packed and stored parts are an answer without anything else`() throws {
        let stream = GzipStream(level: 4)
        let part = GzipStream.pack(ByteBuffer(string: String(repeating: "Lettre ", count: 900)), level: 6)
        let chance = GzipStream.store(ByteBuffer(string: "9f3a"))
        var packed = stream.write([part, chance, part])
        packed.writeImmutableBuffer(stream.finish())
        let text = String(repeating: "Lettre ", count: 900)
        #expect(try unpacked(packed) == text + "9f3a" + text)
    }

    @Test func `A page with a drawn part is the same plain and compressed`() async throws {
        let part = DrawnPart(p { String(repeating: "Lettre de sortie · ", count: 200) })
        let page = Node.document(language: "fr", head: Node(), body: Node.gap)
        let router = Router(context: PortalContext.self)
        router.add(middleware: GzipMiddleware())
        router.get("page") { _, _ in Response(html: page, filledWith: part) }
        try await Application(router: router).test(.router) { client in
            let plain = try await client.execute(uri: "/page", method: .get) { $0.body }
            #expect(String(buffer: plain).hasPrefix("<!doctype html>\n<html lang=\"fr\"><p>Lettre"))
            #expect(String(buffer: plain).hasSuffix("</p></html>"))
            let packed = try await client.execute(
                uri: "/page", method: .get, headers: [.acceptEncoding: "gzip"]
            ) { answer in
                #expect(answer.headers[.contentEncoding] == "gzip")
                return answer.body
            }
            #expect(try unpacked(packed) == String(buffer: plain))
        }
    }

    /// Wherever the tokens stand: apart, side by side, at both ends, and beside what begins like one.
    @Test(arguments: [
        ["<form>", "</form>", "</form>"], ["", "", ""], ["a", "aa<p>", ""], ["<form>", "", "</form>"],
    ]) func `A page that was drawn before differs in nothing but its tokens`(_ around: [String]) async throws
    {
        @Sendable func page(_ token: String, _ gap: [UInt8]) -> [UInt8] {
            [UInt8]((around[0] + token + around[1]).utf8) + gap + [UInt8]((token + around[2]).utf8)
        }
        let drawn = DrawnPage(
            page("baaaab", [Node.gapByte]), filledWith: DrawnPart(p { "Lettre" }), cutAt: "baaaab")
        let router = Router(context: PortalContext.self)
        router.add(middleware: GzipMiddleware())
        router.get("page") { request, _ in Response(drawn, formToken: "cccccc", to: request) }
        try await Application(router: router).test(.router) { client in
            let plain = try await client.execute(uri: "/page", method: .get) { $0.body }
            #expect(Array(buffer: plain) == page("cccccc", [UInt8]("<p>Lettre</p>".utf8)))
            let packed = try await client.execute(
                uri: "/page", method: .get, headers: [.acceptEncoding: "gzip"]
            ) { $0.body }
            #expect(try unpacked(packed) == String(buffer: plain))
        }
    }
}
