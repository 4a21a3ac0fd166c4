import Access
import Foundation
import HTML
import HTTPTypes
import Hummingbird

/// The pages of a sending, each with an address of its own: going back shows an earlier one as it was filled in.
enum SendingStep: String, Sendable {
    case patient
    case recipient = "destinataire"
    case doubts = "verifier"
    case document

    /// The draft is named by a number that says nothing.
    func path(_ number: String) -> Path {
        self == .patient
            ? Path("/service/envois/nouveau", query: ["envoi": number])
            : Path("/service/envois/nouveau", query: ["envoi": number, "etape": rawValue])
    }
}

/// A sending as far as it was typed.
struct KeptSending: Sendable, Equatable {
    /// What stands above all fields of a step.
    struct Problem: Sendable, Equatable {
        var field: String
        var text: String
        /// The way by which it can be sent all the same.
        var offer = ""
    }

    var fields: SendingFields
    /// The step whose mistakes are shown; nil: none.
    var tried: SendingStep?
    var problem: Problem?

    init(_ fields: SendingFields, tried: SendingStep? = nil, problem: Problem? = nil) {
        self.fields = fields
        self.tried = tried
        self.problem = problem
    }

    /// From what a cookie held.
    init(_ values: [String: String]) {
        fields = SendingFields { values[$0] ?? "" }
        tried = values["?etape"].flatMap(SendingStep.init)
        if let text = values["?texte"] {
            problem = Problem(field: values["?champ"] ?? "", text: text, offer: values["?voie"] ?? "")
        }
    }

    var values: [String: String] {
        var values: [String: String] = [:]
        for (name, value) in fields.carried + fields.lastStep where !value.isEmpty { values[name] = value }
        values["?etape"] = tried?.rawValue
        values["?texte"] = problem?.text
        values["?champ"] = problem?.field
        values["?voie"] = problem?.offer
        return values
    }
}

/// Where a sending is kept between its pages: sealed in a cookie of this browser, for an hour and this session only. No
/// address holds a patient, and no node has to remember anything. A few at a time, so that two tabs do not mix.
enum SendingCookie {
    /// Some proxies take 8 KiB of cookies in all.
    static let maximumBytes = 1_900
    private static let slots = ["__Host-envoi-1", "__Host-envoi-2", "__Host-envoi-3"]
    private static let seconds = 3_600

    static func find(_ number: String, _ visit: Visit) throws -> KeptSending? {
        let holder = try visit.holder()
        for slot in slots {
            guard let parts = parts(of: slot, visit), parts.number == number,
                let sealed = bytes(parts.sealed), let opened = visit.site.access.openForm(sealed, holder),
                let values = try? JSONDecoder().decode([String: String].self, from: Data(opened))
            else { continue }
            let kept = KeptSending(values)
            // the number outside is nobody's word
            return kept.fields.number == number ? kept : nil
        }
        return nil
    }

    /// - Returns: false when it is too long to be kept.
    static func keep(_ kept: KeptSending, _ visit: Visit, on response: inout Response) throws -> Bool {
        guard let number = kept.fields.number else { return false }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let sealed = try visit.site.access.sealForm(
            [UInt8](encoder.encode(kept.values)), visit.holder())
        let value = "\(number).\(visit.now.rawValue / 1000).\(text(sealed))"
        guard value.utf8.count <= maximumBytes else { return false }
        set(value, seconds, slot(for: number, visit), on: &response)
        return true
    }

    /// It is sent: nothing of it stays in the browser.
    static func forget(_ number: String, _ visit: Visit, on response: inout Response) {
        for slot in slots where parts(of: slot, visit)?.number == number { set("", 0, slot, on: &response) }
    }

    /// Its own, else a free one, else that of the oldest.
    private static func slot(for number: String, _ visit: Visit) -> String {
        let known = slots.map { (slot: $0, parts: parts(of: $0, visit)) }
        let best =
            known.first { $0.parts?.number == number } ?? known.first { $0.parts == nil }
            ?? known.min { ($0.parts?.at ?? 0) < ($1.parts?.at ?? 0) }
        return best?.slot ?? slots[0]
    }

    private static func parts(of slot: String, _ visit: Visit) -> (number: String, at: Int64, sealed: String)?
    {
        let parts = (visit.cookies[slot] ?? "").split(separator: ".").map(String.init)
        guard parts.count == 3, let at = Int64(parts[1]) else { return nil }
        return (parts[0], at, parts[2])
    }

    private static func set(_ value: String, _ seconds: Int, _ name: String, on response: inout Response) {
        response.setCookie(
            Cookie(
                name: name, value: value, maxAge: seconds, path: "/", secure: true, httpOnly: true,
                sameSite: .strict))
    }

    /// Base64 in the letters that a cookie may hold.
    private static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let rest = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(
            base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + rest
        ).map { [UInt8]($0) }
    }
}
