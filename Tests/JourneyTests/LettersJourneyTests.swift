import Access
import Demo
import Directory
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

/// The desk of a service with what goes on paper, through its pages.
@Suite struct LettersJourneyTests {
    @Test func `The secretary exports the letters that wait, and cancels one that is not needed`()
        async throws
    {
        // Given Dre Favre, who wants nothing electronically, and a hospital that posts letters then
        let portal = try await TestPortal(waysOut: { $0.postsWhenUnreachable = true })
        try await portal.movePeopleIn()
        let favre = try await portal.holder(DemoPeople.favre)
        var address = AddressForm()
        (address.kind, address.street, address.postalCode) = ("mailing", "Rue du Port 7", "1200")
        (address.city, address.country) = ("Ville du Lac", "CH")
        try await portal.directory.addAddress(address, favre)
        var preferences = PreferencesForm(try await portal.directory.profile(favre))
        (preferences.deliveryMode, preferences.isStopConfirmed) = ("none", true)
        try await portal.directory.savePreferences(preferences, favre)
        let machine = try await portal.recordSystem()
        for number in 1...2 {
            _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.2.\(number)"), machine)
        }
        try await portal.application.test(.router) { client in
            // When the secretary of the cardiology opens the queue
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/courrier")
            #expect(chappuis.page.contains("Rue du Port 7") && chappuis.page.contains("Jaquet"))
            // And cancels one of the two
            let cancelling = chappuis.actions("/annuler").filter { $0.contains("/courrier/") }
            #expect(cancelling.count == 2)
            try await chappuis.submit(try #require(cancelling.first), [:])
            #expect(chappuis.page.contains("Courrier annulé."))
            // Then the page says at once that the other is exported, and where its archive is
            try await chappuis.submit("/service/courrier/export", [:])
            #expect(chappuis.status == .ok && chappuis.page.contains("1 document exporté."))
            #expect(chappuis.page.contains("Aucun document n’attend d’être imprimé."))
            #expect(!chappuis.page.contains("Exporter pour l’impression"))
            let archive = try #require(
                chappuis.page.components(separatedBy: "href=\"").first { $0.contains("/archive\"") })
            let address = String(archive.prefix { $0 != "\"" })
            try await chappuis.open(address)
            #expect(chappuis.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]))
            #expect(chappuis.headers[.contentDisposition]?.contains("Jaquet") == false)
            // And the same can be made again
            try await chappuis.open(address)
            #expect(chappuis.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]))
        }
        let posted = try await portal.events().filter { $0 == "dispatchPosted" }
        #expect(posted.count == 5, "queued twice, exported, its archive fetched twice")
    }
}
