import Foundation
import HL7v2
import Testing

@Suite struct AcknowledgementTests {
    private func header(_ accept: String = "", _ application: String = "") throws -> Header {
        Header(
            try Message(
                Array(
                    "MSH|^~\\&|DPI|HUL|PASSERELLE|HUL|20261120091200+0100||MDM^T02|MSG0001|P|2.5|||\(accept)|\(application)"
                        .utf8)))
    }

    private let origin = AnswerOrigin(time: "20261120091201+0100", characterSet: .utf8)
    private let good = Acknowledgement(.accepted)
    private let bad = Acknowledgement(
        .error, [MessageError(.unknownKey, "UNKNOWN_RECIPIENT", userMessage: "Inconnu | ^ ici\nligne")])
    private let rejected = Acknowledgement(.rejected, [MessageError(.unsupportedEvent)])

    private func codes(
        _ verdict: Acknowledgement, _ header: Header, _ mode: Acknowledgement.Mode = .automatic
    )
        throws -> [String]
    {
        try verdict.answers(to: header, mode: mode, origin).map {
            try Message($0).first("MSA")?[1].text ?? ""
        }
    }

    @Test func `In original mode there is one answer`() throws {
        for (verdict, code) in [(good, "AA"), (bad, "AE"), (rejected, "AR")] {
            #expect(try codes(verdict, header()) == [code])
            #expect(try codes(verdict, header("AL", "AL"), .original) == [code])
        }
    }

    @Test func `In enhanced mode the sender chooses`() throws {
        for (accept, application, verdict, expected) in [
            ("AL", "AL", good, ["CA", "AA"]), ("AL", "AL", bad, ["CA", "AE"]), ("AL", "AL", rejected, ["CR"]),
            ("AL", "NE", good, ["CA"]), ("AL", "NE", bad, ["CE"]), ("AL", "ER", good, ["CA"]),
            ("AL", "ER", bad, ["CA", "AE"]), ("NE", "AL", good, ["AA"]), ("NE", "NE", good, []),
            ("NE", "SU", bad, []), ("ER", "SU", good, ["AA"]), ("ER", "NE", bad, ["CE"]),
            ("SU", "", good, ["CA"]),
        ] { #expect(try codes(verdict, header(accept, application)) == expected, "\(accept) \(application)") }
        #expect(try codes(good, header(), .enhanced) == ["CA"])
    }

    @Test func `Texts are escaped, and the answer reads as it was written`() throws {
        let bytes = try #require(bad.answers(to: header(), mode: .automatic, origin).first)
        let answer = try Message(bytes)
        #expect(answer.first("ERR")?[8].text == "Inconnu | ^ ici\nligne")
        #expect(answer.first("ERR")?[3].component(1).text == "204")
        #expect(answer.first("MSA")?[2].text == "MSG0001")
        #expect(answer.first("MSA")?[3].text == "UNKNOWN_RECIPIENT")
        #expect(answer.first("MSH")?[3].text == "PASSERELLE" && answer.first("MSH")?[5].text == "DPI")
    }

    @Test func `An answer in the sender's own character set`() throws {
        let origin = AnswerOrigin(time: "", characterSet: .latin1)
        let verdict = Acknowledgement(.error, [MessageError(.dataType, userMessage: "Hélène €")])
        let bytes = try #require(verdict.answers(to: header(), mode: .automatic, origin).first)
        #expect(bytes.contains(0xE9) && !bytes.contains(0xC3))
        #expect(String(decoding: bytes, as: UTF8.self).contains("8859/1"))
    }

    /// What it says to the messages that the examples answer, byte for byte.
    @Test func `The acknowledgements of the examples`() throws {
        func answer(_ number: String, _ event: String, _ verdict: Acknowledgement) throws -> [UInt8] {
            let header = Header(
                try Message(
                    Array(
                        "MSH|^~\\&|DPI|HUL|PASSERELLE|HUL|20261120091200+0100||MDM^\(event)^MDM_T02|\(number)|P|2.5"
                            .utf8)))
            return try #require(verdict.answers(to: header, mode: .automatic, origin).first)
        }
        #expect(try answer("MSG0001", "T02", good) == Example.bytes("ack_aa"))
        #expect(
            try answer(
                "MSG0008", "T02",
                Acknowledgement(
                    .error, [MessageError(.requiredFieldMissing, at: Location(segment: "TXA", field: 12))]))
                == Example.bytes("ack_ae_missing"))
        #expect(
            try answer(
                "MSG0009", "T12",
                Acknowledgement(
                    .rejected, text: "Event T12 is not supported",
                    errors: [
                        MessageError(
                            .unsupportedEvent, at: Location(segment: "MSH", field: 9, component: 2))
                    ])) == Example.bytes("ack_ar_unsupported_event"))
    }
}

/// The files in `Examples`.
enum Example {
    static func bytes(_ name: String) throws -> [UInt8] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Examples/\(name).hl7")
        return [UInt8](try Data(contentsOf: file))
    }

    static func message(_ name: String) throws -> Message { try Message(bytes(name)) }
}
