import Access
import ArgumentParser
import Dispatches
import Documents
import Storage

/// `passerelle rescan`: all kept files once more, now and not over the coming hours.
struct RescanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rescan",
        abstract: "Has the scanner look at kept files again, those first that wait the longest.",
        discussion: """
            The portal does the same every hour within limits. Documents in which something is found are taken back. May \
            be ended and run again at any time: it goes on where it ended. --clamav is needed.
            """)

    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data and --clamav are needed.")
    var settings: [String] = []

    func run() async throws {
        let settings = try Settings(arguments: settings)
        guard settings["clamav"] != nil else {
            throw SettingsFailure("Set --clamav: without a scanner nothing is looked at.")
        }
        let core = try await Core(settings, rules: AccessRules(), mustExist: true)
        let limits = try Core.rescanLimits(settings)
        var (scanned, found, unreadable) = (0, 0, 0)
        while true {
            let done = try await core.dispatches.rescanContents(limits)
            guard !done.isBusy else {
                throw SettingsFailure("A node of the portal is at it: run it again in ten minutes.")
            }
            scanned += done.scanned
            found += done.found.count
            unreadable += done.unreadable.count
            for id in done.found { print("taken back: \(id.rawValue)") }
            for id in done.unreadable { print("cannot be opened: \(id.rawValue)") }
            print("scanned: \(scanned), taken back: \(found), cannot be opened: \(unreadable)")
            if let problem = done.problem { throw SettingsFailure("Not finished: \(problem). Run it again.") }
            guard done.hasMore else { break }
        }
        await core.database.close()
    }
}
