import Documents
import HTML

/// `/patients/{id}` (M8): one patient and all documents about him, grouped by stay; what can be done with several of them is
/// the same as in the list of documents.
struct PatientPage: Sendable {
    struct Stay: Sendable {
        /// ISO 8601, as far as the hospital told them; both nil for ambulatory care.
        let start: String?
        let end: String?
        /// The hospital's number of the stay.
        let number: String
        let service: String
        /// Newest first.
        let rows: [DocumentRow]
    }

    let shell: Shell
    let patient: PatientIdentity
    /// Newest first.
    let stays: [Stay]
    /// How many patients of this space bear this name, this one included.
    var namesakes = 1
    /// Documents about him that the preferences do not show.
    var hidden = 0
    /// With those.
    var isComplete = false
    /// There are more documents about him than are shown here.
    var isCut = false
    /// Whether the reader says here what is unread: in his own space.
    var canMark = true
    /// Whether the boxes are ticked.
    var isAllChosen = false
    /// Whether letters of the keyboard act on the rows.
    var hasKeys = true

    /// The newest first.
    private var newest: [String] {
        stays.flatMap(\.rows).sorted { $0.receivedAt > $1.receivedAt }.map(\.id)
    }

    /// This page, with what one came for.
    static func path(_ patient: String, isComplete: Bool, isAllChosen: Bool = false) -> Path {
        var query: [(key: String, value: String)] = []
        if isComplete { query.append((key: "affichage", value: "tout")) }
        if isAllChosen { query.append((key: "coche", value: "page")) }
        return Path("/patients", segments: [patient], query: query)
    }

    var html: [UInt8] {
        // a generic title: the browser keeps titles in its history
        shell.page(PageTitle(t("Patient"), section: t("Mes patients")), in: .patients) {
            p(.class("crumb")) {
                link(.href(Path("/patients"))) {
                    Icon.left
                    t("Mes patients")
                }
            }
            div(.class("head")) {
                h1 { patient.name }
                p(.class("lead")) {
                    patient.details(now: shell.presentation.now)
                    if let number = patient.number { " · " + t("N° {number}", ["number": number]) }
                }
            }
            if namesakes > 1 {
                NoteBox(.warn) {
                    p { NamesakeTexts.line(count: namesakes, sexes: [patient.sex]) }
                }
            }
            if hidden > 0 {
                div(.class("hidden--page")) {
                    HiddenLine(count: hidden, way: Self.path(patient.id, isComplete: true))
                }
            }
            if isCut { cut }
            documents
        }
    }

    /// That there are more, and the lists where they stand, page by page.
    private var cut: Node {
        let filter =
            [(key: "patient", value: patient.id)] + (isComplete ? [(key: "affichage", value: "tout")] : [])
        return NoteBox(.warn) {
            p {
                t(
                    one: "Le document le plus récent est affiché ; il y en a d’autres.",
                    other: "Les {count} documents les plus récents sont affichés ; il y en a d’autres.",
                    count: newest.count)
            }
            p {
                link(
                    .href(Path("/documents", segments: [], query: filter + [(key: "tri", value: "anciens")]))
                ) { t("Voir les plus anciens") }
                " · "
                link(.href(Path("/documents", segments: [], query: filter))) {
                    t("Tous ses documents, page par page")
                }
            }
        }.body
    }

    @Markup private var documents: Node {
        let all = newest
        let ids = all.prefix(DocumentLimits.selected)
        if !ids.isEmpty {
            let way = Self.path(patient.id, isComplete: isComplete)
            let chosen = Set(ids)
            div(.class("picks")) {
                div(.class("swap")) {
                    archive(ids, way, "list__v")
                    BulkBar(
                        formToken: shell.formToken, way: way,
                        all: Self.path(patient.id, isComplete: isComplete, isAllChosen: true),
                        canMark: canMark)
                }
                div(
                    .class("rows"), .dataBoot("rows"), .dataKeys(hasKeys),
                    .dataOther(t("lu par {name}", ["name": "…"]))
                ) {
                    for stay in stays { section(stay, chosen) }
                }
            }
            if all.count > ids.count {
                div(.class("acts")) {
                    for start in stride(from: ids.count, to: all.count, by: DocumentLimits.selected) {
                        archive(all[start..<min(start + DocumentLimits.selected, all.count)], way, "")
                    }
                }
            }
        }
    }

    /// Documents in one archive, as many as can be taken at once: the newest, or others of the page.
    private func archive(_ ids: ArraySlice<String>, _ way: Path, _ kind: String) -> Node {
        form(.class(kind), .method(.post), .action(Path("/documents/selection"))) {
            FormToken(shell.formToken)
            input(.type("hidden"), .name("retour"), .value(way.text))
            for id in ids { input(.type("hidden"), .name("d"), .value(id)) }
            button(.class("btn btn--s btn--sm btn--wrap"), .name("action"), .value("zip")) {
                Icon.download
                archiveName(ids.indices)
            }
        }
    }

    private func archiveName(_ places: Range<Int>) -> String {
        if places.lowerBound > 0 {
            return t(
                "Documents {first} à {last} (.zip)",
                ["first": String(places.lowerBound + 1), "last": String(places.upperBound)])
        }
        return newest.count > places.count || isCut
            ? t("Télécharger les {count} plus récents (.zip)", ["count": String(places.count)])
            : t("Tout télécharger (.zip)")
    }

    /// - Parameter chosen: what can be taken at once; older rows have no box.
    private func section(_ stay: Stay, _ chosen: Set<String>) -> Node {
        HTML.section(.class("card"), .ariaLabel(stay.name)) {
            div(.class("card__h")) {
                h2 { stay.name }
                p(.class("count")) {
                    t(one: "{count} document", other: "{count} documents", count: stay.rows.count)
                }
            }
            ul(.role("list")) {
                for row in stay.rows {
                    DocumentRowItem(
                        row: row, path: Path("/documents", row.id), moment: .date, isOfOnePatient: true,
                        isSelectable: chosen.contains(row.id), isChosen: isAllChosen)
                }
            }
        }
    }
}

extension PatientPage.Stay {
    /// «Séjour du 12.11.2026 au 19.11.2026, Cardiologie»
    var name: String {
        switch (start, end) {
        case (let start?, let end?):
            t(
                "Séjour du {start} au {end}, {service}",
                ["start": DateTexts.date(iso: start), "end": DateTexts.date(iso: end), "service": service])
        case (let start?, nil):
            t("Séjour dès le {start}, {service}", ["start": DateTexts.date(iso: start), "service": service])
        case (nil, _): t("Suivi ambulatoire, {service}", ["service": service])
        }
    }
}
