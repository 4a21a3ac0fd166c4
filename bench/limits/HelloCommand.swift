import ArgumentParser
import Hummingbird

/// A web server that does nothing but answer: the denominator of the pages and of the downloads. Same library, same
/// build flags, no middleware, no session, no database, no file.
struct HelloCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hello",
        abstract: "Serves a bare greeting at / and 100 KB at /document, until it is stopped.")

    @Option(help: "The port on 127.0.0.1.")
    var port: Int

    func run() async throws {
        let router = Router()
        router.get("/") { _, _ in "Bonjour" }
        let document = ByteBuffer(repeating: 0x20, count: 100_000)
        router.get("/document") { _, _ in document }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil)
        )
        try await application.runService()
    }
}
