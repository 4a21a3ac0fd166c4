import Access
import Demo
import Directory
import Enrolment
import Testing

/// The form of a request, without anything looked up.
@Suite struct RequestFormTests {
    private func mistakes(_ change: (inout RequestForm) -> Void) -> [RequestMistake] {
        var form = Applicants.physiotherapist
        change(&form)
        if case .failure(let found) = RequestRules.check(form) { return found.all }
        return []
    }

    @Test func `A whole form becomes a person in normal form`() throws {
        var form = Applicants.physiotherapist
        form.email = " Julien.Aubert@Physio-Lac.EXAMPLE "
        form.familyName = "  Aubert\n "
        form.mobile = "079 000 00 11"
        let person = try RequestRules.check(form).get()
        #expect(person.email == "julien.aubert@physio-lac.example")
        #expect(person.familyName == "Aubert")
        #expect(person.mobile.rawValue == "+41790000011")
        #expect(person.profession.role == .practitioner)
    }

    @Test func `Each mandatory field is asked for, in the order of the form`() {
        guard case .failure(let found) = RequestRules.check(RequestForm()) else { return }
        #expect(
            found.all == [
                .honorificMissing, .familyNameMissing, .givenNameMissing, .email, .mobileMissing,
                .passwordMissing, .channelMissing, .kindMissing, .professionMissing,
            ])
    }

    @Test func `What is wrong is said of its field`() {
        #expect(mistakes { $0.email = "julien" } == [.email])
        #expect(mistakes { $0.mobile = "079-000-00-11" } == [.mobile(.punctuation)])
        #expect(mistakes { $0.mobile = "022 000 00 11" } == [.landline])
        #expect(
            mistakes {
                $0.mobile = "022 000 00 11"
                $0.codeChannel = "email"
            } == [])
        #expect(mistakes { $0.password = "court" } == [.password(.tooShort)])
        #expect(mistakes { $0.passwordAgain = "Barque-Tilleul-43" } == [.passwordsDiffer])
        #expect(
            mistakes {
                $0.password = "Julien-Aubert-1"
                $0.passwordAgain = $0.password
            } == [.password(.personal)])
        #expect(mistakes { $0.identifier = "0" } == [.identifier(.zero)])
        #expect(mistakes { $0.identifierKind = "none" } == [.identifier(.notNone)])
        #expect(
            mistakes {
                $0.identifierKind = "none"
                $0.identifier = "0"
            } == [.responsibleMissing])
        #expect(mistakes { $0.familyName = String(repeating: "A", count: 101) } == [.tooLong(.familyName)])
        #expect(mistakes { $0.codeChannel = "pigeon" } == [.channelMissing])
    }

    @Test func `An assistant acts for others and has no space of her own`() throws {
        let person = try RequestRules.check(SeedEnrolment.dubois).get()
        #expect(person.profession.role == .delegate)
        #expect(person.identifier.value == "0")
    }

    @Test func `A profession that the institution has closed is refused`() {
        let result = RequestRules.check(Applicants.physiotherapist, closed: [.physiotherapist])
        guard case .failure(let found) = result else { return #expect(Bool(false), "it was taken") }
        #expect(found.all == [.professionClosed])
    }
}
