import Access
import Documents
import Hummingbird

/// The patients about whom documents came.
enum PatientRoutes {
    /// `GET /patients`.
    static func list(_ visit: Visit) async throws -> Response {
        var query = PatientsQuery { visit.query($0) }
        query.words = try visit.searched()
        if query.words.isEmpty { query.search = "" }
        let place: PatientPlace =
            switch query.cursor {
            case .before(let id): .before(Patient.ID(rawValue: id))
            case .after(let id): .after(Patient.ID(rawValue: id))
            case nil: .first
            }
        let list = try await visit.site.documents.listPatients(
            words: query.words, hasUnread: query.hasUnread, isComplete: query.isComplete, place: place,
            visit.viewer())
        let page = PatientsPage(
            shell: try visit.shell(unread: list.unread),
            rows: list.rows.map {
                PatientsPage.Row(
                    identity: PatientIdentity($0.patient), documents: $0.documents, unread: $0.unread,
                    newestAt: $0.newestAt.rawValue, namesakes: $0.namesakes)
            }, count: list.count, query: query, hasEarlier: list.hasEarlier, hasLater: list.hasLater,
            hidden: list.hidden, hasKeys: visit.hasShortcuts)
        return Response(html: page.html)
    }

    /// `GET /patients/{id}`.
    static func show(_ visit: Visit) async throws -> Response {
        let id = Patient.ID(rawValue: try visit.parameter("id"))
        let viewer = try visit.viewer()
        let isComplete = visit.query("affichage") == "tout"
        let record = try await visit.site.documents.patientRecord(id, isComplete: isComplete, viewer)
        let now = visit.now
        var stays: [(key: Stay, rows: [InboxRow])] = []
        for row in record.rows {
            if let index = stays.firstIndex(where: { $0.key.number == row.stay.number }) {
                stays[index].rows.append(row)
            } else {
                stays.append((row.stay, [row]))
            }
        }
        let patient = PatientIdentity(record.patient)
        var shell = try visit.shell(unread: record.unread)
        shell.undo = visit.undo(to: PatientPage.path(patient.id, isComplete: isComplete))
        let page = PatientPage(
            shell: shell, patient: patient,
            stays: stays.map { stay, rows in
                PatientPage.Stay(
                    start: stay.start, end: stay.end, number: stay.number, service: rows.first?.service ?? "",
                    rows: rows.map { DocumentRow($0, at: now, warningDays: visit.warningDays) })
            }, namesakes: record.namesakes, hidden: record.hidden, isComplete: isComplete,
            isCut: record.isCut, canMark: viewer.acting == nil, isAllChosen: visit.query("coche") == "page",
            hasKeys: visit.hasShortcuts)
        return Response(html: page.html)
    }
}
