import CPostgres
import Dispatch
import Foundation

/// One libpq connection. Its calls block, so it has a serial queue (and with it a thread) of its own and is
/// touched nowhere else: that is what the `@unchecked` rests on.
final class PostgresConnection: @unchecked Sendable {
    let queue = DispatchQueue(label: "postgres")
    private let settings: PostgresSettings
    private var handle: OpaquePointer?
    /// The same statement with NULL, and then with a number, are two: the types count too.
    private struct Prepared: Hashable {
        let shape: SQLShape
        let types: [Oid]
    }
    /// The name of each prepared statement.
    private var statements: [Prepared: String] = [:]
    /// Prepared statements are kept on the server; without a bound each length of a list would stay there.
    private static let maximumStatements = 256
    /// Seconds to wait for an answer; nil: for ever. The server ends a statement of its own accord before that
    /// (`statement_timeout`): this is for a server that says nothing any more.
    var patience: Int? = PostgresSettings.answerSeconds
    /// Whether the server has warned since this was last set to false.
    private(set) var wasWarned = false

    init(settings: PostgresSettings) { self.settings = settings }
    deinit { PQfinish(handle) }

    /// The open connection, made anew when it was lost.
    private func open() throws -> OpaquePointer {
        if let handle, PQstatus(handle) == CONNECTION_OK { return handle }
        disconnect()
        guard let fresh = settings.connect() else { throw StorageError.connection("out of memory") }
        guard PQstatus(fresh) == CONNECTION_OK else {
            defer { PQfinish(fresh) }
            throw StorageError.connection(String(cString: PQerrorMessage(fresh)))
        }
        // libpq would print notices on standard error; with client_min_messages only warnings come here
        PQsetNoticeReceiver(
            fresh,
            { connection, _ in
                guard let connection else { return }
                Unmanaged<PostgresConnection>.fromOpaque(connection).takeUnretainedValue().wasWarned = true
            }, Unmanaged.passUnretained(self).toOpaque())
        handle = fresh
        return fresh
    }
    func disconnect() {
        PQfinish(handle)
        handle = nil
        statements = [:]
    }
    var isBroken: Bool { PQstatus(handle) != CONNECTION_OK }
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Statements without values: BEGIN, COMMIT, LISTEN, migrations.
    /// - Returns: what the server says it did, such as "COMMIT".
    @discardableResult func simple(_ sql: String) throws -> String {
        let handle = try open()
        let result = try answer(handle, sent: PQsendQuery(handle, sql))
        defer { PQclear(result) }
        try check(result, handle)
        return String(cString: PQcmdStatus(result))
    }

    /// Runs one statement with its values bound.
    func run(_ sql: SQLText) throws -> (rows: [SQLRow], changed: Int) {
        try sql.check()
        let binds = sql.binds
        let handle = try open()
        let name = try prepare(sql.shape, binds.map(\.oid), handle)
        let values = binds.map(\.wireBytes)
        let lengths = values.map { Int32($0?.count ?? 0) }
        let formats = binds.map(\.wireFormat)
        let sent = withPointers(values) {
            PQsendQueryPrepared(handle, name, Int32(binds.count), $0, lengths, formats, 0)
        }
        let result = try answer(handle, sent: sent)
        defer { PQclear(result) }
        try check(result, handle)
        return (rows(of: result), Int(String(cString: PQcmdTuples(result))) ?? 0)
    }

    /// Waits for the whole answer to what was sent; the last result counts, an error ends the list.
    /// - Throws: `StorageError.unavailable` when none comes in time. The connection is given up then, because the
    ///   answer to this question would be taken for the answer to the next one.
    private func answer(_ handle: OpaquePointer, sent: Int32) throws -> OpaquePointer? {
        guard sent == 1 else { throw StorageError.connection(String(cString: PQerrorMessage(handle))) }
        let end = patience.map { ContinuousClock.now + .seconds($0) }
        var last: OpaquePointer?
        while true {
            while PQisBusy(handle) == 1 {
                let left = end.map { ContinuousClock.now.duration(to: $0).components }
                let milliseconds = left.map { $0.seconds * 1000 + $0.attoseconds / 1_000_000_000_000_000 + 1 }
                var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
                let ready = poll(&descriptor, 1, Int32(milliseconds.map { max($0, 0) } ?? -1))
                guard ready != 0 else {
                    PQclear(last)
                    disconnect()
                    throw StorageError.unavailable
                }
                guard ready > 0 || errno == EINTR, PQconsumeInput(handle) == 1 else {
                    PQclear(last)
                    throw StorageError.connection(String(cString: PQerrorMessage(handle)))
                }
            }
            guard let next = PQgetResult(handle) else { return last }
            PQclear(last)
            last = next
        }
    }

    private func prepare(_ shape: SQLShape, _ types: [Oid], _ handle: OpaquePointer) throws -> String {
        let key = Prepared(shape: shape, types: types)
        if let name = statements[key] { return name }
        if statements.count >= Self.maximumStatements {
            try simple("DEALLOCATE ALL")
            statements = [:]
        }
        let name = "s\(statements.count)"
        let text = shape.text(.postgres)
        let result = try answer(handle, sent: PQsendPrepare(handle, name, text, Int32(types.count), types))
        defer { PQclear(result) }
        try check(result, handle)
        statements[key] = name
        return name
    }

    private func rows(of result: OpaquePointer?) -> [SQLRow] {
        let fields = 0..<PQnfields(result)
        let columns = SQLColumns(fields.map { String(cString: PQfname(result, $0)) })
        let types = fields.map { PQftype(result, $0) }
        return (0..<PQntuples(result)).map { row in
            SQLRow(
                columns: columns,
                values: fields.map { field in
                    guard PQgetisnull(result, row, field) == 0, let text = PQgetvalue(result, row, field)
                    else { return .null }
                    return SQLValue(oid: types[Int(field)], text, Int(PQgetlength(result, row, field)))
                })
        }
    }

    private func check(_ result: OpaquePointer?, _ handle: OpaquePointer) throws {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default: break
        }
        func field(_ code: Unicode.Scalar) -> String? {
            PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
        }
        guard let state = field("C") else {
            throw StorageError.connection(String(cString: PQerrorMessage(handle)))
        }
        // the constraint's name or the primary message; DETAIL would carry the values
        let error = StorageError(sqlState: state, field("n") ?? field("M") ?? "")
        // a server that was demoted, or a statement that a migration made stale: begin again from the start
        if state == "25006" || state == "0A000" || state == "26000" { disconnect() }
        throw error
    }

    /// Waits at most `milliseconds` for notifications.
    func waitForNotifications(milliseconds: Int32, _ yield: (String, String) -> Void) throws {
        let handle = try open()
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        _ = poll(&descriptor, 1, milliseconds)
        guard PQconsumeInput(handle) == 1 else { throw StorageError.connection("lost while listening") }
        while let notification = PQnotifies(handle) {
            yield(String(cString: notification.pointee.relname), String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
    }
}

extension PostgresConnection {
    /// COMMIT. A server that waits for its standby may wait for ever, and a statement timeout does not end that.
    /// - Throws: `.commitUnknown` when nobody knows what became of it: the connection was lost, no answer came
    ///   in time, or the server warned that it stopped waiting for its standby.
    func commit() throws {
        patience = PostgresSettings.commitSeconds
        wasWarned = false
        defer { patience = PostgresSettings.answerSeconds }
        do {
            // after a failed statement whose error was swallowed, COMMIT "succeeds" by rolling back
            guard try simple("COMMIT") == "COMMIT" else {
                throw StorageError.other(code: "25P02", "a failed statement was ignored: rolled back")
            }
        } catch StorageError.connection(let text) {
            throw StorageError.commitUnknown(text)
        } catch StorageError.unavailable {
            throw StorageError.commitUnknown("no answer")
        }
        if wasWarned { throw StorageError.commitUnknown("the server warned") }
    }
}

extension StorageError {
    /// From the five characters of PostgreSQL's appendix A.
    init(sqlState state: String, _ text: String) {
        self =
            switch state {
            case "23505": .unique(text)
            case "23503": .foreignKey(text)
            case "23514": .check(text)
            // 55P03: a lock was not to be had in time; 0A000, 26000: the prepared plan is no longer valid
            case "40001", "40P01", "55P03", "0A000", "26000": .serialization(text)
            // 25006: writing on a server that has become a standby; 53300: too many connections
            case "25006", "53300": .connection(text)
            // 57014: the statement's time ran out; 53…: disk or memory is full
            case "57014", "53000", "53100", "53200": .unavailable
            case let state where state.hasPrefix("08") || state.hasPrefix("57P"): .connection(text)
            // 22…: the message quotes the value that does not fit
            case let state where state.hasPrefix("22"): .other(code: state, "a value does not fit")
            default: .other(code: state, text)
            }
    }
}

/// Calls `body` with C pointers that stay valid for the call; nil is NULL.
private func withPointers<T>(_ values: [[UInt8]?], _ body: ([UnsafePointer<CChar>?]) -> T) -> T {
    var flat: [UInt8] = []
    var offsets: [Int?] = []
    for value in values {
        offsets.append(value == nil ? nil : flat.count)
        if let value { flat += value + [0] }
    }
    return flat.withUnsafeBytes { bytes in
        body(
            offsets.map { offset in
                guard let offset, let base = bytes.baseAddress else { return nil }
                return (base + offset).assumingMemoryBound(to: CChar.self)
            })
    }
}
