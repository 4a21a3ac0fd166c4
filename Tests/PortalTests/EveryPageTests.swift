import Testing

@testable import Portal

/// What holds on every page, in every state.
@Suite struct EveryPageTests {
    static let pages = SamplePages.all.map { (name: $0.name, markup: PageMarkup($0.html)) }

    @Test func `No page has inline style, inline script or an event handler`() {
        for page in Self.pages {
            for tag in page.markup.tags {
                #expect(tag.name != "style", "\(page.name)")
                #expect(tag["style"] == nil, "\(page.name)")
                #expect(!tag.attributes.contains { $0.name.hasPrefix("on") }, "\(page.name)")
                if tag.name == "script" { #expect(tag["src"] != nil && tag.inner.isEmpty, "\(page.name)") }
            }
        }
    }

    @Test func `Each page has one main, one h1, a skip link, a title and a language`() {
        for page in Self.pages {
            #expect(page.markup.all("main").count == 1, "\(page.name)")
            #expect(page.markup.all("h1").count == 1, "\(page.name)")
            #expect(page.markup.title.hasSuffix(" – Mon Espace Pro"), "\(page.name): \(page.markup.title)")
            #expect(page.markup.all("html").first?["lang"] == "fr", "\(page.name)")
            if !page.name.hasPrefix("imprimer") {
                #expect(page.markup.all("a").first?["class"] == "skip", "\(page.name)")
            }
        }
    }

    @Test func `No title and no address holds a patient's name or date of birth`() {
        let secrets = SamplePages.patientNames + ["1958", "14.03"]
        for page in Self.pages {
            let addresses = page.markup.tags.flatMap {
                [$0["href"], $0["src"], $0["action"]].compactMap { $0 }
            }
            for secret in secrets {
                #expect(!page.markup.title.contains(secret), "\(page.name)")
                #expect(!addresses.contains { $0.contains(secret) }, "\(page.name) \(secret)")
            }
        }
    }

    @Test func `Titles of pages with an error say so first`() {
        for page in Self.pages where page.name.contains("erreur") || page.name == "connexion-attente" {
            #expect(page.markup.title.hasPrefix("Erreur\u{A0}: "), "\(page.name): \(page.markup.title)")
        }
    }

    @Test func `Identifiers are unique, and what refers to them finds them`() {
        for page in Self.pages {
            let ids = page.markup.tags.compactMap { $0["id"] }
            #expect(Set(ids).count == ids.count, "\(page.name): \(ids)")
            for tag in page.markup.tags {
                var references = [tag["for"], tag["aria-labelledby"], tag["aria-controls"]].compactMap { $0 }
                references += (tag["aria-describedby"] ?? "").split(separator: " ").map(String.init)
                if let address = tag["href"], address.hasPrefix("#") {
                    references.append(String(address.dropFirst()))
                }
                for reference in references {
                    #expect(ids.contains(reference), "\(page.name): #\(reference)")
                }
            }
        }
    }

    @Test func `Every form that writes carries the form token`() {
        for page in Self.pages {
            for form in page.markup.all("form") where form["method"] == "post" {
                #expect(
                    form.inner.contains("name=\"_jeton\" value=\"jeton\""),
                    "\(page.name): \(form["action"] ?? "")")
            }
            for form in page.markup.all("form") where form["method"] == "get" {
                #expect(!form.inner.contains("_jeton"), "\(page.name)")
            }
        }
    }

    @Test func `Every control has a name`() {
        for page in Self.pages {
            for tag in page.markup.all("a", "button", "summary") {
                let pictures = PageMarkup(Array(tag.inner.utf8)).all("img").compactMap { $0["alt"] }.joined()
                let name = tag["aria-label"] ?? PageMarkup.text(tag.inner) + pictures
                #expect(name.contains { $0.isLetter || $0.isNumber }, "\(page.name): \(tag)")
            }
            let labelled = Set(page.markup.all("label").compactMap { $0["for"] })
            for tag in page.markup.all("input", "select") where tag["type"] != "hidden" {
                #expect(labelled.contains(tag["id"] ?? ""), "\(page.name): \(tag["name"] ?? "")")
            }
        }
    }

    @Test func `Images have a text and a size`() {
        for page in Self.pages {
            for image in page.markup.all("img") {
                #expect(image["alt"]?.isEmpty == false && image["width"] != nil && image["height"] != nil)
            }
        }
    }

    @Test func `Texts have no exclamation mark, no forgotten placeholder, no breakable space`() {
        for page in Self.pages where page.name != "document-hostile" {
            let text = page.markup.bodyText
            #expect(!text.contains("!"), "\(page.name)")
            #expect(!text.contains("{"), "\(page.name)")
            for mark in [" ?", " ;", " :", "« ", " »"] {
                #expect(!text.contains(mark), "\(page.name): \(mark)")
            }
        }
    }

    @Test func `Text from outside never becomes markup`() {
        let page = Self.pages.first { $0.name == "document-hostile" }
        #expect(page?.markup.all("script").count == 1)
        #expect(page?.markup.source.contains("&lt;script&gt;alert(1)&lt;/script&gt;") == true)
    }
}
