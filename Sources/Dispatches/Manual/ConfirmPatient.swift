public import Access
import Documents
import Storage

/// About whom, as somebody typed it.
public struct SendingPatient: Sendable {
    public let number: String
    public let familyName: String
    public let givenName: String
    /// ISO 8601 date.
    public let birthDate: String

    public init(number: String, familyName: String, givenName: String, birthDate: String) {
        self.number = number
        self.familyName = familyName
        self.givenName = givenName
        self.birthDate = birthDate
    }
}

extension DispatchActions {
    /// Whether the patient's number is known for somebody else, before anything else is asked for. A refusal leaves its
    /// trace.
    /// - Throws: `DispatchRefusal.otherIdentity`, `ManualRefusal`, `ServiceRefusal.noService`.
    public func confirmPatient(_ person: SendingPatient, _ holder: Holder) async throws {
        guard isSetUp else { throw ManualRefusal.notSetUp }
        let now = clock.now()
        guard person.isSound(on: SwissDate.day(of: now)) else { throw ManualRefusal.invalid }
        do {
            try await database.read { transaction in
                _ = try transaction.confirmService(holder, at: now)
                _ = try self.identity(of: person, in: transaction)
            }
        } catch DispatchRefusal.otherIdentity {
            let patient = documents.patientID(system: manual.patientSystem, number: person.number)
            try await access.recordRefusal(
                AuditEntry(
                    .documentPublished, .refused, rule: DispatchRefusal.otherIdentity.rule,
                    patientID: patient.rawValue),
                by: .person(holder))
            throw DispatchRefusal.otherIdentity
        }
    }

    /// What a form says of the patient beside what the portal knows.
    /// - Throws: `DispatchRefusal.otherIdentity`.
    func identity(of person: SendingPatient, in transaction: any Transaction) throws
        -> (news: PatientIdentity.News, patient: Patient)
    {
        let key = try patientKey(manual.patientSystem, person.number, in: transaction)
        let known = try transaction.patient(key.id)
        let told = Patient(
            id: key.id, system: key.system, number: key.number,
            familyName: person.familyName, givenName: person.givenName, birthDate: person.birthDate,
            sex: known?.sex ?? .unknown)
        let news = PatientIdentity.compare(known, with: told)
        guard news != .somebodyElse else { throw DispatchRefusal.otherIdentity }
        return (news, known ?? told)
    }
}

extension SendingPatient {
    /// Nothing is wrong with any field.
    func isSound(on today: String) -> Bool {
        Self.mistake(inNumber: number) == nil
            && [familyName, givenName].allSatisfy { Self.mistake(inName: $0) == nil }
            && birthDate.utf8.count == 10 && birthDate <= today
    }
}
