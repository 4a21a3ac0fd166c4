import Foundation
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

    @Test func `No form that is kept over the end of a session asks for a password or a code`() {
        let kept = PortalSite.routes.filter(\.isKept)
        var seen: Set<String> = []
        for page in SamplePages.all {
            let forms = String(decoding: page.html, as: UTF8.self).components(separatedBy: "<form")
                .dropFirst()
            for form in forms {
                let markup = form.components(separatedBy: "</form>")[0]
                // a button may send it elsewhere
                let actions = markup.components(separatedBy: "action=\"").dropFirst().map {
                    String($0.prefix { $0 != "\"" })
                }
                for action in actions {
                    guard let route = kept.first(where: { $0.matches(action) }) else { continue }
                    seen.insert(route.path)
                    for secret in ["type=\"password\"", "one-time-code", "name=\"code\""] {
                        #expect(!markup.contains(secret), "\(page.name): \(action)")
                    }
                    #expect(route.formPage(of: action) != nil, "\(action) leads back to no page")
                }
            }
        }
        #expect(Set(kept.map(\.path)).subtracting(seen) == [], "no sample page has these forms")
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
