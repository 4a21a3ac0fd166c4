import Access
import Testing

@testable import Documents
@testable import Portal

@Suite struct DocumentFileNameTests {
    /// 20 November 2026, 23:30 in UTC: half an hour after midnight in Switzerland.
    private static let late = Timestamp(rawValue: 1_795_217_400_000)

    @Test func `A letter written after midnight bears the day that its page shows`() {
        let label = DocumentLabel(
            id: Document.ID(rawValue: "8f2c0000"), title: "Lettre de sortie", service: "Cardiologie",
            authoredAt: Self.late, mediaType: "application/pdf")
        #expect(DocumentFileName.text(label) == "2026-11-21_Lettre-de-sortie_Cardiologie_8f2c.pdf")
        #expect(DateTexts.date(Self.late.rawValue).contains("21"))
    }
}
