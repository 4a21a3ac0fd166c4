/// The properties a FHIR type has, written as `name:Type` (0..1), `name!Type` (1..1), `name*Type` (0..n) or
/// `name+Type` (1..n). `id` and `extension` belong to every type and are not listed.
struct Shape: Sendable {
    struct Property: Sendable {
        let type: String
        let isList: Bool
        let isRequired: Bool
    }

    enum Kind: Sendable { case resource, backbone, element }

    let kind: Kind
    let properties: [String: Property]

    static func resource(_ properties: String) -> Shape { Shape(.resource, properties) }
    static func backbone(_ properties: String) -> Shape { Shape(.backbone, properties) }
    static func element(_ properties: String) -> Shape { Shape(.element, properties) }

    private init(_ kind: Kind, _ text: String) {
        self.kind = kind
        var properties: [String: Property] = [:]
        for word in text.utf8.split(whereSeparator: { $0 <= 0x20 }) {
            guard let mark = word.firstIndex(where: { [0x3A, 0x21, 0x2A, 0x2B].contains($0) }) else {
                continue
            }
            let name = String(decoding: word[..<mark], as: UTF8.self)
            let type = String(decoding: word[mark...].dropFirst(), as: UTF8.self)
            properties[name] = Property(
                type: type, isList: word[mark] == 0x2A || word[mark] == 0x2B,
                isRequired: word[mark] == 0x21 || word[mark] == 0x2B)
        }
        self.properties = properties
    }
}

extension Shape {
    /// FHIR R4 4.0.1, as far as this portal looks into it. Types that are not listed are open: their
    /// properties are not checked, only that nothing in them is empty or a modifier.
    static let named: [String: Shape] = dataTypes.merging(resources) { first, _ in first }

    private static let dataTypes: [String: Shape] = [
        "Element": .element(""),
        "Attachment": .element(
            """
            contentType:code language:code data:base64Binary url:url size:unsignedInt hash:base64Binary
            title:string creation:dateTime
            """),
        "Address": .element(
            """
            use:code type:code text:string line*string city:string district:string state:string
            postalCode:string country:string period:Period
            """),
        "CodeableConcept": .element("coding*Coding text:string"),
        "Coding": .element("system:uri version:string code:code display:string userSelected:boolean"),
        "ContactPoint": .element("system:code value:string use:code rank:positiveInt period:Period"),
        "Duration": .element("value:decimal comparator:code unit:string system:uri code:code"),
        "HumanName": .element(
            "use:code text:string family:string given*string prefix*string suffix*string period:Period"),
        "Identifier": .element(
            "use:code type:CodeableConcept system:uri value:string period:Period assigner:Reference"),
        "Meta": .element(
            "versionId:id lastUpdated:instant source:uri profile*canonical security*Coding tag*Coding"),
        "Narrative": .element("status!code div!xhtml"),
        "Period": .element("start:dateTime end:dateTime"),
        "Quantity": .element("value:decimal comparator:code unit:string system:uri code:code"),
        "Reference": .element("reference:string type:uri identifier:Identifier display:string"),
    ]
}
