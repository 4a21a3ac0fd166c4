import Access
import Storage

/// Opens the database that the settings name and brings its tables up to date.
enum OpenDatabase {
    /// - Parameter file: SQLite's, where no server is named.
    /// - Throws: `SettingsFailure`, or `TemporaryFailure` while the database is away, with a sentence; never with the address, which holds a password.
    static func open(_ settings: Settings, file: String, mustExist: Bool, clock: Clock) async throws
        -> any Database
    {
        try await open(
            settings["database"], option: "--database", file: file, mustExist: mustExist, clock: clock)
    }

    /// - Parameter option: what gave `address`, for the sentence.
    static func open(
        _ address: String?, option: String, file: String, mustExist: Bool, clock: Clock
    ) async throws -> any Database {
        guard let location = DatabaseLocation(address: address, orFile: file) else {
            throw SettingsFailure("\(option) must begin with postgres:// ; anything else is no database.")
        }
        do {
            let database = try await location.open()
            if mustExist, try await !Migrations.haveBegun(on: database) {
                await database.close()
                throw SettingsFailure("There is no installation in this database.")
            }
            try await Migrations.apply(to: database, at: clock.now().rawValue)
            return database
        } catch let error as StorageError where error.isTemporary {
            throw TemporaryFailure("The database does not answer: \(sentence(error))")
        } catch let error as StorageError {
            throw SettingsFailure("The database cannot be used: \(sentence(error))")
        }
    }

    private static func sentence(_ error: StorageError) -> String {
        switch error {
        case .connection(let text), .other("settings", let text): text
        default: "\(error)"
        }
    }

    /// For `serve`: what travels to the database is encrypted, and the server proves who it is.
    static func checkTransport(_ settings: Settings) throws {
        guard let address = settings["database"],
            case .postgres(let server)? = DatabaseLocation(address: address, orFile: "")
        else { return }
        guard server.isLocalOrVerified else {
            throw SettingsFailure(
                "--database leads to another machine: add ?sslmode=verify-full&sslrootcert=FILE to the "
                    + "address, so that names and audit events do not travel in clear.")
        }
    }
}

/// Why the program does not start now, though its settings may be right: worth another try.
struct TemporaryFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
