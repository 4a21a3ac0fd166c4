import Access
import FHIR
public import Foundation
import HL7v2

/// Why a mapping is not accepted; the sentence says what to do.
public struct MappingFailure: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

extension IntakeMapping {
    /// Reads a mapping (docs/interfaces/hl7v2.md). A word that is not known is refused, as every setting is.
    /// - Throws: `MappingFailure`.
    public init(file path: String, oidRoot: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw MappingFailure("The mapping \(path) cannot be read.")
        }
        guard data.count <= 1 << 20 else { throw MappingFailure("The mapping \(path) is longer than 1 MiB.") }
        do { try self.init(json: data, oidRoot: oidRoot) } catch let failure as MappingFailure {
            throw MappingFailure("\(path): \(failure)")
        }
    }

    /// - Throws: `MappingFailure`.
    public init(json data: Data, oidRoot: String) throws {
        self.init(oidRoot: oidRoot)
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw MappingFailure("It must be one JSON object.")
        }
        let file = MappingObject(object, "the mapping")
        try file.allow([
            "senders", "patients", "stays", "documents", "authorities", "types", "services", "followUpDays",
        ])
        patients = try file.system("patients") ?? patients
        stays = try file.system("stays") ?? stays
        documents = try file.system("documents") ?? documents
        authorities = try file.texts("authorities")
        services = try file.texts("services")
        for (code, type) in try file.texts("types") {
            guard ValueSet.documentTypes[type] != nil else {
                throw MappingFailure(
                    "«\(type)», for «\(code)», is no code of the Swiss value set DocumentEntry.typeCode.")
            }
            types[code] = type
        }
        for (name, system) in authorities where !system.hasPrefix("urn:oid:") {
            throw MappingFailure("The authority «\(name)» must be urn:oid:….")
        }
        if let days = object["followUpDays"] {
            guard let number = days as? Int, (0...3650).contains(number) else {
                throw MappingFailure("followUpDays must be a whole number from 0 to 3650.")
            }
            followUpDays = number
        }
        guard let list = object["senders"] as? [[String: Any]], !list.isEmpty, list.count <= 100 else {
            throw MappingFailure("It must name at least one sender, and at most 100: {\"senders\": [{…}]}.")
        }
        senders = try list.map(Self.sender)
    }

    private static func sender(_ object: [String: Any]) throws -> Sender {
        let file = MappingObject(object, "a sender")
        try file.allow([
            "application", "facility", "client", "certificates", "characterSet", "recipientFields",
            "professionalFields", "rolImpliesConsent", "processingIds", "acceptCompletion",
            "acknowledgements",
            "resentReplaces", "rendersText",
        ])
        var sender = Sender(
            application: try file.text("application"), facility: try file.text("facility"),
            client: Client.ID(rawValue: try file.text("client")))
        if object["certificates"] != nil { sender.certificates = try certificates(file) }
        if object["characterSet"] != nil {
            guard let set = CharacterSet(name: try file.text("characterSet")) else {
                throw MappingFailure(
                    "characterSet must be UNICODE UTF-8, 8859/1, 8859/15, ASCII or windows-1252.")
            }
            sender.characterSet = set
        }
        sender.recipientFields = try file.choices("recipientFields") ?? sender.recipientFields
        sender.professionalFields = try file.choices("professionalFields") ?? sender.professionalFields
        sender.rolImpliesConsent = try file.flag("rolImpliesConsent")
        sender.resentReplaces = try file.flag("resentReplaces")
        sender.rendersText = try file.flag("rendersText")
        if let ids = try file.list("processingIds") {
            guard Set(ids).isSubset(of: ["P", "T", "D"]) else {
                throw MappingFailure("processingIds must be of P, T and D.")
            }
            sender.processingIDs = Set(ids)
        }
        if let words = try file.list("acceptCompletion") {
            guard Set(words).isSubset(of: ["AU", "LA", "DO"]) else {
                throw MappingFailure("acceptCompletion must be of AU, LA and DO.")
            }
            sender.completions = Set(words)
        }
        if object["acknowledgements"] != nil {
            guard let mode = Acknowledgement.Mode(rawValue: try file.text("acknowledgements")) else {
                throw MappingFailure("acknowledgements must be auto, original or enhanced.")
            }
            sender.mode = mode
        }
        return sender
    }

    private static func certificates(_ file: MappingObject) throws -> Set<String> {
        let prints = (try file.list("certificates") ?? []).map {
            $0.lowercased().filter { $0 != ":" && $0 != " " }
        }
        guard !prints.isEmpty,
            prints.allSatisfy({
                $0.utf8.count == 64
                    && $0.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            })
        else {
            throw MappingFailure(
                "certificates must list SHA-256 fingerprints, 64 hexadecimal digits each: "
                    + "openssl x509 -noout -fingerprint -sha256 -in FILE.")
        }
        return Set(prints)
    }
}

/// An object of the file, with sentences for what is wrong in it.
private struct MappingObject {
    let object: [String: Any]
    let name: String

    init(_ object: [String: Any], _ name: String) {
        self.object = object
        self.name = name
    }

    func allow(_ keys: Set<String>) throws {
        for key in object.keys.sorted() where !keys.contains(key) {
            throw MappingFailure("There is no «\(key)» in \(name).")
        }
    }

    func text(_ key: String) throws -> String {
        guard let text = object[key] as? String, !text.isEmpty, text.utf8.count <= 250 else {
            throw MappingFailure("«\(key)» of \(name) must be a text.")
        }
        return text
    }

    func system(_ key: String) throws -> String? {
        guard object[key] != nil else { return nil }
        let text = try text(key)
        guard text.hasPrefix("urn:oid:") else { throw MappingFailure("«\(key)» must be urn:oid:….") }
        return text
    }

    func texts(_ key: String) throws -> [String: String] {
        guard let value = object[key] else { return [:] }
        guard let texts = value as? [String: String] else {
            throw MappingFailure("«\(key)» must be an object of texts.")
        }
        return texts
    }

    func list(_ key: String) throws -> [String]? {
        guard let value = object[key] else { return nil }
        guard let list = value as? [String] else {
            throw MappingFailure("«\(key)» must be a list of texts.")
        }
        return list
    }

    func choices<Choice: RawRepresentable & CaseIterable>(_ key: String) throws -> [Choice]?
    where Choice.RawValue == String {
        try list(key)?.map { word in
            guard let choice = Choice(rawValue: word) else {
                let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                throw MappingFailure("«\(word)» in \(key) is none of \(known).")
            }
            return choice
        }
    }

    func flag(_ key: String) throws -> Bool {
        guard let value = object[key] else { return false }
        guard let flag = value as? Bool else { throw MappingFailure("«\(key)» must be true or false.") }
        return flag
    }
}
