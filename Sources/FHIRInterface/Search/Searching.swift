import Access
import Dispatches
import FHIR
import HTTPTypes
import Hummingbird

extension FHIRInterface {
    /// The search of a request: what stands in the address, or in the form of `POST …/_search`.
    func search(_ machine: MachineRequest, names: Set<String>) async throws -> SearchQuery {
        let isLenient = machine.prefers("handling=lenient")
        guard machine.request.method == .post else {
            let given = machine.request.uri.queryParameters.map { (String($0.key), String($0.value)) }
            return try SearchQuery(given, names: names, isLenient: isLenient)
        }
        let type = (machine.request.headers[.contentType] ?? "").lowercased()
        guard type.hasPrefix("application/x-www-form-urlencoded") else {
            throw OperationOutcome([
                .init(.notSupported, "Send application/x-www-form-urlencoded", status: 415)
            ])
        }
        let body = try await receive(machine.request, limit: 64 << 10, expecting: nil)
        return try SearchQuery(FormFields.pairs(body), names: names, isLenient: isLenient)
    }

    /// A page of found resources. The next page is asked for by the same search and a cursor; how many there are in
    /// all is not said.
    func searchset(
        _ type: String, _ resources: [JSON], _ query: SearchQuery, next: NewsCursor?,
        included: [JSON] = []
    ) -> Response {
        func address(_ cursor: NewsCursor?) -> String {
            var parts = query.parameters.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }
            parts.append("_count=\(query.count)")
            if let cursor { parts.append("_cursor=\(cursor.text)") }
            return "\(settings.fhirBase)/\(type)?" + parts.joined(separator: "&")
        }
        var links: [JSON] = [["relation": "self", "url": .string(address(query.cursor))]]
        if let next { links.append(["relation": "next", "url": .string(address(next))]) }
        func entry(_ resource: JSON, _ mode: String) -> JSON {
            let place = "\(resource["resourceType"]?.text ?? type)/\(resource["id"]?.text ?? "")"
            return [
                "fullUrl": .string("\(settings.fhirBase)/\(place)"), "resource": resource,
                "search": ["mode": .string(mode)],
            ]
        }
        let entries = resources.map { entry($0, "match") } + included.map { entry($0, "include") }
        return respond([
            "resourceType": "Bundle", "type": "searchset", "link": .array(links),
            "entry": entries.isEmpty ? nil : .array(entries),
        ])
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte -> String in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
            if isPlain { return String(decoding: [byte], as: UTF8.self) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
