import Access
import Documents
import HTTPTypes
import Hummingbird

/// One document: reading, printing, who saw it.
enum DocumentRoutes {
    /// `GET /documents/{id}`: opens it, which marks it as read and is traced.
    static func show(_ visit: Visit) async throws -> Response {
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let opened: OpenedDocument
        do {
            opened = try await visit.site.documents.open(id, for: .reading, visit.viewer())
        } catch let refusal as DocumentRefusal where refusal.kind == .expired {
            return try await gone(id, visit)
        }
        let list = try await InboxRoutes.list(visit)
        let viewer = try visit.viewer()
        var document = DocumentView(
            opened, query: list.query, at: visit.now, formToken: visit.formToken,
            warningDays: visit.warningDays,
            principal: viewer.acting == nil ? nil : viewer.principalName)
        document.canMark = list.canMark
        document.brand = visit.site.brand
        document.contact = try await visit.site.access.contact(
            ofService: document.service, visit.viewer().holder)
        let page = DocumentPage(
            shell: try visit.shell(unread: opened.unread), list: list, document: document)
        return Response(html: page.html)
    }

    /// What is told of a document that was taken back, or is past its life: 410.
    /// - Parameter isTooOften: a new release was asked for too often today.
    static func gone(_ id: Document.ID, _ visit: Visit, isTooOften: Bool = false) async throws -> Response {
        let gone = try await visit.site.documents.gone(id, visit.viewer())
        var page = GonePage(shell: try await visit.shell(), gone, mayAsk: try visit.viewer().may(.send))
        page.isTooOften = isTooOften
        page.contact = try await visit.site.access.contact(
            ofService: gone.service, visit.viewer().holder)
        return Response(html: page.html, status: isTooOften ? .tooManyRequests : .gone)
    }

    /// `HEAD /documents/{id}`: says whether it is there; no reading.
    static func head(_ visit: Visit) async throws -> Response {
        let id = Document.ID(rawValue: try visit.parameter("id"))
        _ = try await visit.site.documents.download(id, isTraced: false, visit.viewer())
        return Response(status: .ok, headers: [.contentType: "text/html; charset=utf-8"])
    }

    /// `GET /documents/{id}/imprimer`.
    static func print(_ visit: Visit) async throws -> Response {
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let opened = try await visit.site.documents.open(id, for: .printing, visit.viewer())
        let page = PrintPage(
            presentation: visit.presentation,
            document: DocumentView(opened, query: InboxQuery(), at: visit.now),
            printedBy: try visit.viewer().displayName)
        return Response(html: page.html)
    }

    /// `GET /documents/{id}/plein-ecran`: a reading like any other.
    static func full(_ visit: Visit) async throws -> Response {
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let opened = try await visit.site.documents.open(id, for: .reading, visit.viewer())
        let page = FullPage(
            presentation: visit.presentation,
            document: DocumentView(opened, query: InboxQuery { visit.query($0) }, at: visit.now),
            space: try visit.viewer().principalID.rawValue)
        return Response(html: page.html)
    }

    /// `GET /documents/{id}/acces`.
    static func accesses(_ visit: Visit) async throws -> Response {
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let before = visit.query("avant").flatMap(Int64.init)
        let found = try await visit.site.documents.listAccesses(to: id, before: before, visit.viewer())
        let entries = found.accesses.compactMap { access in
            DocumentEvent(access.event).map {
                // a machine that acts in somebody's name is the software of his practice
                let isSoftware = access.isMachine && access.principal != nil
                return AccessesPage.Entry(
                    person: access.name ?? (isSoftware ? t("Logiciel du cabinet") : nil),
                    principal: access.principal, event: $0, at: access.at.rawValue)
            }
        }
        let page = AccessesPage(
            shell: try visit.shell(unread: found.unread), documentID: id.rawValue,
            title: found.title, language: found.language,
            typeName: DocumentTypeTexts.name(code: found.typeCode), service: found.service,
            patient: found.patient.map(PatientIdentity.init), entries: entries, isFirst: before == nil,
            next: found.next)
        return Response(html: page.html)
    }
}
