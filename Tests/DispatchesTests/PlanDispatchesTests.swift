import Access
import Testing

@testable import Directory
@testable import Dispatches

/// The hospital's two conditions as a table of examples: nothing here touches a database.
@Suite struct PlanDispatchesTests {
    /// One case, today being 20 November 2026.
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var recipient: Recipient? = .dreFavre()
        var designations: [Designation] = [.word(.permit)]
        var policy = DesignationPolicy.require
        /// Of the patient to this one sending, by hand.
        var consent: String?
        /// Nil: the document goes, on the basis named.
        var refusal: DispatchRefusal?
        var basis = DisclosureBasis.designation(id: "d1", version: 1)
    }

    /// What holds whatever the policy: asked for again before a letter goes out.
    @Test(arguments: [
        ([], false), ([Designation.word(.permit)], false), ([.word(.permit, isActive: false)], false),
        ([.word(.deny)], true), ([.word(.deny, gln: nil)], true), ([.word(.deny), .word(.permit)], true),
        ([.word(.deny, gln: "7601999000014")], false), ([.word(.deny, isActive: false)], false),
        ([.word(.deny, endsOn: "2026-11-19")], false), ([.word(.deny, startsOn: "2026-11-21")], false),
    ])
    func `A refusal is the patient's word against him or all, as long as it holds`(
        _ designations: [Designation], _ isDenied: Bool
    ) throws {
        let favre = try #require(GLN(rawValue: "7601099000013"))
        #expect(
            DispatchPlanning.isDenied(favre, designations: designations, today: "2026-11-20") == isDenied)
    }

    static let refused: [Example] = [
        Example(testDescription: "nobody has the GLN", recipient: nil, refusal: .unknownRecipient),
        Example(
            testDescription: "the account is not active", recipient: .dreFavre(isActive: false),
            refusal: .unavailableRecipient),
        Example(
            testDescription: "nobody can sign in to the account", recipient: .dreFavre(canSignIn: false),
            refusal: .unavailableRecipient),
        Example(
            testDescription: "the professional wants no documents", recipient: .dreFavre(mode: .none),
            refusal: .unavailableRecipient),
        Example(
            testDescription: "secured mail without an address, and nobody can sign in",
            recipient: .dreFavre(canSignIn: false, mode: .securedMail),
            refusal: .unavailableRecipient),
        Example(
            testDescription: "the profession does not get this type",
            recipient: .dreFavre(withheld: ["371535009", "373942005"]), refusal: .withheldType),
        Example(testDescription: "the patient said nothing", designations: [], refusal: .notDesignated),
        Example(
            testDescription: "the designation was revoked", designations: [.word(.permit, isActive: false)],
            refusal: .notDesignated),
        Example(
            testDescription: "the designation ended yesterday",
            designations: [.word(.permit, endsOn: "2026-11-19")], refusal: .notDesignated),
        Example(
            testDescription: "the designation begins tomorrow",
            designations: [.word(.permit, startsOn: "2026-11-21")], refusal: .notDesignated),
        Example(
            testDescription: "the designation names somebody else",
            designations: [.word(.permit, gln: "7601999000014")], refusal: .notDesignated),
        Example(
            testDescription: "a permission for everybody does not exist",
            designations: [.word(.permit, gln: nil)], refusal: .notDesignated),
        Example(
            testDescription: "a refusal for all beats the permission",
            designations: [.word(.permit), .word(.deny, gln: nil)], refusal: .denied),
        Example(
            testDescription: "a refusal for one beats the permission",
            designations: [.word(.deny), .word(.permit)], refusal: .denied),
        Example(
            testDescription: "a refusal beats a consent to this one sending",
            designations: [.word(.deny, gln: nil)], consent: "c1", refusal: .denied),
        Example(
            testDescription: "a consent does not wake a suspended account",
            recipient: .dreFavre(isActive: false), designations: [], consent: "c1",
            refusal: .unavailableRecipient),
        Example(
            testDescription: "a refusal blocks where sending is the assertion",
            designations: [.word(.deny, gln: nil)], policy: .assert, refusal: .denied),
        Example(
            testDescription: "a revoked designation is a known refusal, where sending is the assertion",
            designations: [.word(.permit, isActive: false)], policy: .assert, refusal: .notDesignated),
        Example(
            testDescription: "assertion does not wake a suspended account",
            recipient: .dreFavre(isActive: false),
            policy: .assert, refusal: .unavailableRecipient),
    ]

    static let delivered: [Example] = [
        Example(testDescription: "designated without limits"),
        Example(
            testDescription: "the last day still counts", designations: [.word(.permit, endsOn: "2026-11-20")]
        ),
        Example(
            testDescription: "the profession does not get other types",
            recipient: .dreFavre(withheld: ["371535009"])),
        Example(
            testDescription: "the first day counts already",
            designations: [.word(.permit, startsOn: "2026-11-20", endsOn: "2027-05-19")]),
        Example(
            testDescription: "the refusal of another professional does not concern this one",
            designations: [.word(.permit), .word(.deny, gln: "7601999000014")]),
        Example(
            testDescription: "a refusal that was taken back",
            designations: [.word(.deny, gln: nil, isActive: false), .word(.permit)]),
        Example(
            testDescription: "a refusal that is over",
            designations: [.word(.deny, endsOn: "2026-11-01"), .word(.permit)]
        ),
        Example(
            testDescription: "a revoked designation and a new one",
            designations: [.word(.permit, id: "d0", isActive: false), .word(.permit)]),
        Example(
            testDescription: "a designation is a better basis than an assertion", policy: .assert),
        Example(
            testDescription: "nobody was designated, and the patient agreed to this one sending",
            designations: [], consent: "c1", basis: .consent(id: "c1")),
        Example(
            testDescription: "a designation is a better basis than a consent", consent: "c1"),
        Example(
            testDescription: "nothing known, and the sending is the assertion", designations: [],
            policy: .assert,
            basis: .assertion),
    ]

    @Test(arguments: refused)
    func `A document does not go to whom it may not go`(_ example: Example) throws {
        let decision = try decide(example)
        guard case .failure(let refusal) = decision else {
            Issue.record("it would have gone")
            return
        }
        #expect(refusal == example.refusal)
    }

    @Test(arguments: delivered)
    func `A document goes to whom the patient designated, and the basis is kept`(_ example: Example) throws {
        let planned = try decide(example).get()
        #expect(planned.basis == example.basis)
        #expect(planned.gln.rawValue == "7601099000013")
    }

    private func decide(_ example: Example) throws -> Result<PlannedDispatch, DispatchRefusal> {
        DispatchPlanning.decide(
            try #require(GLN(rawValue: "7601099000013")), example.recipient, type: "373942005",
            designations: example.designations,
            policy: example.policy, consent: example.consent, today: "2026-11-20")
    }
}

extension Designation {
    /// The patient's word on one stay about a professional, Dre Favre unless another is named.
    static func word(
        _ decision: Decision, id: String = "d1", gln: String? = "7601099000013", isActive: Bool = true,
        startsOn: String? = nil, endsOn: String? = nil
    ) -> Designation {
        Designation(
            id: ID(rawValue: id), system: "urn:oid:2.16.756.5.30.1.999.6", identifier: id,
            patientSystem: "urn:oid:2.16.756.5.30.1.999.1", patientNumber: "000412033",
            staySystem: "urn:oid:2.16.756.5.30.1.999.2", stayNumber: "2026111207",
            gln: gln.flatMap(GLN.init(rawValue:)), decision: decision, isActive: isActive, startsOn: startsOn,
            endsOn: endsOn, decidedAt: Timestamp(rawValue: 1_795_161_600_000), version: 1)
    }
}

extension Recipient {
    static func dreFavre(
        isActive: Bool = true, canSignIn: Bool = true, mode: Practitioner.DeliveryMode = .portal,
        policy: Practitioner.NotificationPolicy = .sinceLastSignIn,
        email: String = "claire.favre@cabinet-lac.example",
        lastSignedInAt: Timestamp? = nil, withheld: Set<String> = []
    ) -> Recipient {
        Recipient(
            practitioner: Practitioner(
                accountID: Account.ID(rawValue: "a1"), gln: GLN(rawValue: "7601099000013"),
                profession: "Médecin",
                speciality: "Médecine interne générale", practice: "Cabinet du Port",
                locality: "Ville du Lac",
                notificationEmail: email, notificationPolicy: policy, deliveryMode: mode, lifetimeDays: 100),
            isActive: isActive, canSignIn: canSignIn, lastSignedInAt: lastSignedInAt,
            withheldTypes: withheld)
    }
}
