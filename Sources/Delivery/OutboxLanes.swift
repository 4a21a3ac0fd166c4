public import Access
public import Dispatches
public import Documents
import Enrolment
import Foundation
public import PDF
public import Storage
public import Vault

/// What the lanes need to reach the outside.
public struct DeliveryChannels: Sendable {
    /// Hands a mail to the relay; throws a `DeliveryFailure`.
    let sendMail: @Sendable (Mail) async throws -> Void
    /// Hands a short message to the gateway; throws a `DeliveryFailure`.
    let sendSMS: @Sendable (SMS) async throws -> Void
    /// Whether a number's card was exchanged in the last `simChangeHours`.
    let isSIMSwapped: @Sendable (String) async throws -> Bool
    let texts: MessageTexts
    let from: String
    let fromName: String
    /// Where what became of a notice, or of a mail with a document, is reported, its token between `+` and `@`; nil: to
    /// `from`.
    let returns: String?

    /// For how long after a change of its card a number gets no codes (AUT-6): seven days.
    public static let simChangeHours = 7 * 24

    /// - Parameters:
    ///   - from: the sender's address of all mails.
    ///   - fromName: the product's name.
    ///   - returns: an address of which `+…` variants arrive too, for reports on notices and on mails with documents.
    ///   - isSIMSwapped: nobody knows, unless somebody is asked.
    public init(
        texts: MessageTexts, from: String, fromName: String, returns: String? = nil,
        sendMail: @escaping @Sendable (Mail) async throws -> Void,
        sendSMS: @escaping @Sendable (SMS) async throws -> Void,
        isSIMSwapped: @escaping @Sendable (String) async throws -> Bool = { _ in false }
    ) {
        self.texts = texts
        self.from = from
        self.fromName = fromName
        self.returns = returns
        self.sendMail = sendMail
        self.sendSMS = sendSMS
        self.isSIMSwapped = isSIMSwapped
    }

    /// Real channels. The adapters block: four messages at a time, on threads of their own.
    public static func real(
        texts: MessageTexts, from: String, fromName: String, returns: String? = nil, relay: MailRelay,
        gateway: any SMSGateway,
        simSwap: (any SIMSwapLookup)?, clock: Clock
    ) -> DeliveryChannels {
        let mails = BlockingWork(atOnce: 4, maximumWaiting: 100)
        let messages = BlockingWork(atOnce: 4, maximumWaiting: 100)
        return DeliveryChannels(
            texts: texts, from: from, fromName: fromName, returns: returns,
            sendMail: { mail in
                let seconds = Int(clock.now().rawValue / 1000)
                try await mails.run { try relay.send(mail, at: seconds) }
            },
            sendSMS: { message in try await messages.run { try gateway.send(message) } },
            isSIMSwapped: { number in
                guard let simSwap else { return false }
                return try await messages.run { try simSwap.isSwapped(number, withinHours: simChangeHours) }
            })
    }

    func mail(_ texts: MailTexts, to address: String, id: String) -> Mail {
        Mail(
            id: id, from: from, fromName: fromName, to: address, subject: texts.subject, text: texts.text,
            html: texts.html)
    }
}

/// The lanes. They do not wait for each other: a code is never late because a mail relay hangs.
public struct OutboxLanes: Sendable {
    let database: any Database
    let keyring: Keyring
    let clock: Clock
    let channels: DeliveryChannels
    let leaseSeconds: Int

    /// - Parameter leaseSeconds: after so many seconds another node takes over the jobs of one that was killed. A
    ///   node that lives renews its leases.
    public init(
        database: any Database, keyring: Keyring, clock: Clock, channels: DeliveryChannels,
        leaseSeconds: Int = 30
    ) {
        self.leaseSeconds = leaseSeconds
        self.database = database
        self.keyring = keyring
        self.clock = clock
        self.channels = channels
    }

    /// One-time codes: tried for two minutes, then dropped. Never sent late, and not to a new SIM card.
    public func codes(_ access: AccessActions) -> OutboxLane {
        OutboxLane(
            name: "codes", kinds: [CodeMessage.outboxKind], leaseSeconds: leaseSeconds, maximumTries: 20,
            work: { job in
                let message: CodeMessage = try payload(of: job)
                switch message.channel {
                case .sms:
                    if try await channels.isSIMSwapped(message.to), try await access.withholdCode(job.id) {
                        return try await end(job, .cancelled, "the SIM card was exchanged lately")
                    }
                    let text = channels.texts.codeSMS(message.code)
                    try await channels.sendSMS(SMS(id: job.id, to: message.to, text: text))
                case .email:
                    let texts = channels.texts.codeMail(message.code)
                    try await channels.sendMail(channels.mail(texts, to: message.to, id: job.id))
                }
                try await end(job, .done, nil)
            },
            end: { job, how, reason in try await end(job, how, reason) })
    }

    /// Notices of new documents: tried for 72 hours.
    public func notices(_ dispatches: DispatchActions) -> OutboxLane {
        OutboxLane(
            name: "notices", kinds: [NoticeJob.outboxKind], leaseSeconds: leaseSeconds, maximumTries: 1000,
            work: { job in
                let notice: NoticeJob = try payload(of: job)
                guard let due = try await dispatches.dueNotice(notice) else {
                    return try await dispatches.settleNotice(
                        notice, job, .cancelled, reason: "nothing to say")
                }
                var mail = channels.mail(channels.texts.notice(due), to: due.email, id: job.id)
                // by which a report on it is recognised, and the address that does not take it
                mail.returnTo = channels.returns.flatMap { ReturnAddress.of($0, token: job.id) }
                try await channels.sendMail(mail)
                try await dispatches.settleNotice(notice, job, .done, reason: nil)
            },
            end: { job, how, reason in
                let notice: NoticeJob = try payload(of: job)
                try await dispatches.settleNotice(notice, job, how, reason: reason)
            })
    }

    /// Mails and texts to the holder of an account about his own account: tried for 72 hours.
    public var accountNotices: OutboxLane {
        OutboxLane(
            name: "account notices", kinds: [AccountNoticeJob.outboxKind, AccountNoticeJob.textKind],
            leaseSeconds: leaseSeconds, maximumTries: 1000,
            work: { job in
                let notice: AccountNoticeJob = try payload(of: job)
                if job.kind == AccountNoticeJob.textKind {
                    let text = channels.texts.accountNoticeSMS(notice.notice)
                    try await channels.sendSMS(SMS(id: job.id, to: notice.to, text: text))
                } else {
                    let texts = channels.texts.accountNotice(notice.notice, path: notice.path)
                    try await channels.sendMail(channels.mail(texts, to: notice.to, id: job.id))
                }
                try await end(job, .done, nil)
            },
            end: { job, how, reason in try await end(job, how, reason) })
    }

    /// Links for a forgotten password. Whether the address has an account is looked at here, not by the page.
    public func passwordLinks(_ access: AccessActions) -> OutboxLane {
        OutboxLane(
            name: "password links", kinds: [PasswordLinkJob.outboxKind], leaseSeconds: leaseSeconds,
            maximumTries: 20,
            work: { job in
                guard let link = try await access.makePasswordLink(for: try payload(of: job)) else {
                    return try await end(job, .cancelled, "nothing to say")
                }
                let texts = channels.texts.passwordLink(token: link.token)
                try await channels.sendMail(channels.mail(texts, to: link.email, id: job.id))
                try await end(job, .done, nil)
            },
            end: { job, how, reason in try await end(job, how, reason) })
    }

    /// Mails about requests for accounts: tried for 72 hours.
    public var enrolmentMails: OutboxLane {
        OutboxLane(
            name: "enrolment", kinds: [EnrolmentMailJob.outboxKind], leaseSeconds: leaseSeconds,
            maximumTries: 1000,
            work: { job in
                let message: EnrolmentMailJob = try payload(of: job)
                let texts = channels.texts.enrolment(message)
                try await channels.sendMail(channels.mail(texts, to: message.to, id: job.id))
                try await end(job, .done, nil)
            },
            end: { job, how, reason in try await end(job, how, reason) })
    }

    /// Control SMS of identity checks: somebody waits on the telephone; after five minutes they are dropped.
    public var controlCodes: OutboxLane {
        OutboxLane(
            name: "control codes", kinds: [ControlCodeJob.outboxKind], leaseSeconds: leaseSeconds,
            maximumTries: 20,
            work: { job in
                let message: ControlCodeJob = try payload(of: job)
                let text = channels.texts.controlSMS(message.code)
                try await channels.sendSMS(SMS(id: job.id, to: message.to, text: text))
                try await end(job, .done, nil)
            },
            end: { job, how, reason in try await end(job, how, reason) })
    }

    /// Page images and text of new documents.
    public func previews(_ documents: DocumentActions, _ rendering: PDFRendering) -> OutboxLane {
        OutboxLane(
            name: "previews", kinds: [PreviewJob.outboxKind], leaseSeconds: leaseSeconds, maximumTries: 20,
            isNewestFirst: true,
            work: { job in
                let preview: PreviewJob = try payload(of: job)
                let isDrawn = try await documents.renderPreview(preview, with: rendering)
                try await end(job, .done, isDrawn ? nil : "cannot be drawn")
            },
            end: { job, how, reason in
                try await documents.giveUpPreview(try payload(of: job))
                try await end(job, how, reason)
            })
    }

    func payload<T: Decodable>(of job: OutboxJob) throws -> T {
        do {
            let plain = try keyring.open(job.payload, for: .outbox, context: job.idempotencyKey)
            return try JSONDecoder().decode(T.self, from: Data(plain))
        } catch { throw JobFailure.permanent("its payload does not open") }
    }

    private func end(_ job: OutboxJob, _ end: OutboxEnd, _ reason: String?) async throws {
        let now = clock.now()
        try await database.write { _ = try $0.settle(job, end, reason: reason, at: now.rawValue) }
    }
}
