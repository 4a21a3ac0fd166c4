package import Access
package import Dispatches

extension TestPortal {
    /// Another hospital system, registered and signed in.
    package func machine(
        _ name: String, scopes: String = "system/DocumentReference.crs system/Consent.cru"
    ) async throws -> MachineViewer {
        let origin = RequestOrigin.system(node: "test")
        let token = try await token(of: name, scopes: scopes)
        guard let viewer = try await access.machine(token: token, origin: origin) else {
            throw TestFailure("no machine")
        }
        return viewer
    }

    /// A bearer token of a system, which is registered with these scopes.
    package func token(of name: String, scopes: String) async throws -> String {
        let client = Client(
            id: Client.ID(rawValue: name), name: name, jwks: "{\"keys\":[]}", scopes: Scope.parse(scopes))
        try await access.registerClient(client)
        let issued = try await access.issueToken(
            to: client, asking: client.scopes, assertion: nil, origin: .system(node: "test"))
        guard let issued else { throw TestFailure("no token") }
        return issued.token
    }

    /// A portal with the people of the demo in it.
    package static func inhabited(policy: DesignationPolicy = .require) async throws -> TestPortal {
        let portal = try await TestPortal(policy: policy)
        try await portal.movePeopleIn()
        return portal
    }
}
