extension AuthorizationMatrixTests {
    /// The rows of the ways in through providers of identities, and of the desk for them.
    static let identities: [String: Row] = [
        // providers of identities that this installation does not have
        "GET /connexion/hin": .noFile, "GET /connexion/hin/retour": .noFile,
        "GET /connexion/hin/compte": .noFile, "GET /connexion/hin/sortie": .noFile,
        "GET /connexion/oidc": .noFile, "GET /connexion/oidc/retour": .noFile,
        "GET /connexion/oidc/compte": .noFile, "GET /connexion/oidc/sortie": .noFile,
        "GET /connexion/acces": .noFile, "GET /connexion/acces/retour": .noFile,
        "GET /connexion/acces/compte": .noFile, "GET /connexion/acces/sortie": .noFile,
        "POST /connexion/hin/compte": .noFile, "POST /connexion/oidc/compte": .noFile,
        "POST /connexion/acces/compte": .noFile,
        "GET /admin/identites": .administration, "POST /admin/identites/:id/associer": .deskObject,
        "POST /admin/identites/:id/refuser": .deskObject,
        "POST /admin/identites/fournisseurs/:name": .deskObject,
    ]
}
