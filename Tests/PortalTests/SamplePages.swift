import Documents
import HTML

@testable import Portal

/// Every page of the portal in its usual and its difficult states, with the fictional people of the project.
/// Tests look for what must hold on all of them; `PREVIEW=folder swift test --filter PreviewTests` writes
/// them to a folder.
enum SamplePages {
    /// 20 November 2026, 09:42 in Switzerland.
    static let now: Int64 = 1_795_164_120_000
    static let hour: Int64 = 3_600_000

    static let brand = Brand(
        productName: "Mon Espace Pro", hospitalName: "Hôpital universitaire du Lac", hospitalShort: "HUL",
        supportEmail: "portail@hul.example", supportPhone: "+41 22 555 01 00", emergencyNumber: "144")
    static let assets = AssetPaths(
        stylesheet: Path("/assets/app.css"), script: Path("/assets/app.js"), icon: Path("/assets/mark.svg"))
    static let presentation = Presentation(brand: brand, assets: assets, theme: .system, now: now)
    static let visitor = PublicShell(presentation: presentation)
    static let shell = Shell(
        presentation: presentation, person: Person(displayName: "Dre Claire Favre", initials: "CF"),
        formToken: "jeton", unread: 3, address: "/documents", space: "e5f1")

    /// The names that must never reach a title.
    static let patientNames = ["Jaquet", "Nguyen", "Morel", "Bürgi", "Ferreira", "Keller", "Dupraz"]

    static let jaquet = PatientIdentity(
        id: "p19", name: "Jaquet Hélène", birthDate: "1958-03-14", sex: .female, number: "000412033")

    static func row(
        _ id: String, _ patient: String, _ birthDate: String, _ title: String, _ service: String,
        pages: Int = 1,
        hoursAgo: Double, isUnread: Bool = false, status: DocumentStatus? = nil
    ) -> DocumentRow {
        DocumentRow(
            id: id, patientName: patient, birthDate: birthDate, title: title, service: service, pages: pages,
            receivedAt: now - Int64(hoursAgo * Double(hour)), isUnread: isUnread, status: status)
    }

    static let rows = [
        row(
            "90d3", "Nguyen Minh Anh", "1983-08-11", "Rapport d’échocardiographie", "Cardiologie",
            hoursAgo: 0.27,
            isUnread: true),
        row(
            "8f2c", "Jaquet Hélène", "1958-03-14", "Lettre de sortie – séjour du 12 au 19 novembre",
            "Cardiologie", pages: 3, hoursAgo: 0.5),
        row(
            "71aa", "Morel Pascal", "1971-11-02", "Compte rendu d’IRM lombaire", "Radiologie", hoursAgo: 0.92,
            isUnread: true),
        row(
            "60b1", "Bürgi Anna", "2019-06-27", "Passage aux urgences pédiatriques", "Urgences pédiatriques",
            pages: 2, hoursAgo: 2.2, isUnread: true),
        row(
            "59cd", "Ferreira João", "1964-09-19", "Protocole opératoire – prothèse de hanche droite",
            "Orthopédie", pages: 2, hoursAgo: 16.6),
        row(
            "55ef", "Keller Ruth", "1949-01-30", "Rapport de consultation d’oncologie", "Oncologie",
            hoursAgo: 19.3, status: .expiresSoon(days: 3)),
        row(
            "54aa", "Jaquet Hélène", "1958-03-14", "Avis d’entrée", "Cardiologie", hoursAgo: 22),
        row(
            "50aa", "Dupraz Lucien", "1937-05-08", "Résultats de laboratoire complétés", "Médecine interne",
            pages: 4, hoursAgo: 170, status: .corrected),
    ]

    static var list: InboxList {
        InboxList(
            rows: rows, query: InboxQuery(), count: 212, unread: 3, newerCursor: nil, olderCursor: "1-50aa",
            typeCodes: ["373942005", "4201000179104"], formToken: "jeton", now: now)
    }

    static var filteredList: InboxList {
        var query = InboxQuery()
        (query.words, query.search) = ("séjour", "c2VhbGVk")
        query.typeCode = "373942005"
        query.patientID = "p19"
        query.from = "31.02.2026"
        query.cursor = .olderThan("1-x")
        return InboxList(
            rows: [rows[1]], query: query, count: 1, unread: 3, newerCursor: "2-y", olderCursor: nil,
            typeCodes: ["373942005"], patientName: "Jaquet Hélène", formToken: "jeton",
            mistakes: [FieldMistake(field: "du", text: "Saisissez une date, par exemple 20.11.2026.")],
            now: now)
    }

    /// With a saved view that is shown.
    static var savedList: InboxList {
        var list = Self.list
        var query = InboxQuery()
        query.typeCode = "373942005"
        list.views = [ViewLink(id: "v1", name: "Lettres de sortie", query: query, isDefault: true)]
        return list
    }

    static func emptyList(_ view: InboxQuery.View, words: String = "") -> InboxList {
        var query = InboxQuery()
        query.view = view
        (query.words, query.search) = (words, words.isEmpty ? "" : "c2VhbGVk")
        return InboxList(rows: [], query: query, count: 0, unread: 0, formToken: "jeton", now: now)
    }

    static func document(
        _ content: DocumentView.Content = .ready, versions: [DocumentView.Version]? = nil,
        isHostile: Bool = false, pageCount: Int = 3
    ) -> DocumentView {
        DocumentView(
            id: "8f2c", title: isHostile ? "<script>alert(1)</script>" : rows[1].title,
            typeName: DocumentTypeTexts.name(code: "373942005"), language: "fr-CH", patient: jaquet,
            service: "Cardiologie", author: "Dr Marc Aebischer", authoredAt: now - 3 * hour,
            publishedAt: now - hour / 2, openedAt: now - hour / 6, opener: .viewer, downloadedAt: nil,
            expiresAt: now + 100 * 24 * hour, basis: .designation, byteCount: 184_320, pageCount: pageCount,
            content: content,
            pages: content == .ready ? (1...3).map { PageImage(number: $0, width: 909, height: 1286) } : [],
            text: content == .ready ? letter : nil, hasActiveContent: isHostile,
            versions: versions ?? [.init(id: "8f2c", number: 1, publishedAt: now - hour / 2)],
            newerID: "90d3",
            olderID: "71aa", extensibleUntil: now + 200 * 24 * hour, formToken: "jeton", query: InboxQuery(),
            now: now)
    }

    static let letter = """
        Hôpital universitaire du Lac
        Lettre de sortie

        Concerne JAQUET Hélène, née le 14.03.1958
        Votre patiente a séjourné dans notre service pour la prise en charge d’une fibrillation auriculaire.
        """

    static func versions(newest: String) -> [DocumentView.Version] {
        [
            .init(id: newest, number: 2, publishedAt: now - hour / 2),
            .init(id: newest == "8f2c" ? "7e11" : "8f2c", number: 1, publishedAt: now - 26 * hour),
        ]
    }
}
