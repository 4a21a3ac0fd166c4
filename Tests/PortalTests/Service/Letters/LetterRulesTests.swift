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

/// What keeps a document from paper: the institution, the profession, the patient.
@Suite struct LetterRulesTests {
    @Test func `Where nobody prints letters, services are offered none and put none in the queue`()
        async throws
    {
        // Given an institution that has not said that it prints letters
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await LetterByHand.giveAddress(portal)
        _ = try await portal.directory.importRegister(.medreg, Array(LetterByHand.register.utf8))
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.73"), portal.recordSystem()
        ).document.id
        let favre = ["destinataire": try await portal.account("7601099000013").rawValue]
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois/\(id.rawValue)")
            #expect(!chappuis.page.contains("Envoyer par courrier"))
            try await chappuis.submit("/service/envois/\(id.rawValue)/courrier", favre)
            #expect(chappuis.status == .conflict && chappuis.page.contains("n’imprime pas de courrier"))
            try await LetterByHand.begin(chappuis)
            #expect(!chappuis.page.contains("Envoyer par courrier"))
            var fields = LetterByHand.carried(chappuis).merging(LetterByHand.consent) { $1 }
            (fields["gln"], fields["voie"], fields["motif"]) = (LetterByHand.stranger, "courrier", "Demandé.")
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(chappuis.status == .unprocessableContent)
            #expect(chappuis.page.contains("n’imprime pas de courrier"))
        }
        #expect(try await portal.rows("post_item") == 0)
        #expect(try await portal.rows("document") == 1, "what the record system sent")
        #expect(try await portal.refusals().filter { $0 == "manual.lettersClosed" }.count == 2)
    }

    @Test func `A type that a profession does not get is kept from its paper, and from that of the unknown`()
        async throws
    {
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        @Sendable func register(_ profession: String) async throws {
            let text = LetterByHand.register.replacing("Physiothérapeute", with: profession)
            _ = try await portal.directory.importRegister(.medreg, Array(text.utf8))
        }
        // Given a hospital that addresses no letters of discharge to physiotherapists
        try await register("PHYSIOTHERAPEUTE")
        try await portal.tamper(
            """
            INSERT INTO profession_rule (profession, may_ask, may_receive, withheld_types)
            VALUES ('physiotherapist', TRUE, TRUE, '373942005')
            """)
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            try await LetterByHand.begin(chappuis)
            var fields = LetterByHand.carried(chappuis).merging(LetterByHand.consent) { $1 }
            (fields["gln"], fields["voie"], fields["motif"]) = (LetterByHand.stranger, "courrier", "Demandé.")
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(chappuis.status == .unprocessableContent)
            #expect(chappuis.page.contains("n’est pas adressé à cette profession"))
            // nor where nobody knows what the register's word means
            try await register("Kinésithérapeute")
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(chappuis.status == .unprocessableContent)
            #expect(chappuis.page.contains("ne reconnaît pas la profession"))
            #expect(try await portal.rows("document") == 0)
            // a profession that gets it is known by our own name
            try await register("Infirmière")
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(chappuis.page.contains("Document mis au courrier"))
        }
        #expect(try await portal.refusals().contains("recipient.withheldType"))
        #expect(try await portal.refusals().contains("manual.professionUnknown"))
    }

    @Test func `A refusal by the patient keeps it from paper, too`() async throws {
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        _ = try await portal.directory.importRegister(.medreg, Array(LetterByHand.register.utf8))
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            try await LetterByHand.begin(chappuis)
            var fields = LetterByHand.carried(chappuis).merging(LetterByHand.consent) { $1 }
            (fields["gln"], fields["voie"], fields["motif"]) = (LetterByHand.stranger, "courrier", "Demandé.")
            try await portal.deny(stay: "2026111207", patient: "000412033")
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(chappuis.status == .unprocessableContent)
        }
        #expect(try await portal.refusals().contains("designation.denied"))
        #expect(try await portal.rows("document") == 0)
    }

    @Test func `Whom the patient refuses afterwards gets no paper, and neither does a closed account`()
        async throws
    {
        // Given a letter that Dre Favre was sent, and her address
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        try await LetterByHand.giveAddress(portal)
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.72"), portal.recordSystem()
        ).document.id
        let favre = try await portal.account("7601099000013")
        let member = try await portal.holder(DemoPeople.chappuis)
        // When her account is blocked
        try await portal.tamper("UPDATE account SET state = 'suspended' WHERE id = \(favre)")
        await #expect(throws: ManualRefusal.addressUnknown) {
            try await portal.dispatches.sendLetter(id, to: favre, member)
        }
        try await portal.tamper("UPDATE account SET state = 'active' WHERE id = \(favre)")
        // or the patient refuses the whole stay
        try await portal.deny(stay: "2026111207", patient: "000412033")
        await #expect(throws: DispatchRefusal.denied) {
            try await portal.dispatches.sendLetter(id, to: favre, member)
        }
        #expect(try await portal.rows("post_item") == 0)
        #expect(try await portal.refusals().contains("designation.denied"))
    }
}
