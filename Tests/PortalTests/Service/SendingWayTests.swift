import Access
import Demo
import Directory
import Dispatches
import HTTPTypes
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// What somebody saw on the last page of a sending is what happens, or the page is shown again.
@Suite struct SendingWayTests {
    private static let favre = "7601099000013"

    /// On the last page, for a designated recipient.
    private func lastStep(_ visitor: Visitor, byPost: Bool = false) async throws -> [String: String] {
        try await LetterByHand.begin(visitor)
        var choice = LetterByHand.carried(visitor)
        (choice["gln"], choice["vu"]) = (Self.favre, "1")
        if byPost { choice["voie"] = "courrier" }
        try await visitor.submit("/service/envois/destinataire", choice)
        return fields(visitor)
    }

    /// The form of the last page, filled in.
    private func fields(_ visitor: Visitor) -> [String: String] {
        var fields = LetterByHand.carried(visitor).merging(LetterByHand.consent) { $1 }
        fields["voie-vue"] = visitor.hidden("voie-vue")
        return fields
    }

    private func wantSecuredMail(_ portal: TestPortal) async throws {
        let holder = try await portal.holder(DemoPeople.favre)
        var form = PreferencesForm(try await portal.directory.profile(holder))
        form.deliveryMode = "securedMail"
        form.documentEmail = "claire.favre@hin.example"
        try await portal.directory.savePreferences(form, holder)
    }

    @Test func `Who chose another way meanwhile gets nothing before it was seen`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            // Given a page that says «by the portal»
            let first = try await lastStep(chappuis)
            #expect(chappuis.page.contains("Étape 3 sur 3") && chappuis.page.contains("Par le portail"))
            // When Dre Favre changes to secured mail
            try await wantSecuredMail(portal)
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: first)
            // Then nothing went, the page says what changed, and what was typed is there
            #expect(chappuis.status == .unprocessableContent && chappuis.page.contains("Étape 3 sur 3"))
            #expect(chappuis.page.contains("La voie d’envoi a changé entre-temps"))
            #expect(chappuis.page.contains("href=\"#voie\"") && chappuis.page.contains("Dr Marc Aebischer"))
            #expect(try await portal.rows("document") == 0)
            // it is said with other mistakes, too
            try await chappuis.upload("/service/envois", Array("PK docx".utf8), fields: first)
            #expect(chappuis.page.contains("Il y a 2 erreurs"))
            // and seen, it goes
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields(chappuis))
            #expect(chappuis.page.contains("Par e-mail sécurisé"))
            #expect(chappuis.address.hasPrefix("/service/envois/"))
            let sending = String(chappuis.address.prefix { $0 != "?" })
            // the first form once more is the same sending, whatever it had seen
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: first)
            #expect(String(chappuis.address.prefix { $0 != "?" }) == sending)
        }
        #expect(try await portal.rows("document") == 1)
        #expect(try await portal.rows("secured_mail") == 1)
        #expect(try await portal.refusals().contains("manual.wayChanged"))
    }

    @Test func `A letter goes to the address that was seen, and to no other`() async throws {
        let portal = try await TestPortal(waysOut: {
            $0.postsByHand = true
            $0.postsWhenUnreachable = true
        })
        try await portal.movePeopleIn()
        try await LetterByHand.giveAddress(portal)
        try await portal.tamper("UPDATE practitioner SET delivery_mode = 'none' WHERE gln = \(Self.favre)")
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            let first = try await lastStep(chappuis, byPost: true)
            #expect(chappuis.page.contains("Rue du Port 7"))
            try await portal.tamper("UPDATE postal_address SET street = 'Rue du Lac 9'")
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: first)
            #expect(chappuis.status == .unprocessableContent)
            #expect(chappuis.page.contains("Rue du Port 7") && chappuis.page.contains("Rue du Lac 9"))
            #expect(try await portal.rows("post_item") == 0)
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields(chappuis))
            #expect(chappuis.page.contains("Document mis au courrier"))
        }
        #expect(try await portal.rows("post_item WHERE address LIKE '%Rue du Lac 9%'") == 1)
    }
}
