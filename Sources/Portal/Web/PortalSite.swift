package import Access
package import Directory
package import Dispatches
package import Documents
package import Enrolment
import Foundation
import HTML
import Hummingbird

/// Everything the pages need, made once at the start: the core's actions, the names of the institution, the
/// files. A class, because each request's handlers hold it many times over.
public final class PortalSite: Sendable {
    package let access: AccessActions
    let documents: DocumentActions
    let dispatches: DispatchActions
    let directory: DirectoryActions
    let enrolment: EnrolmentActions
    package let brand: Brand
    package let assets: AssetPaths
    let files: Assets
    let drawn = DrawnLists()
    package let drawnPages = DrawnPages()
    let uploads = UploadGates()
    /// Host and port of the public address; another one is answered 421. Nil: any (tests, demo).
    let publicHost: String?
    /// The network address whose `X-Forwarded-For` is believed.
    let trustedProxy: String?
    /// Served over TLS, by us or by the proxy in front.
    let isSecure: Bool
    /// Shortcuts on the sign-in page; only the demo has any.
    let personas: [PersonaShortcut]
    let catalogues: [Language: Catalogue]
    /// The providers of identities that the installation is configured for.
    let identities: [any IdentityProvider]
    /// Logs of accesses in the forms of other edges.
    let trailForms: TrailForms
    /// Tells whose GLN it is.
    let knownGLN: GLNLookup
    /// How often open pages are told something.
    let live: LiveRules

    /// - Throws: when the folder of assets is not beside the program, or a catalogue cannot be read.
    package init(
        access: AccessActions, directory: DirectoryActions, documents: DocumentActions,
        dispatches: DispatchActions, enrolment: EnrolmentActions, brand: Brand, publicHost: String?,
        trustedProxy: String?, isSecure: Bool,
        personas: [PersonaShortcut] = [], identities: [any IdentityProvider] = [],
        knownGLN: GLNLookup = .directory, trailForms: TrailForms = .none, live: LiveRules = LiveRules(),
        catalogues: [Language: Catalogue]? = nil
    ) throws {
        self.live = live
        self.access = access
        self.directory = directory
        self.documents = documents
        self.dispatches = dispatches
        self.enrolment = enrolment
        self.brand = brand
        self.publicHost = publicHost
        self.trustedProxy = trustedProxy
        self.isSecure = isSecure
        self.personas = personas
        self.identities = identities
        self.knownGLN = knownGLN
        self.trailForms = trailForms
        guard let resources = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
        self.catalogues =
            try catalogues ?? Catalogue.all(in: resources.appendingPathComponent("Locales"))
        files = try Assets(folder: resources.appendingPathComponent("Assets"))
        assets = AssetPaths(
            stylesheet: files.path("app.css"), script: files.path("app.js"), icon: files.path("mark.svg"))
    }

    /// The languages that are translated, French first.
    var languages: [Language] { Language.allCases.filter { catalogues[$0]?.isUsable == true } }

    /// What every page shows, at this moment.
    package func presentation(at now: Timestamp, theme: Theme = .system) -> Presentation {
        Presentation(brand: brand, assets: assets, theme: theme, now: now.rawValue)
    }
}

/// A person of the demo, offered on the sign-in page.
package struct PersonaShortcut: Sendable {
    let name: String
    let role: String
    let email: String
    let password: String

    package init(name: String, role: String, email: String, password: String) {
        self.name = name
        self.role = role
        self.email = email
        self.password = password
    }
}
