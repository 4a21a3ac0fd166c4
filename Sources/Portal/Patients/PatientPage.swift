import Documents
import HTML

/// `/patients/{id}` (M8): one patient and all documents about him, grouped by stay.
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
                    HiddenLine(
                        count: hidden,
                        way: Path("/patients", segments: [patient.id], query: [("affichage", "tout")]))
                }
            }
            archive
            for stay in stays { section(stay) }
        }
    }

    /// His documents in one archive, as many as can be taken at once.
    @Markup private var archive: Node {
        let ids = stays.flatMap(\.rows).sorted { $0.receivedAt > $1.receivedAt }.map(\.id)
            .prefix(DocumentLimits.selected)
        if !ids.isEmpty {
            form(.method(.post), .action(Path("/documents/selection"))) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("retour"), .value(patient.path.text))
                for id in ids { input(.type("hidden"), .name("d"), .value(id)) }
                button(.class("btn btn--s btn--sm btn--wrap"), .name("action"), .value("zip")) {
                    Icon.download
                    stays.map(\.rows.count).reduce(0, +) > ids.count
                        ? t("Télécharger les {count} plus récents (.zip)", ["count": String(ids.count)])
                        : t("Tout télécharger (.zip)")
                }
            }
        }
    }

    private func section(_ stay: Stay) -> Node {
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
                        row: row, path: Path("/documents", row.id), moment: .date, isOfOnePatient: true)
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
