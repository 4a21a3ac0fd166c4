import Access
import Demo
import Dispatches
import Documents
import Foundation
import HTTPTypes
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// Who saw what: everybody's own log, and a patient's accesses for the hospital's data protection (goal 15).
@Suite struct AccessLogJourneyTests {
    @Test func `A doctor reads who did what in her space, and takes it away`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.91"), portal.recordSystem())
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre])
        try await portal.application.test(.router) { client in
            let rochat = Visitor(client)
            try await rochat.signIn(DemoPeople.rochat, at: portal, to: "/documents")
            try await rochat.open("/documents/\(published.document.id.rawValue)")
            #expect(rochat.status == .ok)

            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/profil/acces")
            #expect(favre.page.contains("Mme Sandra Rochat") && favre.page.contains("Document ouvert"))
            #expect(favre.page.contains("Cardiologie") && !favre.page.contains("Jaquet"), "which, not whose")
            let id = try await portal.id(of: DemoPeople.rochat).rawValue
            try await favre.open("/profil/acces?personne=\(id)&du=20.11.2026&au=20.11.2026")
            #expect(favre.page.contains("Document ouvert") && !favre.page.contains("Connexion avec un code"))
            try await favre.open("/profil/acces?du=21.11.2026")
            #expect(favre.page.contains("Aucun événement"))
            try await favre.open("/profil/acces?du=demain")
            #expect(favre.status == .unprocessableContent)

            try await favre.open("/profil/acces")
            try await favre.submit("/profil/acces/export", ["format": "csv"])
            #expect(favre.headers[.contentDisposition]?.contains("attachment") == true)
            #expect(
                favre.bytes.starts(with: [0xEF, 0xBB, 0xBF]) && favre.page.contains("\"Document ouvert\""))
            try await favre.open("/profil/acces")
            try await favre.submit("/profil/acces/export", ["format": "fhir"])
            #expect(favre.page.contains("\"resourceType\":\"AuditEvent\""))

            // the assistant reads what she did herself, not what the doctor did
            try await rochat.open("/profil/acces")
            #expect(rochat.page.contains("Dre Claire Favre"), "for whom")
            #expect(!rochat.page.contains("Journal des accès emporté"))
        }
        #expect(try await portal.events().filter { $0 == "accessLogExported" }.count == 2)
    }

    @Test func `Looks at the list while one types stand in one row an hour, and each in the table to keep`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            for _ in 0..<60 { try await favre.open("/documents") }
            try await favre.open("/profil/acces")
            #expect(favre.page.contains("61 consultations de la liste, 9"))
            #expect(favre.page.contains("Connexion avec un code"), "they do not push the rest away")
            try await favre.submit("/profil/acces/export", ["format": "csv"])
            #expect(favre.page.components(separatedBy: "Liste de documents consultée").count == 62)
        }
    }

    @Test func `A table that cannot hold all events says so, in its name and in its last row`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let viewer = try await portal.signIn(DemoPeople.favre)
        let now = portal.time.now
        try await portal.database.write { transaction in
            for _ in 0...AccessActions.exportLimit {
                try transaction.record(AuditEntry(.documentSearched), by: .person(viewer), at: now)
            }
        }
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/profil/acces")
            #expect(favre.page.contains("au plus les 10’000 événements"))
            try await favre.submit("/profil/acces/export", ["format": "csv"])
            #expect(favre.headers[.contentDisposition]?.contains("_incomplet.csv") == true)
            #expect(favre.page.contains("Tableau incomplet"))
            portal.time.advance(days: 1)
            let later = Visitor(client)
            try await later.signIn(DemoPeople.favre, at: portal, to: "/profil/acces?du=21.11.2026")
            #expect(later.hidden("du") == "21.11.2026", "the file is of the period that the page shows")
            try await later.submit("/profil/acces/export", ["format": "csv", "du": "21.11.2026"])
            #expect(later.headers[.contentDisposition]?.contains("incomplet") == false)
            #expect(!later.page.contains("Tableau incomplet"))
        }
    }

    @Test func `The accesses of one patient are for data protection alone, by number alone`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.92"), portal.recordSystem())
        let favre = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(published.document.id, for: .reading, favre)
        try await portal.application.test(.router) { client in
            // neither a service nor the portal team
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/dpo/patients")
            #expect(chappuis.status == .forbidden)
            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/dpo/patients")
            #expect(benali.status == .forbidden)

            let vernay = Visitor(client)
            try await vernay.signIn(DemoPeople.vernay, at: portal, to: "/dpo/patients")
            try await vernay.submit("/dpo/patients", ["numero": "000412033"])
            #expect(vernay.address == "/dpo/patients", "no number in an address")
            #expect(vernay.page.contains("Dre Claire Favre") && vernay.page.contains("Document ouvert"))
            #expect(vernay.page.contains("sur désignation"))
            // to whom it went, and what it was
            #expect(vernay.page.contains("pour Dre Claire Favre, GLN 7601099000013"))
            #expect(vernay.page.contains("séjour 2026111207") && vernay.page.contains("urn:oid:1.2.92"))
            #expect(!vernay.page.contains("Jaquet"), "no name, since none was asked for")
            // he is of no service: nothing leads there, and who goes there is told why not
            #expect(vernay.links("/service/").isEmpty && !vernay.links("/dpo/patients").isEmpty)
            try await vernay.open("/service/envois")
            #expect(vernay.status == .forbidden && vernay.page.contains("inscrit les membres"))
            #expect(!vernay.page.contains("Il vous faut ce document"))
            try await vernay.open("/dpo/patients")
            try await vernay.submit("/dpo/patients", ["numero": "000412033"])
            try await vernay.submit("/dpo/patients/export", ["numero": "000412033", "format": "atc"])
            #expect(vernay.page.contains("ATC_DOC_READ") && vernay.page.contains("000412033"))
            try await vernay.open("/dpo/patients")
            try await vernay.submit("/dpo/patients/export", ["numero": "000412033", "format": "csv"])
            #expect(vernay.page.contains("\"Dre Claire Favre\";\"7601099000013\""))
            try await vernay.open("/dpo/patients")
            try await vernay.submit("/dpo/patients", ["numero": "1"])
            #expect(vernay.page.contains("Aucun accès enregistré"))
            // of a period only, on the page and in the file
            try await vernay.submit("/dpo/patients", ["numero": "000412033", "du": "demain"])
            #expect(vernay.status == .unprocessableContent)
            try await vernay.submit("/dpo/patients", ["numero": "000412033", "du": "21.11.2026"])
            #expect(vernay.page.contains("Aucun accès enregistré"))
            try await vernay.submit(
                "/dpo/patients", ["numero": "000412033", "du": "20.11.2026", "au": "20.11.2026"])
            #expect(vernay.page.contains("Document ouvert") && vernay.page.contains("au plus les 20’000"))
            #expect(vernay.hidden("du") == "20.11.2026" && vernay.hidden("au") == "20.11.2026")
            try await vernay.submit(
                "/dpo/patients/export",
                ["numero": "000412033", "du": "20.11.2026", "au": "20.11.2026", "format": "csv"])
            #expect(vernay.page.contains("\"Dre Claire Favre\";\"7601099000013\""))
        }
        let read = try await portal.trail().filter {
            $0.event == "patientAccessesRead" && $0.outcome == "success"
        }
        #expect(read.count == 8 && read.allSatisfy { $0.patientID != nil })
    }

    @Test func `Two people of the team give the duty, and it is taken back at once`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/admin/protection")
            try await benali.submit("/admin/protection", ["email": DemoPeople.chappuis.account.email])
            #expect(benali.page.contains("Attend une seconde personne"))
            let id = try await portal.id(of: DemoPeople.chappuis).rawValue
            // not by the same person
            try await benali.submit("/admin/protection/\(id)/approuver", [:])
            #expect(benali.status == .forbidden)
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/dpo/patients")
            #expect(chappuis.status == .forbidden)
            let perret = Visitor(client)
            try await perret.signIn(DemoPeople.perret, at: portal, to: "/admin/protection")
            try await perret.submit("/admin/protection/\(id)/approuver", [:])
            try await chappuis.open("/dpo/patients")
            #expect(chappuis.status == .ok)
            try await perret.submit("/admin/protection/\(id)/retirer", [:])
            try await chappuis.open("/dpo/patients")
            #expect(chappuis.status == .forbidden)
        }
    }
}
