import Foundation
import TestSupport
import Testing

@testable import Delivery

/// Against aiosmtpd with STARTTLS and a password.
@Suite(
    .timeLimit(.minutes(2)),
    .enabled(
        if: TestServer.isWanted(needing: TestServer.python), "Python is missing: run scripts/setup-tests.sh"))
struct MailRelayTests {
    let sink: TestServer
    let relay: MailRelay
    let mail = Mail(
        id: "row-1", from: "portail@hopital.example", fromName: "Mon Espace Pro à l’hôpital",
        to: "favre@hin.example", subject: "3 nouveaux documents à l’hôpital « du Lac »",
        text: "Bonjour Dre Favre,\n.\n..deux points\n" + String(repeating: "été ", count: 60),
        html: "<p>Bonjour à vous</p>\n")

    init() throws {
        sink = try TestServer("smtp_sink.py")
        relay = try MailRelay(
            host: "localhost", port: sink.port, user: "portal", password: "secret", authority: sink.authority,
            seconds: 20)
    }

    @Test func `A mail arrives with its accents and both its parts`() throws {
        try relay.send(mail, at: 1_790_000_000)
        let reader = """
            import email, email.policy, os, sys
            folder = sys.argv[1] + '/maildir/new/'
            names = os.listdir(folder)
            assert len(names) == 1, names
            mail = email.message_from_bytes(open(folder + names[0], 'rb').read(), policy=email.policy.default)
            assert not mail.defects, mail.defects
            assert mail['Subject'] == '3 nouveaux documents à l’hôpital « du Lac »', mail['Subject']
            assert mail['From'].addresses[0].display_name == 'Mon Espace Pro à l’hôpital', mail['From']
            assert mail['To'].addresses[0].addr_spec == 'favre@hin.example', mail['To']
            assert mail['Message-ID'] == '<row-1@hopital.example>', mail['Message-ID']
            assert mail['X-RcptTo'] == 'favre@hin.example', mail['X-RcptTo']
            assert mail.get_content_type() == 'multipart/alternative', mail.get_content_type()
            parts = [(part.get_content_type(), part.get_content()) for part in mail.iter_parts()]
            assert [kind for kind, _ in parts] == ['text/plain', 'text/html'], parts
            text = parts[0][1].replace('\\r\\n', '\\n').rstrip()
            assert text == 'Bonjour Dre Favre,\\n.\\n..deux points\\n' + ('été ' * 60).rstrip(), repr(text)
            assert parts[1][1].strip() == '<p>Bonjour à vous</p>', parts[1]
            """
        try TestServer.run(TestServer.python, ["-c", reader, sink.folder])
    }

    @Test func `A document arrives byte for byte, and reports on it go to an address of its own`() throws {
        var other = mail
        let file = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 256) }
        other.attachment = MailAttachment(name: "document.pdf", mediaType: "application/pdf", bytes: file)
        other.returnTo = "retours+0123456789abcdef0123456789abcdef@hopital.example"
        try relay.send(other, at: 1_790_000_000)
        let reader = """
            import email, email.policy, os, sys
            folder = sys.argv[1] + '/maildir/new/'
            mail = email.message_from_bytes(
                open(folder + os.listdir(folder)[0], 'rb').read(), policy=email.policy.default)
            assert not mail.defects, mail.defects
            assert mail['X-MailFrom'] == 'retours+0123456789abcdef0123456789abcdef@hopital.example', mail['X-MailFrom']
            assert mail.get_content_type() == 'multipart/mixed', mail.get_content_type()
            words, file = mail.iter_parts()
            assert [part.get_content_type() for part in words.iter_parts()] == ['text/plain', 'text/html']
            assert file.get_filename() == 'document.pdf' and file.get_content_type() == 'application/pdf'
            assert file.get_content() == bytes((n * 31 + n // 256) % 256 for n in range(100000))
            """
        try TestServer.run(TestServer.python, ["-c", reader, sink.folder])
        other.attachment = MailAttachment(name: "a\"\r\nX: y", mediaType: "application/pdf", bytes: [1])
        #expect(throws: MailFailure.invalidField("attachment name")) { try relay.send(other, at: 0) }
    }

    @Test func `Refusals for ever and for now are told apart`() throws {
        var other = mail
        other.to = "unknown@hin.example"
        let refused = #expect(throws: MailFailure.self) { try relay.send(other, at: 0) }
        #expect(refused?.isPermanent == true)
        guard case .refused(550, _) = refused else { throw try #require(refused) }
        other.to = "tempfail@hin.example"
        let delayed = #expect(throws: MailFailure.self) { try relay.send(other, at: 0) }
        #expect(delayed?.isPermanent == false)
        guard case .unavailable(451, _) = delayed else { throw try #require(delayed) }
    }

    @Test func `A wrong password is the operator's fault, not the mail's`() throws {
        let stranger = try MailRelay(
            host: "localhost", port: sink.port, user: "portal", password: "wrong", authority: sink.authority)
        let failure = #expect(throws: MailFailure.self) { try stranger.send(mail, at: 0) }
        guard case .misconfigured(535, _) = failure else { throw try #require(failure) }
        #expect(failure?.isPermanent == false)
    }

    @Test func `A relay whose certificate another authority signed gets nothing`() throws {
        for authority in [nil, sink.foreignAuthority] {
            let careful = try MailRelay(
                host: "localhost", port: sink.port, user: "portal", password: "secret", authority: authority)
            let failure = #expect(throws: MailFailure.self) { try careful.send(mail, at: 0) }
            guard case .unavailable(_, let reason) = failure else { throw try #require(failure) }
            #expect(reason.contains("certificate"), "\(reason)")
        }
        #expect(sink.text(of: "maildir/new").isEmpty)
    }

    @Test func `A relay that offers no TLS gets nothing, unless it is this machine and told so`() throws {
        let plain = try TestServer("smtp_sink.py", options: ["plain"])
        let strict = try MailRelay(host: "localhost", port: plain.port, authority: plain.authority)
        let failure = #expect(throws: MailFailure.self) { try strict.send(mail, at: 0) }
        #expect(failure?.isPermanent == false)
        #expect(Self.count(plain) == 0)
        try MailRelay(host: "127.0.0.1", port: plain.port, security: .plainLoopbackOnly).send(mail, at: 0)
        #expect(Self.count(plain) == 1)
    }

    @Test func `Nobody at home means try later`() throws {
        let nobody = try MailRelay(host: "127.0.0.1", port: 1, seconds: 5)
        let failure = #expect(throws: MailFailure.self) { try nobody.send(mail, at: 0) }
        #expect(failure?.isPermanent == false)
    }

    static func count(_ server: TestServer) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: server.folder + "/maildir/new").count) ?? 0
    }
}
