import Access
import HTTPTypes
import Hummingbird

/// The portal team's desk for delegations (C6).
enum DelegationDeskRoutes {
    /// `GET /admin/delegations`.
    static func list(_ visit: Visit) async throws -> Response {
        Response(html: try await page(visit).html)
    }

    /// `GET /admin/delegations/nouvelle`.
    static func showProposal(_ visit: Visit) async throws -> Response {
        let page = ProposeDelegationPage(shell: try await visit.shell(), values: visit.newDelegation)
        return Response(html: page.html)
    }

    /// `POST /admin/delegations/nouvelle`.
    static func propose(_ visit: Visit) async throws -> Response {
        let values = DelegationFields.Values(try await visit.form())
        var problems: [DelegationProblem] = []
        if values.principal.isEmpty { problems.append(.principalMissing) }
        if values.email.isEmpty { problems.append(.emailMissing) }
        if values.rights.isEmpty { problems.append(.noRights) }
        let end = values.endMoment
        if end == nil { problems.append(.endUnreadable) }
        if values.evidence.isEmpty { problems.append(.evidenceMissing) }
        if problems.isEmpty, let end {
            do {
                try await visit.site.access.proposeDelegation(
                    from: values.principal, to: values.email, rights: values.rights,
                    until: Timestamp(rawValue: end), evidence: values.evidence, visit.holder())
                return .toPage("/admin/delegations?fait=\(Flash.delegationProposed.rawValue)")
            } catch let refusal as DelegationRefusal {
                guard let problem = DelegationProblem(refusal) else { throw refusal }
                problems = [problem]
            }
        }
        var page = ProposeDelegationPage(shell: try await visit.shell(), values: values)
        page.problems = problems
        return Response(html: page.html, status: .unprocessableContent)
    }

    /// `POST /admin/delegations/{id}/activer`.
    static func confirm(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        do {
            try await visit.site.access.confirmDelegation(try visit.delegationID(), visit.holder())
            return .toPage("/admin/delegations?fait=\(Flash.delegationConfirmed.rawValue)")
        } catch DelegationRefusal.samePerson {
            var page = try await page(visit)
            page.problem = .samePerson
            return Response(html: page.html, status: .forbidden)
        }
    }

    /// `POST /admin/delegations/{id}/terminer`, with `motif`.
    static func end(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        do {
            try await visit.site.access.endDelegation(
                try visit.delegationID(), reason: form["motif"].trimmed(to: 500), visit.holder())
            return .toPage("/admin/delegations?fait=\(Flash.delegationEnded.rawValue)")
        } catch DelegationRefusal.reasonMissing {
            var page = try await page(visit)
            page.problem = .reasonMissing(try visit.delegationID().rawValue)
            return Response(html: page.html, status: .unprocessableContent)
        }
    }

    private static func page(_ visit: Visit) async throws -> DelegationDeskPage {
        let holder = try visit.holder()
        let (waiting, confirmed) = try await visit.site.access.delegationsForApproval(holder)
        let now = visit.now
        return DelegationDeskPage(
            shell: try await visit.shell(),
            waiting: waiting.map { .init($0, isMine: $0.delegation.proposedBy == holder.accountID, at: now) },
            confirmed: confirmed.map { .init($0, isMine: false, at: now) })
    }
}

extension DelegationDeskPage.Entry {
    init(_ listed: ListedDelegation, isMine: Bool, at now: Timestamp) {
        let delegation = listed.delegation
        self.init(
            id: delegation.id.rawValue, principal: listed.principal, delegate: listed.delegate,
            rights: delegation.rights, state: DelegationState(delegation, at: now),
            since: delegation.offeredAt.rawValue, endsAt: delegation.endsAt.rawValue,
            proposedBy: delegation.origin == .support ? listed.proposedBy : nil,
            evidence: delegation.evidence,
            isMine: isMine)
    }
}
