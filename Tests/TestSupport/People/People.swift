package import Access
import Delivery
package import Demo
import Dispatches
import Documents
import Foundation
import PDF
import Storage

extension TestPortal {
    /// Enters the number of the person behind an account of the portal team.
    package func number(_ id: Account.ID, _ number: String) async throws {
        _ = try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO staff_member (account_id, person_number, organisation) VALUES (\(id), \(number), 'HUL')
                """)
        }
    }

    /// The demo's core over this portal, in the present of its frozen clock.
    private var core: DemoCore {
        DemoCore(
            access: access, directory: directory, dispatches: dispatches, documents: documents,
            enrolment: enrolment,
            sendCodes: { _ in })
    }

    /// The people of the demo, its record system, and Dre Favre's designation by the patient of `Letter`.
    package func movePeopleIn() async throws { try await SeedHospital.people(core) }

    /// The record system, signed in.
    package func recordSystem() async throws -> MachineViewer { try await SeedHospital.machine(core) }

    /// Delegations in force, for a year.
    package func delegate(
        to delegate: Persona, from principals: [Persona], rights: Set<DelegationRight> = [.read, .prepare]
    ) async throws {
        for principal in principals {
            try await access.establishDelegation(
                from: principal.account.email, to: delegate.account.email, rights: rights,
                until: time.now.adding(days: 365))
        }
    }

    /// A patient designates a professional for a stay.
    package func designate(patient: String, stay: String, gln: String) async throws {
        try await SeedHospital.designate(
            patient: patient, stay: stay, gln: gln, core, try await recordSystem())
    }

    /// The code of the newest message to `target`, as a person reads it.
    package func newestCode(to target: String) async throws -> String {
        while try await codes.workOnce() {}
        let text = messages.all.first { $0.to == target }?.text ?? ""
        let digits = text.utf8.filter { (0x30...0x39).contains($0) }.prefix(6)
        return String(decoding: digits, as: UTF8.self)
    }

    /// The texts of all messages that were sent, to somebody or to all; the newest first.
    package func sentTexts(to target: String? = nil) -> [String] {
        messages.all.filter { target == nil || $0.to == target }.map(\.text)
    }

    /// The secret of the newest link for a forgotten password in a mailbox; empty where there is none.
    package func newestPasswordLink(to email: String) async throws -> String {
        while try await passwordLinks.workOnce() {}
        let text = messages.all.first { $0.to == email && $0.text.contains("/mot-de-passe/") }?.text ?? ""
        guard let start = text.range(of: "/mot-de-passe/") else { return "" }
        return String(text[start.upperBound...].prefix(64))
    }

    /// Signs in as everybody does, password and code, into the only space there is.
    package func signIn(_ persona: Persona) async throws -> Viewer {
        guard let viewer = try await found(persona).viewer else { throw TestFailure("in no space") }
        return viewer
    }

    /// The same for whoever needs no space.
    package func holder(_ persona: Persona) async throws -> Holder {
        guard let holder = try await found(persona).holder else { throw TestFailure("not signed in") }
        return holder
    }

    package func id(of persona: Persona) async throws -> Account.ID { try await holder(persona).accountID }

    private func found(_ persona: Persona) async throws -> FoundSession {
        let origin = RequestOrigin(address: "192.0.2.10", userAgent: "test", requestID: "r1", node: "test")
        let answer = try await access.signIn(
            email: persona.account.email, password: persona.password, origin: origin)
        guard case .codeExpected(let token, _) = answer else {
            throw TestFailure("no code expected: \(answer)")
        }
        let code = try await newestCode(to: persona.account.mobile ?? persona.account.email)
        let second = try await access.signIn(code: code, token: token, origin: origin)
        guard case .signedIn(let session) = second,
            let found = try await access.session(token: session, origin: origin)
        else { throw TestFailure("not signed in: \(second)") }
        return found
    }
}

/// What a test could not go on without.
package struct TestFailure: Error {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
}

extension TestPortal {
    /// The patient refuses electronic sending of a stay, to everybody.
    package func deny(stay: String, patient: String) async throws {
        let now = time.now
        let word = Designation(
            id: Designation.ID(rawValue: ""), system: "urn:oid:1.2.3", identifier: "DENY-\(stay)",
            patientSystem: DemoHospital.patients, patientNumber: patient, staySystem: DemoHospital.stays,
            stayNumber: stay, gln: nil, decision: .deny, isActive: true, startsOn: nil, endsOn: nil,
            decidedAt: now, version: 1)
        _ = try await dispatches.record(word, ifMatch: nil, try await recordSystem())
    }
}
