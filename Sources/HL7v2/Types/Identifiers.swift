/// HD: who gives out identifiers, or an application or facility.
public struct Authority: Sendable, Equatable {
    public let namespace: String?
    public let universalID: String?
    /// `ISO` for an OID.
    public let type: String?

    /// The bare OID, when it is one.
    public var oid: String? {
        guard let universalID, type == nil || type?.uppercased() == "ISO" else { return nil }
        let bytes = universalID.utf8
        guard bytes.count <= 128, bytes.first != 0x2E, bytes.last != 0x2E, bytes.contains(0x2E),
            bytes.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
        else { return nil }
        return universalID
    }

    /// From three components, or from the three subcomponents of one.
    init(_ first: Part, _ second: Part, _ third: Part) {
        namespace = first.text
        universalID = second.text
        type = third.text
    }

    init(component part: Part) {
        self.init(part.subcomponent(1), part.subcomponent(2), part.subcomponent(3))
    }

    /// A field of its own: MSH-3, MSH-4.
    public init(field part: Part) { self.init(part.component(1), part.component(2), part.component(3)) }
}

/// EI: the identifier of a document or an order.
public struct EntityIdentifier: Sendable, Equatable {
    public let value: String
    public let authority: Authority

    /// - Returns: nil when the value is missing.
    public init?(_ part: Part) {
        guard let value = part.component(1).text else { return nil }
        self.value = value
        authority = Authority(part.component(2), part.component(3), part.component(4))
    }
}

/// CX: the number of a patient or a stay.
public struct CompositeNumber: Sendable, Equatable {
    public let value: String
    public let authority: Authority
    /// MR, PI, VN, SS …
    public let type: String?

    public init?(_ part: Part) {
        guard let value = part.component(1).text else { return nil }
        self.value = value
        authority = Authority(component: part.component(4))
        type = part.component(5).text?.uppercased()
    }
}

/// XCN: a professional with his number.
public struct NumberedName: Sendable, Equatable {
    public let value: String?
    public let family: String?
    public let given: String?
    public let prefix: String?
    public let authority: Authority
    public let type: String?

    public init(_ part: Part) {
        value = part.component(1).text
        family = part.component(2).subcomponent(1).text
        given = part.component(3).text
        prefix = part.component(6).text
        authority = Authority(component: part.component(9))
        type = part.component(13).text?.uppercased()
    }

    /// «Dr Marc Aebischer»; nil without a family name.
    public var displayName: String? {
        family.map { [prefix, given, $0].compactMap { $0 }.joined(separator: " ") }
    }
}

/// CE, CWE: a code with its system, and the same thing in another system.
public struct CodedElement: Sendable, Equatable {
    public let code: String?
    public let text: String?
    public let system: String?
    public let alternateCode: String?
    public let alternateText: String?
    public let alternateSystem: String?

    public init(_ part: Part) {
        code = part.component(1).text
        text = part.component(2).text
        system = part.component(3).text
        alternateCode = part.component(4).text
        alternateText = part.component(5).text
        alternateSystem = part.component(6).text
    }
}

/// ED: a file within the message.
public struct EncapsulatedData: Sendable {
    /// `application`, `image`, or a word of table 0191.
    public let type: String?
    /// `pdf`, `PDF`, `jpeg`.
    public let subtype: String?
    /// `Base64`, `Hex`, `A`.
    public let encoding: String?
    public let data: Part

    public init(_ part: Part) {
        type = part.component(2).text
        subtype = part.component(3).text
        encoding = part.component(4).text
        data = part.component(5)
    }
}
