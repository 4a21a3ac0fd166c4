import Access
import Documents
import Exports

/// The table beside the files of an archive: what each is, in the words of the list from which it was chosen.
enum ArchiveIndex {
    /// - Parameter paths: where the files lie, in the order of the items.
    static func table(of items: [DocumentExport.Item], _ paths: [String]) -> [UInt8] {
        var table = SpreadsheetTable([
            t("Fichier"), t("Date"), t("Type"), t("Service"), t("Titre"), t("Patient"), t("Naissance"),
        ])
        for (item, path) in zip(items, paths) {
            let (document, patient) = (item.document, item.patient)
            table.add([
                path, DateTexts.date(document.authoredAt.rawValue),
                DocumentTypeTexts.name(code: document.typeCode), document.service, document.title,
                "\(patient.familyName) \(patient.givenName)", DateTexts.date(iso: patient.birthDate),
            ])
        }
        return table.bytes
    }
}
