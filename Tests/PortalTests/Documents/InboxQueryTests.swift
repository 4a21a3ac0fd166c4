import HTML
import Testing

@testable import Portal

@Suite struct InboxQueryTests {
    private func query(_ values: [String: String]) -> InboxQuery { InboxQuery { values[$0] } }

    @Test func `What is read from an address is written back into links`() {
        let values = [
            "vue": "nonlus", "r": "c2VhbGVk", "patient": "p19", "type": "373942005",
            "service": "Urologie", "du": "1.1.26", "au": "2.1.26", "avant": "1-a",
        ]
        let read = query(values)
        #expect(Dictionary(read.items.map { ($0.key, $0.value) }) { first, _ in first } == values)
        let filters = "patient=p19&type=373942005&service=Urologie&du=1.1.26&au=2.1.26&avant=1-a"
        #expect(read.path(to: "8f2c").text == "/documents/8f2c?vue=nonlus&r=c2VhbGVk&" + filters)
    }

    @Test func `The plain list has a plain address`() {
        #expect(query([:]).path.text == "/documents")
        #expect(query(["vue": "autre", "r": "", "q": "Jaquet", "apres": ""]) == InboxQuery())
    }

    @Test func `Another view or a filter less begins at the first page`() {
        let read = query(["r": "x", "apres": "2-b"])
        #expect(read.changed { $0.view = .unread }.text == "/documents?vue=nonlus&r=x")
        #expect(read.changed { $0.search = "" }.text == "/documents")
        #expect(read.at(.olderThan("9-z")).text == "/documents?r=x&avant=9-z")
    }

    @Test func `Rows are grouped where the Swiss day changes, in their order`() {
        let midnight = DateField.startOfDay(iso: "2026-11-20") ?? 0
        let days = [midnight + 1, midnight, midnight - 1, midnight - 2].split(byDayOf: { $0 })
        #expect(days == [[midnight + 1, midnight], [midnight - 1, midnight - 2]])
    }
}
