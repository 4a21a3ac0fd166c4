import ArgumentParser
import Foundation
import Storage

/// Makes an installation of the demo grow: rows that the portal lists as it lists its own, in bulk. Their
/// contents were never sealed, so they can be listed, found and looked at, not downloaded.
struct FillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fill", abstract: "Adds documents to a demo that is stopped, without their contents.")

    @Option(help: "The demo's data folder.")
    var data: String

    @Option(help: "postgres://… ; without it the file in the data folder.")
    var database: String?

    @Option(help: "How many documents.")
    var documents: Int

    @Option(help: "E-mail address and number: so many of them are this account's. Others own the rest.")
    var owner: [String] = []

    func run() async throws {
        guard let place = DatabaseLocation(address: database, orFile: data + "/passerelle.sqlite") else {
            throw ValidationError("\(database ?? "") names no engine.")
        }
        let database = try await place.open()
        let rows = try await BulkRows(
            documents: documents, owners: try owner.map(Self.owner), among: database,
            now: Int64(Date().timeIntervalSince1970 * 1000))
        try await rows.write(to: database)
        await database.close()
    }

    private static func owner(_ text: String) throws -> (email: String, documents: Int) {
        let parts = text.split(separator: "=")
        guard parts.count == 2, let number = Int(parts[1]), number > 0 else {
            throw ValidationError("\(text) is not ADDRESS=NUMBER.")
        }
        return (String(parts[0]), number)
    }
}
