import Directory
import Testing

@testable import Dispatches

/// By which way a document reaches a recipient, as a table.
@Suite struct RecipientReachTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var mode = Practitioner.DeliveryMode.portal
        var isActive = true
        var canSignIn = true
        var mail = DocumentMail.missing
        var hasPost = false
        var way: DispatchWay?
    }

    private static let mailbox = "claire.favre@hin.example"
    private static let lines = ["Dre Claire Favre", "Rue du Port 7", "1200 Ville du Lac"]

    static let examples: [Example] = [
        Example(testDescription: "the portal, as chosen", way: .portal),
        Example(testDescription: "the portal, but nobody can sign in", canSignIn: false),
        Example(testDescription: "the portal, but the account is suspended", isActive: false),
        Example(
            testDescription: "a secured mailbox", mode: .securedMail, mail: .secured(mailbox),
            way: .securedMail),
        Example(
            testDescription: "a secured mailbox needs no sign-in", mode: .securedMail, canSignIn: false,
            mail: .secured(mailbox), way: .securedMail),
        Example(
            testDescription: "a mailbox that is not secured any more", mode: .securedMail, mail: .unsecured,
            way: .portal),
        Example(testDescription: "a mailbox that is missing", mode: .securedMail, way: .portal),
        Example(
            testDescription: "a mailbox of a suspended account", mode: .securedMail, isActive: false,
            mail: .secured(mailbox)),
        Example(testDescription: "nothing", mode: .none),
        Example(
            testDescription: "nothing electronically, and letters go out", mode: .none, hasPost: true,
            way: PostAddressee(lines: lines).map(DispatchWay.post)),
        Example(
            testDescription: "nobody can sign in, and letters go out", canSignIn: false, hasPost: true,
            way: PostAddressee(lines: lines).map(DispatchWay.post)),
        Example(
            testDescription: "an unsecured mailbox and no sign-in, and letters go out", mode: .securedMail,
            canSignIn: false, mail: .unsecured, hasPost: true,
            way: PostAddressee(lines: lines).map(DispatchWay.post)),
        Example(
            testDescription: "a secured mailbox comes before paper", mode: .securedMail, canSignIn: false,
            mail: .secured(mailbox), hasPost: true, way: .securedMail),
        Example(
            testDescription: "no letters to a suspended account either", mode: .none, isActive: false,
            hasPost: true),
        Example(testDescription: "no letters for whom reads in the portal", hasPost: true, way: .portal),
    ]

    @Test(arguments: examples)
    func `The recipient decides, and falling back is better than losing`(_ example: Example) {
        var reach = RecipientReach()
        reach.documentMail = example.mail
        if example.hasPost { reach.post = PostAddressee(lines: Self.lines) }
        let recipient = Recipient.dreFavre(
            isActive: example.isActive, canSignIn: example.canSignIn, mode: example.mode)
        #expect(reach.way(to: recipient) == example.way)
    }
}
