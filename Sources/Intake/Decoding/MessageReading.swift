import Dispatches
import Documents
import FHIR
import HL7v2

/// A message while it is read: what is wrong is collected, so that its sender learns all mistakes at once.
struct MessageReading: Sendable {
    let message: Message
    let header: Header
    let sender: IntakeMapping.Sender
    let mapping: IntakeMapping
    private(set) var errors: [MessageError] = []
    private(set) var warnings: [MessageError] = []

    init(_ message: Message, _ header: Header, _ sender: IntakeMapping.Sender, _ mapping: IntakeMapping) {
        self.message = message
        self.header = header
        self.sender = sender
        self.mapping = mapping
    }

    mutating func refuse(_ error: MessageError) { errors.append(error) }

    mutating func missing(_ place: Location) {
        refuse(
            MessageError(
                .requiredFieldMissing, at: place, diagnostics: "\(place.name) is missing",
                userMessage: "Il manque une indication obligatoire (\(place.name))"))
    }

    mutating func warn(_ warning: MessageError) {
        var warning = warning
        warning.severity = .warning
        warnings.append(warning)
    }

    /// - Throws: `Rejection` with everything that is wrong.
    func check() throws { if !errors.isEmpty { throw Rejection(.error, errors) } }

    /// The segment, or the mistake that it is missing.
    mutating func required(_ name: String) -> Segment? {
        let found = message.first(name)
        if found == nil {
            refuse(
                MessageError(
                    .segmentSequence, at: Location(segment: name), diagnostics: "Segment \(name) is missing"))
        }
        return found
    }

    /// The hospital's own number among all those of a patient: by the system of its authority, else by its type. An
    /// insurance number or that of the national record is never taken for one.
    func patientNumber(in field: Part) -> (system: String, number: String)? {
        let numbers = field.repetitions.compactMap(CompositeNumber.init)
        func pair(_ number: CompositeNumber) -> (system: String, number: String) {
            (mapping.patients, number.value)
        }
        if let own = numbers.first(where: { mapping.system(of: $0.authority) == mapping.patients }) {
            return pair(own)
        }
        let unnamed = numbers.filter { mapping.system(of: $0.authority) == nil && $0.authority.oid == nil }
        return (unnamed.first { ["MR", "PI"].contains($0.type) } ?? unnamed.first { $0.type == nil }).map(
            pair)
    }

    /// PID of a segment: number and, as far as it is told, who it is.
    mutating func patient(_ segment: Segment, needsDescription: Bool) -> ToldPatient? {
        guard let (system, number) = patientNumber(in: segment[3]) else {
            if segment[3].isEmpty {
                missing(segment.location(3))
            } else {
                refuse(
                    MessageError(
                        .dataType, at: segment.location(3),
                        diagnostics: "No number of the hospital's own authority (\(mapping.patients))",
                        userMessage: "Le numéro de patient de l’hôpital manque"))
            }
            return nil
        }
        return ToldPatient(
            system: system, number: number,
            description: description(segment, isNeeded: needsDescription))
    }

    private mutating func description(_ segment: Segment, isNeeded: Bool) -> ToldPatient.Description? {
        let names = segment[5].repetitions
        let name = names.first { $0.component(7).text == "L" } ?? names.first
        let family = name?.component(1).subcomponent(1).text
        let given = [name?.component(2).text, name?.component(3).text].compactMap { $0 }.joined(
            separator: " ")
        let birth = segment[7].component(1).text
        guard let family, let birth else {
            if isNeeded, family == nil { missing(segment.location(5)) }
            if isNeeded, birth == nil { missing(segment.location(7)) }
            return nil
        }
        guard let date = TimeStamp(birth)?.date else {
            refuse(
                MessageError(
                    .dataType, at: segment.location(7), diagnostics: "PID-7 is no date YYYYMMDD",
                    userMessage: "La date de naissance n’est pas valable"))
            return nil
        }
        let sex: Patient.Sex =
            switch segment[8].component(1).text?.uppercased() {
            case "F": .female
            case "M": .male
            case "O", "A", "N": .other
            default: .unknown
            }
        return ToldPatient.Description(familyName: family, givenName: given, birthDate: date, sex: sex)
    }

    /// PV1-19, with the dates of admission and discharge.
    mutating func stay(_ visit: Segment?) -> Stay? {
        guard let visit else { return nil }
        guard let number = CompositeNumber(visit[19].first) else {
            missing(visit.location(19))
            return nil
        }
        return Stay(
            system: mapping.system(of: number.authority) ?? mapping.stays, number: number.value,
            start: day(visit[44]), end: day(visit[45]))
    }

    private func day(_ field: Part) -> String? {
        field.component(1).text.flatMap(TimeStamp.init).flatMap(\.date)
    }

    /// The identifier of a document as FHIR says it, so that both ways lead to the same one: an OID under that of its
    /// authority, else the authority and the sender's own words.
    func documentIdentifier(_ field: Part) -> String? {
        guard let identifier = EntityIdentifier(field.first) else { return nil }
        let value = identifier.value
        if value.hasPrefix("urn:oid:") || value.hasPrefix("urn:uuid:") { return value }
        let system = mapping.system(of: identifier.authority) ?? mapping.documents
        let isArc =
            value.utf8.allSatisfy { (0x30...0x39).contains($0) } && (value == "0" || value.utf8.first != 0x30)
        return isArc ? "\(system).\(value)" : "\(system)|\(value)"
    }
}
