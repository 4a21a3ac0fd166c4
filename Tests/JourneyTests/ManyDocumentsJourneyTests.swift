import Access
import Delivery
import Demo
import Directory
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// Dre Favre works with several letters at once: one archive, one print job, marks that can be undone.
@Suite struct ManyDocumentsJourneyTests {
    /// Letters for Dre Favre; the browser that signs in for her.
    private func letters(_ count: Int, at portal: TestPortal) async throws -> [String] {
        var ids: [String] = []
        for number in 0..<count {
            portal.time.advance(seconds: 1)
            let published = try await portal.dispatches.publish(
                Letter.command(master: "urn:oid:2.999.9.\(number)", words: "Lettre numero \(number)"),
                portal.recordSystem())
            ids.append(published.document.id.rawValue)
        }
        while try await portal.previews.workOnce() {}
        return ids
    }

    private func read(_ archive: [UInt8], in folder: String) throws -> [String: Data] {
        let file = folder + "/archive.zip"
        try Data(archive).write(to: URL(filePath: file))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        // the checksums are verified while it is read
        let program = """
            import shutil, sys, zipfile
            shutil.rmtree(sys.argv[1] + ".d", ignore_errors=True)
            with zipfile.ZipFile(sys.argv[1]) as z:
                assert z.testzip() is None
                z.extractall(sys.argv[1] + ".d")
            """
        process.arguments = ["python3", "-c", program, file]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        var found: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: file + ".d")
        where name.contains(".") {
            found[name] = FileManager.default.contents(atPath: "\(file).d/\(name)")
        }
        return found
    }

    @Test func `Several letters come in one archive under clear names, each traced`() async throws {
        let portal = try await TestPortal.inhabited()
        let ids = try await letters(3, at: portal)
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            try await favre.submit(
                "/documents/selection", ["action": "zip"],
                boxes: ids + [ids[0], String(repeating: "0", count: 32)])
            #expect(favre.status == .ok && favre.headers[.contentType] == "application/zip")
            #expect(
                favre.headers[.contentDisposition] == "attachment; filename=\"documents-2026-11-20.zip\"")
            let files = try read(favre.bytes, in: portal.folder)
            let names = ids.map { "2026-11-20_Lettre-de-sortie_Cardiologie_\($0.prefix(4)).pdf" }
            let paths = names.map { "patient-01/\($0)" }
            #expect(files.keys.sorted() == (["LISEZ-MOI.txt", "index.csv"] + paths).sorted())
            #expect(files[paths[0]].map(Array.init) == Letter.pdf("Lettre numero 0"))
            #expect(files[paths[2]].map(Array.init) == Letter.pdf("Lettre numero 2"))
            let note = String(decoding: files["LISEZ-MOI.txt"] ?? Data(), as: UTF8.self)
            #expect(note.contains("Chaque dossier") && note.contains("1 document choisi n’est pas"))
            let index = String(decoding: files["index.csv"] ?? Data(), as: UTF8.self).split(separator: "\r\n")
            #expect(index.count == 4)
            #expect(
                index.first
                    == """
                    \u{FEFF}"Fichier";"Date";"Type";"Service";"Titre";"Patient";"Naissance"
                    """)
            #expect(
                index.contains { line in
                    line.hasPrefix("\"\(paths[1])\";\"20.11.2026\";\"Lettre de sortie\";")
                        && line.hasSuffix("\"Jaquet Hélène\";\"14.03.1958\"")
                })
            #expect(
                try await portal.texts(
                    "object_id", "SELECT object_id FROM audit_event WHERE event = 'documentExported'"
                ).sorted() == ids.sorted())
            #expect(try await favre.open("/documents").contains("Tous") && !favre.page.contains("row--new"))
        }
    }

    @Test func `Each patient has a folder, named only as its reader wants it`() async throws {
        let portal = try await TestPortal.inhabited(policy: .assert)
        var ids: [String] = []
        // two who bear one name and one date of birth, and a second letter of the first
        for (number, patient) in ["000412033", "000412044", "000412033"].enumerated() {
            portal.time.advance(seconds: 1)
            ids.append(
                try await portal.dispatches.publish(
                    Letter.command(master: "urn:oid:2.999.\(number)", patient: patient),
                    portal.recordSystem()
                ).document.id.rawValue)
        }
        try await portal.application.test(.router) { [ids] client in
            let favre = Visitor(client)
            func folders() async throws -> [String] {
                try await favre.open("/documents")
                try await favre.submit("/documents/selection", ["action": "zip"], boxes: ids)
                return try read(favre.bytes, in: portal.folder).keys.filter { $0.contains("/") }
                    .map { String($0.prefix { $0 != "/" }) }.sorted()
            }
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            #expect(try await folders() == ["patient-01", "patient-01", "patient-02"])
            try await favre.open("/documents/\(ids[0])/fichier?telecharger=1")
            #expect(favre.headers[.contentDisposition]?.contains("JAQUET") == false)
            let holder = try await portal.holder(DemoPeople.favre)
            var form = PreferencesForm(try await portal.directory.profile(holder))
            form.namesPatients = true
            try await portal.directory.savePreferences(form, holder)
            let name = "JAQUET_Helene_1958-03-14"
            #expect(try await folders() == [name, name, "\(name)_2"])
            try await favre.open("/documents/\(ids[0])/fichier?telecharger=1")
            #expect(
                favre.headers[.contentDisposition]
                    == "attachment; filename=\"\(name)_2026-11-20_Lettre-de-sortie.pdf\"")
            try await favre.open("/documents/\(ids[0])/fichier")
            #expect(favre.headers[.contentDisposition]?.contains("JAQUET") == false, "shown, not taken out")
        }
    }

    @Test func `Nobody exports or prints what is addressed to somebody else`() async throws {
        let portal = try await TestPortal.inhabited()
        let ids = try await letters(1, at: portal)
        try await portal.application.test(.router) { client in
            let other = Visitor(client)
            try await other.signIn(DemoPeople.jeanneret, at: portal, to: "/documents")
            for action in ["zip", "imprimer"] {
                try await other.open("/documents")
                try await other.submit("/documents/selection", ["action": action], boxes: ids)
                #expect(other.status == .notFound)
            }
            try await other.open("/documents")
            try await other.submit("/documents/selection", ["action": "lu"], boxes: ids)
            #expect(try await portal.rows("document_reader WHERE is_unread = TRUE") == 1)
        }
    }

    @Test func `Several letters are one print job`() async throws {
        let portal = try await TestPortal.inhabited()
        let ids = try await letters(2, at: portal)
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            let page = try await favre.submit("/documents/selection", ["action": "imprimer"], boxes: ids)
            for id in ids { #expect(page.contains("/documents/\(id)/pages/1")) }
            #expect(page.contains("Jaquet Hélène") && !page.contains("<title>Jaquet"))
            #expect(try await portal.rows("audit_event WHERE event = 'documentPrinted'") == 2)
        }
    }

    @Test func `All of a page is chosen by one link, and all of a patient comes in one archive`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let ids = try await letters(3, at: portal)
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            let ticked = "form=\"choix\" checked"
            #expect(!favre.page.contains(ticked))
            try await favre.open(try #require(favre.links("/documents?coche=page").first))
            #expect(favre.page.components(separatedBy: ticked).count == 4)
            // and nobody's next list is ticked
            try await favre.open("/documents")
            #expect(!favre.page.contains(ticked))

            try await favre.open(try #require(favre.links("/documents/\(ids[0])").first))
            try await favre.open(try #require(favre.links("/patients/").first))
            #expect(favre.page.contains("Tout télécharger (.zip)"))
            try await favre.submit("/documents/selection", ["action": "zip"], boxes: favre.values("d"))
            #expect(favre.headers[.contentType] == "application/zip")
            #expect(
                try await portal.texts(
                    "object_id", "SELECT object_id FROM audit_event WHERE event = 'documentExported'"
                ).sorted() == ids.sorted())
        }
    }

    @Test func `On the page of a patient several are chosen as in the list`() async throws {
        let portal = try await TestPortal.inhabited()
        let ids = try await letters(3, at: portal)
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/patients")
            let patient = try #require(favre.links("/patients/").first)
            try await favre.open(patient)
            let ticked = "form=\"choix\" checked"
            #expect(favre.page.components(separatedBy: "form=\"choix\"").count == 4)
            #expect(!favre.page.contains(ticked))
            try await favre.open(try #require(favre.links("\(patient)?coche=page").first))
            #expect(favre.page.components(separatedBy: ticked).count == 4)

            // marked, back on this page, and undone from there
            try await favre.submit(
                "/documents/selection", ["action": "lu", "retour": patient], boxes: Array(ids.prefix(2)))
            #expect(favre.address.hasPrefix("\(patient)?fait=lus&choix="))
            #expect(favre.page.components(separatedBy: "row--new").count == 2)
            #expect(favre.page.contains("Annuler") && favre.values("retour").contains(patient))
            try await favre.submit(
                "/documents/selection", ["action": "nonlu", "retour": patient], boxes: Array(ids.prefix(2)))
            #expect(favre.page.components(separatedBy: "row--new").count == 4)

            let page = try await favre.submit(
                "/documents/selection", ["action": "imprimer", "retour": patient], boxes: [ids[0], ids[2]])
            #expect(
                page.contains("/documents/\(ids[0])/pages/1") && page.contains("/documents/\(ids[2])/pages/1")
            )
            #expect(!page.contains("/documents/\(ids[1])/pages/1"))
        }
    }

    @Test func `A mark is set, undone, and says nothing to the hospital`() async throws {
        let portal = try await TestPortal.inhabited()
        let ids = try await letters(2, at: portal)
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents?vue=nonlus")
            try await favre.submit(
                "/documents/selection", ["action": "lu", "retour": "/documents?vue=tous"], boxes: ids)
            #expect(favre.page.contains("Marqué comme lu.") && !favre.page.contains("row--new"))
            #expect(try await portal.rows("document_reader WHERE opened_at IS NULL") == 2)
            #expect(favre.values("d").prefix(2) == ids[...])
            try await favre.submit("/documents/selection", ["action": "nonlu"], boxes: ids)
            #expect(try await portal.rows("document_reader WHERE is_unread = TRUE") == 2)
            try await favre.open("/documents/\(ids[0])")
            #expect(favre.page.contains("Marquer non lu"))
            try await favre.submit("/documents/selection", ["action": "nonlu"], boxes: [ids[0]])
            #expect(favre.page.contains("row--new"))
            #expect(
                try await portal.rows("document_reader WHERE opened_at IS NOT NULL AND is_unread = TRUE") == 1
            )
        }
    }

    @Test func `A delegate takes nothing out of sight`() async throws {
        let portal = try await TestPortal.inhabited()
        let ids = try await letters(1, at: portal)
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre])
        try await portal.application.test(.router) { client in
            let rochat = Visitor(client)
            try await rochat.signIn(DemoPeople.rochat, at: portal, to: "/documents")
            if let principal = rochat.hidden("principal") {
                try await rochat.submit(
                    "/connexion/espace", ["principal": principal, "retour": "/documents"])
            }
            #expect(rochat.page.contains("Pour Dre Claire Favre") && !rochat.page.contains("Non lu</button>"))
            try await rochat.open("/patients")
            try await rochat.open(try #require(rochat.links("/patients/").first))
            #expect(rochat.page.contains("form=\"choix\"") && !rochat.page.contains("Non lu</button>"))
            try await rochat.submit("/documents/selection", ["action": "lu"], boxes: ids)
            #expect(rochat.status == .forbidden)
            #expect(try await portal.rows("document_reader WHERE is_unread = TRUE") == 1)
        }
    }

    @Test func `Nothing chosen, and too much chosen, are said`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            try await favre.submit("/documents/selection", ["action": "zip"], boxes: [])
            #expect(favre.page.contains("Choisissez d’abord des documents"))
            let many = (0..<101).map { String(1000 + $0) }
            try await favre.submit("/documents/selection", ["action": "zip"], boxes: many)
            #expect(favre.status == .unprocessableContent)
            #expect(favre.page.contains("Choisissez au plus 100 documents"))
            try await favre.open("/documents")
            try await favre.submit(
                "/documents/selection", ["action": "imprimer"], boxes: Array(many.prefix(31)))
            #expect(favre.page.contains("Choisissez au plus 30 documents"))
        }
    }
}
