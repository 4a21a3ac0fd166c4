public import Access
import FHIR

/// An access gateway in front of the portal that has signed the person in and tells who it is in header fields (HIN's
/// Access Control Service, or a hospital's own). The fields count only on connections of the gateway itself, and only
/// with the secret that it adds: anything else that reaches us through the same proxy is not believed.
public struct HeaderProvider: IdentityProvider {
    public let name = IdentityProviderName.gateway
    public let label: String
    private let gateway: String
    private let secret: String
    private let issuer: String
    private let names: AttributeNames
    private let returnAddress: String
    private let signOut: String?

    /// The field in which the gateway shows its secret.
    public static let secretField = "x-gateway-secret"

    /// - Parameters:
    ///   - gateway: the network address of its connections.
    ///   - secret: what it adds as `X-Gateway-Secret`; at least 20 bytes.
    ///   - issuer: the name under which its subjects are known here.
    ///   - returnAddress: ours, behind the gateway.
    ///   - signOut: where it ends its own session.
    public init(
        gateway: String, secret: String, issuer: String, names: AttributeNames = .fields,
        returnAddress: String,
        label: String = "HIN", signOut: ProviderAddress? = nil
    ) {
        self.gateway = gateway
        self.secret = secret
        self.issuer = issuer
        self.names = names
        self.returnAddress = returnAddress
        self.label = label
        self.signOut = signOut?.text
    }

    public func begin(_ secrets: SignInSecrets) async throws -> String {
        "\(returnAddress)?state=\(secrets.state)"
    }

    public func finish(_ back: BrowserReturn, _ secrets: SignInSecrets) async throws -> ForeignIdentity {
        let shown = back.fields[Self.secretField] ?? []
        guard Array(back.peer.utf8) == Array(gateway.utf8), shown.count == 1,
            areEqualSecrets(shown[0], secret)
        else { throw IdentityFailure.rejected(.gateway) }
        var members: [JSON.Member] = []
        for word in AttributeNames.Word.allCases {
            let values = back.fields[names[word].lowercased()] ?? []
            // a field that came twice was not made by the gateway alone
            guard values.count <= 1 else { throw IdentityFailure.rejected(.malformed) }
            guard let value = values.first, !value.isEmpty else { continue }
            members.append(.init(names[word], word == .codes ? Self.list(value) : .string(value)))
        }
        guard members.contains(where: { $0.name == names[.subject] }) else { throw IdentityFailure.declined }
        return try ForeignIdentity(.gateway, issuer: issuer, claims: .object(members), names, hasCodes: true)
    }

    public func signOutAddress() async -> String? { signOut }

    private static func list(_ value: String) -> JSON {
        .array(value.split { ", ;[]\"".contains($0) }.map { .string(String($0)) })
    }
}
