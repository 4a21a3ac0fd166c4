import Access
import Demo
import Directory
import Dispatches
import HTTPTypes
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// « Message au destinataire », from the form to the document's page.
@Suite struct SendingMessagePageTests {
    private static let words = "Merci de contrôler l’INR vendredi.\r\n\r\nAppelez-moi <vite>."

    /// The last page for Dre Favre, filled in.
    private func lastStep(_ visitor: Visitor) async throws -> [String: String] {
        try await LetterByHand.begin(visitor)
        var choice = LetterByHand.carried(visitor)
        (choice["gln"], choice["vu"]) = ("7601099000013", "1")
        try await visitor.submit("/service/envois/destinataire", choice)
        var fields = LetterByHand.carried(visitor).merging(LetterByHand.consent) { $1 }
        fields["voie-vue"] = visitor.hidden("voie-vue")
        return fields
    }

    @Test func `Written by the service, it is read beside the document`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            var fields = try await lastStep(chappuis)
            #expect(chappuis.page.contains("Message au destinataire (facultatif)"))
            // too long is said at the field, and stays
            fields["message"] = String(repeating: "long ", count: 120)
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(
                chappuis.status == .unprocessableContent && chappuis.page.contains("500 caractères au plus"))
            #expect(chappuis.page.contains("href=\"#message\"") && chappuis.page.contains("long long long"))
            fields["message"] = Self.words
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(chappuis.page.contains("Message au destinataire"))
            #expect(chappuis.page.contains("<p>Merci de contrôler l’INR vendredi.</p>"))
            #expect(!chappuis.address.contains("INR"))
            try await portal.deliver()
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            #expect(!favre.page.contains("INR"), "not in the list")
            try await favre.open(try #require(favre.links("/documents/").first { $0.utf8.count >= 43 }))
            #expect(favre.page.contains("Message du service"))
            #expect(favre.page.contains("<p>Merci de contrôler l’INR vendredi.</p>"))
            #expect(favre.page.contains("Appelez-moi &lt;vite&gt;."))
        }
        #expect(!portal.messages.all.contains { $0.text.contains("INR") })
    }

    @Test func `By secured mail it is not asked for, and the page says why`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            var fields = try await lastStep(chappuis)
            fields["message"] = "Merci de contrôler l’INR vendredi."
            // When the way changes under the words
            let holder = try await portal.holder(DemoPeople.favre)
            var form = PreferencesForm(try await portal.directory.profile(holder))
            form.deliveryMode = "securedMail"
            form.documentEmail = "claire.favre@hin.example"
            try await portal.directory.savePreferences(form, holder)
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            // Then they are shown, with what becomes of them, and no field for others
            #expect(chappuis.page.contains("La voie d’envoi a changé entre-temps"))
            #expect(chappuis.page.contains("Ce message ne sera pas transmis"))
            #expect(chappuis.page.contains("contrôler l’INR") && !chappuis.page.contains("<textarea"))
            fields["voie-vue"] = chappuis.hidden("voie-vue")
            fields["message"] = nil
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(chappuis.address.hasPrefix("/service/envois/") && !chappuis.page.contains("INR"))
        }
        #expect(try await portal.rows("content WHERE number = 1 AND part = 'text'") == 0)
    }
}
