import Foundation

/// Messages of a record system about Jaquet Hélène's stay, written by hand: what tests send over MLLP.
package struct HL7Letter: Sendable {
    package var event = "T02"
    package var control = "MSG0001"
    package var document = "2026000417^DPI^2.16.756.5.30.1.999.3^ISO"
    package var parent = ""
    package var pdf: [UInt8]? = Letter.pdf()
    package var completion = "LA"
    package var availability = "AV"
    package var reason = ""
    package var recipients = ["7601099000013^Favre^Claire^^^Dre^^^GLN&2.51.1.3&ISO^L^^^GLN"]
    package var patient = "000412033"
    package var name = "Jaquet^Hélène^^^^^L"
    package var birthDate = "19580314"
    package var stay = "2026111207"
    package var type = "DS"
    package var code = "373942005^Lettre de sortie^SCT^18842-5^Discharge summary^LN"
    package var processing = "P"
    package var version = "2.5"
    package var accept = ""
    package var application = ""
    package var characterSet = "UNICODE UTF-8"
    package var sender = "DPI|HUL"
    /// Segments at the end: OBX with texts.
    package var others: [String] = []

    package init(_ event: String = "T02", control: String = "MSG0001") {
        self.event = event
        self.control = control
    }

    package var segments: [String] {
        var segments = [
            "MSH|^~\\&|\(sender)|PASSERELLE|HUL|20261120091200+0100||MDM^\(event)^MDM_T02|\(control)|\(processing)|"
                + "\(version)|||\(accept)|\(application)|CHE|\(characterSet)",
            "EVN|\(event)|20261120091200+0100", Self.patient(patient, name, birthDate), Self.visit(stay),
            "TXA|1|\(type)|AP|20261119164000||20261120091000|||"
                + "7601099000020^Aebischer^Marc^^^Dr^^^GLN&2.51.1.3&ISO^L^^^GLN|||\(document)|\(parent)|||"
                + "2026000417.pdf|\(completion)|U|\(availability)|AC|\(reason)||"
                + recipients.joined(separator: "~"),
        ]
        if let pdf {
            segments.append(
                "OBX|1|ED|\(code)|1|DPI^application^pdf^Base64^\(Data(pdf).base64EncodedString())||||||F")
        }
        return segments + others
    }

    package var text: String { segments.joined(separator: "\r") + "\r" }
    package var bytes: [UInt8] { Array(text.utf8) }

    package static func patient(_ number: String, _ name: String, _ birthDate: String) -> String {
        "PID|1||\(number)^^^HUL&2.16.756.5.30.1.999.1&ISO^MR~7561234567897^^^NAVS13&2.16.756.5.32&ISO^SS||"
            + "\(name)||\(birthDate)|F"
    }

    package static func visit(_ stay: String, discharged: String = "") -> String {
        "PV1|1|I|CARDIO^201^1^HUL" + String(repeating: "|", count: 16)
            + "\(stay)^^^HUL&2.16.756.5.30.1.999.2&ISO^VN" + String(repeating: "|", count: 25)
            + "20261112|\(discharged)"
    }

    /// ADT of the same patient.
    package static func administration(
        _ event: String, control: String, stay: String = "2026111207", patient: String = "000412033",
        name: String = "Jaquet^Hélène^^^^^L", birthDate: String = "19580314", discharged: String = "",
        with others: [String] = []
    ) -> [UInt8] {
        let segments =
            [
                "MSH|^~\\&|DPI|HUL|PASSERELLE|HUL|20261120080000+0100||ADT^\(event)|\(control)|P|2.5|||||CHE|UNICODE UTF-8",
                "EVN|\(event)|20261120080000+0100", Self.patient(patient, name, birthDate),
            ] + others + [visit(stay, discharged: discharged)]
        return Array((segments.joined(separator: "\r") + "\r").utf8)
    }

    /// ROL: a professional is named for the stay, or no longer.
    package static func role(_ gln: String, action: String = "AD") -> String {
        "ROL||\(action)|PP^Primary care provider^HL70443|\(gln)^Favre^Claire^^^Dre^^^GLN&2.51.1.3&ISO^L^^^GLN"
    }

    /// CON with the patient's word, and from when until when it holds.
    package static func consent(_ status: String, from start: String = "", until end: String = "") -> String {
        "CON|1|" + String(repeating: "|", count: 9) + "\(status)|||\(start)|\(end)"
    }

    package static func merge(
        _ survivor: String, _ retired: String, control: String, name: String = "Jaquet^Hélène",
        birthDate: String = "19580314"
    ) -> [UInt8] {
        let segments = [
            "MSH|^~\\&|DPI|HUL|PASSERELLE|HUL|20261120080000+0100||ADT^A40^ADT_A39|\(control)|P|2.5|||||CHE|UNICODE UTF-8",
            "EVN|A40|20261120080000+0100", patient(survivor, name, birthDate),
            "MRG|\(retired)^^^HUL&2.16.756.5.30.1.999.1&ISO^MR",
        ]
        return Array((segments.joined(separator: "\r") + "\r").utf8)
    }
}
