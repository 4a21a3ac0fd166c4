import Access
import Demo
import Directory
import Dispatches
import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// Whatever happens to the documents of a space, the number of unread ones is the same wherever it stands.
@Suite struct CountersAgreeTests {
    /// The same numbers each time, so that a failure can be repeated.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 11 ^ state
        }
    }

    private let gln = "7601099000013"

    @Test(arguments: [1, 2] as [UInt64])
    func `List, badge, title, start page, patients and live pages say one number`(_ seed: UInt64) async throws
    {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: gln)
        let patients = [
            try await shelf.patient("1", "Jaquet", "Hélène", born: "1958-03-14", .female),
            try await shelf.patient("2", "Nguyen", "Minh Anh", born: "1983-08-11", .female),
            try await shelf.patient("3", "Bürgi", "Anna", born: "2019-06-27", .female),
        ]
        let viewer = try await portal.signIn(DemoPeople.favre)
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            var dice = Dice(state: seed)
            var known: [Document.ID] = []
            for round in 0..<40 {
                let some = known.randomElement(using: &dice)
                switch Int.random(in: 0..<9, using: &dice) {
                case 0...3:
                    let name = String(repeating: "0", count: 30) + String(10 + round)
                    let type = ["373942005", "4241000179101"].randomElement(using: &dice) ?? ""
                    try await shelf.add(
                        name, about: patients.randomElement(using: &dice) ?? patients[0], type: type)
                    known.append(Document.ID(rawValue: name))
                case 4: if let some { try await favre.open("/documents/\(some.rawValue)") }
                case 5:
                    if let some {
                        _ = try await portal.documents.mark(
                            DocumentSelection([some]), asUnread: .random(using: &dice), viewer)
                    }
                case 6: if let some { try await portal.database.write { try $0.supersede(some) } }
                case 7:
                    var form = PreferencesForm(try await portal.directory.profile(viewer.holder))
                    form.displayedTypes = Bool.random(using: &dice) ? ["373942005"] : []
                    form.displayedPatients = Bool.random(using: &dice) ? "months3" : "all"
                    try await portal.directory.savePreferences(form, viewer.holder)
                default:
                    if let some {
                        try await portal.tamper(
                            "UPDATE document_reader SET expires_at = 1 WHERE document_id = \(some)")
                    }
                }
                try await agree(portal, favre, viewer, "seed \(seed), round \(round)")
            }
        }
    }

    private func agree(_ portal: TestPortal, _ visitor: Visitor, _ viewer: Viewer, _ place: Comment)
        async throws
    {
        let unread = try await portal.documents.unreadCount(viewer)
        var filter = InboxFilter()
        filter.isUnread = true
        let list = try await portal.documents.listInbox(filter, .newest, viewer)
        #expect(list.unread == unread && list.count == unread && list.rows.count == unread, place)
        let patients = try await portal.documents.listPatients(words: "", viewer)
        #expect(patients.unread == unread, place)
        #expect(patients.rows.reduce(0) { $0 + $1.unread } == unread, place)
        #expect(try await portal.documents.news(since: portal.time.now, viewer).unread == unread, place)
        #expect(
            try await visitor.open("/compteurs", headers: [.accept: "application/json"])
                == "{\"non_lus\":\(unread)}", place)
        for address in ["/accueil", "/documents", "/patients"] {
            let page = try await visitor.open(address)
            #expect(
                page.contains("<title>\(unread > 0 ? "(\(unread)) " : "")M") || address == "/accueil", place)
            #expect(page.contains("data-unread=\"\">\(unread)</"), place)
        }
    }
}
