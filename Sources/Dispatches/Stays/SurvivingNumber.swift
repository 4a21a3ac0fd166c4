import Access
import Documents
import Storage

extension PublishDocument {
    /// The same document under the number that took the place of its patient's. Who he is was settled by the merge:
    /// what the message says of the old number is not compared with it.
    func about(_ patient: Patient) -> PublishDocument {
        PublishDocument(
            masterIdentifier: masterIdentifier, replaces: replaces, patientSystem: patient.system,
            patientNumber: patient.number, familyName: patient.familyName, givenName: patient.givenName,
            birthDate: patient.birthDate, sex: patient.sex, stay: stay, recipients: recipients,
            typeCode: typeCode, classCode: classCode, title: title, service: service, author: author,
            language: language, confidentiality: confidentiality, authoredAt: authoredAt,
            mediaType: mediaType, bytes: bytes)
    }

    /// The same document under another identifier, as the next version of one that is there.
    func version(_ number: Int, of document: Document) -> PublishDocument {
        var version = PublishDocument(
            masterIdentifier: "\(masterIdentifier)#\(number)", replaces: .id(document.id),
            patientSystem: patientSystem, patientNumber: patientNumber, familyName: familyName,
            givenName: givenName, birthDate: birthDate, sex: sex, stay: stay, recipients: recipients,
            typeCode: typeCode, classCode: classCode, title: title, service: service, author: author,
            language: language, confidentiality: confidentiality, authoredAt: authoredAt,
            mediaType: mediaType, bytes: bytes)
        version.isDescribed = isDescribed
        return version
    }
}

extension DispatchActions {
    /// A command as it stands after all merges, with the pseudonym of its patient, who is described as the portal knows him
    /// where the message has his number only. Asked in the publishing transaction itself, because a merge may come while
    /// the document is on its way.
    func settled(_ command: PublishDocument, in transaction: any Transaction) throws -> (
        command: PublishDocument, patient: Patient.ID
    ) {
        let key = try patientKey(command.patientSystem, command.patientNumber, in: transaction)
        let isMerged = (key.system, key.number) != (command.patientSystem, command.patientNumber)
        guard isMerged || !command.isDescribed else { return (command, key.id) }
        if let known = try transaction.patient(key.id) { return (command.about(known), key.id) }
        let told = command.patient(key.id)
        var settled = command.about(
            Patient(
                id: key.id, system: key.system, number: key.number, familyName: told.familyName,
                givenName: told.givenName, birthDate: told.birthDate, sex: told.sex))
        settled.isDescribed = command.isDescribed
        return (settled, key.id)
    }

    /// A stay with the dates that patient administration told, where the document does not say them.
    func completed(_ stay: Stay, in transaction: any Transaction) throws -> Stay {
        guard stay.start == nil || stay.end == nil, let known = try transaction.stay(stay.system, stay.number)
        else { return stay }
        return Stay(
            system: stay.system, number: stay.number, start: stay.start ?? known.startsOn,
            end: stay.end ?? known.endsOn)
    }
}
