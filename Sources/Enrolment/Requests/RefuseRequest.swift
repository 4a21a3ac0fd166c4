public import Access
import Storage

extension EnrolmentActions {
    /// Refuses a request. The reason is shown on the applicant's page; the mail holds none.
    /// - Throws: `EnrolmentRefusal.notFound`, `.incomplete` without a reason, `.wrongState`.
    public func refuse(_ id: AccountRequest.ID, reason: String, _ holder: Holder) async throws {
        let now = clock.now()
        let words = PlainText.note(reason)
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard let request = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
            guard !words.isEmpty else { throw EnrolmentRefusal.incomplete }
            guard try transaction.end(request, .refused, reason: words, at: now) else {
                throw EnrolmentRefusal.wrongState
            }
            try transaction.freeSlot(of: id)
            try transaction.withdrawActs(.activateAccount, on: id.rawValue, at: now)
            try transaction.closeIdentity(ofRequest: id.rawValue, isRefused: true, at: now)
            try self.send(
                .refused, to: request.declared.email, path: self.followPath(id), in: transaction, at: now)
            try transaction.record(
                AuditEntry(.requestRefused, object: request.auditObject), by: .person(holder), at: now)
        }
    }

    /// Asks the applicant to add something; shown on his page, and a mail says that there is something.
    /// - Throws: `EnrolmentRefusal.notFound`, `.incomplete` without words, `.wrongState`.
    public func askForComplement(_ id: AccountRequest.ID, _ text: String, _ holder: Holder) async throws {
        let now = clock.now()
        let words = PlainText.note(text)
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard let request = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
            guard !words.isEmpty else { throw EnrolmentRefusal.incomplete }
            guard request.state == .requested else { throw EnrolmentRefusal.wrongState }
            try transaction.setComplement(words, of: request, at: now)
            try self.send(
                .complementAsked, to: request.declared.email, path: self.followPath(id), in: transaction,
                at: now)
            try transaction.record(
                AuditEntry(.complementAsked, object: request.auditObject), by: .person(holder), at: now)
        }
    }

    /// Ends requests that nobody decided in time, and destroys copies whose time is over. Called every hour.
    /// - Returns: how many copies were destroyed.
    @discardableResult
    public func endWhatIsOver() async throws -> Int {
        let now = clock.now()
        try await database.write { transaction in
            let start = now.adding(days: -self.rules.requestDays)
            for request in try transaction.openRequests(before: start, limit: 200) {
                // an appointment that is still to come keeps it open
                if let moment = try transaction.appointment(of: request.id)?.startsAt, moment > now {
                    continue
                }
                guard try transaction.end(request, .expired, reason: "", at: now) else { continue }
                try transaction.withdrawActs(.activateAccount, on: request.id.rawValue, at: now)
                try transaction.closeIdentity(ofRequest: request.id.rawValue, isRefused: false, at: now)
                try self.send(
                    .expired, to: request.declared.email, path: "/creer-un-compte", in: transaction, at: now)
                try transaction.record(
                    AuditEntry(.requestChanged, object: request.auditObject, detail: "expired"),
                    by: self.system, at: now)
            }
        }
        return try await destroyCopies(at: now)
    }
}
