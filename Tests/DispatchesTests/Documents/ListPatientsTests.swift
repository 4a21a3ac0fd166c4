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
