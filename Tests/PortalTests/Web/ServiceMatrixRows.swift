/// The rows of the hospital's services, of the protection of data and of one's own log, for `AuthorizationMatrixTests`.
extension AuthorizationMatrixTests {
    static let services: [String: Row] = [
        "GET /service/envois": .service, "POST /service/envois/recherche": .service,
        "GET /service/envois/nouveau": .service,
        "POST /service/envois/nouveau": .service, "POST /service/envois/destinataire": .service,
        "POST /service/envois": .service, "GET /service/envois/:id": .serviceObject,
        "POST /service/envois/:id/annuler": .serviceObject,
        "POST /service/envois/:id/rappeler": .serviceObject, "GET /service/pourquoi": .service,
        "POST /service/pourquoi": .service,
        "POST /service/envois/:id/courrier": .serviceObject,
        "POST /service/envois/:id/renvoyer": .serviceObject,
        "GET /service/courrier": .service, "POST /service/courrier/export": .service,
        "GET /service/courrier/:id/archive": .serviceObject,
        "POST /service/courrier/:id/annuler": .serviceObject, "GET /service/demandes": .service,
        "POST /service/demandes/:id/traiter": .serviceObject,
        "GET /dpo/patients": .service, "POST /dpo/patients": .service, "POST /dpo/patients/export": .service,

        "GET /admin/services": .administration, "POST /admin/services": .administration,
        "POST /admin/services/:id/suivi": .deskObject,
        "POST /admin/services/:id/contact": .deskObject, "POST /admin/services/:id/membres": .deskObject,
        "POST /admin/services/:id/membres/retirer": .deskObject,
        "GET /admin/transmissions": .administration,
        "POST /admin/transmissions/relancer": .administration,
        "POST /admin/transmissions/relancer-tout": .administration,
        "GET /admin/protection": .administration, "POST /admin/protection": .administration,
        "POST /admin/protection/:id/approuver": .deskObject,
        "POST /admin/protection/:id/retirer": .deskObject,

        "GET /profil/acces": .account, "POST /profil/acces/export": .account,
    ]
}
