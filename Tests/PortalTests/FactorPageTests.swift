import Access
import HTML
import Testing

@testable import Portal

@Suite struct FactorPageTests {
    @Test func `A code for the app is square, has its three corners, and fits the page`() {
        let rows = QRCode.modules(
            of: "otpauth://totp/Mon%20Espace%20Pro:claire?secret=GEZDGNBVGY3TQOJQ&issuer=Mon%20Espace%20Pro")
        #expect(rows.count >= 29 && rows.allSatisfy { $0.count == rows.count })
        let corner = [true, true, true, true, true, true, true]
        let end = rows.count - 7
        #expect(Array(rows[0][..<7]) == corner && Array(rows[0][end...]) == corner)
        #expect(Array(rows[rows.count - 1][..<7]) == corner && Array(rows[6][..<7]) == corner)
        #expect(!rows[1][1] && rows[2][2] && !rows[7][0])
    }

    @Test func `What is too long or nothing is not drawn`() {
        #expect(QRCode.modules(of: "").isEmpty)
        #expect(QRCode.modules(of: String(repeating: "x", count: 1001)).isEmpty)
        #expect(QRCode.drawing(of: "", label: "x").isEmpty)
    }

    @Test(arguments: [
        ("079 123 45 67", "+41791234567"), ("+41 79 123 45 67", "+41791234567"),
        ("0041 79 123 45 67", "+41791234567"), ("0791234567", "+41791234567"),
        ("+33 6 12 34 56 78", "+33612345678"),
    ])
    func `Numbers are taken as people write them`(_ typed: String, _ number: String) {
        #expect(MobileField.e164(typed) == number)
    }

    @Test(arguments: [
        "", "079-123-45-67", "079.123.45.67", "791234567", "++41791234567", "079 123 45 6a", "0",
        "079+1234567",
    ])
    func `Hyphens, points and rubbish are not`(_ typed: String) { #expect(MobileField.e164(typed) == nil) }

    @Test func `Without scripts nothing pretends to work: key forms are hidden, and a sentence says why`() {
        var page = SignInPage(shell: SamplePages.visitor, formToken: "jeton")
        page.passkeyOptions = "{\"challenge\":\"a\"}"
        let markup = PageMarkup(page.html)
        let form = markup.all("form").first { $0["action"] == "/connexion/cle" }
        #expect(form?["hidden"] == "" && form?["data-boot"] == "passkey")
        #expect(markup.all("noscript").count == 1)
        #expect(form?["data-options"] == "{&quot;challenge&quot;:&quot;a&quot;}")
    }

    @Test func `The field of a recovery code takes letters, the others digits`() {
        func field(_ page: CodePage) -> PageMarkup.Tag? {
            PageMarkup(page.html).all("input").first { $0["name"] == "code" }
        }
        let recovery = CodePage(
            shell: SamplePages.visitor, formToken: "jeton", factor: .recoveryCode, maskedTarget: "")
        #expect(field(recovery)?["inputmode"] == "text" && field(recovery)?["data-boot"] == nil)
        let app = CodePage(
            shell: SamplePages.visitor, formToken: "jeton", factor: .authenticator, maskedTarget: "")
        #expect(field(app)?["inputmode"] == "numeric" && field(app)?["data-boot"] == "code")
    }
}
