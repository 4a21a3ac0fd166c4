package import Access
import Demo
import Storage

extension TestPortal {
    /// A secretary of the hospital's cardiology, signed in.
    package func serviceMember() async throws -> Holder {
        let persona = DemoPeople.staff(
            "Secrétariat de cardiologie", "Mme", "Blanc", "Odile", .serviceMember, "+41790000061")
        if try await rows("account WHERE email = \(persona.account.email)") == 0 {
            _ = try await access.createAccount(persona.account, password: persona.password)
        }
        return try await holder(persona)
    }
}
