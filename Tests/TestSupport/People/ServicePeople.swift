package import Access
package import Demo

extension TestPortal {
    /// The secretary of the hospital's cardiology, which follows what the record system sends for it; signed in.
    package func serviceMember() async throws -> Holder { try await holder(DemoPeople.chappuis) }

    /// Somebody of a service that has nothing to do with it.
    package func otherServiceMember() async throws -> Holder { try await holder(try await otherMember()) }

    /// The same, not signed in.
    package func otherMember() async throws -> Persona {
        let persona = DemoPeople.staff(
            "Secrétariat de chirurgie", "Mme", "Blanc", "Odile", .serviceMember, "+41790000061")
        _ = try await access.createAccount(persona.account, password: persona.password)
        try await access.addService("Chirurgie", followsRecord: true, members: [persona.account.email])
        return persona
    }
}
