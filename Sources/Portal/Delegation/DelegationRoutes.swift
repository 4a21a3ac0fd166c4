import Access
import HTTPTypes
import Hummingbird

/// The delegations of the person himself, given and received.
enum DelegationRoutes {
    /// `GET /profil/delegations`.
    static func list(_ visit: Visit) async throws -> Response {
        let holder = try visit.holder()
        let (given, received) = try await visit.site.access.delegations(of: holder)
        let now = visit.now
        let page = DelegationsPage(
            shell: try await visit.shell(), canGive: holder.role == .practitioner,
            given: given.map { .init($0, person: $0.delegate, at: now) },
            received: received.map { .init($0, person: $0.principal, at: now) })
        return Response(html: page.html)
    }

    /// `GET /profil/delegations/nouvelle`.
    static func showOffer(_ visit: Visit) async throws -> Response {
        guard try visit.holder().role == .practitioner else { throw AccessRefusal.roleNotAllowed }
        return Response(html: try await offerPage(visit, visit.newDelegation).html)
    }

    /// `POST /profil/delegations/nouvelle`.
    static func offer(_ visit: Visit) async throws -> Response {
        guard try visit.holder().role == .practitioner else { throw AccessRefusal.roleNotAllowed }
        let values = DelegationFields.Values(try await visit.form())
        var problems: [DelegationProblem] = []
        if values.email.isEmpty { problems.append(.emailMissing) }
        if values.rights.isEmpty { problems.append(.noRights) }
        let end = values.endMoment
        if end == nil { problems.append(.endUnreadable) }
        if problems.isEmpty, let end {
            do {
                try await visit.site.access.offerDelegation(
                    to: values.email, rights: values.rights, until: Timestamp(rawValue: end), visit.holder())
                return .toPage("/profil/delegations?fait=\(Flash.delegationOffered.rawValue)")
            } catch let refusal as DelegationRefusal {
                guard let problem = DelegationProblem(refusal) else { throw refusal }
                problems = [problem]
            }
        }
        var page = try await offerPage(visit, values)
        page.problems = problems
        return Response(html: page.html, status: .unprocessableContent)
    }

    /// `POST /profil/delegations/{id}/accepter`.
    static func accept(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        try await visit.site.access.acceptDelegation(try visit.delegationID(), visit.holder())
        return .toPage("/profil/delegations?fait=\(Flash.delegationAccepted.rawValue)")
    }

    /// `POST /profil/delegations/{id}/terminer`: by either side.
    static func end(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        try await visit.site.access.endDelegation(try visit.delegationID(), visit.holder())
        return .toPage("/profil/delegations?fait=\(Flash.delegationEnded.rawValue)")
    }

    /// `GET /profil/delegations/activite`.
    static func acts(_ visit: Visit) async throws -> Response {
        let acts = try await visit.site.access.delegatedActs(inTheNameOf: visit.holder())
        let page = DelegatedActsPage(
            shell: try await visit.shell(),
            entries: acts.map { act in
                DelegatedActsPage.Entry(
                    delegate: act.delegate, act: act.event.delegatedAct, wasRefused: act.outcome != .success,
                    at: act.at.rawValue, documentID: act.objectKind == "document" ? act.objectID : nil)
            })
        return Response(html: page.html)
    }

    private static func offerPage(_ visit: Visit, _ values: DelegationFields.Values) async throws
        -> OfferDelegationPage
    {
        OfferDelegationPage(
            shell: try await visit.shell(), values: values,
            needsApproval: visit.site.access.delegationRules.needsApproval)
    }
}

extension Visit {
    func delegationID() throws -> Delegation.ID { Delegation.ID(rawValue: try parameter("id")) }

    /// What the form proposes: reading and preparing, for the usual time.
    var newDelegation: DelegationFields.Values {
        var values = DelegationFields.Values()
        values.end = DateTexts.date(now.adding(days: site.access.delegationRules.proposedDays).rawValue)
        return values
    }
}

extension DelegationsPage.Entry {
    init(_ listed: ListedDelegation, person: String, at now: Timestamp) {
        let delegation = listed.delegation
        self.init(
            id: delegation.id.rawValue, person: person, rights: delegation.rights,
            state: DelegationState(delegation, at: now),
            since: (delegation.confirmedAt ?? delegation.offeredAt).rawValue,
            endsAt: (delegation.endedAt ?? delegation.endsAt).rawValue, lastActAt: listed.lastActAt?.rawValue,
            reason: delegation.endReason)
    }
}
