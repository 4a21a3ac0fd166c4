import Access
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A form that carries one file. The file is in memory, hence few at a time.
struct UploadedForm: Sendable {
    fileprivate(set) var fields: [String: String] = [:]
    /// Empty when none was chosen.
    fileprivate(set) var file: [UInt8] = []
    /// There was more than the limit: `file` holds its beginning only.
    fileprivate(set) var isTooLarge = false
    /// Also one that has nothing in it.
    fileprivate(set) var isFileChosen = false

    subscript(_ name: String) -> String { fields[name] ?? "" }
}

extension Visit {
    /// Receives a form with one file. The anti-forgery field stands before the file and is checked before the file is
    /// read; what is longer than the limit is not kept.
    /// - Throws: `PageRefusal.forged`, `.badForm`, `.tooSlow`, `AccessRefusal.tooMuchAtOnce` when four others send,
    ///   `EarlierForm`.
    func upload(limit: Int) async throws -> UploadedForm {
        // asked for before the file comes: whose token is neither is not listened to any longer
        let earlier = try await earlierSessions()
        let form = try await received(upTo: limit, keeping: limit) { token in
            isOwn(token) || earlier.contains { $0.hid(token) }
        }
        if !isOwn(form["_jeton"]), let session = earlier.first(where: { $0.hid(form["_jeton"]) }) {
            throw EarlierForm(session: session, fields: form.fields.mapValues { [$0] }, hadFile: true)
        }
        return form
    }

    /// The fields of such a form alone, for who is known by its token only; the file is received and dropped.
    /// - Throws: as `upload`.
    func uploadedFields(limit: Int, _ isHis: @escaping @Sendable (String) -> Bool) async throws
        -> [String: String]
    {
        try await received(upTo: limit, keeping: 0, isHis).fields
    }

    private func received(
        upTo limit: Int, keeping kept: Int, _ isHis: @escaping @Sendable (String) -> Bool
    ) async throws -> UploadedForm {
        guard let parser = MultipartParser(contentType: request.headers[.contentType] ?? "") else {
            throw PageRefusal.badForm
        }
        // strangers cannot take the places of those who work
        let gate = context.found?.holder == nil ? site.uploads.strangers : site.uploads.people
        guard await gate.enter() else { throw AccessRefusal.tooMuchAtOnce }
        do {
            let form = try await Deadline.within(seconds: 60) { [self] in
                try await receive(parser, limit: limit, keeping: kept, isHis)
            }
            await gate.leave()
            return form
        } catch {
            await gate.leave()
            if error is Deadline.Passed { throw PageRefusal.tooSlow }
            if error is MultipartParser.Failure { throw PageRefusal.badForm }
            throw error
        }
    }

    private func receive(
        _ parser: MultipartParser, limit: Int, keeping kept: Int, _ isHis: @Sendable (String) -> Bool
    ) async throws -> UploadedForm {
        var parser = parser
        var reader = UploadReader(limit: kept)
        var received = 0
        var isChecked = false
        for try await buffer in request.body {
            received += buffer.readableBytes
            // a little more than the file: boundaries and the other fields
            guard received <= limit + (1 << 20) else {
                reader.form.isTooLarge = true
                break
            }
            try parser.feed(buffer.readableBytesView) { try reader.take($0) }
            if !isChecked, reader.hasFileBegun || parser.isComplete {
                guard isHis(reader.form["_jeton"]) else { throw try await forged() }
                isChecked = true
            }
        }
        guard isChecked, parser.isComplete || reader.form.isTooLarge else { throw PageRefusal.badForm }
        return reader.form
    }
}

/// What the parser's events add up to: at most 30 fields of 10,000 bytes, and one file.
private struct UploadReader {
    var form = UploadedForm()
    private(set) var hasFileBegun = false
    private let limit: Int
    private var part: MultipartParser.Part?
    private var value: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    mutating func take(_ event: MultipartParser.Event) throws {
        switch event {
        case .part(let next):
            if next.isFile, hasFileBegun { throw PageRefusal.badForm }
            part = next
            value = []
            if next.isFile {
                hasFileBegun = true
                form.isFileChosen = next.isNamed
            }
        case .data(let bytes):
            guard let part else { return }
            if part.isFile {
                if form.file.count + bytes.count > limit { form.isTooLarge = true }
                if !form.isTooLarge { form.file += bytes }
            } else {
                guard value.count + bytes.count <= 10_000 else { throw PageRefusal.badForm }
                value += bytes
            }
        case .endOfPart:
            if let part, !part.isFile {
                guard let text = String(validating: value, as: UTF8.self) else { throw PageRefusal.badForm }
                form.fields[part.name] = text
            }
            part = nil
        case .end: break
        }
    }
}

/// The places for uploads: strangers who send can fill their own only.
struct UploadGates: Sendable {
    let people = UploadGate()
    let strangers = UploadGate()
}

/// Four uploads at a time: each may hold the largest document.
actor UploadGate {
    private var inside = 0

    func enter() -> Bool {
        guard inside < 4 else { return false }
        inside += 1
        return true
    }

    func leave() { inside -= 1 }
}
