import Access
import Demo
import Dispatches
import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import TestSupport
import Testing

/// What the portal refuses leaves its event: forged forms, others' sessions, speculative loading, ranges that do
/// not exist (S12).
@Suite struct RefusedJourneyTests {
    private func newest(_ portal: TestPortal) async throws -> String? {
        try await portal.texts(
            "told",
            """
            SELECT event || ' ' || outcome || ' ' || COALESCE(rule, '') || ' ' || actor_kind AS told
            FROM audit_event ORDER BY id DESC LIMIT 1
            """
        ).first
    }

    @Test(arguments: [
        ("/deconnexion", "signedOut"), ("/profil/securite/mot-de-passe", "passwordChanged"),
        ("/profil/securite/sessions/terminer-autres", "sessionEnded"),
        ("/profil/securite/sessions/0123456789abcdef0123456789abcdef/terminer", "sessionEnded"),
        ("/apparence", "profileChanged"), ("/profil", "profileChanged"),
    ])
    func `A form without its token, and one from another site, are events of the one they were made for`(
        _ address: String, _ event: String
    ) async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            let before = try await portal.rows("audit_event")
            try await favre.submit(address, ["_jeton": "0"])
            #expect(favre.status == .forbidden)
            #expect(try await newest(portal) == "\(event) refused form.forged account")
            #expect(try await portal.rows("audit_event") == before + 1, "once, not twice")

            portal.time.advance(minutes: 1)
            let session = try #require(favre.cookie("__Host-session"))
            let answer = try await client.execute(
                uri: address, method: .post,
                headers: [
                    .contentType: "application/x-www-form-urlencoded", .init("Sec-Fetch-Site")!: "cross-site",
                    .cookie: "__Host-session=\(session)",
                ], body: ByteBuffer(string: "_jeton=0"))
            #expect(answer.status == .forbidden)
            #expect(try await newest(portal) == "\(event) refused form.forged account")
            #expect(try await portal.rows("audit_event") == before + 2)
        }
    }

    @Test func `A forged sign-in of a stranger is an event, and a thousand are not a thousand`() async throws
    {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let before = try await portal.rows("audit_event")
            for _ in 0..<100 {
                let answer = try await client.execute(
                    uri: "/connexion", method: .post,
                    headers: [
                        .contentType: "application/x-www-form-urlencoded",
                        .init("Sec-Fetch-Site")!: "cross-site",
                    ], body: ByteBuffer(string: "email=x&password=y"))
                #expect(answer.status == .forbidden)
            }
            #expect(try await newest(portal) == "signInPassword refused form.forged anonymous")
            #expect(try await portal.rows("audit_event") == before + 1)
        }
    }

    @Test func `Ending another's session is refused, and both know`() async throws {
        let portal = try await TestPortal.inhabited()
        let victim = try await portal.signIn(DemoPeople.jeanneret)
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            try await favre.submit("/profil/securite/sessions/\(victim.sessionID.rawValue)/terminer", [:])
            #expect(favre.status == .notFound)
        }
        #expect(try await portal.access.isAlive(victim))
        #expect(try await newest(portal) == "sessionEnded refused session.notFound account")
        #expect(try await portal.rows("audit_event WHERE object_id = \(victim.sessionID)") >= 1)
    }

    @Test func `A document loaded on speculation is not read, and the attempt is an event`() async throws {
        let portal = try await TestPortal.inhabited()
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.1"), try await portal.recordSystem()
        ).document.id
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            for (path, event) in [
                ("", "documentOpened"), ("/imprimer", "documentPrinted"), ("/fichier", "documentDownloaded"),
            ] {
                try await favre.open(
                    "/documents/\(id.rawValue)\(path)", headers: [.init("Sec-Purpose")!: "prefetch"])
                #expect(favre.status == .forbidden)
                #expect(try await newest(portal) == "\(event) refused page.prefetch account")
            }
        }
        #expect(try await portal.rows("document_reader WHERE opened_at IS NULL") == 1)
    }

    @Test func `A range that does not exist is no download`() async throws {
        let portal = try await TestPortal.inhabited()
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.1"), try await portal.recordSystem()
        ).document.id
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            try await favre.open("/documents/\(id.rawValue)/fichier", headers: [.range: "bytes=99999999-"])
            #expect(favre.status == .rangeNotSatisfiable)
            #expect(favre.headers[.contentRange]?.hasPrefix("bytes */") == true)
            #expect(try await newest(portal) == "documentDownloaded refused document.range account")
            #expect(
                try await portal.rows(
                    "document_reader WHERE opened_at IS NOT NULL OR downloaded_at IS NOT NULL") == 0)
            try await favre.open("/documents/\(id.rawValue)/fichier", headers: [.range: "bytes=0-9"])
            #expect(favre.status == .partialContent && favre.bytes == Array(Letter.pdf().prefix(10)))
            #expect(try await newest(portal) == "documentDownloaded success  account")
            #expect(try await portal.rows("document_reader WHERE downloaded_at IS NOT NULL") == 1)
        }
    }

    @Test func `A patient of others is refused as a patient, not as a document`() async throws {
        let portal = try await TestPortal.inhabited()
        let id = String(repeating: "ab", count: 16)
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            try await favre.open("/patients/\(id)")
            #expect(favre.status == .notFound)
        }
        #expect(
            try await portal.rows("audit_event WHERE object_kind = 'patient' AND object_id = \(id)") == 1)
    }
}
