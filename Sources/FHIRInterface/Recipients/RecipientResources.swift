import Access
import Directory
import FHIR

/// A recipient as a Practitioner with a PractitionerRole (CH Core, mCSD): who he is, and where and how he works.
extension FHIRInterface {
    func practitioner(_ recipient: ListedRecipient) -> JSON {
        [
            "resourceType": "Practitioner",
            "id": .string(recipient.accountID.rawValue),
            "meta": meta(recipient),
            "extension": .array([eligibility(recipient)] + preferences(recipient)),
            "identifier": [gln(recipient)],
            "active": .bool(recipient.isActive),
            "name": [
                [
                    "family": .string(recipient.familyName),
                    "given": recipient.givenName.isEmpty ? nil : [.string(recipient.givenName)],
                    "prefix": recipient.honorific.isEmpty ? nil : [.string(recipient.honorific)],
                ]
            ],
        ]
    }

    func practitionerRole(_ recipient: ListedRecipient) -> JSON {
        let specialities = recipient.specialities.map { speciality -> JSON in
            [
                "coding": [["system": "http://snomed.info/sct", "code": .string(speciality.code)]],
                "text": .string(speciality.name),
            ]
        }
        return [
            "resourceType": "PractitionerRole",
            "id": .string(recipient.accountID.rawValue),
            "meta": meta(recipient),
            "extension": [eligibility(recipient)],
            "active": .bool(recipient.isActive),
            "practitioner": [
                "reference": "Practitioner/\(recipient.accountID.rawValue)", "identifier": gln(recipient),
                "display": .string(
                    [recipient.honorific, recipient.givenName, recipient.familyName]
                        .filter { !$0.isEmpty }.joined(separator: " ")),
            ],
            "organization": recipient.practice.isEmpty ? nil : ["display": .string(recipient.practice)],
            "code": recipient.profession.isEmpty ? nil : [["text": .string(recipient.profession)]],
            "specialty": specialities.isEmpty ? nil : .array(specialities),
            "location": recipient.locality.isEmpty ? nil : [["display": .string(recipient.locality)]],
        ]
    }

    private func meta(_ recipient: ListedRecipient) -> JSON {
        [
            "versionId": .string(String(recipient.changedAt.rawValue)),
            "lastUpdated": .string(HTTPDate.instant(recipient.changedAt)),
        ]
    }

    private func gln(_ recipient: ListedRecipient) -> JSON {
        ["system": .string(GS1.glnSystem), "value": .string(recipient.gln.rawValue)]
    }

    private func eligibility(_ recipient: ListedRecipient) -> JSON {
        [
            "url": "\(settings.fhirBase)/StructureDefinition/portal-eligibility",
            "valueCode": .string(recipient.eligibility.rawValue),
        ]
    }

    /// How he wants to be served: by the portal, by secured mail or not at all, and for how long he keeps documents.
    private func preferences(_ recipient: ListedRecipient) -> [JSON] {
        let modes: [Practitioner.DeliveryMode: JSON] = [
            .portal: "portal", .securedMail: "secured-mail", .none: "none",
        ]
        return [
            [
                "url": "\(settings.fhirBase)/StructureDefinition/delivery-mode",
                "valueCode": modes[recipient.deliveryMode] ?? "portal",
            ],
            [
                "url": "\(settings.fhirBase)/StructureDefinition/document-lifetime-days",
                "valuePositiveInt": .number(String(recipient.lifetimeDays)),
            ],
        ]
    }
}
