import Access
import Demo
import Directory
import Dispatches
import Documents
import HTTPTypes
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// The button for what reached nobody, on the page of the sending.
@Suite struct SendAgainPagesTests {
    @Test func `What failed is sent again from its page, which says what stands in the way`() async throws {
        // Given a letter that did not leave for Dre Favre's mailbox: her account was suspended
        let portal = try await TestPortal.inhabited()
        let favre = try await portal.holder(DemoPeople.favre)
        var form = PreferencesForm(try await portal.directory.profile(favre))
        (form.deliveryMode, form.documentEmail) = ("securedMail", "claire.favre@hin.example")
        try await portal.directory.savePreferences(form, favre)
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.81"), portal.recordSystem()
        ).document.id
        try await portal.tamper("UPDATE account SET state = 'suspended' WHERE id = \(favre.accountID)")
        try await portal.deliver()
        let sending = "/service/envois/\(id.rawValue)"
        let recipient = ["destinataire": favre.accountID.rawValue]
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: sending)
            #expect(chappuis.page.contains("Échec") && chappuis.page.contains("Renvoyer"))
            // When she sends it again before the account is back
            try await chappuis.submit("\(sending)/renvoyer", recipient)
            #expect(chappuis.status == .conflict && chappuis.page.contains("ne reçoit pas de documents"))
            // And once it is
            try await portal.tamper("UPDATE account SET state = 'active' WHERE id = \(favre.accountID)")
            try await chappuis.submit("\(sending)/renvoyer", recipient)
            // Then it is on its way, and not twice
            #expect(chappuis.page.contains("Document renvoyé.") && chappuis.page.contains("En attente"))
            #expect(!chappuis.page.contains("Renvoyer"))
            try await chappuis.submit("\(sending)/renvoyer", recipient)
            #expect(chappuis.status == .conflict && chappuis.page.contains("déjà parti"))
            try await portal.deliver()
            try await chappuis.open(sending)
            #expect(chappuis.page.contains("Envoyé par e-mail"))
            // And to nobody else
            let jeanneret = try await portal.account("7601999000014").rawValue
            try await chappuis.submit("\(sending)/renvoyer", ["destinataire": jeanneret])
            #expect(chappuis.status == .notFound)
        }
        #expect(portal.messages.filed(to: "claire.favre@hin.example").count == 1)
    }
}
