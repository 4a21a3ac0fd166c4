import Documents
import HTML

/// The reading pane: actions, identity, page images, text version, versions, trace.
extension DocumentView: Component {
    var body: Node {
        article(.class("doc"), .id("document"), .ariaLabelledBy("document-t"), .tabindex(-1)) {
            header(.class("doc__h")) {
                actions
                h1(.id("document-t"), .tabindex(-1), .lang(language)) { title }
                p(.class("doc__pt")) {
                    link(.href(patient.path)) { patient.name }
                    span { patient.details(now: now) }
                    span { [service, author].filter { !$0.isEmpty }.joined(separator: ", ") }
                    if isReplaced {
                        DocumentStatus.superseded.chip
                    } else if isCorrection {
                        DocumentStatus.corrected.chip
                    }
                    if let ending { ending.chip }
                }
            }
            div(
                .class("doc__b"), .role("region"), .tabindex(0), .ariaLabel(t("Contenu du document"))
            ) {
                notes
                messageOfService
                for page in pages { image(page) }
                UndrawnNote(document: self)
                textVersion
                trace
                extensionForm
                DocumentDetails(document: self)
                if let brand { ServiceContactSection(service: service, contact: contact, brand: brand) }
            }
            TakenBackNotice(id: id)
        }
    }

    private var actions: Node {
        div(.class("doc__row")) {
            link(.class("btn btn--q doc__back only-m"), .href(query.path), .ariaLabel(t("Mes documents"))) {
                Icon.left
                span { t("Mes documents") }
            }
            div(.class("doc__bar")) {
                link(.class("btn btn--p btn--sm"), .href(filePath)) {
                    Icon.download
                    t("Télécharger")
                }
                link(.class("btn btn--s btn--sm"), .href(printPath)) {
                    Icon.print
                    t("Imprimer")
                }
                link(
                    .class("btn btn--s btn--sm doc__full"), .href(fullPath), .ariaLabel(t("Plein écran")),
                    .title(t("Plein écran"))
                ) {
                    Icon.full
                    span { t("Plein écran") }
                }
                // on a phone it stands below the document, so that the bar stays short
                if brand != nil {
                    link(.class("btn btn--s btn--sm only-d"), .href(anchor: ServiceContactSection.anchor)) {
                        Icon.people
                        t("Contacter le service")
                    }
                }
            }
            if canMark {
                MarkForm(
                    formToken: formToken, ids: [id], act: .unread, way: query.path,
                    text: t("Marquer non lu"))
            }
            if newerID != nil || olderID != nil {
                nav(.class("doc__nav"), .ariaLabel(t("Autres documents de la liste"))) {
                    if let newerID { neighbour(newerID, t("Document plus récent"), .up, "prev") }
                    if let olderID { neighbour(olderID, t("Document plus ancien"), .chevronDown, "next") }
                }
            }
        }
    }

    private func neighbour(_ id: String, _ name: String, _ icon: Icon, _ relation: StaticString) -> Node {
        link(
            .class("btn btn--icon btn--sm"), .href(query.path(to: id)), .rel(relation), .ariaLabel(name),
            .title(name)
        ) { icon }
    }

    @Markup private var notes: Node {
        ReplacedNote(document: self)
        UndrawnNote(document: self)
        switch content {
        case .ready: Node()
        case .previewPending:
            NoteBox(.info) {
                p { t("Aperçu en préparation. Le document peut déjà être téléchargé.") }
                p { link(.href(query.path(to: id))) { t("Actualiser la page") } }
            }
        case .previewFailed:
            NoteBox(.warn) { p { t("Aperçu indisponible. Téléchargez le document pour le lire.") } }
        }
        if hasActiveContent {
            NoteBox(.warn) {
                p {
                    t(
                        """
                        Ce fichier contient des éléments actifs. L’aperçu est sans risque ; n’autorisez \
                        rien si votre lecteur vous le demande.
                        """
                    )
                }
            }
        }
    }

    /// It may be clinical: it stands here only, in no mail and no list.
    @Markup private var messageOfService: Node {
        if let message {
            NoteBox(.info) {
                p { b { t("Message du service") } }
                MessageLines(text: message)
            }
        }
    }

    private func image(_ page: PageImage) -> Node {
        link(.class("doc__page"), .href(fullPath.at("page-\(page.number)")), .tabindex(-1)) {
            img(
                .class("paper"), .src(Path("/documents", id, "pages", String(page.number))),
                .width(page.width), .height(page.height), .alt(name(of: page)),
                page.number == 1 ? .fetchPriority("high") : .loading("lazy"))
        }
    }

    /// «Page 2 sur 3»
    func name(of page: PageImage) -> String {
        t("Page {number} sur {count}", ["number": String(page.number), "count": String(pageCount)])
    }

    private var ending: DocumentStatus? {
        .ending(expiresAt, now: now, within: warningDays)
    }

    /// Once, and only where there is something to gain.
    @Markup private var extensionForm: Node {
        if let extensibleUntil {
            form(.method(.post), .action(extensionPath)) {
                FormToken(formToken)
                button(.class("btn btn--s btn--sm"), .type("submit")) {
                    t("Prolonger jusqu’au {date}", ["date": DateTexts.date(extensibleUntil)])
                }
            }
        }
    }

    @Markup private var textVersion: Node {
        if let text {
            details(.class("textual"), .open(pages.isEmpty)) {
                summary { t("Version texte") }
                pre(.lang(language)) { text }
            }
        }
    }

    private var trace: Node {
        p(.class("trace")) {
            Icon.check
            span {
                traceText + " · "
                link(.href(accessesPath)) { t("Accès à ce document") }
            }
        }
    }

    private var traceText: String {
        var parts = [openingText, basis.text]
        if let downloadedAt {
            parts.insert(
                t("téléchargé {moment}", ["moment": DateTexts.sentence(downloadedAt, now: now)]), at: 1)
        }
        parts.append(t("disponible jusqu’au {date}", ["date": DateTexts.date(expiresAt)]))
        return parts.joined(separator: " · ")
    }

    /// Who was the first to open it, and for whom: never «vous» for what somebody else did.
    private var openingText: String {
        let moment = DateTexts.sentence(openedAt, now: now)
        switch (opener, principal) {
        case (nil, _): return t("Ouvert {moment}", ["moment": moment])
        case (.viewer, nil): return t("Ouvert par vous {moment}", ["moment": moment])
        case (.viewer, let principal?):
            return t(
                "Ouvert par vous, pour {principal}, {moment}", ["principal": principal, "moment": moment])
        case (.principal(let name), _):
            return t("Ouvert par {name} {moment}", ["name": name, "moment": moment])
        case (.delegate(let name), nil):
            return t("Ouvert par {name}, pour vous, {moment}", ["name": name, "moment": moment])
        case (.delegate(let name), let principal?):
            return t(
                "Ouvert par {name}, pour {principal}, {moment}",
                ["name": name, "principal": principal, "moment": moment])
        }
    }
}

/// What is known about a document besides its contents.
struct DocumentDetails: Component {
    let document: DocumentView

    var body: Node {
        section(.class("about"), .ariaLabelledBy("about-t")) {
            h2(.id("about-t")) { t("À propos de ce document") }
            SummaryList(rows: rows)
            if document.versions.count > 1 { versions }
        }
    }

    private var rows: [(term: String, value: Node)] {
        [
            (t("Type"), Node(document.typeName)),
            (t("Rédigé le"), Node(DateTexts.dateAndTime(document.authoredAt))),
            (t("Mis à disposition le"), Node(DateTexts.dateAndTime(document.publishedAt))),
            (t("Service"), Node(document.service)),
            (t("Expéditeur"), Node(document.author)),
            (
                t("Fichier"),
                Node(
                    "PDF · " + t(one: "{count} page", other: "{count} pages", count: document.pageCount)
                        + " · "
                        + SizeTexts.text(bytes: document.byteCount))
            ),
        ].filter { !$0.value.isEmpty }
    }

    private var versions: Node {
        section(.class("versions"), .ariaLabelledBy("versions-t")) {
            h2(.id("versions-t")) { t("Versions") }
            ol(.role("list")) {
                for version in document.versions {
                    li {
                        if version.id == document.id {
                            b { name(version) + " " + t("(affichée)") }
                        } else {
                            link(.href(document.query.path(to: version.id))) { name(version) }
                        }
                    }
                }
            }
        }
    }

    private func name(_ version: DocumentView.Version) -> String {
        t(
            "Version {number} du {date}",
            ["number": String(version.number), "date": DateTexts.dateAndTime(version.publishedAt)])
    }
}
