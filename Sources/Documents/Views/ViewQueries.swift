import Access
import Foundation
import Storage

/// All SQL that touches saved views.
extension Transaction {
    /// Of one's own space all, under a delegation the shared ones.
    func views(of viewer: Viewer) throws -> [SavedView] {
        let shared: SQLText = viewer.acting == nil ? "" : " AND is_shared = TRUE"
        return try query(
            """
            SELECT id, name, filters, is_default, is_shared FROM saved_view
            WHERE account_id = \(viewer.principalID)\(sql: shared)
            ORDER BY name, id LIMIT \(DocumentLimits.views)
            """
        ).map(SavedView.init)
    }

    func insert(_ view: SavedView, text: String, of viewer: Viewer, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO saved_view (id, account_id, name, filters, is_default, is_shared, saved_at)
            VALUES (\(view.id), \(viewer.principalID), \(view.name), \(text), \(view.isDefault),
              \(view.isShared), \(now))
            """)
    }

    func change(_ id: SavedView.ID, name: String, _ form: ViewForm, of viewer: Viewer, at now: Timestamp)
        throws
    {
        try execute(
            """
            UPDATE saved_view SET name = \(name), is_default = \(form.isDefault),
              is_shared = \(form.isShared), saved_at = \(now)
            WHERE id = \(id) AND account_id = \(viewer.principalID)
            """)
    }

    /// - Returns: false when there is no such view.
    func change(_ id: SavedView.ID, filters text: String, of viewer: Viewer, at now: Timestamp) throws -> Bool
    {
        try execute(
            """
            UPDATE saved_view SET filters = \(text), saved_at = \(now)
            WHERE id = \(id) AND account_id = \(viewer.principalID)
            """) == 1
    }

    /// One view at most is the first that is seen.
    func forgetDefaultView(of viewer: Viewer) throws {
        try execute(
            """
            UPDATE saved_view SET is_default = FALSE
            WHERE account_id = \(viewer.principalID) AND is_default = TRUE
            """)
    }

    func remove(_ id: SavedView.ID, of viewer: Viewer) throws -> Bool {
        try execute("DELETE FROM saved_view WHERE id = \(id) AND account_id = \(viewer.principalID)") == 1
    }
}

extension SavedView {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("name")
        let text: String = try row.get("filters")
        filters = try JSONDecoder().decode(ViewFilters.self, from: Data(text.utf8))
        isDefault = try row.get("is_default")
        isShared = try row.get("is_shared")
    }
}
