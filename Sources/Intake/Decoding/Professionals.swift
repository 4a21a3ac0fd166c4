import Directory
import Dispatches
import HL7v2

/// A professional as a message names him.
struct NamedProfessional: Sendable {
    let gln: GLN
    let place: Location
}

extension MessageReading {
    /// The recipients of a document, in the order of the sender's fields; each once. Who has no GLN is a warning as
    /// long as somebody else has one.
    mutating func recipients() -> [NamedProfessional] {
        var found: [NamedProfessional] = []
        var unknown: [Location] = []
        for field in sender.recipientFields {
            for (part, place) in recipientParts(field) where !part.isEmpty {
                switch Self.gln(of: NumberedName(part)) {
                case .known(let gln):
                    if !found.contains(where: { $0.gln == gln }) {
                        found.append(NamedProfessional(gln: gln, place: place))
                    }
                case .wrong:
                    refuse(
                        MessageError(
                            .dataType, at: place,
                            diagnostics: "The GLN is not 13 digits with a right check digit",
                            userMessage: "Le GLN du destinataire n’est pas valable"))
                case .other: unknown.append(place)
                }
            }
        }
        for place in unknown {
            let error = RefusalErrors.error(of: .unknownRecipient, at: place)
            if found.isEmpty { refuse(error) } else { warn(error) }
        }
        if found.isEmpty, unknown.isEmpty, errors.isEmpty {
            missing(Location(segment: "TXA", field: 23))
        }
        return found
    }

    private func recipientParts(_ field: IntakeMapping.RecipientField) -> [(Part, Location)] {
        switch field {
        case .distributedCopies: repetitions("TXA", 23)
        case .referring: repetitions("PV1", 8)
        case .participation:
            message.all("PRT").filter { $0[4].component(1).text?.uppercased() == "RCT" }
                .flatMap { segment in Self.repetitions(segment, 5) }
        case .observation:
            message.all("OBX").filter { $0[3].component(1).text?.uppercased() == "RECIPIENT" }
                .flatMap { segment in Self.repetitions(segment, 5) }
        case .role:
            message.all("ROL").filter { $0[3].component(1).text?.uppercased() == "PP" }
                .flatMap { segment in Self.repetitions(segment, 4) }
        }
    }

    /// The professionals whom a message of patient administration names for the stay.
    mutating func professionals() -> [StayNews.Professional] {
        var named: [StayNews.Professional] = []
        func add(_ part: Part, isNamed: Bool) {
            guard case .known(let gln) = Self.gln(of: NumberedName(part)) else { return }
            named.removeAll { $0.gln == gln }
            named.append(StayNews.Professional(gln: gln, isNamed: isNamed))
        }
        for field in sender.professionalFields {
            switch field {
            case .role:
                for role in message.all("ROL")
                where ["PP", "RP", "RT"].contains(role[3].component(1).text?.uppercased()) {
                    let isNamed = role[2].component(1).text?.uppercased() != "DE"
                    for part in role[4].repetitions { add(part, isNamed: isNamed) }
                }
            case .primaryCare: for (part, _) in repetitions("PD1", 4) { add(part, isNamed: true) }
            case .referring: for (part, _) in repetitions("PV1", 8) { add(part, isNamed: true) }
            }
        }
        return named
    }

    private func repetitions(_ segment: String, _ field: Int) -> [(Part, Location)] {
        message.first(segment).map { Self.repetitions($0, field) } ?? []
    }

    private static func repetitions(_ segment: Segment, _ field: Int) -> [(Part, Location)] {
        zip(segment[field].repetitions, 1...).map {
            ($0, segment.location(field, repetition: $1, component: 1))
        }
    }

    enum FoundGLN {
        case known(GLN)
        /// Said to be a GLN, and is none.
        case wrong
        case other
    }

    /// A number is a GLN when its authority or its type says so, and also when nothing is said and its check digit is
    /// right.
    static func gln(of person: NumberedName) -> FoundGLN {
        guard let value = person.value else { return .other }
        let isSaid =
            person.authority.oid == "2.51.1.3" || person.authority.namespace?.uppercased() == "GLN"
            || person.type == "GLN"
        if let gln = GLN(rawValue: value), isSaid || person.authority.oid == nil { return .known(gln) }
        return isSaid ? .wrong : .other
    }
}
