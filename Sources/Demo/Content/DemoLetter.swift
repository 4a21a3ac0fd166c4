package import PDF

/// One document of the demo, ready to be published: what the record system would say about it, and its pages.
package struct DemoLetter: Sendable {
    package let patient: DemoPatient
    /// SNOMED CT, Swiss value set DocumentEntry.typeCode.
    package let typeCode: String
    package let title: String
    /// The hospital service, as shown.
    package let service: String
    /// SNOMED CT, Swiss value set DocumentEntry.practiceSettingCode.
    package let practiceSetting: String
    package let author: String
    package let stay: DemoStay
    package let date: DemoDay
    /// Minutes after midnight, when it was signed.
    package private(set) var minute: Int
    package let recipient: DemoRecipient
    package let letter: Letter

    /// The same letter, later in the day when others about the same illness were written before it.
    func signed(after count: Int) -> DemoLetter {
        var letter = self
        letter.minute += count * 85
        return letter
    }
}

/// A stay or an ambulatory follow-up.
package struct DemoStay: Sendable, Hashable {
    package let number: String
    package let start: DemoDay
    /// Nil while an ambulatory follow-up goes on.
    package let end: DemoDay?
}
