/// The table of `AuthorizationMatrixTests`.
extension AuthorizationMatrixTests {
    /// One row a route.
    static let expected = own.merging(identities) { first, _ in first }
        .merging(enrolment) { first, _ in first }
        .merging(services) { first, _ in first }

    private static let own: [String: Row] = [
        "GET /": .everyone, "GET /aide": .everyone,
        "GET /aide/je-ne-recois-pas": .everyone, "GET /accessibilite": .everyone,
        "GET /protection-des-donnees": .everyone, "GET /assets/:name": .noFile,
        "GET /connexion": .everyone, "POST /connexion": .everyone, "GET /deconnecte": .everyone,
        "GET /connexion/code": .code, "POST /connexion/code": .code, "GET /connexion/code/renvoyer": .code,
        "POST /connexion/code/renvoyer": .code, "POST /connexion/recommencer": .leaves,

        "POST /connexion/cle": .everyone, "GET /connexion/code/secours": .code,
        "POST /connexion/code/secours": .code, "POST /connexion/code/methode": .code,
        "GET /mot-de-passe-oublie": .everyone, "POST /mot-de-passe-oublie": .everyone,
        "GET /mot-de-passe/:jeton": .everyone, "POST /mot-de-passe/:jeton": .everyone,
        "GET /profil/securite/verification": .account, "POST /profil/securite/verification": .account,
        "GET /profil/securite/application": .account, "POST /profil/securite/application": .account,
        "POST /profil/securite/application/confirmer": .account,
        "POST /profil/securite/application/retirer": .ownObject,
        "GET /profil/securite/codes-de-secours": .account, "POST /profil/securite/codes-de-secours": .account,
        "GET /profil/securite/cles/nouvelle": .account, "POST /profil/securite/cles/nouvelle": .account,
        "POST /profil/securite/cles/:id/retirer": .ownObject,
        "GET /profil/securite/mobile": .account, "POST /profil/securite/mobile": .account,
        "POST /profil/securite/mobile/confirmer": .account,
        "POST /profil/securite/demande/arreter": .ownObject,
        "POST /deconnexion": .account, "GET /menu": .account, "GET /contact": .account,
        "GET /raccourcis": .account, "POST /raccourcis": .account, "POST /apparence": .account,
        "GET /connexion/espace": .account, "POST /connexion/espace": .account, "GET /delegation": .account,
        "GET /profil/securite": .account, "POST /profil/securite/mot-de-passe": .account,
        "POST /profil/securite/sessions/terminer-autres": .account,
        "POST /profil/securite/sessions/:id/terminer": .ownObject,
        "GET /profil/delegations": .account, "GET /profil/delegations/nouvelle": .practitioner,
        "POST /profil/delegations/nouvelle": .practitioner, "GET /profil/delegations/activite": .practitioner,
        "POST /profil/delegations/:id/accepter": .ownObject,
        "POST /profil/delegations/:id/terminer": .ownObject,

        "GET /profil": .ownSpace, "POST /profil": .ownSpace, "GET /profil/adresses": .ownSpace,
        "GET /profil/adresses/nouvelle": .ownSpace, "POST /profil/adresses/nouvelle": .ownSpace,
        "GET /profil/adresses/:id": .ownSpaceObject, "POST /profil/adresses/:id": .ownSpaceObject,
        "POST /profil/adresses/:id/supprimer": .ownSpaceObject,
        "GET /profil/organisation": .ownSpace, "POST /profil/organisation": .ownSpace,
        "GET /profil/preferences": .ownSpace, "POST /profil/preferences": .ownSpace,
        "POST /profil/preferences/adresse": .ownSpace, "POST /langue": .account,

        "GET /profil/logiciels": .ownSpace, "POST /profil/logiciels": .ownSpace,
        "POST /profil/logiciels/:id/retirer": .ownSpaceObject,
        "POST /profil/logiciels/:id/relancer": .ownSpaceObject,

        "GET /evenements": .space, "GET /compteurs": .space,
        "GET /documents/vues": .ownSpace, "POST /documents/vues": .ownSpace,
        "POST /documents/vues/:id": .ownSpaceObject,
        "POST /documents/vues/:id/filtres": .ownSpaceObject,
        "POST /documents/vues/:id/supprimer": .ownSpaceObject,
        "POST /documents/selection": .space, "POST /documents/recherche": .space,
        "POST /patients/recherche": .space,
        "GET /accueil": .space, "GET /documents": .space, "GET /patients": .space,
        "GET /documents/:id": .object, "HEAD /documents/:id": .object, "GET /documents/:id/imprimer": .object,
        "GET /documents/:id/plein-ecran": .object,
        "POST /documents/:id/prolonger": .object, "POST /documents/:id/demander": .goneObject,
        "GET /documents/:id/lecteur": .object, "GET /documents/:id/acces": .object,
        "GET /documents/:id/fichier": .object,
        "HEAD /documents/:id/fichier": .object, "GET /documents/:id/pages/:page": .object,
        "GET /patients/:id": .object,

        "GET /admin/delegations": .administration, "GET /admin/delegations/nouvelle": .administration,
        "POST /admin/delegations/nouvelle": .administration,
        "POST /admin/delegations/:id/activer": .deskObject,
        "POST /admin/delegations/:id/terminer": .deskObject,
        "GET /admin/changements": .administration, "POST /admin/changements/:id/valider": .deskObject,
        "POST /admin/changements/:id/refuser": .deskObject,
    ]
}
