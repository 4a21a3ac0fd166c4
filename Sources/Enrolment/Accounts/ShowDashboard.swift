public import Access
import Directory
import Foundation
import Storage

/// What waits for the portal team.
public struct Dashboard: Sendable {
    public let requested: Int
    public let verified: Int
    /// When the oldest request came, UTC milliseconds.
    public let oldest: Int64?
    /// The oldest request.
    public let next: AccountRequest.ID?
    public let appointmentsToday: Int
    public let domainQuestions: Int
    public let registerChanges: Int
    public let staffProposals: Int
    public let isAdministrator: Bool
}

extension EnrolmentActions {
    /// Numbers only.
    public func showDashboard(_ holder: Holder) async throws -> Dashboard {
        let now = clock.now()
        let (start, end) = Day.bounds(of: now)
        return try await database.read { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            let first = try transaction.requests(in: [.requested], after: nil, limit: 1).first
            return Dashboard(
                requested: try transaction.countRequests(in: [.requested]),
                verified: try transaction.countRequests(in: [.identityVerified]),
                oldest: first?.createdAt.rawValue, next: first?.id,
                appointmentsToday: try transaction.appointments(from: start, to: end, limit: 200).count,
                domainQuestions: try transaction.countDomainQuestions(),
                registerChanges: try transaction.countRegisterChanges(),
                staffProposals: try transaction.openActs(.addStaff, at: now, limit: 100).count,
                isAdministrator: holder.role == .portalAdmin)
        }
    }
}
