import Foundation
import Testing

@testable import Delivery

@Suite struct MailTests {
    static let mail = Mail(
        id: "row-1", from: "portail@hopital.example", fromName: "Mon Espace Pro", to: "favre@hin.example",
        subject: "Nouveau", text: "Bonjour")

    @Test func `Headers are complete`() throws {
        #expect(
            try Self.mail.headers(at: 1_790_000_000) == [
                "Date: Mon, 21 Sep 2026 14:13:20 +0000", "Message-ID: <row-1@hopital.example>",
                "From: Mon Espace Pro <portail@hopital.example>", "To: <favre@hin.example>",
                "Subject: Nouveau",
                "MIME-Version: 1.0", "Auto-Submitted: auto-generated",
            ])
    }

    static let breaks = ["\r\n", "\n", "\r", "\0", "\r\n\u{301}", "\n\u{200D}", "\u{7F}", "\u{B}"]

    @Test(arguments: breaks)
    func `No field can start a header of its own`(_ lineBreak: String) throws {
        let injected = "a\(lineBreak)Bcc: x@y.example"
        let count = try Self.mail.headers(at: 0).count
        for (field, path) in [
            ("subject", \Mail.subject), ("fromName", \Mail.fromName), ("to", \Mail.to), ("from", \Mail.from),
            ("id", \Mail.id),
        ] {
            var mail = Self.mail
            mail[keyPath: path] = injected
            #expect(throws: MailFailure.invalidField(field)) { try mail.message(at: 0) }
        }
        // in the body it is text
        var mail = Self.mail
        mail.text = "a\r\n\r\n.\r\nBcc: x@y.example\r\n--=_passerelle--\r\n"
        let head = String(decoding: try mail.message(at: 0), as: UTF8.self)
            .components(separatedBy: "\r\n\r\n")[0]
        #expect(head.components(separatedBy: "\r\n").count == count + 2)
    }

    @Test func `Addresses are plain, or refused`() throws {
        for address in [
            "a@b\r\n", "a@b>, <c@d", "a", "@b", "a@", "a@b@c", "\"a b\"@c", "é@b", "a,b@c", "a@b (c)", "",
            "a@b\u{301}", "a b@c", "<a@b>", String(repeating: "a", count: 300) + "@b",
            String(repeating: "\"", count: 10_000) + "@b",
        ] {
            var mail = Self.mail
            mail.to = address
            #expect(throws: MailFailure.invalidField("to"), "\(address.prefix(40))") {
                try mail.message(at: 0)
            }
        }
        for address in ["a@b", "claire.favre+portail@hin-praxis.example"] {
            #expect(Mail.isAddress(address))
        }
    }

    @Test func `Encoded words are short and whole`() {
        let subject = String(repeating: "Résumé de séjour 🩺 ", count: 9)
        let lines = Mail.encodedWords(subject).components(separatedBy: "\r\n ")
        #expect(lines.count > 3 && lines.allSatisfy { $0.utf8.count <= 75 })
        let decoded = lines.map {
            String(
                decoding: Data(base64Encoded: String($0.dropFirst(10).dropLast(2))) ?? Data(), as: UTF8.self)
        }
        #expect(decoded.joined() == subject)
        #expect(Mail.encodedWords("Mon Espace Pro") == "Mon Espace Pro")
        #expect(Mail.encodedWords("=?UTF-8?B?eA==?=").hasPrefix("=?UTF-8?B?P"))
        #expect(Mail.encodedWords("Favre, Claire <x>").hasPrefix("=?UTF-8?B?"))
    }

    @Test func `Quoted-printable lines are short, and nothing is lost`() {
        #expect(Mail.quotedPrintable("a\nb\r\nc\rd") == Array("a\r\nb\r\nc\r\nd".utf8))
        #expect(Mail.quotedPrintable("é = \n ") == Array("=C3=A9 =3D=20\r\n=20".utf8))
        let long = Mail.quotedPrintable(String(repeating: "prénom ", count: 200))
        let lines = String(decoding: long, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.count > 10 && lines.allSatisfy { $0.utf8.count <= 76 })
    }

    @Test func `A relay without TLS must be this machine`() throws {
        for host in ["mail.example", "10.0.0.1", "localhost.evil.example", "127.0.0.2"] {
            #expect(throws: MailFailure.invalidField("security")) {
                try MailRelay(host: host, security: .plainLoopbackOnly)
            }
        }
        for host in ["", "a b", "mail.example/x", "a@b", "a\r\nb", "é.example"] {
            #expect(throws: MailFailure.invalidField("host")) { try MailRelay(host: host) }
        }
        #expect(throws: MailFailure.invalidField("port")) { try MailRelay(host: "mail.example", port: 0) }
        #expect(throws: MailFailure.invalidField("password")) {
            try MailRelay(host: "mail.example", user: "portal")
        }
    }
}
