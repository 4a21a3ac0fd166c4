import Access
import Demo
import Dispatches
import Documents
import Foundation
import PDF
import Storage
import TestSupport
import Testing
import Vault

/// All contents change their place, one after the other, and none is lost.
@Suite struct MoveContentsTests {
    let portal: TestPortal
    let old: FolderStore
    let new: FolderStore

    init() async throws {
        portal = try await TestPortal.inhabited()
        old = try FolderStore(folder: portal.folder + "/contents")
        new = try FolderStore(folder: portal.folder + "/elsewhere")
        for number in 1...3 {
            _ = try await portal.dispatches.publish(
                Letter.command(master: "urn:oid:2.999.\(number)", words: "Bonjour \(number)"),
                try await portal.recordSystem())
        }
    }

    private func names(_ store: FolderStore) async throws -> [String] {
        var names: [String] = []
        try await store.names(olderThan: -60, now: Int(Date().timeIntervalSince1970)) { names += $0 }
        return names.sorted()
    }

    private func move(isRemoving: Bool = false) async throws -> MovedContents {
        try await portal.documents.moveContents(from: old, to: new, isRemoving: isRemoving) { _ in }
    }

    @Test func `Everything is copied, the second run copies nothing, and the old place is kept`() async throws
    {
        let before = try await names(old)
        let first = try await move()
        #expect(first.copied == 3 && first.present == 0 && first.missing.isEmpty && first.removed == 0)
        #expect(first.total == 3 && first.done == 3 && first.copiedBytes > 1000)
        #expect(try await names(new) == before)
        #expect(try await names(old) == before)
        let second = try await move()
        #expect(second.copied == 0 && second.present == 3)
    }

    @Test func `The old place is emptied only on demand, and only of what the new one has`() async throws {
        try await old.newBlob("0123456789abcdef0123456789abcdef").commit()  // no row mentions it
        let moved = try await move(isRemoving: true)
        #expect(moved.copied == 3 && moved.removed == 3)
        #expect(try await names(old) == ["0123456789abcdef0123456789abcdef"])
        #expect(try await names(new).count == 3)
        let again = try await move(isRemoving: true)
        #expect(again.alone == 3 && again.removed == 0)
    }

    @Test func `A content that is nowhere is named, and nothing is removed`() async throws {
        let lost = try #require(try await names(old).first)
        try await old.remove(lost)
        let moved = try await move(isRemoving: true)
        #expect(moved.missing == [lost] && moved.copied == 2 && moved.removed == 0)
        #expect(try await names(old).count == 2)
    }

    @Test func `A damaged copy is written anew`() async throws {
        _ = try await move()
        let name = try #require(try await names(new).first)
        let size = try #require(try await old.open(name)).size
        let damaged = try await new.newBlob(name)
        try await damaged.write(Array(repeating: 0, count: size))
        try await damaged.commit()
        #expect(try await move().copied == 1)
        #expect(try await move().present == 3)
    }

    @Test func `Destroyed contents stay behind`() async throws {
        _ = try await portal.database.write {
            [id = try await portal.texts("id", "SELECT id FROM document")[0]] in
            try $0.destroyContents(of: Document.ID(rawValue: id))
        }
        let moved = try await move()
        #expect(moved.total == 2 && moved.copied == 2)
    }
}
