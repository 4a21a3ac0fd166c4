public import Access
import Storage

extension DirectoryActions {
    /// Adds a postal address.
    /// - Throws: `ProfileRefusal`.
    public func addAddress(_ form: AddressForm, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            let known = try transaction.ownProfile(holder, at: now)
            let address = try form.read(as: PostalAddress.ID(rawValue: RandomText.identifier()))
            try transaction.advance(.addresses, of: holder.accountID, from: form.version, at: now)
            guard known.addresses.count < ProfileRules.addresses else {
                throw ProfileRefusal.tooManyAddresses
            }
            try transaction.makeRoom(for: address, holder)
            try transaction.insert(address, of: holder.accountID, at: now)
            try transaction.recordAddress("added", address.kind, holder, at: now)
        }
    }

    /// Changes one of one's own postal addresses.
    /// - Throws: `ProfileRefusal`; `.notFound` for another person's, and for one that a register keeps.
    public func changeAddress(_ id: PostalAddress.ID, _ form: AddressForm, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            _ = try transaction.ownProfile(holder, at: now)
            try transaction.requireAddress(id, holder)
            let address = try form.read(as: id)
            try transaction.advance(.addresses, of: holder.accountID, from: form.version, at: now)
            try transaction.makeRoom(for: address, holder)
            try transaction.update(address, of: holder.accountID)
            try transaction.recordAddress("changed", address.kind, holder, at: now)
        }
    }

    /// Removes one of one's own postal addresses.
    /// - Parameter version: of the tab from which it is removed.
    /// - Throws: `ProfileRefusal`.
    public func removeAddress(_ id: PostalAddress.ID, version: Int, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            _ = try transaction.ownProfile(holder, at: now)
            let address = try transaction.requireAddress(id, holder)
            try transaction.advance(.addresses, of: holder.accountID, from: version, at: now)
            try transaction.deleteAddress(id, of: holder.accountID)
            try transaction.recordAddress("removed", address.kind, holder, at: now)
        }
    }
}

extension Transaction {
    @discardableResult
    fileprivate func requireAddress(_ id: PostalAddress.ID, _ holder: Holder) throws -> PostalAddress {
        guard let address = try address(id, of: holder.accountID), address.source == .practitioner else {
            throw ProfileRefusal.notFound
        }
        return address
    }

    fileprivate func makeRoom(for address: PostalAddress, _ holder: Holder) throws {
        if address.kind == .mailing { try demoteMailingAddress(of: holder.accountID, except: address.id) }
    }

    fileprivate func recordAddress(
        _ what: String, _ kind: PostalAddress.Kind, _ holder: Holder, at now: Timestamp
    ) throws {
        try record(
            AuditEntry(
                .profileChanged, object: .account(holder.accountID),
                detail: "section=addresses \(what)=\(kind.rawValue)"),
            by: .person(holder), at: now)
    }
}
