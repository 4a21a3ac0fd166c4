import Access

/// The desks of the portal team and of those who check identities: one line per route, as in `Routes.swift`.
extension PortalSite {
    static let desk: [Route] =
        [
            .get("/admin", .registrar, AccountRoutes.dashboard),
            .get("/admin/comptes/demandes", .registrar, RequestRoutes.list),
            .get(
                "/admin/comptes/demandes/:id", .registrar, traced: .requestRead, of: "accountRequest",
                RequestRoutes.show),
            .post(
                "/admin/comptes/demandes/:id/code", .registrar, forged: .controlCodeSent,
                RequestRoutes.sendCode),
            .post(
                "/admin/comptes/demandes/:id/reponse", .registrar, forged: .controlCodeConfirmed,
                RequestRoutes.confirmCode),
            .post(
                "/admin/comptes/demandes/:id/preuve", .registrar, forged: .identityVerified, keeps: true,
                RequestRoutes.prove),
            .post(
                "/admin/comptes/demandes/:id/proposer", .registrar, forged: .actProposed,
                RequestRoutes.propose),
            .post(
                "/admin/comptes/demandes/:id/approuver", .administration, forged: .actApproved,
                RequestRoutes.approve),
            .post(
                "/admin/comptes/demandes/:id/refuser", .registrar, forged: .requestRefused, keeps: true,
                RequestRoutes.refuse),
            .post(
                "/admin/comptes/demandes/:id/complement", .registrar, forged: .complementAsked, keeps: true,
                RequestRoutes.askForComplement),
            .post(
                "/admin/comptes/demandes/:id/piece", .registrar, forged: .identityCopyAdded,
                RequestRoutes.addCopy),
            .get(
                "/admin/comptes/demandes/:id/piece/:copy", .registrar, traced: .identityCopyRead,
                of: "accountRequest", RequestRoutes.copy),
            .get("/admin/rendez-vous", .registrar, AppointmentRoutes.list),
            .post(
                "/admin/rendez-vous/:id/absence", .registrar, forged: .requestChanged,
                AppointmentRoutes.noteMissed),
            .get("/admin/rendez-vous/lieux", .registrar, AppointmentRoutes.showSites),
            .post(
                "/admin/rendez-vous/lieux", .administration, forged: .configurationChanged, keeps: true,
                AppointmentRoutes.saveSite),
            .post(
                "/admin/rendez-vous/creneaux", .registrar, forged: .configurationChanged,
                on: "/admin/rendez-vous/lieux", keeps: true,
                AppointmentRoutes.addSlots),
            .post(
                "/admin/rendez-vous/creneaux/annuler", .registrar, forged: .configurationChanged,
                AppointmentRoutes.cancelSlot),
            .get("/admin/comptes", .administration, AccountRoutes.list),
            .get(
                "/admin/comptes/:id", .administration, traced: .accountRead, of: "account", AccountRoutes.show
            ),
            .post(
                "/admin/comptes/:id/etat", .administration, forged: .accountStateChanged, keeps: true,
                AccountRoutes.changeState),
            .post(
                "/admin/comptes/:id/facteurs", .administration, forged: .factorResetProposed,
                FactorResetRoutes.propose),
            .post(
                "/admin/comptes/:id/facteurs/approuver", .administration, forged: .factorsReset,
                FactorResetRoutes.approve),
            .post(
                "/admin/comptes/:id/facteurs/arreter", .administration, forged: .factorResetStopped,
                FactorResetRoutes.stop),
            .get("/admin/equipe", .administration, TeamRoutes.show),
            .post(
                "/admin/equipe", .administration, forged: .actProposed, keeps: true,
                TeamRoutes.propose),
            .post("/admin/equipe/:id/approuver", .administration, forged: .actApproved, TeamRoutes.approve),
            .post("/admin/equipe/:id/retirer", .administration, forged: .actWithdrawn, TeamRoutes.withdraw),
            .get("/admin/domaines", .administration, DirectoryRoutes.domains),
            .post(
                "/admin/domaines", .administration, forged: .configurationChanged, keeps: true,
                DirectoryRoutes.decideDomain),
            .get("/admin/professions", .administration, DirectoryRoutes.professions),
            .post(
                "/admin/professions", .administration, forged: .configurationChanged,
                DirectoryRoutes.saveProfessions),
            .get("/admin/registre", .administration, DirectoryRoutes.register),
            .post(
                "/admin/registre/:id/traiter", .administration, forged: .registerSettled,
                DirectoryRoutes.settle),
            .get("/admin/journal", .administration, traced: .auditSearched, of: "audit", JournalRoutes.show),
            .get("/admin/transmissions", .administration, TransmissionRoutes.show),
            .post(
                "/admin/transmissions/relancer", .administration, forged: .transmissionRelaunched,
                TransmissionRoutes.relaunch),
            .post(
                "/admin/transmissions/relancer-tout", .administration, forged: .transmissionRelaunched,
                TransmissionRoutes.relaunchAll),
            .get("/admin/delegations", .administration, DelegationDeskRoutes.list),
            .get("/admin/delegations/nouvelle", .administration, DelegationDeskRoutes.showProposal),
            .post(
                "/admin/delegations/nouvelle", .administration, forged: .delegationOffered, keeps: true,
                DelegationDeskRoutes.propose),
            .post(
                "/admin/delegations/:id/activer", .administration, forged: .delegationConfirmed,
                DelegationDeskRoutes.confirm),
            .post(
                "/admin/delegations/:id/terminer", .administration, forged: .delegationEnded, keeps: true,
                DelegationDeskRoutes.end),

            .get("/admin/identites", .administration, IdentityDeskRoutes.list),
            .post(
                "/admin/identites/:id/associer", .administration, forged: .identityLinked,
                IdentityDeskRoutes.accept),
            .post(
                "/admin/identites/:id/refuser", .administration, forged: .identityRefused,
                IdentityDeskRoutes.refuse),
            .post(
                "/admin/identites/fournisseurs/:name", .administration, forged: .configurationChanged,
                IdentityDeskRoutes.turn),

            .get("/admin/changements", .administration, NameChangeRoutes.list),
            .post(
                "/admin/changements/:id/valider", .administration, forged: .nameChangeDecided,
                NameChangeRoutes.approve),
            .post(
                "/admin/changements/:id/refuser", .administration, forged: .nameChangeDecided,
                NameChangeRoutes.refuse),
        ]
}
