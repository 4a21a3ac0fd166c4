package import Access
package import Dispatches

/// What one file of accesses holds at most, and how to get the others.
enum ExportLimitTexts {
    static func line(_ count: Int) -> String {
        t(
            "Un fichier contient au plus les {count} événements les plus récents de la recherche ; au-delà, son nom porte « incomplet ». Choisissez une période pour les autres.",
            ["count": Typography.number(count)])
    }
}

/// Events of the trail in the forms of health-care standards. The interface that speaks them is another edge: the one who
/// puts the program together hands its functions in.
package struct TrailForms: Sendable {
    /// A FHIR Bundle of AuditEvents (IHE BALP).
    let balp: @Sendable ([AuditLine]) -> [UInt8]
    /// The same in the shape of the Swiss audit trail consumption (CH:ATC), for what a patient may be shown; the patient is
    /// named by system and number.
    package let atc: @Sendable (PatientAccesses, _ system: String, _ number: String) -> [UInt8]

    package init(
        balp: @escaping @Sendable ([AuditLine]) -> [UInt8],
        atc: @escaping @Sendable (PatientAccesses, _ system: String, _ number: String) -> [UInt8]
    ) {
        self.balp = balp
        self.atc = atc
    }

    /// As a table, for the operator's command.
    package func csv(_ accesses: PatientAccesses) -> [UInt8] { AccessesCSV.file(accesses) }

    /// Nothing to hand out, for sites that have no such interface.
    package static let none = TrailForms(balp: { _ in [] }, atc: { _, _, _ in [] })
}
