public import Access
import Directory
import Documents
import PDF
import Storage

extension DispatchActions {
    /// Sends one document by hand (DPI-04, D16): the same rules, the same inspection of the file and the same transaction
    /// as a hospital system's, with the patient's explicit consent recorded in it. A refusal by the patient wins over
    /// any consent. In that transaction it is also certain that it goes the way that was seen: preferences and addresses
    /// change while a form is filled in.
    /// - Throws: `DispatchRefusal`, `ManualRefusal`, `ServiceRefusal`.
    public func send(_ sending: ManualSending, _ holder: Holder) async throws -> PublishedDocument {
        let now = clock.now()
        guard sending.bytes.count <= manual.maximumBytes else { throw ManualRefusal.fileTooLarge }
        guard (1...200).contains(sending.title.utf8.count), sending.author.utf8.count <= 100,
            sending.reason.utf8.count <= 500, sending.isIdentified,
            ManualSending.isMessage(sending.message)
        else { throw ManualRefusal.invalid }
        let oldest = SwissDate.day(of: now.adding(days: -366))
        guard sending.consent.on <= SwissDate.day(of: now), sending.consent.on >= oldest else {
            throw ManualRefusal.consentDate
        }
        let (check, patient) = try await checked(sending.draft, holder, at: now)
        let consentID = RandomText.identifier()
        var sender = Sender(clientID: .manual, actor: .person(holder), consentID: consentID)
        sender.message = sending.message
        sender.asksForPaper = sending.draft.byPost ? holder.accountID : nil
        sender.confirm = { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            guard viewer.service(sending.draft.serviceID) != nil else { throw ServiceRefusal.notFound }
            try self.confirmWay(of: sending, holder, in: transaction, at: now)
            try transaction.keepManualClient(at: now)
        }
        sender.complete = { document, bases, transaction in
            let rests = bases.contains { if case .consent = $0 { true } else { false } }
            guard !rests || !sending.reason.isEmpty else { throw ManualRefusal.reasonMissing }
            try transaction.insert(
                sending, consentID: consentID, of: document.id, by: holder, at: document.publishedAt)
            try transaction.record(
                AuditEntry(
                    .consentRecorded, object: AuditObject(kind: "consent", id: consentID),
                    patientID: document.patientID.rawValue, basis: "consent:\(consentID)",
                    detail: """
                        document=\(document.id.rawValue) by=\(sending.consent.givenBy.rawValue) \
                        form=\(sending.consent.form.rawValue) on=\(sending.consent.on)
                        """),
                by: .person(holder), at: document.publishedAt)
        }
        do {
            return try await publish(command(sending, check.service, patient, at: now), sender)
        } catch let refusal as PDFRefusal { throw ManualRefusal.badFile(refusal.rule) }
    }

    /// - Throws: `ManualRefusal.wayChanged`, unless the same form was sent before.
    private func confirmWay(
        of sending: ManualSending, _ holder: Holder, in transaction: any Transaction, at now: Timestamp
    ) throws {
        guard let seen = sending.seenWay,
            try transaction.document(master: sending.identifier, sentBy: .manual) == nil
        else { return }
        let check = try check(sending.draft, holder, in: transaction, at: now).check
        guard check.wayMark == seen else { throw ManualRefusal.wayChanged }
    }

    /// What is wrong with a file, while something else in its form is wrong too. Nothing is kept of it.
    /// - Throws: `ManualRefusal.badFile`, `.fileTooLarge`, `DispatchRefusal.inspectionUnavailable`, `ServiceRefusal`.
    public func inspectByHand(_ bytes: [UInt8], _ holder: Holder) async throws {
        let now = clock.now()
        _ = try await database.read { try $0.confirmService(holder, at: now) }
        guard bytes.count <= manual.maximumBytes else { throw ManualRefusal.fileTooLarge }
        do { _ = try await inspect(bytes) } catch let refusal as PDFRefusal {
            throw ManualRefusal.badFile(refusal.rule)
        }
    }

    private func command(
        _ sending: ManualSending, _ service: HospitalService, _ patient: Patient, at now: Timestamp
    ) -> PublishDocument {
        PublishDocument(
            masterIdentifier: sending.identifier, replaces: nil, patientSystem: patient.system,
            patientNumber: patient.number, familyName: patient.familyName, givenName: patient.givenName,
            birthDate: patient.birthDate, sex: patient.sex, stay: stay(of: sending.draft),
            recipients: [sending.draft.gln], typeCode: sending.draft.typeCode,
            classCode: "419891008",  // «Record artifact»: the form does not ask for the class
            title: sending.title, service: service.name, author: sending.author, language: "fr-CH",
            confidentiality: "17621005", authoredAt: now, mediaType: "application/pdf", bytes: sending.bytes)
    }
}

extension ManualSending {
    /// Pure. Words on any number of lines, without other signs that nobody sees, and not too many.
    public static func isMessage(_ text: String) -> Bool {
        text.unicodeScalars.count <= longestMessage
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar.value {
                case 0x0A: true
                case 0..<0x20, 0x7F...0x9F: false
                default: true
                }
            }
    }

    /// `urn:uuid:` and 36 characters, as the form made it.
    var isIdentified: Bool {
        let mark = "urn:uuid:".utf8
        let rest = identifier.utf8.dropFirst(mark.count)
        return identifier.utf8.starts(with: mark) && rest.count == 36
            && rest.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) || $0 == 0x2D }
    }
}
