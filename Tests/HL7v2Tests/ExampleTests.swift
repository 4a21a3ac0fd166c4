import HL7v2
import Testing

/// The messages of the interface's description, with its fictional people.
@Suite struct ExampleTests {
    @Test(arguments: [
        ("mdm_t01_notify", "MDM", "T01"), ("mdm_t02_new", "MDM", "T02"), ("mdm_t10_replace", "MDM", "T10"),
        ("mdm_t11_cancel", "MDM", "T11"), ("adt_a01_designation", "ADT", "A01"),
        ("adt_a03_discharge", "ADT", "A03"), ("adt_a40_merge", "ADT", "A40"), ("ref_i12", "REF", "I12"),
        ("siu_s12_appointment", "SIU", "S12"), ("ack_aa", "ACK", "T02"), ("ack_ae_missing", "ACK", "T02"),
        ("ack_ae_unknown_recipient", "ACK", "T02"), ("ack_ar_unsupported_event", "ACK", "T12"),
    ])
    func `Each example is read`(_ name: String, _ type: String, _ event: String) throws {
        let bytes = try Example.bytes(name)
        #expect(CharacterSet.utf8.firstForeignByte(in: bytes[...]) == nil)
        let header = Header(try Message(bytes))
        #expect(header.type == type && header.event == event && header.version == "2.5")
        #expect(!header.controlID.isEmpty && header.processingID == "P")
        #expect(header.characterSetName == "UNICODE UTF-8")
    }

    @Test func `A discharge letter, field by field`() throws {
        let message = try Example.message("mdm_t02_new")
        let txa = try #require(message.first("TXA"))
        let identifier = try #require(EntityIdentifier(txa[12]))
        #expect(identifier.value == "2026000417" && identifier.authority.oid == "2.16.756.5.30.1.999.3")
        let author = NumberedName(txa[9])
        #expect(author.displayName == "Dr Marc Aebischer")
        let recipient = NumberedName(txa[23])
        #expect(recipient.value == "7601099000013" && recipient.authority.oid == "2.51.1.3")
        let numbers = try #require(message.first("PID"))[3].repetitions.compactMap(CompositeNumber.init)
        #expect(numbers.map(\.type) == ["MR", "SS"] && numbers[0].value == "000412033")
        #expect(message.first("PID")?[5].component(2).text == "Hélène")
        let name = CodedElement(try #require(message.first("OBX"))[3])
        #expect(name.code == "373942005" && name.system == "SCT" && name.alternateCode == "18842-5")
        let data = EncapsulatedData(try #require(message.first("OBX"))[5])
        #expect(data.subtype == "pdf" && data.encoding == "Base64")
        #expect(data.data.content.starts(with: "JVBERi0xLjQK".utf8))
    }
}
