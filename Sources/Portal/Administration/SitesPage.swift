import Access
import Enrolment
import HTML

/// `/admin/rendez-vous/lieux`: where identities are checked, and the times that are offered (D05).
struct SitesPage: Sendable {
    /// What was refused just before.
    enum Problem: Sendable { case siteIncomplete, slotsIncomplete, slotTaken }

    let shell: Shell
    let sites: [OfferedSite]
    /// Whether the reader may change the list: the portal team only.
    let mayChange: Bool
    var problem: Problem?

    private var now: Int64 { shell.presentation.now }
    private static let sitesPath = Path("/admin/rendez-vous/lieux")
    private static let slotsPath = Path("/admin/rendez-vous/creneaux")

    var html: [UInt8] {
        shell.page(PageTitle(t("Lieux et dates libres"), isError: problem != nil), in: .appointments) {
            if let problem { AlertBox(text: problem.text) }
            p(.class("crumb")) {
                link(.href(Path("/admin/rendez-vous"))) {
                    Icon.left
                    t("Rendez-vous")
                }
            }
            h1 { t("Lieux et dates libres") }
            for offered in sites { site(offered) }
            if mayChange { siteFold(nil, t("Ajouter un lieu")) }
        }
    }

    private func site(_ offered: OfferedSite) -> Node {
        section(.class("card card--pad"), .ariaLabelledBy("lieu-\(offered.site.id.rawValue)")) {
            div(.class("row-b")) {
                h2(.id("lieu-\(offered.site.id.rawValue)")) { offered.site.name }
                span(.class("chips")) {
                    Chip(offered.site.mode.text, .neutral)
                    if !offered.site.isActive { Chip(t("Inactif"), .warn) }
                    if offered.site.needsAppointment { Chip(t("Sur rendez-vous"), .info) }
                }
            }
            if offered.site.needsAppointment {
                slots(offered)
                KeptEntry.inForm(Self.slotsPath, ["lieu": offered.site.id.rawValue]) { _ in
                    slotForm(offered.site)
                }
            }
            if mayChange { siteFold(offered.site, t("Modifier ce lieu")) }
        }
    }

    private func siteFold(_ site: ValidationSite?, _ title: String) -> Node {
        KeptEntry.inForm(Self.sitesPath, ["id": site?.id.rawValue ?? ""]) { isKept in
            details(.class("fold"), .open(isKept)) {
                HTML.summary(.class("fold__s")) {
                    span { title }
                    Icon.chevronDown
                }
                div(.class("fold__p")) { siteForm(site) }
            }
        }
    }

    private func slots(_ offered: OfferedSite) -> Node {
        Node {
            p {
                t(one: "{count} date libre", other: "{count} dates libres", count: offered.slots.count)
            }
            ul(.class("slots"), .role("list")) {
                for slot in offered.slots {
                    li {
                        form(.method(.post), .action(Path("/admin/rendez-vous/creneaux/annuler"))) {
                            FormToken(shell.formToken)
                            input(.type("hidden"), .name("creneau"), .value(slot.id.rawValue))
                            span { SlotTexts.text(slot.startsAt.rawValue, now: now) }
                            button(
                                .class("btn btn--q btn--sm"),
                                .ariaLabel(
                                    t(
                                        "Retirer {time}",
                                        ["time": SlotTexts.text(slot.startsAt.rawValue, now: now)]))
                            ) { t("Retirer") }
                        }
                    }
                }
            }
        }
    }

    private func slotForm(_ site: ValidationSite) -> Node {
        let id = site.id.rawValue
        return form(.class("stack"), .method(.post), .action(Path("/admin/rendez-vous/creneaux"))) {
            FormToken(shell.formToken)
            input(.type("hidden"), .name("lieu"), .value(id))
            div(.class("grid")) {
                Field(
                    id: "jour-\(id)", name: "jour", label: t("Jour"), hint: t("Par exemple 24.11.2026"),
                    inputMode: "numeric", maxLength: 10)
                Field(
                    id: "debut-\(id)", name: "debut", label: t("De"), hint: t("Par exemple 09:00"),
                    maxLength: 5)
                Field(id: "fin-\(id)", name: "fin", label: t("À"), hint: t("Par exemple 12:00"), maxLength: 5)
                Field(
                    id: "minutes-\(id)", name: "minutes", label: t("Minutes par rendez-vous"), value: "20",
                    inputMode: "numeric", maxLength: 3)
            }
            div { button(.class("btn btn--s")) { t("Ajouter ces dates") } }
        }
    }

    private func siteForm(_ site: ValidationSite?) -> Node {
        let id = site?.id.rawValue ?? "nouveau"
        return form(.class("stack"), .method(.post), .action(Path("/admin/rendez-vous/lieux"))) {
            FormToken(shell.formToken)
            input(.type("hidden"), .name("id"), .value(site?.id.rawValue ?? ""))
            Field(id: "nom-\(id)", name: "nom", label: t("Nom"), value: site?.name ?? "", maxLength: 100)
            HTML.div(.class("field")) {
                label(.for("mode-\(id)")) { t("Mode") }
                select(.class("input"), .id("mode-\(id)"), .name("mode")) {
                    for mode in ValidationSite.Mode.allCases {
                        option(
                            .value(mode.rawValue),
                            .selected(mode.rawValue == KeptEntry.value("mode") ?? site?.mode.rawValue)
                        ) { mode.text }
                    }
                }
            }
            Field(
                id: "adresse-\(id)", name: "adresse",
                label: t("Adresse, ou lien de la visioconférence (https://…)"),
                value: site?.address ?? "", maxLength: 200, isRequired: false)
            Field(
                id: "indications-\(id)", name: "indications", label: t("Indications pour les personnes"),
                value: site?.directions ?? "", maxLength: 500, isRequired: false)
            box("rdv-\(id)", "rdv", t("Sur rendez-vous"), site?.needsAppointment ?? true)
            box("actif-\(id)", "actif", t("Proposé aux personnes"), site?.isActive ?? true)
            div { button(.class("btn btn--s")) { t("Enregistrer le lieu") } }
        }
    }

    private func box(_ id: String, _ name: String, _ text: String, _ isOn: Bool) -> Node {
        label(.class("check"), .for(id)) {
            input(
                .type("checkbox"), .id(id), .name(name), .value("1"),
                .checked(KeptEntry.isTicked(name) ?? isOn))
            span { text }
        }
    }
}

extension SitesPage.Problem {
    var text: String {
        switch self {
        case .siteIncomplete: t("Saisissez le nom du lieu, en 100 caractères au plus.")
        case .slotsIncomplete: t("Saisissez un jour à venir, deux heures et une durée de 5 minutes au moins.")
        case .slotTaken: t("Cette date vient d’être prise.")
        }
    }
}
