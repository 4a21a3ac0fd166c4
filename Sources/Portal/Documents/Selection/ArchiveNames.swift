import Documents
import Foundation

/// Where the files of an archive lie: one folder for each patient. Names of patients stand in the table beside them, and
/// in the names of the folders only where the owner of the space wants that.
enum ArchiveNames {
    /// `patient-01/2026-11-19_Lettre-de-sortie_Cardiologie_8f2c.pdf`, or `JAQUET_Helene_1958-03-14/…`, each once, also
    /// for file systems that take «e» and «E» for the same.
    static func paths(of items: [DocumentExport.Item], namingPatients: Bool) -> [String] {
        var folders: [Patient.ID: String] = [:]
        var used: Set<String> = []
        return items.map { item in
            let number = folders.count + 1
            let folder =
                folders[item.patient.id]
                ?? once(folder(of: item.patient, number, isNamed: namingPatients), &used)
            folders[item.patient.id] = folder
            return once("\(folder)/\(DocumentFileName.text(item.document.label))", &used)
        }
    }

    /// The date of birth is the part of a name that every patient has.
    private static func folder(of patient: Patient, _ number: Int, isNamed: Bool) -> String {
        let name = isNamed ? DocumentFileName.person(patient) : ""
        return name.isEmpty ? "patient-\(number < 10 ? "0" : "")\(number)" : name
    }

    /// `name_2.pdf` where `name.pdf` is taken.
    private static func once(_ name: String, _ used: inout Set<String>) -> String {
        let isFile = name.hasSuffix(".pdf")
        let stem = isFile ? String(name.dropLast(4)) : name
        var free = name
        var count = 1
        while !used.insert(free.lowercased()).inserted {
            count += 1
            free = "\(stem)_\(count)\(isFile ? ".pdf" : "")"
        }
        return free
    }

    /// What stands beside the folders: how they are read, and what is missing.
    static func note(missing: Int) -> Data {
        var text = t(
            """
            Chaque dossier contient les documents d’un seul patient. Le tableau index.csv dit de qui il s’agit, et \
            ce qu’est chaque fichier.
            """)
        if missing > 0 {
            text += "\r\n\r\n"
            text += t(
                one: """
                    {count} document choisi n’est pas dans cette archive : il a expiré ou a été retiré entre-temps.
                    """,
                other: """
                    {count} documents choisis ne sont pas dans cette archive : ils ont expiré ou ont été retirés \
                    entre-temps.
                    """, count: missing)
        }
        return Data(("\u{FEFF}" + text + "\r\n").utf8)
    }
}
