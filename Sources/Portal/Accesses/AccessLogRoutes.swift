import Access
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The log of one's own space.
enum AccessLogRoutes {
    /// `GET /profil/acces`.
    static func show(_ visit: Visit) async throws -> Response {
        let (filter, typed) = Self.filter { visit.query($0) ?? "" }
        let log = try await visit.site.access.accessLog(
            filter, before: visit.query("avant").flatMap(Int64.init), visit.holder())
        var page = AccessLogPage(shell: try await visit.shell(), log: log, typed: typed)
        if let viewer = visit.context.found?.viewer, viewer.may(.read) {
            let ids = Set(
                log.lines.filter { $0.record.objectKind == "document" }.compactMap(\.record.objectID))
            page.documents = try await visit.site.documents.describe(
                ids.map(Document.ID.init(rawValue:)), viewer)
        }
        return Response(html: page.html, status: typed.mistakes.isEmpty ? .ok : .unprocessableContent)
    }

    /// `POST /profil/acces/export`: a file to keep.
    static func export(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let (filter, typed) = Self.filter { form[$0] }
        guard typed.mistakes.isEmpty, ["csv", "fhir"].contains(form["format"]) else {
            throw PageRefusal.badForm
        }
        let (lines, isCut) = try await visit.site.access.exportAccessLog(
            filter, format: form["format"], visit.holder())
        // the name is the one place of a bundle where everybody looks
        let name =
            "\(LocalTime(visit.now.rawValue).iso)_journal-des-acces" + (isCut ? "_incomplet" : "")
        if form["format"] == "csv" {
            return Response(
                file: AccessesCSV.file(lines, isCut: isCut), named: "\(name).csv",
                "text/csv; charset=utf-8")
        }
        return Response(
            file: visit.site.trailForms.balp(lines), named: "\(name).json",
            "application/fhir+json; charset=utf-8")
    }

    private static func filter(_ value: (String) -> String) -> (AccessLogFilter, AccessLogPage.Typed) {
        var typed = AccessLogPage.Typed()
        typed.person = value("personne")
        typed.from = value("du")
        typed.until = value("au")
        var filter = AccessLogFilter()
        filter.from = DateField.moment(typed.from, in: "du", &typed.mistakes)
        filter.until = DateField.moment(typed.until, in: "au", &typed.mistakes, isEnd: true)
        if typed.person.utf8.count == 32, typed.person.allSatisfy(\.isHexDigit) {
            filter.personID = Account.ID(rawValue: typed.person)
        }
        return (filter, typed)
    }
}

extension Response {
    /// A file to keep, under a name of ours.
    init(file: [UInt8], named name: String, _ type: String) {
        self.init(
            status: .ok,
            headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(name)\""],
            body: .init(byteBuffer: ByteBuffer(bytes: file)))
    }
}
