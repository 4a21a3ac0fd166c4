import Access
import Delivery
import Demo
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// What did not go out, as the portal team sees it, and how it goes out after all.
@Suite struct TransmissionsJourneyTests {
    /// A notice for Dre Favre that the relay will not take: with her address in its words.
    private func givenUpNotice(_ portal: TestPortal) async throws {
        try await portal.movePeopleIn()
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: "7601099000013")
        let machine = try await portal.recordSystem()
        _ = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1", recipients: ["7601099000013"]), machine)
        let refusing = portal.noticeWorker { mail in
            throw MailFailure.refused(status: 550, "5.7.1 <\(mail.to)> not today")
        }
        while try await refusing.workOnce() {}
    }

    private func notices(_ portal: TestPortal) -> [CapturedMessage] {
        portal.messages.all.filter { $0.to == DemoPeople.favre.account.email && $0.kind == .email }
    }

    @Test func `A relay refuses, the notice is given up, the team sees why and relaunches it`() async throws {
        let portal = try await TestPortal()
        try await givenUpNotice(portal)
        try await portal.application.test(.router) { client in
            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/admin/transmissions?file=email")
            let before = notices(portal).count
            // why, in plain words: without the address, the patient, the document
            #expect(benali.page.contains("Refusé définitivement") && benali.page.contains("550"))
            #expect(benali.page.contains("Avis de nouveaux documents"))
            for secret in [DemoPeople.favre.account.email, "Jaquet", "Lettre de sortie", "not today"] {
                #expect(!benali.page.contains(secret))
            }
            let account = try await portal.account("7601099000013").rawValue
            #expect(benali.page.contains("/admin/comptes/\(account)"))
            let job = try #require(benali.hidden("envoi"))
            try await benali.submit("/admin/transmissions/relancer", ["envoi": job, "file": "email"])
            #expect(benali.page.contains("Relancé.") && benali.page.contains("Aucun échec ici."))
            try await portal.deliver()
            #expect(notices(portal).count == before + 1)
            #expect(try await portal.events().filter { $0 == "transmissionRelaunched" }.count == 1)
            // what was relaunched is not given up any more
            try await benali.submit("/admin/transmissions/relancer", ["envoi": job])
            #expect(benali.status == .conflict && benali.page.contains("n’attend plus d’être relancé"))
        }
    }

    @Test func `A whole queue is relaunched at once, and one whose time is over is not`() async throws {
        let portal = try await TestPortal()
        try await givenUpNotice(portal)
        try await portal.application.test(.router) { client in
            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/admin/transmissions?file=email")
            #expect(benali.page.contains("1 envoi abandonné peut être relancé"))
            try await benali.submit("/admin/transmissions/relancer-tout", ["file": "email"])
            #expect(benali.page.contains("Relancé."))
            #expect(try await portal.rows("outbox WHERE kind = 'notice' AND state = 'waiting'") == 1)

            let refusing = portal.noticeWorker { _ in throw MailFailure.refused(status: 550, "no") }
            while try await refusing.workOnce() {}
            let job = try await benali.open("/admin/transmissions?file=email")
            let id = try #require(benali.hidden("envoi"), "\(job.count)")
            portal.time.advance(days: 4)
            try await portal.access.forgetOld()
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/admin/transmissions?etat=abandonnes")
            #expect(benali.page.contains("Délai passé") && benali.hidden("envoi") == nil)
            try await benali.submit("/admin/transmissions/relancer", ["envoi": id])
            #expect(benali.status == .conflict && benali.page.contains("son délai est passé"))
            try await benali.submit("/admin/transmissions/relancer-tout", ["file": "email"])
            #expect(benali.page.contains("Rien à relancer dans cette file."))
        }
    }

    /// The row of a queue in the table, which stands before the links of the same addresses.
    private func line(_ queue: String, _ page: String) -> String {
        let rows = page.components(separatedBy: "<tr")
        return rows.first { $0.contains("/admin/transmissions?file=\(queue)\"") } ?? ""
    }

    @Test func `A queue that this installation does not use says so, until it is switched on`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/admin/transmissions")
            for queue in ["dpi", "dep"] {
                #expect(line(queue, benali.page).contains("Non utilisée"), "\(queue)")
                #expect(!line(queue, benali.page).contains(">0<"), "\(queue)")
            }
            for queue in ["codes", "email", "sms", "hin", "logiciels", "apercus"] {
                #expect(!line(queue, benali.page).contains("Non utilisée"), "\(queue)")
            }
            try await portal.access.switchRecordFeed(true)
            try await benali.open("/admin/transmissions")
            #expect(!line("dpi", benali.page).contains("Non utilisée"))
            #expect(line("dep", benali.page).contains("Non utilisée"))
        }
        // the other one is a setting
        let national = try await TestPortal(waysOut: { $0.feedsNationalRecord = true })
        try await national.movePeopleIn()
        let found = try await national.dispatches.transmissions(
            of: nil, isGivenUp: nil, before: nil, national.holder(DemoPeople.benali))
        #expect(found.figures.filter { !$0.isUsed }.map(\.queue) == [.recordFeed])
    }

    @Test func `Only the portal team sees the queues`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let favre = try await portal.holder(DemoPeople.favre)
        await #expect(throws: AccessRefusal.roleNotAllowed) {
            _ = try await portal.dispatches.transmissions(of: nil, isGivenUp: nil, before: nil, favre)
        }
        await #expect(throws: AccessRefusal.roleNotAllowed) {
            _ = try await portal.dispatches.relaunchAll(of: .email, favre)
        }
    }
}
