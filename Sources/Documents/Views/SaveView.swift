public import Access
import Foundation
import Storage

/// What somebody writes about a view.
public struct ViewForm: Sendable {
    public var name = ""
    public var isDefault = false
    public var isShared = false
    public init() {}

    /// White space trimmed, at most 40 signs.
    fileprivate var keptName: String {
        let text = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var kept = ""
        for scalar in text.unicodeScalars.prefix(40) where scalar.properties.generalCategory != .control {
            kept.unicodeScalars.append(scalar)
        }
        return kept
    }
}

extension DocumentActions {
    /// The views of the space, by name; under a delegation those that its holder shares.
    public func listViews(_ viewer: Viewer) async throws -> [SavedView] {
        let now = clock.now()
        return try await database.glance { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            return try transaction.views(of: viewer)
        }
    }

    /// The view with which the list opens in one's own space; nil: with all documents.
    public func defaultView(_ viewer: Viewer) async throws -> SavedView? {
        guard viewer.acting == nil else { return nil }
        // a list that is remembered tells that there is none: nothing is disclosed by that
        if let known = remembered.inbox(of: viewer, at: database.revision(of: .lists), clock.now()),
            !known.views.contains(where: \.isDefault)
        {
            return nil
        }
        return try await listViews(viewer).first(where: \.isDefault)
    }

    /// Keeps filters under a name.
    /// - Throws: `ViewRefusal`.
    public func saveView(_ form: ViewForm, _ filters: ViewFilters, _ viewer: Viewer) async throws
        -> SavedView.ID
    {
        let now = clock.now()
        let id = SavedView.ID(rawValue: RandomText.identifier())
        let text = String(decoding: try JSONEncoder().encode(filters), as: UTF8.self)
        try await database.write { transaction in
            let others = try Self.own(viewer, in: transaction, at: now)
            guard others.count < DocumentLimits.views else { throw ViewRefusal.tooMany }
            let name = try Self.name(of: form, among: others)
            if form.isDefault { try transaction.forgetDefaultView(of: viewer) }
            try transaction.insert(
                SavedView(
                    id: id, name: name, filters: filters, isDefault: form.isDefault, isShared: form.isShared),
                text: text, of: viewer, at: now)
            try transaction.record(.view(id, "new"), by: .person(viewer), at: now)
        }
        return id
    }

    /// Another name, default or not, shared or not.
    /// - Throws: `ViewRefusal`.
    public func changeView(_ id: SavedView.ID, _ form: ViewForm, _ viewer: Viewer) async throws {
        let now = clock.now()
        try await database.write { transaction in
            let all = try Self.own(viewer, in: transaction, at: now)
            guard all.contains(where: { $0.id == id }) else { throw ViewRefusal.notFound }
            let name = try Self.name(of: form, among: all.filter { $0.id != id })
            if form.isDefault { try transaction.forgetDefaultView(of: viewer) }
            try transaction.change(id, name: name, form, of: viewer, at: now)
            try transaction.record(.view(id, "changed"), by: .person(viewer), at: now)
        }
    }

    /// Other filters under the same name.
    /// - Throws: `ViewRefusal.notFound`, `.notOwn`.
    public func changeFilters(of id: SavedView.ID, to filters: ViewFilters, _ viewer: Viewer) async throws {
        let now = clock.now()
        let text = String(decoding: try JSONEncoder().encode(filters), as: UTF8.self)
        try await database.write { transaction in
            _ = try Self.own(viewer, in: transaction, at: now)
            guard try transaction.change(id, filters: text, of: viewer, at: now) else {
                throw ViewRefusal.notFound
            }
            try transaction.record(.view(id, "filters"), by: .person(viewer), at: now)
        }
    }

    /// - Throws: `ViewRefusal.notFound`, `.notOwn`.
    public func removeView(_ id: SavedView.ID, _ viewer: Viewer) async throws {
        let now = clock.now()
        try await database.write { transaction in
            _ = try Self.own(viewer, in: transaction, at: now)
            guard try transaction.remove(id, of: viewer) else { throw ViewRefusal.notFound }
            try transaction.record(.view(id, "removed"), by: .person(viewer), at: now)
        }
    }

    private static func own(_ viewer: Viewer, in transaction: any Transaction, at now: Timestamp) throws
        -> [SavedView]
    {
        try transaction.confirm(viewer, to: .read, at: now)
        guard viewer.acting == nil else { throw ViewRefusal.notOwn }
        return try transaction.views(of: viewer)
    }

    private static func name(of form: ViewForm, among others: [SavedView]) throws -> String {
        let name = form.keptName
        guard !name.isEmpty else { throw ViewRefusal.nameMissing }
        guard !others.contains(where: { $0.name == name }) else { throw ViewRefusal.nameTaken }
        return name
    }
}

extension AuditEntry {
    /// Which view, never what it asks for: that may be a patient's name.
    fileprivate static func view(_ id: SavedView.ID, _ what: String) -> AuditEntry {
        AuditEntry(.viewSaved, object: AuditObject(kind: "view", id: id.rawValue), detail: what)
    }
}
