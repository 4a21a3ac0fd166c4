import Access
import Demo
import Enrolment
import Foundation
import TestSupport

/// People who ask for accounts.
enum Applicants {
    static let physiotherapist = SeedEnrolment.aubert

    static func with(_ change: (inout RequestForm) -> Void) -> RequestForm {
        var form = physiotherapist
        change(&form)
        return form
    }
}

/// A portal with its team, and the steps of a case as the team does them.
struct Desk: Sendable {
    let portal: TestPortal
    let registrar: Holder
    let first: Holder
    let second: Holder

    static let origin = RequestOrigin(address: "192.0.2.77", userAgent: "test", requestID: "r", node: "test")

    var enrolment: EnrolmentActions { portal.enrolment }

    init(
        rules: (inout AccessRules) -> Void = { _ in },
        enrolment change: (inout EnrolmentRules) -> Void = { _ in }
    ) async throws {
        portal = try await TestPortal(rules: rules, enrolment: change)
        try await portal.movePeopleIn()
        try await portal.enrolment.prepareSites()
        registrar = try await portal.holder(DemoPeople.moret)
        first = try await portal.holder(DemoPeople.benali)
        second = try await portal.holder(DemoPeople.perret)
    }

    func request(_ form: RequestForm = Applicants.physiotherapist) async throws -> (
        token: String, id: AccountRequest.ID
    ) {
        let receipt = try await enrolment.requestAccount(form, origin: Self.origin)
        return (receipt.token, try await enrolment.follow(receipt.token).request.id)
    }

    static let check: IdentityCheck = {
        var check = IdentityCheck()
        check.documentKind = "passport"
        check.documentNumber = "X 123-4567"
        check.validUntil = "2031-05-31"
        check.birthDate = "1984-03-02"
        check.sex = "male"
        check.photoMatches = true
        check.control = "call"
        check.controlNote = "A décroché et a dit son nom."
        check.registerNote = "GLN vérifié au registre en ligne."
        check.place = "Visioconférence"
        return check
    }()

    /// A request whose identity is proved and whose activation waits for the second person.
    func proved(_ form: RequestForm = Applicants.physiotherapist, by holder: Holder? = nil) async throws -> (
        token: String, id: AccountRequest.ID, seal: String
    ) {
        let (token, id) = try await request(form)
        try await enrolment.recordProof(Self.check, of: id, holder ?? registrar)
        return (token, id, try await seal(of: id))
    }

    func seal(of id: AccountRequest.ID) async throws -> String {
        guard let act = try await enrolment.review(id, second).proposal else {
            throw TestFailure("no proposal")
        }
        return act.seal
    }

    /// An activated account, and the link of its mail.
    func activated(_ form: RequestForm = Applicants.physiotherapist) async throws -> (
        id: AccountRequest.ID, link: String
    ) {
        let (_, id, seal) = try await proved(form)
        try await enrolment.approveActivation(of: id, seal: seal, second)
        return (id, try await link(to: form.email))
    }

    /// The token of the newest link that confirms an address.
    func link(to address: String) async throws -> String {
        try await portal.deliver()
        let mail = portal.messages.all.first { $0.to == address && $0.text.contains("/confirmer-email/") }
        guard let text = mail?.text, let start = text.range(of: "/confirmer-email/") else {
            throw TestFailure("no link to \(address)")
        }
        return String(text[start.upperBound...].prefix(64))
    }

    /// How many of 64 attempts at once succeed, and how the others were refused.
    func race(_ attempt: @escaping @Sendable (Int) async throws -> Void) async -> (
        won: Int, refused: [EnrolmentRefusal]
    ) {
        await withTaskGroup(of: EnrolmentRefusal?.self) { group in
            for number in 0..<64 {
                group.addTask {
                    do {
                        try await attempt(number)
                        return nil
                    } catch { return error as? EnrolmentRefusal ?? .notFound }
                }
            }
            var (won, refused) = (0, [EnrolmentRefusal]())
            for await end in group {
                if let end { refused.append(end) } else { won += 1 }
            }
            return (won, refused)
        }
    }
}

/// Whether exactly this is refused.
func refusal(_ work: () async throws -> Void) async -> EnrolmentRefusal? {
    do { try await work() } catch let refusal as EnrolmentRefusal { return refusal } catch { return nil }
    return nil
}
