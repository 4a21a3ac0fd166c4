import Access
import Demo
import Documents
import Storage
import TestSupport
import Testing

/// A patient number does not become another person's by a message.
@Suite struct PatientIdentityTests {
    @Test(arguments: [
        ("Jaquet", "Hélène", "1958-03-15"), ("Rochat", "Colette", "1958-03-14"),
        ("Rochat", "Colette", "1985-01-02"),
    ])
    func `Somebody else under a known number is refused, and nothing but the trace is kept`(
        _ family: String, _ given: String, _ birthDate: String
    ) async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            #expect(try await hospital.publish(Message("urn:oid:2.999.1")).status == 201)
            let before = try await portal.everything()
            var message = Message("urn:oid:2.999.2")
            message.describe(family, given, born: birthDate)
            let answer = try await hospital.publish(message)
            #expect(answer.status == 409)
            #expect(answer.issues == ["conflict OtherPatientIdentity DocumentReference.subject"])
            for word in ["Jaquet", "Rochat", "Hélène", "Colette", "1958", "1985", "000412033"] {
                #expect(!answer.text.contains(word))
            }
            #expect(try await portal.everything() == before, "nothing is stored, nothing is changed")
        }
        #expect(try await portal.refusals() == ["patient.otherIdentity"])
        #expect(portal.sealedFiles.count == 1)
        let pseudonym = portal.documents.patientID(system: Letter.patientSystem, number: "000412033").rawValue
        #expect(
            try await portal.rows(
                """
                audit_event WHERE rule = 'patient.otherIdentity' AND event = 'documentPublished'
                  AND outcome = 'refused' AND patient_id = \(pseudonym) AND detail = '7601099000013'
                """) == 1)
    }

    @Test func `A marriage is taken over, for the reader too, and is one event without a name`() async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let first = try await hospital.publish(Message("urn:oid:2.999.1"))
            #expect(first.status == 201)
            var message = Message("urn:oid:2.999.2")
            message.describe("Jaquet-Rochat", "Hélène", born: "1958-03-14")
            #expect(try await hospital.publish(message).status == 201)
            #expect(try await hospital.publish(message).status == 201, "a repetition is no other change")
        }
        #expect(
            try await portal.texts("family_name", "SELECT family_name FROM patient") == ["Jaquet-Rochat"])
        let favre = try await portal.signIn(DemoPeople.favre)
        let inbox = try await portal.documents.listInbox(InboxFilter(), .newest, favre)
        #expect(inbox.rows.map(\.familyName) == ["Jaquet-Rochat", "Jaquet-Rochat"])
        let pseudonym = portal.documents.patientID(system: Letter.patientSystem, number: "000412033").rawValue
        #expect(
            try await portal.rows(
                """
                audit_event WHERE event = 'patientChanged' AND outcome = 'success' AND actor_kind = 'client'
                  AND object_kind = 'patient' AND object_id = \(pseudonym) AND detail = 'familyName'
                """) == 1)
        #expect(try await portal.events().filter { $0 == "patientChanged" }.count == 1)
    }

    @Test func `The same description again is no event`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            for number in 1...3 {
                let answer = try await hospital.publish(Message("urn:oid:2.999.\(number)"))
                #expect(answer.status == 201)
            }
        }
        #expect(try await portal.events().filter { $0 == "patientChanged" }.isEmpty)
    }

    @Test func `Of two persons told at once under a new number one stays`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...8 {
                    group.addTask {
                        var message = Message("urn:oid:2.999.\(number)")
                        let name = number.isMultiple(of: 2) ? ("Jaquet", "Hélène") : ("Rochat", "Colette")
                        message.describe(name.0, name.1, born: "1958-03-14")
                        return try await hospital.publish(message).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [201, 201, 201, 201, 409, 409, 409, 409])
        }
        #expect(try await portal.rows("patient") == 1)
        #expect(try await portal.events().filter { $0 == "patientChanged" }.isEmpty)
    }

    @Test func `Who may not send about the stay does not learn who the number stands for`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            #expect(try await hospital.publish(Message("urn:oid:2.999.1")).status == 201)
            var message = Message("urn:oid:2.999.2", stay: "2026111999")
            message.describe("Rochat", "Colette", born: "1958-03-15")
            let issues = try await hospital.publish(message).issues
            #expect(issues == ["business-rule NotDesignated DocumentReference.context.encounter"])
        }
    }
}

extension Message {
    /// Describes the patient otherwise, under the same number.
    mutating func describe(_ family: String, _ given: String, born birthDate: String) {
        var contained = resource["contained"] as? [[String: Any]] ?? []
        contained[0]["name"] = [["family": family, "given": [given]]]
        contained[0]["birthDate"] = birthDate
        resource["contained"] = contained
    }
}

extension TestPortal {
    /// How many rows the tables have that a publication touches, and whose names are kept.
    fileprivate func everything() async throws -> [String] {
        let counts: [Int] = [
            try await rows("document"), try await rows("content"), try await rows("document_reader"),
            try await rows("dispatch"), try await rows("outbox"), try await rows("patient"),
        ]
        let person = try await texts(
            "person", "SELECT family_name || given_name || birth_date || search_name AS person FROM patient")
        return counts.map { String($0) } + person
    }
}
