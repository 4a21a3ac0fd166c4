import HTML

/// A document in a list: one line of the inbox, of the start page, of a patient.
struct DocumentRow: Sendable, Equatable {
    let id: String
    /// «Jaquet Hélène»
    let patientName: String
    /// ISO 8601
    let birthDate: String
    let title: String
    let service: String
    let pages: Int
    /// UTC milliseconds
    let receivedAt: Int64
    let isUnread: Bool
    /// Anything remarkable besides being new.
    var status: DocumentStatus?
    /// Who has read it for the reader, who has not: «S. Rochat».
    var readBy: String?
}

/// A row as it stands in a list.
struct DocumentRowItem: Component {
    /// What is said of the moment when the document came in.
    enum Moment: Sendable {
        /// 09:26, under the heading of a day.
        case time
        /// «09:26», «Hier, 17:05», «18.11.2026», where days are mixed.
        case dayAndTime(now: Int64)
        /// 20.11.2026
        case date
    }

    let row: DocumentRow
    let path: Path
    var moment = Moment.time
    var isCurrent = false
    /// Without the patient, on a page that is all about him.
    var isOfOnePatient = false
    /// With a box to choose it, on a page that has a `BulkBar`.
    var isSelectable = false
    var isChosen = false

    var body: Node {
        li(.class(row.isUnread ? "row row--new" : "row")) {
            if isSelectable { RowBox(row: row, isChosen: isChosen) }
            p(.class("row__p")) {
                if isOfOnePatient {
                    title
                } else {
                    b { row.patientName }
                    " "
                    span { DateTexts.date(iso: row.birthDate) }
                }
            }
            HTML.time(.datetime(DateTexts.machine(row.receivedAt))) { momentText }
            if !isOfOnePatient { p(.class("row__s")) { title } }
            p(.class("row__m")) {
                span {
                    row.service + " · " + t(one: "{count} page", other: "{count} pages", count: row.pages)
                }
                if row.isUnread { DocumentStatus.new.chip }
                if let status = row.status { status.chip }
                if let name = row.readBy { Chip(t("lu par {name}", ["name": name]), .neutral) }
            }
        }
    }

    private var title: Node {
        link(.href(path), .ariaCurrent(isCurrent)) {
            if row.isUnread { span(.class("vh")) { t("Non lu.") + " " } }
            row.title
        }
    }

    private var momentText: String {
        switch moment {
        case .time: DateTexts.time(row.receivedAt)
        case .dayAndTime(let now): DateTexts.short(row.receivedAt, now: now)
        case .date: DateTexts.date(row.receivedAt)
        }
    }
}
