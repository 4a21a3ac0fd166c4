/// Compares a resource with the definitions in `Shape`, element by element, so that decoders can then simply
/// read: every mistake of form is already written down with its place.
struct StructureCheck {
    private let root: String
    private let handling: Handling
    private let findings: Findings
    private var path: [PathStep] = []

    private init(root: String, handling: Handling, findings: Findings) {
        self.root = root
        self.handling = handling
        self.findings = findings
    }

    /// Checks a whole resource of the type expected. A value that is no such resource gives that one issue
    /// (400).
    static func run(_ json: JSON, expecting type: String, handling: Handling, findings: Findings) {
        guard case .object = json else {
            return findings.add(.structure, "The body should be a JSON object", at: type)
        }
        guard json["resourceType"]?.text == type else {
            return findings.add(
                .init(.invalid, "The resourceType should be \(type)", at: "\(type).resourceType", status: 400)
            )
        }
        var check = StructureCheck(root: type, handling: handling, findings: findings)
        check.value(json, type: type)
    }

    private func add(_ code: OperationOutcome.Code, _ diagnostics: String, below name: String? = nil) {
        if findings.isFull { return }
        let place = name.map { path + [.member($0)] } ?? path
        findings.add(code, diagnostics, at: place.expression(root: root))
    }

    private mutating func value(_ value: JSON, type: String) {
        if let primitive = Primitive(rawValue: type) {
            if let mistake = primitive.mistake(in: value) { add(.value, "The value \(mistake)") }
        } else if type == "Resource" {
            contained(value)
        } else if type == "Extension" {
            anExtension(value)
        } else if let shape = Shape.named[type] {
            object(value, shape)
        } else {
            open(value)
        }
    }

    private func members(of value: JSON) -> [JSON.Member]? {
        guard case .object(let members) = value else {
            add(.value, "The value should be an object")
            return nil
        }
        guard !members.isEmpty else {
            add(.value, "An object should not be empty")
            return nil
        }
        return members
    }

    private mutating func object(_ value: JSON, _ shape: Shape) {
        guard let members = members(of: value) else { return }
        for member in members {
            path.append(.member(member.name))
            self.member(member, of: members, shape)
            path.removeLast()
        }
        for (name, property) in shape.properties where property.isRequired {
            let extensions = "_" + name
            let isThere = members.contains { $0.name == name || $0.name == extensions }
            if !isThere { add(.required, "The element is missing", below: name) }
        }
    }

    private mutating func member(_ member: JSON.Member, of members: [JSON.Member], _ shape: Shape) {
        if let property = shape.properties[member.name] {
            return self.property(member, property, of: members)
        }
        let isResource = shape.kind == .resource
        switch member.name {
        case "id": value(member.value, type: isResource ? "id" : "string")
        case "extension": list(member.value, type: "Extension")
        case "modifierExtension": add(.extension, "Modifier extensions are not understood")
        case "resourceType" where isResource: break
        case "implicitRules" where isResource: add(.notSupported, "Implicit rules are not understood")
        case "meta" where isResource: value(member.value, type: "Meta")
        case "language" where isResource: value(member.value, type: "code")
        case "text" where isResource: value(member.value, type: "Narrative")
        case "contained" where isResource:
            if path.count == 1 {
                list(member.value, type: "Resource")
            } else {
                add(.invalid, "A contained resource cannot contain another")
            }
        default:
            if let property = primitive(behind: member.name, shape) {
                elements(of: member.value, property)
            } else if handling == .strict {
                add(.invalid, "Unknown property")
            }
        }
    }

    private func primitive(behind name: String, _ shape: Shape) -> Shape.Property? {
        guard name.utf8.first == 0x5F else { return nil }
        let behind = String(name.dropFirst())
        if shape.kind == .resource, behind == "language" {
            return .init(type: "code", isList: false, isRequired: false)
        }
        return shape.properties[behind].flatMap { Primitive(rawValue: $0.type) == nil ? nil : $0 }
    }

    private mutating func property(
        _ member: JSON.Member, _ property: Shape.Property, of members: [JSON.Member]
    ) {
        guard property.isList else { return value(member.value, type: property.type) }
        var padding: Set<Int> = []
        if Primitive(rawValue: property.type) != nil {
            let name = "_" + member.name
            if case .array(let items)? = members.first(where: { $0.name == name })?.value {
                padding = Set(items.indices.filter { items[$0] != .null })
            }
        }
        list(member.value, type: property.type, padding: padding)
    }

    /// A list; an item of a primitive list may be null where the list of extensions has something to say.
    private mutating func list(_ value: JSON, type: String, padding: Set<Int> = []) {
        guard case .array(let items) = value else { return add(.value, "The value should be an array") }
        guard !items.isEmpty else { return add(.value, "An array should not be empty") }
        for (index, item) in items.enumerated() where !(item == .null && padding.contains(index)) {
            path.append(.item(index))
            self.value(item, type: type)
            path.removeLast()
        }
    }

    /// The extensions of a primitive, such as `_birthDate`.
    private mutating func elements(of value: JSON, _ property: Shape.Property) {
        guard property.isList else { return self.value(value, type: "Element") }
        guard case .array(let items) = value else { return add(.value, "The value should be an array") }
        for (index, item) in items.enumerated() where item != .null {
            path.append(.item(index))
            self.value(item, type: "Element")
            path.removeLast()
        }
    }

    private mutating func contained(_ value: JSON) {
        guard let type = value["resourceType"]?.text else {
            return add(.required, "The element is missing", below: "resourceType")
        }
        if value["id"] == nil { add(.required, "A contained resource needs an id", below: "id") }
        if let shape = Shape.named[type], shape.kind == .resource {
            object(value, shape)
        } else {
            open(value)
        }
    }

    private mutating func anExtension(_ value: JSON) {
        guard let members = members(of: value) else { return }
        var contents = 0
        for member in members {
            path.append(.member(member.name))
            switch member.name {
            case "url": self.value(member.value, type: "uri")
            case "id": self.value(member.value, type: "string")
            case "_url": break
            case "extension":
                contents += 1
                list(member.value, type: "Extension")
            case let name where name.utf8.starts(with: "value".utf8) && name.utf8.count > 5:
                contents += 1
                extensionValue(member.value, type: String(name.dropFirst(5)))
            case let name where name.utf8.starts(with: "_value".utf8):
                contents += 1
                self.value(member.value, type: "Element")
            default:
                if handling == .strict { add(.invalid, "Unknown property") }
            }
            path.removeLast()
        }
        if !members.contains(where: { $0.name == "url" }) {
            add(.required, "The element is missing", below: "url")
        }
        if contents == 0 { add(.invalid, "An extension should have a value or extensions") }
    }

    private mutating func extensionValue(_ value: JSON, type: String) {
        let lowered = type.prefix(1).lowercased() + type.dropFirst()
        let isPrimitive = Primitive(rawValue: lowered) != nil
        self.value(value, type: isPrimitive ? lowered : type)
    }

    /// What we know no definition of: nothing in it may be empty or a modifier.
    private mutating func open(_ value: JSON) {
        switch value {
        case .object:
            for member in members(of: value) ?? [] {
                path.append(.member(member.name))
                if member.name == "modifierExtension" || member.name == "implicitRules" {
                    add(.extension, "Modifier extensions and implicit rules are not understood")
                } else {
                    open(member.value)
                }
                path.removeLast()
            }
        case .array(let items):
            if items.isEmpty { add(.value, "An array should not be empty") }
            for (index, item) in items.enumerated() where item != .null {
                path.append(.item(index))
                open(item)
                path.removeLast()
            }
        case .string(let text):
            // whatever type it is of, it is at least a string
            if let mistake = Primitive.string.mistake(in: .string(text)) {
                add(.value, "The value \(mistake)")
            }
        case .null: add(.value, "null stands only in padded arrays of primitives")
        case .data, .number, .bool: break
        }
    }
}
