import Access
import Documents
import HTML

/// `/admin/services` (C7): who of the hospital sends documents by hand, and for which service.
struct ServicesPage: Sendable {
    let shell: Shell
    let services: [(service: HospitalService, members: [ServiceMember])]
    var mistake: FieldMistake?
    /// Wishes that nobody of a service sees.
    var unfollowed: [UnfollowedWishes] = []

    var html: [UInt8] {
        shell.page(PageTitle(t("Services"), isError: mistake != nil), in: .services) {
            if let mistake { ErrorSummary(mistakes: [mistake]) }
            div(.class("head")) {
                div(.class("head--act")) {
                    h1 { t("Services") }
                    link(.class("btn btn--s btn--sm"), .href(Path("/admin/protection"))) {
                        t("Protection des données")
                    }
                }
                p(.class("lead")) {
                    t(
                        """
                        Les membres d’un service envoient des documents à la main et suivent les envois de leur \
                        service. Leur compte s’ouvre sur la page de l’équipe, à deux personnes.
                        """)
                }
            }
            unfollowedWishes
            if services.isEmpty { EmptyState(text: t("Aucun service.")) }
            for (service, members) in services { card(service, members) }
            KeptEntry.inForm(Path("/admin/services")) { _ in newService }
        }
    }

    @Markup private var unfollowedWishes: Node {
        if !unfollowed.isEmpty {
            NoteBox(.warn) {
                h2 { t("Demandes que personne ne voit") }
                p {
                    t(
                        "Des destinataires demandent une nouvelle mise à disposition. Ajoutez le service et un membre, et faites-lui suivre les envois du dossier patient : il les trouvera sous « Envois »."
                    )
                }
                ul {
                    for wishes in unfollowed {
                        li {
                            b { wishes.service }
                            " "
                            t(
                                one: "{count} demande", other: "{count} demandes",
                                count: wishes.count)
                            ", "
                            t("la plus ancienne du {date}", ["date": DateTexts.date(wishes.oldest.rawValue)])
                        }
                    }
                }
            }
        }
    }

    private func card(_ service: HospitalService, _ members: [ServiceMember]) -> Node {
        section(.class("card card--pad stack"), .ariaLabelledBy("s-\(service.id.rawValue)")) {
            h2(.id("s-\(service.id.rawValue)")) { service.name }
            form(
                .class("acts"), .method(.post), .action(Path("/admin/services", service.id.rawValue, "suivi"))
            ) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("suivi"), .value(service.followsRecord ? "0" : "1"))
                p {
                    service.followsRecord
                        ? t("Suit aussi les envois du dossier patient à son nom.")
                        : t("Ne suit que ses envois à la main.")
                }
                button(.class("btn btn--s btn--sm")) {
                    service.followsRecord ? t("Ne plus les suivre") : t("Suivre ceux du dossier patient")
                    span(.class("vh")) { ": " + service.name }
                }
            }
            ServiceContactForm(service: service, formToken: shell.formToken, mistake: mistake)
            if members.isEmpty { p(.class("hint")) { t("Aucun membre.") } }
            ul(.class("sessions"), .role("list")) { for member in members { line(member, service) } }
            newMember(service)
        }
    }

    private func newMember(_ service: HospitalService) -> Node {
        let action = Path("/admin/services", service.id.rawValue, "membres")
        return KeptEntry.inForm(action) { _ in
            form(.class("find"), .method(.post), .action(action)) {
                FormToken(shell.formToken)
                label(.for("email-\(service.id.rawValue)")) { t("Ajouter un membre, par son adresse e-mail") }
                div {
                    input(
                        .class("input"), .id("email-\(service.id.rawValue)"), .name("email"), .type("email"),
                        .value(KeptEntry.value("email") ?? ""), .autocomplete("off"), .maxLength(254),
                        .required(true))
                    button(.class("btn btn--s")) { t("Ajouter") }
                }
            }
        }
    }

    private func line(_ member: ServiceMember, _ service: HospitalService) -> Node {
        li {
            div {
                b { member.displayName }
                " "
                member.state.chip
                br()
                member.email
            }
            form(.method(.post), .action(Path("/admin/services", service.id.rawValue, "membres", "retirer")))
            {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("compte"), .value(member.accountID.rawValue))
                button(.class("btn btn--s btn--sm")) {
                    t("Retirer")
                    span(.class("vh")) { ": \(member.displayName), \(service.name)" }
                }
            }
        }
    }

    private var newService: Node {
        form(.class("card card--pad stack"), .method(.post), .action(Path("/admin/services"))) {
            FormToken(shell.formToken)
            h2 { t("Nouveau service") }
            Field(
                id: "nom", name: "nom", label: t("Nom"),
                hint: t("Tel que le dossier patient l’écrit dans ses documents"),
                maxLength: 100, mistake: mistake?.field == "nom" ? mistake?.text : nil)
            CheckField(
                name: "suivi", label: t("Suit aussi les envois du dossier patient à son nom"),
                hint: t("Ses membres voient alors le titre, le patient et l’état de ces documents."))
            div(.class("form__b")) { button(.class("btn btn--p")) { t("Ajouter le service") } }
        }
    }
}
