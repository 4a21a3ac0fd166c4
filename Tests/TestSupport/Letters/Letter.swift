import Access
import Directory
package import Dispatches
import Documents
import Foundation

/// A letter about Jaquet Hélène's stay, for Dre Favre: what most tests publish.
package enum Letter {
    package static let patientSystem = "urn:oid:2.16.756.5.30.1.999.1"
    package static let staySystem = "urn:oid:2.16.756.5.30.1.999.2"

    /// A sound PDF of one page with these words on it (plain ASCII without brackets).
    package static func pdf(_ words: String = "Lettre de sortie") -> [UInt8] {
        let stream = "BT /F1 12 Tf 60 780 Td (\(words)) Tj ET"
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
            "<</Length \(stream.utf8.count)>>stream\n\(stream)\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        ]
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (number, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(number + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += "xref\n0 6\n0000000000 65535 f \n"
        for offset in offsets {
            text += String(repeating: "0", count: 10 - String(offset).count) + "\(offset) 00000 n \n"
        }
        return Array((text + "trailer<</Size 6/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n").utf8)
    }

    /// The command to publish it.
    package static func command(
        master: String, words: String = "Lettre de sortie", replaces: Replaced? = nil,
        stay: String = "2026111207",
        patient: String = "000412033", recipients: [String] = ["7601099000013"], type: String = "373942005"
    ) -> PublishDocument {
        PublishDocument(
            masterIdentifier: master, replaces: replaces, patientSystem: patientSystem,
            patientNumber: patient,
            familyName: "Jaquet", givenName: "Hélène", birthDate: "1958-03-14", sex: .female,
            stay: Stay(system: staySystem, number: stay, start: "2026-11-12", end: "2026-11-19"),
            recipients: recipients.compactMap(GLN.init(rawValue:)), typeCode: type, classCode: "422735006",
            title: "Lettre de sortie", service: "Cardiologie", author: "Dr Marc Aebischer", language: "fr-CH",
            confidentiality: "17621005", authoredAt: Timestamp(rawValue: 1_795_160_000_000),
            mediaType: "application/pdf", bytes: pdf(words))
    }
}
