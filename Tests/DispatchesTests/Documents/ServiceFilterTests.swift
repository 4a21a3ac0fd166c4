import Demo
import Documents
import TestSupport
import Testing

/// The list of documents by service, and views that keep it.
@Suite struct ServiceFilterTests {
    /// Three documents of two services, and one of none.
    private func shelf() async throws -> TestPortal {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let jaquet = try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female)
        let services = [("d1", "Urologie"), ("d2", "Cardiologie"), ("d3", "Urologie"), ("d4", "")]
        for (name, service) in services {
            portal.time.advance(seconds: 1)
            try await shelf.add(name, about: jaquet, service: service)
        }
        return portal
    }

    @Test func `The list names the services of the space, and shows those of one`() async throws {
        let portal = try await shelf()
        let favre = try await portal.signIn(DemoPeople.favre)
        var filter = InboxFilter()
        let all = try await portal.documents.listInbox(filter, .newest, favre)
        #expect(all.services == ["Cardiologie", "Urologie"] && all.count == 4)
        filter.service = "Urologie"
        let urology = try await portal.documents.listInbox(filter, .newest, favre)
        #expect(urology.rows.map(\.id.rawValue) == ["d3", "d1"] && urology.count == 2)
        filter.service = "urologie' OR TRUE"
        #expect(try await portal.documents.listInbox(filter, .newest, favre).rows.isEmpty)
        // nobody hears of another space's services
        let jeanneret = try await portal.signIn(DemoPeople.jeanneret)
        #expect(try await portal.documents.listInbox(InboxFilter(), .newest, jeanneret).services.isEmpty)
    }

    @Test func `A view takes other filters under its name, and only its owner gives them`() async throws {
        let portal = try await shelf()
        let favre = try await portal.signIn(DemoPeople.favre)
        var form = ViewForm()
        (form.name, form.isShared) = ("Urologie", true)
        var filters = ViewFilters()
        filters.state = "nonlus"
        let id = try await portal.documents.saveView(form, filters, favre)
        filters.service = "Urologie"
        filters.state = "tous"
        try await portal.documents.changeFilters(of: id, to: filters, favre)
        let views = try await portal.documents.listViews(favre)
        #expect(views.map(\.name) == ["Urologie"] && views.map(\.filters) == [filters])
        #expect(views.allSatisfy { $0.isShared && !$0.isDefault })
        let jeanneret = try await portal.signIn(DemoPeople.jeanneret)
        await #expect(throws: ViewRefusal.notFound) {
            try await portal.documents.changeFilters(of: id, to: ViewFilters(), jeanneret)
        }
        #expect(try await portal.documents.listViews(favre).map(\.filters) == [filters])
    }
}
