import Delivery
import Dispatches
import Testing

/// Reports as mail systems really write them.
@Suite struct RealReportsTests {
    private static let token = "0123456789abcdef0123456789abcdef"

    @Test(arguments: [
        (PostfixReports.failed, MailReturn.Action.failed, "5.1.1"),
        (PostfixReports.failedInternational, .failed, "5.1.1"), (PostfixWarnings.overQuota, .failed, "5.2.2"),
        (PostfixWarnings.delayed, .delayed, "4.3.0"), (PostfixWarnings.relayed, .relayed, "2.0.0"),
        (EximReports.failed, .failed, "5.1.1"), (EximReports.delayed, .delayed, "4.3.0"),
    ])
    func `It is read by where it came to, by its address, or by the mail in it`(
        _ report: String, _ action: MailReturn.Action, _ status: String
    ) {
        let expected = MailReturn(token: Self.token, action: action, status: status)
        let bare = report.replacing("retours+\(Self.token)@", with: "retours@")
        #expect(DeliveryReport.read(Array(report.utf8)) == expected)
        #expect(DeliveryReport.read(Array(bare.utf8)) == expected, "by the Message-ID")
        #expect(DeliveryReport.read(Array(bare.replacing("\n", with: "\r\n").utf8)) == expected)
        let nameless = bare.replacing("<\(Self.token)@", with: "<x@")
        #expect(DeliveryReport.read(Array(nameless.utf8)) == nil)
        #expect(
            DeliveryReport.read(Array(nameless.utf8), recipient: "retours+\(Self.token)@hul.example")
                == expected)
    }
}
