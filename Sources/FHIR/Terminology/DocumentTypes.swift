extension ValueSet {
    /// `DocumentEntry.typeCode`: what kind of document it is (`DocumentReference.type`).
    public static let documentTypes = ValueSet([
        .init("371529009", "History and physical report (record artifact)", "anamnèse"),
        .init("419891008", "Record artifact (record artifact)", "autre documentation"),
        .init("722446000", "Allergy record (record artifact)", "carnet des allergies"),
        .init("772786005", "Medical certificate (record artifact)", "certificat médical"),
        .init("2161000195103", "Imaging order (record artifact)", "demande d’imagerie"),
        .init("721965002", "Laboratory order (record artifact)", "demande de laboratoire"),
        .init("721966001", "Pathology order (record artifact)", "demande de pathologie"),
        .init("82291000195104", "Medication dispense document (record artifact)", "dispense de médicaments"),
        .init("41000179103", "Immunization record (record artifact)", "document de vaccination"),
        .init("900000000000471006", "Image reference (foundation metadata concept)", "image"),
        .init("787148009", "Digital representation of specimen (record artifact)", "image/vidéo/audio"),
        .init("721912009", "Medication summary document (record artifact)", "liste des médicaments"),
        .init("736378000", "Medication management plan (record artifact)", "plan de médication"),
        .init("736055001", "Rehabilitation care plan (record artifact)", "plan de réhabilitation"),
        .init("773130005", "Nursing care plan (record artifact)", "plan de soins infirmier"),
        .init(
            "761931002", "Medication treatment plan report (record artifact)",
            "plan de traitement médicamenteux"),
        .init("737427001", "Clinical management plan (record artifact)", "plan de traitement médical"),
        .init("761938008", "Medicinal prescription record (record artifact)", "prescription de médicaments"),
        .init(
            "765492005", "Non-drug prescription record (record artifact)",
            "prescription non médicamenteuse"),
        .init("371526002", "Operative report (record artifact)", "rapport d’opération"),
        .init("445300006", "Emergency department record (record artifact)", "rapport d’urgence"),
        .init("371530004", "Clinical consultation report (record artifact)", "rapport de consultation"),
        .init("4241000179101", "Laboratory report (record artifact)", "rapport de laboratoire"),
        .init("371528001", "Pathology report (record artifact)", "rapport de pathologie"),
        .init("373942005", "Discharge summary (record artifact)", "rapport de sortie"),
        .init("371532007", "Progress report (record artifact)", "rapport de suivi"),
        .init("371535009", "Transfer summary report (record artifact)", "rapport de transfert"),
        .init(
            "445418005", "Professional allied to medicine clinical report (record artifact)",
            "rapport non médical"),
        .init("4201000179104", "Imaging report (record artifact)", "rapport sur l’imagerie"),
    ])
}
