import Access
import Documents
import HTTPTypes
import Hummingbird

/// How long a document lives: extended by its reader, over, asked for once more.
enum LifeRoutes {
    /// `POST /documents/{id}/prolonger`.
    static func extend(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let id = Document.ID(rawValue: try visit.parameter("id"))
        do {
            try await visit.site.documents.extendLife(of: id, visit.viewer())
        } catch DocumentRefusal.notExtensible {
            return .toPage("/documents/\(id.rawValue)?fait=\(Flash.notExtended.rawValue)")
        }
        return .toPage("/documents/\(id.rawValue)?fait=\(Flash.lifeExtended.rawValue)")
    }

    /// `POST /documents/{id}/demander`.
    static func ask(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let isFollowed: Bool
        do {
            isFollowed = try await visit.site.documents.askAgain(id, visit.viewer())
        } catch DocumentRefusal.askedTooOften {
            return try await DocumentRoutes.gone(id, visit, isTooOften: true)
        }
        let flash: Flash = isFollowed ? .askedAgain : .wishKept
        return .toPage("/documents/\(id.rawValue)?fait=\(flash.rawValue)")
    }
}

extension Visit {
    /// From how many days before the end of a document's life on that is said.
    var warningDays: Int { site.documents.lives.warningDays.max() ?? 0 }
}
