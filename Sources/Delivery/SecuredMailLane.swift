import Access
public import Dispatches
import Storage

extension OutboxLanes {
    /// Documents to secured mailboxes: tried for 72 hours, then they are in the portal. A lane of its own: a file of
    /// megabytes never keeps a notice waiting.
    public func securedMails(_ dispatches: DispatchActions) -> OutboxLane {
        OutboxLane(
            name: "secured mails", kinds: [SecuredMailJob.outboxKind], leaseSeconds: leaseSeconds,
            maximumTries: 1000,
            work: { job in
                let secured: SecuredMailJob = try payload(of: job)
                guard let due = try await dispatches.dueSecuredMail(secured, job) else { return }
                try await channels.sendMail(channels.mail(of: due))
                try await dispatches.settleSecuredMail(secured, job, .done)
            },
            end: { job, how, _ in
                try await dispatches.settleSecuredMail(try payload(of: job), job, how)
            })
    }
}

extension DeliveryChannels {
    /// Subject, words and the file's name are the same for every document.
    func mail(of due: DueSecuredMail) -> Mail {
        var mail = self.mail(texts.securedDocument(), to: due.address, id: due.token)
        mail.attachment = MailAttachment(name: "document.pdf", mediaType: "application/pdf", bytes: due.file)
        mail.returnTo = returns.flatMap { ReturnAddress.of($0, token: due.token) }
        return mail
    }
}

/// The envelope's sender of a mail with a document, by which a report on it is recognised (VERP).
public enum ReturnAddress {
    /// `retours+TOKEN@hul.example`.
    static func of(_ address: String, token: String) -> String? {
        let parts = address.split(separator: "@", maxSplits: 1)
        return parts.count == 2 ? "\(parts[0])+\(token)@\(parts[1])" : nil
    }

    /// The token in an address, whatever stands around it.
    public static func token(in text: some Sequence<UInt8>) -> String? {
        var run: [UInt8] = []
        var isAfterPlus = false
        for byte in text {
            if byte == UInt8(ascii: "+") {
                (run, isAfterPlus) = ([], true)
            } else if byte == UInt8(ascii: "@") {
                if isAfterPlus, run.count == 32 { return String(decoding: run, as: UTF8.self) }
                isAfterPlus = false
            } else if isAfterPlus, (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) {
                run.append(byte)
            } else {
                isAfterPlus = false
            }
        }
        return nil
    }
}
