import Access
import Testing

@testable import Portal

@Suite struct SignInPageTests {
    private func page(_ change: (inout SignInPage) -> Void) -> PageMarkup {
        var page = SignInPage(shell: SamplePages.visitor, formToken: "jeton")
        change(&page)
        return PageMarkup(page.html)
    }

    @Test func `The form asks for what a password store knows`() {
        let page = page { $0.returnTo = "/documents/8f2c?vue=nonlus" }
        let fields = page.all("input")
        #expect(fields.first { $0["name"] == "email" }?["autocomplete"] == "username")
        #expect(fields.first { $0["name"] == "password" }?["autocomplete"] == "current-password")
        #expect(fields.first { $0["name"] == "retour" }?["value"] == "/documents/8f2c?vue=nonlus")
    }

    @Test func `What was typed comes back, the password never`() {
        let page = page {
            $0.email = "\"><b>"
            $0.problem = .wrongPair
        }
        #expect(page.all("input").first { $0["name"] == "email" }?["value"] == "&quot;&gt;&lt;b&gt;")
        #expect(page.all("input").first { $0["name"] == "password" }?["value"] == nil)
        #expect(page.bodyText.contains("L’adresse e-mail ou le mot de passe ne correspond pas."))
    }

    @Test func `Too many tries say until when`() {
        let page = page { $0.problem = .tooManyTries(until: SamplePages.now) }
        #expect(page.bodyText.contains("Trop d’essais. Réessayez à 09:42."))
    }

    @Test func `Only the demo has people to choose from`() {
        #expect(!page { _ in }.source.contains("Démonstration"))
    }

    @Test func `The code is one field that telephones can fill`() {
        let page = PageMarkup(
            CodePage(
                shell: SamplePages.visitor, formToken: "jeton", factor: .sms,
                maskedTarget: "+41 79 ••• •• 34"
            )
            .html)
        let field = page.all("input").first { $0["name"] == "code" }
        #expect(field?["autocomplete"] == "one-time-code" && field?["inputmode"] == "numeric")
        #expect(field?["value"] == "" && page.bodyText.contains("+41 79 ••• •• 34"))
    }

    @Test func `Wrong codes count down`() {
        #expect(
            CodePage.Problem.wrong(triesLeft: 4).text(for: .sms)
                == "Ce code ne correspond pas. Il vous reste 4 essais.")
        #expect(
            CodePage.Problem.wrong(triesLeft: 1).text(for: .sms)
                == "Ce code ne correspond pas. Il vous reste 1 essai.")
    }

    @Test(arguments: [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox sur Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0",
            "Edge sur Windows"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Version/20.0 Mobile/15E148 Safari/604.1",
            "Safari sur iPhone"
        ),
        ("curl/8.0", "Navigateur inconnu"), ("", "Navigateur inconnu"),
    ])
    func `A browser is named as its owner would`(_ userAgent: String, _ name: String) {
        #expect(DeviceTexts.name(userAgent: userAgent) == name)
    }
}
