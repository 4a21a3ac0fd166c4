import Testing

@testable import Dispatches
@testable import Portal

/// French agrees with the title of whom it is about.
@Suite struct AgreementTests {
    @Test func `Who was not designated is she, or he`() throws {
        let answer = try #require(SamplePages.deliveryAnswer(nil))
        let texts = ServiceAdviceTexts(now: SamplePages.now, answer: answer)
        #expect(texts.text(.recordDesignation).text.hasPrefix("Dre Claire Favre n’est pas désignée"))
        #expect(texts.text(.askPatient).text.contains("doit être désignée"))
        #expect(!Agreement.isFeminine("Dr Paul Jeanneret") && !Agreement.isFeminine("Julien Aubert"))
    }
}
