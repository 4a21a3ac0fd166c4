import HTTPTypes
import Testing

@testable import Portal

/// No dead link, no dead button: whatever a page leads to stands in the table of contents of the site.
@Suite struct RouteLinkTests {
    @Test func `Every link and every form of every page leads to a route`() {
        for page in SamplePages.all {
            let markup = PageMarkup(page.html)
            for link in markup.all("a") {
                guard let address = link["href"], address.hasPrefix("/") else { continue }
                #expect(isRoute(address, .get), "\(page.name): \(address)")
            }
            for image in markup.all("img") { #expect(isRoute(image["src"] ?? "", .get), "\(page.name)") }
            for form in markup.all("form") {
                let method: HTTPRequest.Method = form["method"] == "post" ? .post : .get
                #expect(isRoute(form["action"] ?? "", method), "\(page.name): \(form["action"] ?? "")")
            }
        }
    }

    /// `/demo/…` belongs to the demo, which adds its own routes.
    private func isRoute(_ address: String, _ method: HTTPRequest.Method) -> Bool {
        let path = address.prefix { $0 != "?" && $0 != "#" }
        if path.hasPrefix("/demo/") { return true }
        let parts = path.split(separator: "/")
        return PortalSite.routes.contains { route in
            let wanted = route.path.split(separator: "/")
            return route.method == method && wanted.count == parts.count
                && zip(wanted, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
        }
    }
}
