extension ValueSet {
    /// `DocumentEntry.classCode`: the class a type belongs to (`DocumentReference.category`).
    public static let documentClasses = ValueSet([
        .init("419891008", "Record artifact (record artifact)", "autre documentation"),
        .init("722216001", "Emergency medical identification record (record artifact)", "carte d’urgence"),
        .init("772790007", "Organ donor card (record artifact)", "carte de donneur d’organes"),
        .init("371537001", "Consent report (record artifact)", "consentement"),
        .init("721963009", "Order (record artifact)", "demande d’examen"),
        .init("371538006", "Advance directive report (record artifact)", "directives anticipées"),
        .init("405624007", "Administrative documentation (record artifact)", "document administratif"),
        .init("417319006", "Record of health event (record artifact)", "document sur l’événement sanitaire"),
        .init("184216000", "Patient record type (record artifact)", "documentation du patient"),
        .init("721927009", "Referral note (record artifact)", "lettre de référence"),
        .init("734163000", "Care plan (record artifact)", "plans de soins"),
        .init("440545006", "Prescription record (record artifact)", "prescription"),
        .init("371525003", "Clinical procedure report (record artifact)", "rapport d’intervention"),
        .init("371531000", "Report of clinical encounter (record artifact)", "rapport de consultation"),
        .init("2171000195109", "Obstetrical record (record artifact)", "rapport de naissance"),
        .init("422735006", "Summary clinical document (record artifact)", "résumé"),
        .init("722160009", "Audit trail report (record artifact)", "traçabilité des accès aux DEP"),
    ])
}

/// Which types a class may have, by CH Term's map from class to type.
public enum DocumentClass {
    /// "Other": legal under every class, and the only type of the classes that are not listed here.
    static let other = "419891008"

    private static let types: [String: [String]] = [
        "371531000": ["371530004", "371529009", "371532007"],
        "721963009": ["721965002", "721966001", "2161000195103"],
        "422735006": ["373942005", "371535009", "721912009", "736378000"],
        "371525003": [
            "371526002", "4241000179101", "371528001", "4201000179104", "900000000000471006", "787148009",
        ],
        "734163000": ["737427001", "773130005", "736055001", "761931002"],
        "440545006": ["761938008", "765492005"],
        "184216000": ["722446000", "41000179103"],
        "405624007": ["772786005"],
        "417319006": ["445300006", "445418005", "82291000195104"],
    ]

    /// The class a document of this type is in when its sender does not say.
    public static func code(ofType type: String) -> String {
        types.first { $0.value.contains(type) }?.key ?? other
    }

    /// True when a document of this class may have this type.
    public static func isLegal(_ classCode: String, type: String) -> Bool {
        guard ValueSet.documentClasses[classCode] != nil else { return false }
        return type == other || types[classCode]?.contains(type) == true
    }
}
