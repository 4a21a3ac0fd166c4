import Testing

@testable import Directory

/// Every combination of preferences, and whether its owner must be warned (D13).
@Suite struct DeliveryGapTests {
    typealias Mode = Practitioner.DeliveryMode
    typealias Policy = Practitioner.NotificationPolicy

    private static func gaps(_ mode: Mode, _ policy: Policy, _ notices: String, _ documents: String)
        -> [DeliveryGap]
    {
        DeliveryGap.of(mode: mode, policy: policy, notificationEmail: notices, documentEmail: documents)
    }

    @Test(arguments: ["", "favre@hin.example"])
    func `In the portal, the policy wins, then the address counts`(_ documents: String) {
        let mail = "claire.favre@cabinet.example"
        let table: [(Policy, String, [DeliveryGap])] = [
            (.sinceLastSignIn, mail, []), (.sinceLastSignIn, "", [.noticeAddressMissing]),
            (.daily, mail, []), (.daily, "", [.noticeAddressMissing]),
            (.none, mail, [.noNotices]), (.none, "", [.noNotices]),
        ]
        #expect(table.count == Policy.allCases.count * 2)
        for (policy, address, expected) in table {
            #expect(Self.gaps(.portal, policy, address, documents) == expected, "\(policy) «\(address)»")
        }
    }

    @Test(arguments: Policy.allCases, ["", "claire.favre@cabinet.example"])
    func `Outside the portal nobody is notified, whatever the policy says`(
        _ policy: Policy, _ notices: String
    ) {
        #expect(Self.gaps(.securedMail, policy, notices, "favre@hin.example") == [.bySecuredMail])
        #expect(Self.gaps(.securedMail, policy, notices, "") == [.documentAddressMissing])
        #expect(Self.gaps(.none, policy, notices, "") == [.noDocuments])
        #expect(Self.gaps(.none, policy, notices, "favre@hin.example") == [.noDocuments])
    }
}
