import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Portal
import TestSupport
import Testing

/// Lines of the log can be followed from the sender's own.
@Suite struct TraceTests {
    @Test(arguments: [
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("00-Claire Favre-00f067aa0ba902b7-01", "none"), ("", "none"),
    ])
    func `A request's trace number is in its log lines, and nothing else that it sends`(
        _ header: String, _ expected: String
    ) async throws {
        let portal = try await TestPortal()
        let router = Router(context: PortalContext.self)
        portal.site.addMiddleware(to: router)
        router.get("trace") { _, context in context.logger[metadataKey: "trace"]?.description ?? "none" }
        try await Application(router: router).test(.router) { client in
            try await client.execute(
                uri: "/trace", method: .get, headers: [HTTPField.Name("traceparent")!: header]
            ) { #expect(String(buffer: $0.body) == expected) }
        }
    }
}
