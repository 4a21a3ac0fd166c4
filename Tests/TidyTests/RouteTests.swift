import Testing

/// No address of the site is without a page that leads there, and none without a test.
@Suite struct RouteTests {
    private static func routes() throws -> [(method: String, path: String)] {
        let table = try ["Routes", "DeskRoutes", "ServiceDeskRoutes"].map {
            try SourceTree.text("Sources/Portal/\($0).swift")
        }.joined()
        let pattern = #"\.((?:get|head|post)\(\s*"[^"]+")"#
        return try SourceTree.matches(pattern, in: table).map { line in
            let parts = line.split(separator: "\"").map(String.init)
            return (String(parts[0].prefix { $0 != "(" }), parts[1])
        }
    }

    @Test func `Every route that changes something is the form of a page or has a test of its own`() throws {
        let routes = try Self.routes()
        #expect(routes.count > 25)
        let pages = try SourceTree.files("Sources/Portal", ".swift").filter {
            !$0.name.hasSuffix("Routes.swift")
        }
        .map(\.text).joined()
        // one form, whose address is that of the provider
        let led = ["hin", "oidc", "acces"].map { "/connexion/\($0)/compte" }
        for route in routes where route.method == "post" && !led.contains(route.path) {
            let fixed = route.path.prefix { $0 != ":" }
            let form = fixed.hasSuffix("/") ? String(fixed.dropLast()) : String(fixed)
            let isLed = ["action", "formAction"].contains { pages.contains(".\($0)(Path(\"\(form)\"") }
            #expect(isLed, "no form leads to \(route.path)")
        }
    }

    @Test func `Every page that is read stands in a test`() throws {
        var tests = ""
        for (folder, suffix) in [
            ("Tests/PortalTests", ".swift"), ("Tests/JourneyTests", ".swift"), ("Tests/browser", ".py"),
            ("Tests/serve", ".py"),
        ] { tests += try SourceTree.files(folder, suffix).map(\.text).joined() }
        for route in try Self.routes() where route.method != "head" {
            // the last fixed word of the address: «imprimer» of «/documents/:id/imprimer»
            let words = route.path.split(separator: "/").filter { !$0.hasPrefix(":") }
            guard let word = words.last else { continue }
            #expect(tests.contains("/\(word)") || tests.contains("\"\(word)"), "\(route.path) is in no test")
        }
    }
}
