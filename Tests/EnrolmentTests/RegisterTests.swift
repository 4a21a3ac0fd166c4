import Access
import Demo
import Enrolment
import Storage
import TestSupport
import Testing

@testable import Directory

/// What the registers say, imported and compared.
@Suite struct RegisterTests {
    private static let head = "gln;family_name;given_name;profession;licence;street;locality\n"

    private static func file(_ lines: String...) -> [UInt8] {
        Array((head + lines.map { $0 + "\n" }.joined()).utf8)
    }

    @Test
    func `A declaration is laid beside the register: accents, case and further names make no difference`()
        async throws
    {
        let desk = try await Desk()
        _ = try await desk.portal.directory.importRegister(
            .medreg,
            Self.file("7601999000038;AUBERT;Julien Marc;Physiothérapeute;valid;Rue des Tanneurs 21;Lac"))
        let (_, id) = try await desk.request(Applicants.with { $0.familyName = "Aubért" })
        let reviewed = try await desk.enrolment.review(id, desk.registrar)
        #expect(reviewed.register.result == .match)
        desk.portal.time.advance(minutes: 1)
        let (_, other) = try await desk.request(Applicants.with { $0.familyName = "Auberson" })
        #expect(try await desk.enrolment.review(other, desk.registrar).register.result == .differences)
        #expect(
            try await desk.enrolment.listRequests(desk.registrar).rows.map(\.register) == [
                .match, .differences,
            ])
    }

    @Test func `A licence that was withdrawn is a difference, and somebody unknown is absent`() async throws {
        let desk = try await Desk()
        _ = try await desk.portal.directory.importRegister(
            .medreg, Self.file("7601999000038;Aubert;Julien;Physiothérapeute;withdrawn;;"))
        let (_, id) = try await desk.request()
        #expect(try await desk.enrolment.review(id, desk.registrar).register.result == .differences)
        let (_, other) = try await desk.request(
            Applicants.with {
                $0.identifier = "7601999000052"
                $0.email = "b@lac.example"
            })
        #expect(try await desk.enrolment.review(other, desk.registrar).register.result == .absent)
        let (_, assistant) = try await desk.request(SeedEnrolment.dubois)
        #expect(try await desk.enrolment.review(assistant, desk.registrar).register.result == .notApplicable)
    }

    @Test func `An import tells what changed about people who have an account, once`() async throws {
        let desk = try await Desk()
        let old = Self.file(
            "7601099000013;Favre;Claire;Médecin;valid;Quai du Port 3;Lac",
            "7601999000052;Keller;Ruth;Médecin;valid;Rue 1;Lac")
        let new = Self.file(
            "7601099000013;Favre;Claire;Médecin;withdrawn;Quai Neuf 9;Lac",
            "7601999000052;Keller;Ruth;Médecin;withdrawn;Rue 2;Lac")
        let first = try await desk.portal.directory.importRegister(.medreg, old)
        #expect(first == RegisterReport(entries: 2, removed: 0, changes: 0))
        desk.portal.time.advance(minutes: 1)
        #expect(try await desk.portal.directory.importRegister(.medreg, new).changes == 2)
        desk.portal.time.advance(minutes: 1)
        #expect(try await desk.portal.directory.importRegister(.medreg, new).changes == 0)
        let changes = try await desk.portal.directory.registerChanges(desk.first)
        #expect(Set(changes.map(\.field)) == [.licence, .address])
        #expect(changes.allSatisfy { $0.holderName == "Dre Claire Favre" })
        let id = try #require(changes.first?.id)
        #expect(try await desk.portal.directory.settleRegisterChange(id, desk.first))
        #expect(try await !desk.portal.directory.settleRegisterChange(id, desk.second))
        desk.portal.time.advance(minutes: 1)
        let gone = try await desk.portal.directory.importRegister(
            .medreg, Self.file("7601999000052;Keller;Ruth;Médecin;valid;Rue 2;Lac"))
        #expect(gone == RegisterReport(entries: 1, removed: 1, changes: 1))
    }

    @Test(arguments: [
        ("gln;given_name\n", 1, "there is no column «family_name»"),
        (head + "7601999000008;A;B;C;valid;;\n", 2, "the GLN is not 13 digits with a right check digit"),
        (head + "7601999000007;A;B;C;perhaps;;\n", 2, "licence must be valid, withdrawn or none"),
        (head + "7601999000007;A;B;C;valid\n", 2, "5 values in place of 7"),
        (head + "7601999000007;\"A;B;C;valid;;\n", 2, "a quotation mark does not end"),
        (head + "7601999000007;A;B;C;valid;;\n7601999000007;A;B;C;valid;;\n", 3, "the GLN is there twice"),
        ("", 1, "the file is empty"),
    ])
    func `A file that is wrong is refused with its line`(_ text: String, _ line: Int, _ reason: String)
        async throws
    {
        let portal = try await TestPortal()
        await #expect(throws: RegisterFileMistake(line: line, reason: reason)) {
            try await portal.directory.importRegister(.medreg, Array(text.utf8))
        }
        #expect(try await portal.rows("register_entry") == 0)
    }

    @Test func `Quotes, commas, line ends of Windows and a byte order mark are read`() async throws {
        let portal = try await TestPortal()
        let text =
            "\u{FEFF}gln,family_name,given_name,profession,licence,street\r\n"
            + "7601999000007,\"de \"\"La\"\" Rue, junior\",Anne,Médecin,valid,\"Rue 1\r\nc/o Poste\"\r\n"
        await #expect(throws: RegisterFileMistake.self, "a line break within a value is no line of text") {
            try await portal.directory.importRegister(.medreg, Array(text.utf8))
        }
        let flat = text.replacing("\r\nc/o", with: " c/o")
        #expect(try await portal.directory.importRegister(.medreg, Array(flat.utf8)).entries == 1)
        let names = try await portal.texts("family_name", "SELECT family_name FROM register_entry")
        #expect(names == ["de \"La\" Rue, junior"])
    }
}
