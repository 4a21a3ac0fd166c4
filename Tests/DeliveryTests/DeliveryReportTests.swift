import Delivery
import Dispatches
import Foundation
import Testing

/// Reports of mail systems as they are written, and what is none of them.
@Suite struct DeliveryReportTests {
    private let token = "0123456789abcdef0123456789abcdef"

    /// As Postfix writes them.
    private func report(
        action: String = "failed", status: String = "5.1.1", to: String = "retours@hul.example",
        messageID: String? = nil, boundary: String = "4F1.1790/mail.hin.example"
    ) -> String {
        """
        Return-Path: <>
        From: MAILER-DAEMON@mail.hin.example (Mail Delivery System)
        To: \(to)
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="\(boundary)"
        Subject: Undelivered Mail Returned to Sender

        This is a MIME-encapsulated message.

        --\(boundary)
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        I'm sorry. Action: delivered

        --\(boundary)
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.hin.example
        Arrival-Date: Fri, 20 Nov 2026 09:00:00 +0100 (CET)

        Final-Recipient: rfc822; claire.favre@hin.example
        Action: \(action)
        Status: \(status)
        Diagnostic-Code: smtp; 550 5.1.1 user unknown

        --\(boundary)
        Content-Type: message/rfc822

        Date: Fri, 20 Nov 2026 08:00:00 +0000
        Message-ID: <\(messageID ?? token)@hul.example>
        Subject: Document transmis

        --\(boundary)--

        """
    }

    private func read(_ text: String, to recipient: String? = nil) -> MailReturn? {
        DeliveryReport.read(Array(text.utf8), recipient: recipient)
    }

    @Test func `A report is known by its address, by what the mail system says, or by the mail it returns`() {
        let expected = MailReturn(token: token, action: .failed, status: "5.1.1")
        let other = "ffffffffffffffffffffffffffffffff"
        #expect(read(report()) == expected)
        #expect(read(report(to: "<retours+\(token)@hul.example>", messageID: "x")) == expected)
        #expect(read(report(messageID: other), to: "Retours+\(token.uppercased())@hul.example") == expected)
        #expect(read(report().replacing("\n", with: "\r\n")) == expected)
        #expect(read(report(boundary: "simple").replacing("\"simple\"", with: "simple")) == expected)
    }

    @Test(arguments: ["delayed", "delivered", "relayed", "expanded", "FAILED"])
    func `All actions of the standard are read`(_ action: String) {
        #expect(read(report(action: action))?.action.rawValue == action.lowercased())
    }

    @Test func `A status that is none is not kept`() {
        for status in ["", "5", "5.1.1.1", "5.x.1", "99999.1.1", String(repeating: "5", count: 5000)] {
            #expect(read(report(status: status))?.status == "unknown", "\(status.prefix(20))")
        }
        #expect(read(report(status: "4.4.7 (delivery time expired)"))?.status == "4.4.7")
    }

    @Test func `Answers, forwards and what is broken are no reports`() {
        let whole = report()
        for text in [
            "", "\n", "Subject: Absence\n\nJe suis absente.\n",
            whole.replacing("multipart/report", with: "multipart/mixed"),
            whole.replacing("message/delivery-status", with: "text/plain"),
            whole.replacing("boundary=", with: "border="), report(messageID: "not-a-token"),
            report(action: "vacation"), report(messageID: String(token.dropLast())),
            whole.replacing("Action: failed", with: ""),
        ] {
            #expect(read(text) == nil, "\(text.prefix(40))")
        }
    }

    @Test func `Giants and nests cost no more than they may`() {
        let junk = String(
            repeating: "--b\nContent-Type: message/delivery-status\n\nAction: failed\n\n", count: 50_000)
        let head = "Content-Type: multipart/report; boundary=b\n\n"
        #expect(read(head + junk) == nil, "no token anywhere")
        var long = Array(report().utf8)
        long.insert(contentsOf: [UInt8](repeating: 0x41, count: 3 << 20), at: 0)
        #expect(DeliveryReport.read(long) == nil)
        #expect(DeliveryReport.read([UInt8](repeating: 0, count: 1 << 20)) == nil)
        let folded = "Content-Type: multipart/report;\n" + String(repeating: " x=y;\n", count: 200_000)
        #expect(read(folded) == nil)
    }
}
