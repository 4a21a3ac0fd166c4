import Access
import ArgumentParser
import Delivery
import Dispatches
import Foundation
import Storage

/// `passerelle bounce < MESSAGE`: what the mail system hands over of the address for returns.
struct BounceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bounce",
        abstract:
            "Takes a report on a mail with a document from standard input, as a mail system's pipe feeds it.",
        discussion: """
            A failure brings the document into the portal and tells both sides. What is no report, or about no mail \
            of this portal, is dropped. Ends with 0, or with 75 when the mail system is to try again.
            """)

    @Option(help: "To whom the report came: Postfix's ${original_recipient}.") var recipient: String?
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        var message = Data()
        while message.count < DeliveryReport.limit,
            let some = try FileHandle.standardInput.read(upToCount: 64 << 10), !some.isEmpty
        {
            message += some
        }
        guard let report = DeliveryReport.read([UInt8](message), recipient: recipient) else {
            return print("no report on a mail of this portal")
        }
        do {
            let core = try await Core(
                Settings(arguments: settings), rules: AccessRules(), mustExist: true)
            let end = try await core.dispatches.take(report)
            print("\(report.action.rawValue) \(report.status): \(end.rawValue)")
            await core.database.close()
        } catch let failure as SettingsFailure {
            throw failure
        } catch {
            throw TemporaryFailure("The report was not taken: \(type(of: error)). Try again.")
        }
    }
}
