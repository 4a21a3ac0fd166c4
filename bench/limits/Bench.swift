/// The bare limits that Passerelle's own figures are divided by. A rate alone says more about the machine and
/// its load than about a program; a ratio to the least possible work, measured in the same minute on the same
/// disk, can be compared from one machine to the next. `bench/run.py` runs this program beside the server.
import ArgumentParser

/// The command line: `bench limit` for the limits of disk, cipher and password hash, `bench hello` for those
/// of the web server, `bench fill` to make an installation grow.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures the bare limits beside which the portal is judged.",
        subcommands: [LimitCommand.self, HelloCommand.self, FillCommand.self])
}
