import Access
import Documents
import HTML

/// `/documents/{id}` (M3): one document, beside the list on a wide screen, alone on a phone.
struct DocumentPage: Sendable {
    let shell: Shell
    /// What stands beside it; nil on request of a fragment or when the list cannot be read.
    var list: InboxList?
    let document: DocumentView

    var html: [UInt8] {
        // the kind of document, never its title: titles come from outside and may hold a name
        shell.page(
            PageTitle(document.typeName, section: t("Mes documents")), in: .documents, layout: .document,
            skip: SkipLink(anchor: "document", text: t("Aller au document"))
        ) {
            if let list { InboxListColumn(list: list, currentID: document.id) }
            document
        }
    }
}

/// One page image.
struct PageImage: Sendable {
    /// From 1 on.
    let number: Int
    /// In pixels, so that nothing moves while it loads.
    let width: Int
    let height: Int
}

/// A document as its reader sees it: the values, and the reading pane.
struct DocumentView: Sendable {
    /// Whether the contents can be read.
    enum Content: Sendable, Equatable {
        /// Page images exist, if `pages` is not empty.
        case ready
        /// The images are still being made; the file can be downloaded.
        case previewPending
        /// No images can be made of it; the file can be downloaded.
        case previewFailed
    }

    struct Version: Sendable {
        let id: String
        let number: Int
        /// UTC milliseconds
        let publishedAt: Int64
    }

    let id: String
    let title: String
    /// From `DocumentTypeTexts.name(code:)`.
    let typeName: String
    /// BCP 47, of title and text: «fr-CH».
    let language: String
    let patient: PatientIdentity
    let service: String
    let author: String
    /// UTC milliseconds, as all moments here.
    let authoredAt: Int64
    let publishedAt: Int64
    /// When it was first opened in this space.
    let openedAt: Int64
    /// By whom, as far as that is known.
    var opener: FirstReader?
    /// In whose space a delegate reads it: «Dre Claire Favre».
    var principal: String?
    let downloadedAt: Int64?
    let expiresAt: Int64
    let basis: DisclosureBasis
    let byteCount: Int
    let pageCount: Int
    let content: Content
    let pages: [PageImage]
    /// Extracted from the file; nil while there is none.
    let text: String?
    /// What the service wrote to the recipient.
    var message: String?
    /// The file holds scripts, forms or attachments.
    var hasActiveContent = false
    /// All versions that can be read here, newest first, this one included.
    let versions: [Version]
    /// What replaced the newest of them, and cannot be read here.
    var hiddenReplacement: HiddenReplacement?
    /// Neighbours in the list.
    var newerID: String?
    var olderID: String?
    /// Until when the reader may extend its life; nil: not, or not again.
    var extensibleUntil: Int64?
    /// The hidden field of the forms of this pane.
    var formToken = ""
    /// From how many days before its end on that is said beside the title.
    var warningDays = 14
    /// The list from which it was opened.
    let query: InboxQuery
    let now: Int64
    /// How its service is reached, where the portal knows it.
    var contact: ServiceContact?
    /// The hospital, for the way to its contacts; nil: without them, as in print.
    var brand: Brand?
    /// Whether the reader says what is read and unread.
    var canMark = false

    /// The version that replaces this one.
    var newestVersion: Version? {
        versions.first.flatMap { $0.id == id ? nil : $0 }
    }

    var isCorrection: Bool { versions.first?.id == id && versions.count > 1 }

    var filePath: Path { Path("/documents", id, "fichier", query: ["telecharger": "1"]) }
    /// The same for the browser's own viewer.
    var originalPath: Path { Path("/documents", id, "fichier") }
    /// The same list stands behind it.
    var fullPath: Path { Path("/documents", segments: [id, "plein-ecran"], query: query.items) }
    var printPath: Path { Path("/documents", id, "imprimer") }
    var extensionPath: Path { Path("/documents", id, "prolonger") }
    var accessesPath: Path { Path("/documents", id, "acces") }
}

/// A patient as identified on each page about him: name, birth date, age, sex, hospital number.
struct PatientIdentity: Sendable {
    let id: String
    /// «Jaquet Hélène»
    let name: String
    /// ISO 8601
    let birthDate: String
    let sex: Sex
    /// The hospital's own number.
    var number: String?

    var path: Path { Path("/patients", id) }

    /// «14.03.1958 · 68 ans · F»
    func details(now: Int64) -> String {
        let age = DateTexts.age(birthDate: birthDate, now: now).map {
            $0 < 1 ? t("moins d’un an") : t(one: "{count} an", other: "{count} ans", count: $0)
        }
        return [DateTexts.date(iso: birthDate), age, sex.letter].compactMap { $0 }.joined(separator: " · ")
    }
}
