import Access
import Demo
import Directory
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// How much of the directory of recipients a system gets at once, how often it may ask, and what it hears otherwise.
@Suite struct RecipientDirectoryTests {
    private static let scopes = "system/Practitioner.rs system/PractitionerRole.rs"

    /// The record system, with the scopes of the directory.
    private func visit(
        _ portal: TestPortal, _ body: @escaping @Sendable (Hospital) async throws -> Void
    ) async throws {
        let token = try await portal.token(of: DemoHospital.clientID.rawValue, scopes: Self.scopes)
        try await Hospital.visit(portal) { hospital in
            var hospital = hospital
            hospital.token = token
            try await body(hospital)
        }
    }

    /// Professionals of the region, all of the same moment.
    private func move(_ count: Int, into portal: TestPortal) async throws {
        for number in 0..<count {
            let digits = "76019990" + String(1000 + number)
            let gln = (0...9).lazy.compactMap { GLN(rawValue: digits + String($0)) }.first
            let email = "cabinet\(number)@hin.example"
            let id = try await portal.access.createAccount(
                NewAccount(
                    email: email, honorific: "Dr", familyName: "Dubois \(number)", givenName: "Jean",
                    role: .practitioner, mobile: nil, codeChannel: .email),
                password: "trois vaches au clair de lune")
            try await portal.directory.save(
                Practitioner(
                    accountID: id, gln: gln, profession: "Médecin", speciality: "", practice: "",
                    locality: "Ville du Lac", notificationEmail: email, notificationPolicy: .none,
                    deliveryMode: .portal, lifetimeDays: 100))
        }
    }

    @Test func `A page has fifty people, a hundred at most, and the pages leave nobody out`() async throws {
        let portal = try await TestPortal.inhabited()
        try await move(101, into: portal)
        try await visit(portal) { system in
            func read(_ first: String) async throws -> (sizes: [Int], ids: [String]) {
                var (sizes, ids, address) = ([Int](), [String](), String?.some(first))
                while let page = address {
                    let answer = try await system.send(.get, page)
                    #expect(answer.status == 200)
                    sizes.append(answer.entries.count)
                    ids += answer.entries.compactMap { $0["id"] as? String }
                    address = answer.next
                }
                return (sizes, ids)
            }
            let usual = try await read("/fhir/Practitioner?name=dubois")
            #expect(usual.sizes == [50, 50, 1] && Set(usual.ids).count == 101)
            let large = try await read("/fhir/Practitioner?name=dubois&_count=5000")
            #expect(large.sizes == [100, 1] && large.ids == usual.ids)
            let roles = try await read("/fhir/PractitionerRole?location=Ville%20du%20Lac&_count=100")
            #expect(roles.sizes.first == 100 && Set(roles.ids).isSuperset(of: usual.ids))
            let changed = try await read("/fhir/Practitioner?_lastUpdated=ge2026-11-20&_count=100")
            #expect(Set(changed.ids).count == changed.ids.count && Set(changed.ids).count > 101)
        }
    }

    @Test func `What is asked wrongly is said, and leaves an event without the name looked for`() async throws
    {
        let portal = try await TestPortal.inhabited()
        try await visit(portal) { system in
            var count = 0
            for (place, search) in [
                ("Practitioner", "_count=0"), ("Practitioner", "_count=-1"), ("Practitioner", "_count=many"),
                ("Practitioner", "email=favre"), ("Practitioner", "practitioner.name=favre"),
                ("Practitioner", "_sort=name"), ("Practitioner", "_cursor=Favre"),
                ("Practitioner", "identifier=1&identifier=2"), ("Practitioner", "active=perhaps"),
                ("Practitioner", "_lastUpdated=yesterday"),
                ("Practitioner", "name=\(String(repeating: "a", count: 301))"),
                ("PractitionerRole", "_include=PractitionerRole:organization"),
                ("PractitionerRole", "name=favre"),
            ] {
                let answer = try await system.send(.get, "/fhir/\(place)?\(search)")
                #expect(answer.status == 400 && answer.issues.count == 1, "\(place) \(search)")
                count += 1
                #expect(try await portal.refusals().count == count, "\(place) \(search)")
            }
            let many = Array(repeating: "name=favre", count: 31).joined(separator: "&")
            let answer = try await system.send(.get, "/fhir/Practitioner?\(many)")
            #expect(answer.issues == ["too-costly"])
            // none of these was a search
            #expect(try await portal.rows("audit_event WHERE event = 'recipientSearched'") == count + 1)

            var other = system
            other.token = try await portal.token(of: "radiologie", scopes: "system/Practitioner.s")
            #expect(try await other.send(.get, "/fhir/Practitioner?name=favre").entries.count == 1)
            for place in ["PractitionerRole?practitioner.name=favre", "Practitioner/x"] {
                #expect(try await other.send(.get, "/fhir/\(place)").status == 403, "\(place)")
            }
        }
        let details = try await portal.trail().filter { $0.event == "recipientSearched" }.compactMap(\.detail)
        #expect(details == ["found=1"])
    }

    @Test func `After 120 searches in a minute a system waits, the others do not`() async throws {
        let portal = try await TestPortal.inhabited()
        try await visit(portal) { system in
            func search() async throws -> Answer {
                try await system.send(.get, "/fhir/Practitioner?identifier=7601099000013")
            }
            for number in 1...DirectoryActions.searchesPerMinute {
                #expect(try await search().status == 200, "\(number)")
            }
            for _ in 1...5 {
                let answer = try await search()
                #expect(answer.status == 429 && answer.issues == ["throttled"])
                #expect(answer.headers[.retryAfter] == "60")
            }
            #expect(try await portal.refusals() == ["recipient.tooManySearches"])
            var other = system
            other.token = try await portal.token(of: "radiologie", scopes: Self.scopes)
            #expect(try await other.send(.get, "/fhir/Practitioner?name=favre").entries.count == 1)
            portal.time.advance(minutes: 1)
            #expect(try await search().status == 200)
        }
        let refused = try await portal.trail().filter { $0.outcome == "refused" }
        #expect(refused.map(\.event) == ["recipientSearched"] && refused.map(\.actorKind) == ["client"])
    }
}
