import Access
import Demo
import Documents
import TestSupport
import Testing

/// «Mes patients»: whose documents are in the space, and only those.
@Suite struct ListPatientsTests {
    @Test func `Patients come by name with the number of their documents`() async throws {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let jaquet = try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female)
        let ferreira = try await shelf.patient("000287754", "Ferreira", "João", born: "1964-09-19", .male)
        for (name, patient) in [("d1", jaquet), ("d2", ferreira), ("d3", jaquet)] {
            portal.time.advance(seconds: 1)
            try await shelf.add(name, about: patient)
        }
        let viewer = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(Document.ID(rawValue: "d1"), for: .reading, viewer)

        let all = try await portal.documents.listPatients(words: "", viewer)
        #expect(all.rows.map(\.patient.familyName) == ["Ferreira", "Jaquet"])
        #expect(all.rows.map(\.documents) == [1, 2] && all.rows.map(\.unread) == [1, 1] && all.unread == 2)
        #expect(
            try await portal.documents.listPatients(words: "helene", viewer).rows.map(\.patient.number) == [
                "000412033"
            ])

        let record = try await portal.documents.patientRecord(jaquet.id, viewer)
        #expect(record.rows.map(\.id.rawValue) == ["d3", "d1"])
    }

    @Test func `Many patients stand on pages of fifty, each once, and are all counted`() async throws {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        // two of one name and birth date among them, at the edge of a page
        for number in 100..<220 {
            let name = number == 150 ? "Nom149" : "Nom\(number)"
            let patient = try await shelf.patient("\(number)", name, "Ada", born: "1958-03-14", .female)
            try await shelf.add("d\(number)", about: patient)
        }
        let viewer = try await portal.signIn(DemoPeople.favre)
        var list = try await portal.documents.listPatients(words: "", viewer)
        #expect(!list.hasEarlier)
        var pages = [list]
        while list.hasLater, pages.count < 9, let last = list.rows.last {
            list = try await portal.documents.listPatients(
                words: "", place: .after(last.patient.id), viewer)
            pages.append(list)
        }
        #expect(pages.map(\.rows.count) == [50, 50, 20] && pages.allSatisfy { $0.count == 120 })
        let follow = pages.dropFirst().allSatisfy { $0.hasEarlier }
        #expect(follow)
        #expect(pages[0].rows.last?.namesakes == 2 && pages[1].rows.first?.namesakes == 2)
        let names = pages.flatMap(\.rows).map(\.patient.familyName)
        #expect(names == names.sorted() && Set(pages.flatMap(\.rows).map(\.patient.id)).count == 120)
        // back from the last page
        let back = try await portal.documents.listPatients(
            words: "", place: .before(try #require(pages[2].rows.first).patient.id), viewer)
        #expect(back.rows.map(\.patient.id) == pages[1].rows.map(\.patient.id))
        #expect(back.hasEarlier && back.hasLater)
        // a place that is nobody's here is the beginning
        let nowhere = try await portal.documents.listPatients(
            words: "", place: .after(Patient.ID(rawValue: "nobody")), viewer)
        #expect(nowhere.rows.map(\.patient.id) == pages[0].rows.map(\.patient.id) && !nowhere.hasEarlier)
    }

    @Test func `Patients with something new are a list of their own`() async throws {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let jaquet = try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female)
        let ferreira = try await shelf.patient("000287754", "Ferreira", "João", born: "1964-09-19", .male)
        for (name, patient) in [("d1", jaquet), ("d2", ferreira), ("d3", jaquet)] {
            try await shelf.add(name, about: patient)
        }
        let viewer = try await portal.signIn(DemoPeople.favre)
        for name in ["d2", "d3"] {
            _ = try await portal.documents.open(Document.ID(rawValue: name), for: .reading, viewer)
        }
        let new = try await portal.documents.listPatients(words: "", hasUnread: true, viewer)
        #expect(new.rows.map(\.patient.id) == [jaquet.id] && new.count == 1 && new.hidden == 0)
        #expect(new.rows.map(\.documents) == [2] && new.rows.map(\.unread) == [1])
        let found = try await portal.documents.listPatients(words: "ferreira", hasUnread: true, viewer)
        #expect(found.rows.isEmpty && found.count == 0)
    }

    @Test func `A record with more documents than are shown says so`() async throws {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let jaquet = try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female)
        for number in 1...DocumentLimits.documentsOfPatient {
            try await shelf.add("d\(number)", about: jaquet)
        }
        let viewer = try await portal.signIn(DemoPeople.favre)
        let full = try await portal.documents.patientRecord(jaquet.id, viewer)
        #expect(full.rows.count == DocumentLimits.documentsOfPatient && !full.isCut)
        try await shelf.add("more", about: jaquet)
        let cut = try await portal.documents.patientRecord(jaquet.id, viewer)
        #expect(cut.rows.count == DocumentLimits.documentsOfPatient && cut.isCut)
    }

    @Test func `A patient without a document here is unknown`() async throws {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let jaquet = try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female)
        try await shelf.add("d1", about: jaquet)
        let jeanneret = try await portal.signIn(DemoPeople.jeanneret)
        #expect(try await portal.documents.listPatients(words: "", jeanneret).rows.isEmpty)
        for id in [jaquet.id, Patient.ID(rawValue: "nobody")] {
            await #expect(throws: DocumentRefusal.notFound) {
                _ = try await portal.documents.patientRecord(id, jeanneret)
            }
        }
    }
}
