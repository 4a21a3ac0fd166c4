import Access
import Directory
package import Dispatches
import Documents

extension Letter {
    /// The usual command with other bytes than a sound PDF.
    package static func command(master: String, bytes: [UInt8]) -> PublishDocument {
        let sound = command(master: master)
        return PublishDocument(
            masterIdentifier: master, replaces: nil, patientSystem: sound.patientSystem,
            patientNumber: sound.patientNumber, familyName: sound.familyName, givenName: sound.givenName,
            birthDate: sound.birthDate, sex: sound.sex, stay: sound.stay, recipients: sound.recipients,
            typeCode: sound.typeCode, classCode: sound.classCode, title: sound.title, service: sound.service,
            author: sound.author, language: sound.language, confidentiality: sound.confidentiality,
            authoredAt: sound.authoredAt, mediaType: sound.mediaType, bytes: bytes)
    }
}
