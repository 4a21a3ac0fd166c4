import HTTPTypes
import Storage
import TestSupport
import Testing

/// Characters that no text of a resource may hold, told with the place of the element.
@Suite struct TextTests {
    /// As written in JSON, and the code of the answer: U+0000 and half characters are no JSON for us, other controls
    /// are no FHIR.
    static let hostile = [
        (#"\u0000"#, 400, "structure"), (#"\ud83d"#, 400, "structure"), (#"\ud83dx"#, 400, "structure"),
        (#"\ude00"#, 400, "structure"), (#"\ude00\ud83d"#, 400, "structure"), ("\u{1}", 400, "structure"),
        (#"\u0001"#, 422, "value"), (#"\b"#, 422, "value"), (#"\f"#, 422, "value"),
        (#"\u001b"#, 422, "value"),
        (#"\u001F"#, 422, "value"),
    ]
    /// Line breaks, which FHIR allows in its strings, and which no name and no title has.
    static let breaks = [#"\n"#, #"\r\n"#, #"\t"#, #"\u0085"#, #"\u2028"#, #"\u2029"#, #"\u007f"#]

    /// Where a text stands that is shown or compared.
    static let lines = [
        "DocumentReference.description", "DocumentReference.content[0].attachment.title",
        "DocumentReference.contained[0].name[0].family", "DocumentReference.contained[0].name[0].given[0]",
        "DocumentReference.contained[0].identifier[0].value",
        "DocumentReference.contained[1].name[0].family",
        "DocumentReference.contained[1].name[0].prefix[0]",
        "DocumentReference.context.encounter[0].identifier.value",
    ]
    /// Texts that are kept or not, shown or not.
    static let others = [
        "DocumentReference.extension[1].valueString", "DocumentReference.extension[1].id",
        "DocumentReference.contained[2].note[0].text", "DocumentReference.type.text",
    ]

    /// A message in which the element at `place` holds the mark.
    private static func message(_ place: String) -> Message {
        var message = Message()
        let resource = message.resource
        var extensions = resource["extension"] as? [[String: Any]] ?? []
        var contained = resource["contained"] as? [[String: Any]] ?? []
        var attachment = message.attachment
        func text(_ here: String, _ usual: String) -> String { here == place.dropFirst(18) ? mark : usual }
        extensions.append([
            "url": "urn:x", "valueString": text("extension[1].valueString", "a"),
            "id": text("extension[1].id", "a"),
        ])
        contained[0]["name"] = [
            [
                "family": text("contained[0].name[0].family", "Jaquet"),
                "given": [text("contained[0].name[0].given[0]", "Hélène")],
            ]
        ]
        contained[0]["identifier"] = [
            [
                "system": Letter.patientSystem,
                "value": text("contained[0].identifier[0].value", "000412033"),
            ]
        ]
        contained[1]["name"] = [
            [
                "family": text("contained[1].name[0].family", "Aebischer"), "given": ["Marc"],
                "prefix": [text("contained[1].name[0].prefix[0]", "Dr")],
            ]
        ]
        contained.append([
            "resourceType": "Basic", "id": "b",
            "note": [["text": text("contained[2].note[0].text", "a")]],
        ])
        attachment["title"] = text("content[0].attachment.title", "Lettre")
        message.attachment = attachment
        message.resource["extension"] = extensions
        message.resource["contained"] = contained
        message.resource["description"] = text("description", "Lettre")
        var context = resource["context"] as? [String: Any] ?? [:]
        context["encounter"] = [
            [
                "identifier": [
                    "system": Letter.staySystem,
                    "value": text("context.encounter[0].identifier.value", "2026111207"),
                ]
            ]
        ]
        message.resource["context"] = context
        var type = resource["type"] as? [String: Any] ?? [:]
        type["text"] = text("type.text", "Lettre")
        message.resource["type"] = type
        return message
    }
    private static let mark = "MARK"

    private func answer(_ written: String, at place: String, _ hospital: Hospital) async throws -> Answer {
        let text = String(decoding: Self.message(place).bytes, as: UTF8.self)
        let body = text.replacing(Self.mark, with: "A\(written)B")
        #expect(body != text, "\(place)")
        return try await hospital.send(.post, "/fhir/DocumentReference", body: Array(body.utf8))
    }

    @Test(arguments: lines + others)
    func `A control character or half a character is refused with its place`(_ place: String) async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            for (written, status, code) in Self.hostile {
                let answer = try await answer(written, at: place, hospital)
                #expect(answer.status == status, "\(written)")
                #expect(answer.issues.first == "\(code) \(place)", "\(written): \(answer.issues)")
            }
        }
        #expect(try await portal.rows("document") == 0)
        #expect(try await portal.refusals().count == Self.hostile.count)
    }

    @Test(arguments: lines)
    func `A name, a title and a number are one line`(_ place: String) async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            for written in Self.breaks {
                let answer = try await answer(written, at: place, hospital)
                #expect(answer.status == 422, "\(written)")
                #expect(answer.issues.first == "value \(place)", "\(written): \(answer.issues)")
            }
        }
        #expect(try await portal.rows("document") == 0)
    }

    @Test func `Other texts may have several lines, and whole characters may be escaped`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let lines = try await answer(#"\r\n\t"#, at: "DocumentReference.type.text", hospital)
            #expect(lines.status == 201, "\(lines.text)")
        }
        let second = try await TestPortal.inhabited()
        try await Hospital.visit(second) { hospital in
            let pair = try await answer(#"\ud83d\ude00"#, at: "DocumentReference.description", hospital)
            #expect(pair.status == 201)
        }
        #expect(try await second.texts("title", "SELECT title FROM document") == ["A😀B"])
    }

    @Test func `A consent's numbers are one line, and its texts hold no control characters`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            for (value, status, issue) in [
                ("CONS\\n1", 422, "value Consent.identifier[0].value"),
                ("CONS\\u0000", 400, "structure Consent.identifier[0].value"),
                ("CONS\\u0007", 422, "value Consent.identifier[0].value"),
            ] {
                let text = String(decoding: hospital.bytes(ConsentTests.consent()), as: UTF8.self)
                let body = Array(text.replacing("CONS-2026-4471", with: value).utf8)
                let answer = try await hospital.send(.post, "/fhir/Consent", body: body)
                #expect(answer.status == status && answer.issues == [issue], "\(answer.issues)")
            }
        }
    }
}
