import HTML
import Storage

@testable import Access
@testable import Directory
@testable import Enrolment
@testable import Portal

extension SamplePages {
    private static let anHour: Int64 = 3_600_000

    private static var declared: DeclaredPerson? {
        var form = RequestForm()
        form.honorific = "M."
        form.familyName = "Aubert"
        form.givenName = "Julien"
        form.email = "julien.aubert@physio-du-lac.example"
        form.mobile = "079 000 00 33"
        form.password = "lanterne-verte-jeudi"
        form.passwordAgain = form.password
        form.codeChannel = "sms"
        form.identifierKind = "gln"
        form.identifier = "7601999000038"
        form.profession = Profession.physiotherapist.rawValue
        form.practice = "Physio du Lac"
        return try? RequestRules.check(form).get()
    }

    private static func request(_ state: AccountRequest.State, _ person: DeclaredPerson) -> AccountRequest {
        AccountRequest(
            id: AccountRequest.ID(rawValue: "r1"), state: state, version: 1, declared: person,
            complement: "Votre diplôme, s’il vous plaît.", refusal: "",
            createdAt: Timestamp(rawValue: now - 30 * anHour), decidedAt: nil, accountID: nil)
    }

    private static let site = ValidationSite(
        id: ValidationSite.ID(rawValue: "video"), name: "Visioconférence", mode: .video,
        address: "https://video.hul.example", directions: "Le lien est envoyé par e-mail.",
        needsAppointment: true, isActive: true)

    private static var offered: OfferedSite {
        OfferedSite(
            site: site,
            slots: [
                ValidationSlot(
                    id: ValidationSlot.ID(rawValue: "s1"), siteID: site.id,
                    startsAt: Timestamp(rawValue: now + 24 * anHour), minutes: 20)
            ])
    }

    private static func appointment(_ request: AccountRequest) -> Appointment {
        Appointment(
            requestID: request.id, site: site, slotID: ValidationSlot.ID(rawValue: "s1"),
            startsAt: Timestamp(rawValue: now + 24 * anHour), minutes: 20, missedAt: nil)
    }

    private static func followed(_ request: AccountRequest) -> FollowedRequest {
        FollowedRequest(
            request: request, appointment: appointment(request), sites: [offered], copies: 1,
            takesCopies: true, verifiedAt: nil, mailDoubt: .unknown)
    }

    private static func reviewed(_ request: AccountRequest) -> ReviewedRequest {
        let entry = GLN(rawValue: "7601999000038").map {
            RegisterEntry(
                register: .gesreg, gln: $0, familyName: "AUBERSON", givenName: "Julien Marc", birthYear: 1986,
                profession: "Physiothérapeute", specialities: "", licence: .valid, canton: "GE",
                street: "Rue des Tanneurs 21", postcode: "1299", locality: "Ville du Lac")
        }
        let person = request.declared
        return ReviewedRequest(
            request: request, appointment: appointment(request),
            register: RegisterRules.compare(
                familyName: person.familyName, givenName: person.givenName, profession: person.profession,
                specialities: "", with: [entry].compactMap { $0 }),
            mailDoubt: .unknown, copies: [], proof: nil, identity: nil, controlCode: nil, holdsAddress: true,
            holdsIdentifier: false, siblings: [], proposal: nil, isProposalStale: false, proposerName: "",
            provedBy: "", approverName: "")
    }

    /// A request from both sides of the counter.
    static var cases: [(name: String, html: [UInt8])] {
        guard let declared else { return [] }
        let open = request(.requested, declared)
        let refused = request(.refused, declared)
        return [
            (
                "demande-envoyee",
                FollowPage(
                    shell: visitor, formToken: "jeton", token: "t", followed: followed(open), isFresh: true
                ).html
            ),
            (
                "demande-suivi-erreur",
                FollowPage(
                    shell: visitor, formToken: "jeton", token: "t", followed: followed(open),
                    problem: .slotTaken
                ).html
            ),
            (
                "demande-refusee",
                FollowPage(shell: visitor, formToken: "jeton", token: "t", followed: followed(refused)).html
            ),
            (
                "demandes",
                RequestQueuePage(
                    shell: administration,
                    queue: RequestQueue(
                        rows: [
                            QueuedRequest(
                                request: open, appointment: appointment(open), register: .differences,
                                isDuplicate: true, proposalEndsAt: nil)
                        ], count: 1, next: nil), view: .open
                ).html
            ),
            (
                "demande",
                RequestCasePage(shell: administration, reviewed: reviewed(open), mayApprove: true).html
            ),
            (
                "rendez-vous",
                AppointmentsPage(
                    shell: administration,
                    appointments: [ListedAppointment(appointment: appointment(open), request: open)]
                ).html
            ),
            ("lieux", SitesPage(shell: administration, sites: [offered], mayChange: true).html),
        ]
    }

    private static let doctor = Account(
        id: Account.ID(rawValue: "a1"), email: "claire.favre@cabinet-lac.example", honorific: "Dre",
        familyName: "Favre", givenName: "Claire", role: .practitioner, state: .active,
        mobile: "+41790000001", codeChannel: .sms, lastSignedInAt: nil, previousSignedInAt: nil)

    /// Accounts, the trail, and what waits.
    static var deskOfAccounts: [(name: String, html: [UInt8])] {
        let details = AccountDetails(
            account: doctor, identifier: nil, practitioner: nil, wantsScreening: true, request: nil,
            register: .notApplicable, personNumber: "", organisation: "",
            reasons: [
                StateReason(
                    state: .suspended, reason: "Téléphone volé", decidedBy: doctor.id,
                    decidedAt: Timestamp(rawValue: now))
            ])
        let event = FoundAuditEvent(
            id: 1, recordedAt: Timestamp(rawValue: now), event: "accountRead", outcome: "refused",
            rule: "access.role", actorKind: "person", actorID: "a1", actorName: "Dre Claire Favre",
            actorRole: "practitioner", principalName: nil, objectKind: "account", objectID: "a1",
            detail: nil, address: "192.0.2.1")
        return [
            (
                "tableau-de-bord",
                DashboardPage(
                    shell: administration,
                    dashboard: Dashboard(
                        requested: 3, verified: 1, oldest: now - 30 * anHour,
                        next: AccountRequest.ID(rawValue: "r1"), appointmentsToday: 2, domainQuestions: 1,
                        registerChanges: 0, staffProposals: 0, isAdministrator: true)
                ).html
            ),
            (
                "comptes",
                AccountsPage(
                    shell: administration,
                    list: AccountList(
                        rows: [
                            ListedAccount(
                                account: doctor, identifier: "7601099000013", practice: "Cabinet du Lac")
                        ], next: doctor.id), words: "Favre", state: .active
                ).html
            ),
            ("compte", AccountPage(shell: administration, details: details, isOwn: false).html),
            (
                "journal",
                JournalPage(shell: administration, found: FoundAudit(events: [event], next: 1)).html
            ),
        ]
    }
}
