import Crypto
import Foundation

/// A message as the demo's record system would send it, for people who try the interface with curl.
package enum DemoMessage {
    /// The patient and the stay that `DemoSeed` has designated Dre Favre for, for ever.
    static let patientNumber = "000412033"
    static let stayNumber = "2026111207"

    /// A DocumentReference (IHE MHD ITI-105) with the PDF inside.
    package static func documentReference(
        of pdf: [UInt8], master: String, replaces: String?, title: String, recipient: Persona,
        stay: String = stayNumber, type: String = "373942005"
    ) -> [UInt8] {
        let snomed = "http://snomed.info/sct"
        var resource: [String: Any] = [
            "resourceType": "DocumentReference",
            "contained": [
                [
                    "resourceType": "Patient", "id": "pat", "gender": "female", "birthDate": "1958-03-14",
                    "identifier": [["system": DemoHospital.patients, "value": patientNumber]],
                    "name": [["family": "Jaquet", "given": ["Hélène"]]],
                ],
                [
                    "resourceType": "Practitioner", "id": "aut",
                    "identifier": [["system": "urn:oid:2.51.1.3", "value": "7601099000020"]],
                    "name": [["family": "Aebischer", "given": ["Marc"], "prefix": ["Dr"]]],
                ],
            ],
            "extension": [
                [
                    "url": "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-intendedRecipient",
                    "valueReference": [
                        "type": "Practitioner",
                        "identifier": [
                            "system": "urn:oid:2.51.1.3", "value": recipient.practitioner?.gln ?? "",
                        ],
                    ],
                ]
            ],
            "masterIdentifier": ["use": "usual", "system": "urn:ietf:rfc:3986", "value": master],
            "status": "current",
            "type": ["coding": [["system": snomed, "code": type]]],
            "subject": ["reference": "#pat"],
            "author": [["reference": "#aut"]],
            "description": title,
            "content": [
                [
                    "attachment": [
                        "contentType": "application/pdf", "language": "fr-CH",
                        "data": Data(pdf).base64EncodedString(), "size": pdf.count,
                        "hash": Data(Insecure.SHA1.hash(data: pdf)).base64EncodedString(), "title": title,
                    ]
                ]
            ],
            "context": [
                "encounter": [
                    [
                        "type": "Encounter",
                        "identifier": ["system": DemoHospital.stays, "value": stay],
                    ]
                ],
                "period": ["start": "2026-11-12", "end": "2026-11-19"],
                "practiceSetting": ["coding": [["system": snomed, "code": "394579002"]]],
                "sourcePatientInfo": ["reference": "#pat"],
            ],
        ]
        if let replaces {
            resource["relatesTo"] = [
                [
                    "code": "replaces",
                    "target": ["identifier": ["system": "urn:ietf:rfc:3986", "value": replaces]],
                ]
            ]
        }
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8]((try? JSONSerialization.data(withJSONObject: resource, options: options)) ?? Data())
    }
}
