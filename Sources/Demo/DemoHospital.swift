package import Access
import Directory
import Dispatches
import Documents
import Foundation
package import Intake
import JWTKit
package import Portal

/// The fictional hospital: its names, its systems, the identifier spaces of its examples.
package enum DemoHospital {
    package static let brand = Brand(
        productName: "Mon Espace Pro", hospitalName: "Hôpital universitaire du Lac", hospitalShort: "HUL",
        supportEmail: "espacepro@hul.example", supportPhone: "+41 22 000 00 10", emergencyNumber: "144")

    /// Placeholder arc of the documentation.
    static let root = "urn:oid:2.16.756.5.30.1.999"
    package static let patients = root + ".1"
    package static let stays = root + ".2"
    static let documents = root + ".3"
    static let consents = root + ".6"
    /// The identifier of the hospital's record system.
    package static let clientID = Client.ID(rawValue: "demo")
    static let scopes = Scope.parse(
        "system/DocumentReference.crus system/List.c system/Binary.c system/Consent.cru system/AuditEvent.s "
            + "system/Practitioner.rs system/PractitionerRole.rs system/Encounter.u system/Patient.u")

    /// The record system as a sender of HL7 v2: DPI at HUL, on this machine.
    package static var mapping: IntakeMapping {
        var mapping = IntakeMapping(oidRoot: "2.16.756.5.30.1.999")
        mapping.senders = [IntakeMapping.Sender(application: "DPI", facility: "HUL", client: clientID)]
        mapping.services = ["CARDIO": "Cardiologie", "ORTHO": "Orthopédie", "MED": "Médecine interne"]
        return mapping
    }

    /// All types the demo's letters have may leave the hospital; one, the nursing care plan, may not.
    static let communicantTypes = [
        "373942005", "371530004", "4201000179104", "371526002", "4241000179101", "371528001", "445300006",
        "371532007", "371535009", "721912009", "772786005", "371529009", "419891008", "736378000",
        "445418005",
        "761938008", "41000179103", "736055001", "737427001",
    ]
}
