import Documents
import HTML

/// A saved view as it leads to its list.
struct ViewLink: Sendable {
    let id: String
    let name: String
    var query: InboxQuery
    var isDefault = false
    var isShared = false

    /// Whether a list shows just what this view asks for.
    func isShown(by other: InboxQuery) -> Bool { query.isSameView(as: other) }
}

/// `/documents/vues` (M6): the views of one's own space, and a form for the filters one comes with.
struct ViewsPage: Sendable {
    let shell: Shell
    let views: [ViewLink]
    /// The filters one comes with.
    let query: InboxQuery
    /// Which form was refused (nil: the new one), why, and what was typed as its name.
    var mistake: (id: String?, refusal: ViewRefusal, typed: String)?

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Vues enregistrées"), section: t("Mes documents"), isError: mistake != nil),
            in: .documents
        ) {
            p(.class("crumb")) {
                link(.href(Path("/documents"))) {
                    Icon.left
                    t("Mes documents")
                }
            }
            div(.class("head")) { h1 { t("Vues enregistrées") } }
            if hasNewFilters { new }
            if views.isEmpty { empty } else { list }
        }
    }

    private var hasNewFilters: Bool { query.hasFilters || query.view != .all || query.isOldestFirst }

    private var empty: Node {
        EmptyState(
            text: t("Aucune vue enregistrée."),
            explanation: [
                t("Filtrez la liste de vos documents, puis choisissez « Enregistrer cette vue »."),
                t("Une vue apparaît ensuite au-dessus de la liste ; une d’elles peut s’ouvrir en premier."),
            ], way: (Path("/documents"), t("Mes documents"))
        ).body
    }

    private var new: Node {
        section(.class("card card--pad"), .ariaLabelledBy("nouvelle")) {
            h2(.id("nouvelle")) { t("Enregistrer cette vue") }
            p(.class("hint")) { query.summary }
            form(.class("stack"), .method(.post), .action(Path("/documents/vues"))) {
                FormToken(shell.formToken)
                for item in query.items { input(.type("hidden"), .name(item.key), .value(item.value)) }
                KeptEntry.inForm(Path("/documents/vues")) { _ in
                    fields(nil, name: "", isDefault: false, isShared: false)
                }
                button(.class("btn btn--p")) { t("Enregistrer la vue") }
            }
        }
    }

    @Markup private var list: Node {
        for view in views {
            section(.class("card card--pad"), .ariaLabelledBy("v-" + view.id)) {
                h2(.id("v-" + view.id)) { link(.href(view.query.path)) { view.name } }
                p(.class("hint")) { view.query.summary }
                form(.class("stack"), .method(.post), .action(Path("/documents/vues", view.id))) {
                    FormToken(shell.formToken)
                    KeptEntry.inForm(Path("/documents/vues", view.id)) { _ in
                        fields(
                            view.id, name: view.name, isDefault: view.isDefault, isShared: view.isShared)
                    }
                    button(.class("btn btn--s btn--sm")) { t("Enregistrer la vue") }
                }
                if hasNewFilters, !view.isShown(by: query) { update(view) }
                form(.method(.post), .action(Path("/documents/vues", view.id, "supprimer"))) {
                    FormToken(shell.formToken)
                    button(.class("btn btn--q btn--sm")) { t("Supprimer la vue") }
                }
            }
        }
    }

    /// Gives a view the filters one comes with.
    private func update(_ view: ViewLink) -> Node {
        form(.method(.post), .action(Path("/documents/vues", view.id, "filtres"))) {
            FormToken(shell.formToken)
            for item in query.items { input(.type("hidden"), .name(item.key), .value(item.value)) }
            p(.class("hint")) { t("Filtres actuels : {filters}", ["filters": query.summary]) }
            button(.class("btn btn--s btn--sm")) {
                t("Mettre à jour la vue") + " "
                span(.class("vh")) { t("« {name} »", ["name": view.name]) }
            }
        }
    }

    @Markup private func fields(_ id: String?, name: String, isDefault: Bool, isShared: Bool) -> Node {
        let own = mistake.flatMap { $0.id == id ? $0 : nil }
        let prefix = id ?? "nouvelle"
        Field(
            id: "nom-" + prefix, name: "nom", label: t("Nom de la vue"), value: own?.typed ?? name,
            maxLength: 40, hasFocus: own != nil, mistake: own.map { ViewTexts.sentence($0.refusal) })
        box("defaut-" + prefix, "defaut", t("Ouvrir mes documents avec cette vue"), isDefault)
        box("partage-" + prefix, "partage", t("La montrer aussi à mes délégués"), isShared)
    }

    private func box(_ id: String, _ name: String, _ text: String, _ isOn: Bool) -> Node {
        label(.class("check"), .for(id)) {
            input(
                .type("checkbox"), .id(id), .name(name), .value("oui"),
                .checked(KeptEntry.isTicked(name, "oui") ?? isOn))
            span { text }
        }
    }
}

enum ViewTexts {
    static func sentence(_ refusal: ViewRefusal) -> String {
        switch refusal {
        case .nameTaken: t("Une de vos vues porte déjà ce nom.")
        case .tooMany:
            t(
                "Vous avez {count} vues, le maximum : supprimez-en une.",
                ["count": String(DocumentLimits.views)])
        case .nameMissing, .notFound, .notOwn: t("Donnez un nom à la vue.")
        }
    }
}

extension InboxQuery {
    /// What it asks for, in words.
    var summary: String {
        var parts = [view.name]
        if !words.isEmpty { parts.append(t("« {words} »", ["words": words])) }
        if let typeCode { parts.append(DocumentTypeTexts.name(code: typeCode)) }
        if let service { parts.append(service) }
        if patientID != nil { parts.append(t("Un patient")) }
        if !from.isEmpty { parts.append(t("dès le {date}", ["date": from])) }
        if !until.isEmpty { parts.append(t("jusqu’au {date}", ["date": until])) }
        if isComplete { parts.append(t("Tous les types et patients")) }
        parts.append(isOldestFirst ? t("Les plus anciens d’abord") : t("Les plus récents d’abord"))
        return parts.joined(separator: " · ")
    }

    /// The same filters and order, wherever in the list one is.
    func isSameView(as other: InboxQuery) -> Bool {
        var (one, two) = (self, other)
        (one.search, two.search) = ("", "")
        (one.cursor, two.cursor) = (nil, nil)
        (one.hasDefault, two.hasDefault) = (false, false)
        return one == two
    }
}
