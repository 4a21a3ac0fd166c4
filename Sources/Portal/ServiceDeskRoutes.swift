import Access

/// The desk of the hospital's services, and of those who look after the protection of data: one line per route, as in
/// `Routes.swift`.
extension PortalSite {
    static let service: [Route] =
        [
            .get("/service/envois", .service, SendingRoutes.list),
            .post("/service/envois/recherche", .service, forged: .documentSearched, SendingRoutes.search),
            .get("/service/envois/nouveau", .service, NewSendingRoutes.show),
            .post(
                "/service/envois/nouveau", .service, forged: .recipientSearched, keeps: true,
                NewSendingRoutes.chooseRecipient),
            .post(
                "/service/envois/destinataire", .service, forged: .recipientSearched,
                on: "/service/envois/nouveau", keeps: true, NewSendingRoutes.check),
            .post(
                "/service/envois", .service, forged: .documentPublished, on: "/service/envois/nouveau",
                keeps: true, NewSendingRoutes.send),
            .get("/service/envois/:id", .service, traced: .documentStateRead, SendingRoutes.show),
            .post(
                "/service/envois/:id/annuler", .service, forged: .dispatchCancelled, SendingRoutes.cancel),
            .post(
                "/service/envois/:id/rappeler", .service, forged: .documentWithdrawn, keeps: true,
                SendingRoutes.recall),
            .post(
                "/service/envois/:id/renvoyer", .service, forged: .documentPublished, SendingRoutes.sendAgain),
            .post("/service/envois/:id/courrier", .service, forged: .dispatchPosted, SendingRoutes.post),
            .get("/service/courrier", .service, LetterRoutes.list),
            .post("/service/courrier/export", .service, forged: .dispatchPosted, LetterRoutes.export),
            .get(
                "/service/courrier/:id/archive", .service, traced: .dispatchPosted, of: "postExport",
                LetterRoutes.archive),
            .post(
                "/service/courrier/:id/annuler", .service, forged: .dispatchCancelled, LetterRoutes.cancel),
            .get("/service/demandes", .service, LetterRoutes.wishes),
            .post(
                "/service/demandes/:id/traiter", .service, forged: .documentAskedAgain, keeps: true,
                LetterRoutes.settle),
            .get("/service/pourquoi", .service, WhyRoutes.show),
            .post("/service/pourquoi", .service, forged: .diagnosisRead, keeps: true, WhyRoutes.answer),

            .get("/dpo/patients", .service, PatientAccessesRoutes.show),
            .post(
                "/dpo/patients", .service, forged: .patientAccessesRead, keeps: true,
                PatientAccessesRoutes.search),
            .post(
                "/dpo/patients/export", .service, forged: .patientAccessesRead, PatientAccessesRoutes.export),

            .get("/admin/protection", .administration, DutyRoutes.show),
            .post(
                "/admin/protection", .administration, forged: .actProposed, keeps: true,
                DutyRoutes.propose),
            .post(
                "/admin/protection/:id/approuver", .administration, forged: .actApproved, DutyRoutes.approve),
            .post(
                "/admin/protection/:id/retirer", .administration, forged: .actWithdrawn, DutyRoutes.withdraw),
            .get("/admin/services", .administration, ServiceRoutes.list),
            .post(
                "/admin/services", .administration, forged: .configurationChanged, keeps: true,
                ServiceRoutes.add),
            .post(
                "/admin/services/:id/suivi", .administration, forged: .configurationChanged,
                ServiceRoutes.follow),
            .post(
                "/admin/services/:id/contact", .administration, forged: .configurationChanged, keeps: true,
                ServiceRoutes.setContact),
            .post(
                "/admin/services/:id/membres", .administration, forged: .staffChanged, keeps: true,
                ServiceRoutes.addMember),
            .post(
                "/admin/services/:id/membres/retirer", .administration, forged: .staffChanged,
                ServiceRoutes.removeMember),
        ]
}
