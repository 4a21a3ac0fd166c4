import Storage

/// How readers of a service's documents reach it directly. Each may be empty.
public struct ServiceContact: Sendable, Equatable {
    /// As people write it: «+41 22 000 00 20».
    public let phone: String
    public let email: String
    /// When somebody answers: «Lundi à vendredi, 8 h à 17 h».
    public let hours: String

    public init(phone: String = "", email: String = "", hours: String = "") {
        self.phone = phone
        self.email = email
        self.hours = hours
    }

    /// Whether there is a way to reach the service at all.
    public var isKnown: Bool { !phone.isEmpty || !email.isEmpty }

    /// As typed, trimmed.
    /// - Throws: `ServiceRefusal.badPhone`, `.badEmail`, `.badHours`.
    static func checked(phone: String, email: String, hours: String) throws -> ServiceContact {
        let phone = trimmed(phone)
        if !phone.isEmpty {
            guard phone.utf8.count <= 40, case .success = PhoneNumber.parse(phone) else {
                throw ServiceRefusal.badPhone
            }
        }
        var address = trimmed(email)
        if !address.isEmpty {
            guard let normal = EmailAddress.normalised(address) else { throw ServiceRefusal.badEmail }
            address = normal
        }
        let hours = trimmed(hours)
        guard hours.unicodeScalars.count <= 120, hours.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            throw ServiceRefusal.badHours
        }
        return ServiceContact(phone: phone, email: address, hours: hours)
    }

    private static func trimmed(_ text: String) -> String {
        text.unicodeScalars.split { $0.properties.isWhitespace && $0.value >= 0x20 }
            .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }
}

extension AccessActions {
    /// How a service is reached, by the name that stands on its documents; for whoever is signed in.
    /// - Returns: nil where the portal team has not written it.
    public func contact(ofService name: String, _ holder: Holder) async throws -> ServiceContact? {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            guard let service = try transaction.service(named: name), service.isActive,
                service.contact.isKnown
            else { return nil }
            return service.contact
        }
    }

    /// The services that are reached directly, by name; for whoever is signed in.
    public func reachableServices(_ holder: Holder) async throws -> [HospitalService] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return try transaction.allServices().filter { $0.isActive && $0.contact.isKnown }
        }
    }

    /// Writes how a service is reached, for the portal team.
    /// - Throws: `ServiceRefusal.notFound`, `.badPhone`, `.badEmail`, `.badHours`.
    public func setContact(
        phone: String, email: String, hours: String, of id: HospitalService.ID, _ holder: Holder
    ) async throws {
        let now = clock.now()
        let contact = try ServiceContact.checked(phone: phone, email: email, hours: hours)
        try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            guard try transaction.service(id) != nil else { throw ServiceRefusal.notFound }
            try transaction.setContact(contact, of: id)
            try transaction.record(
                AuditEntry(.configurationChanged, object: .service(id), detail: "contact"),
                by: .person(holder), at: now)
        }
    }

    /// The same by the operator, by the service's name.
    /// - Throws: `ServiceRefusal.notFound`, `.badPhone`, `.badEmail`, `.badHours`.
    public func setContact(phone: String, email: String, hours: String, ofService name: String) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        let contact = try ServiceContact.checked(phone: phone, email: email, hours: hours)
        try await database.write { transaction in
            guard let id = try transaction.service(named: name)?.id else { throw ServiceRefusal.notFound }
            try transaction.setContact(contact, of: id)
            try transaction.record(
                AuditEntry(.configurationChanged, object: .service(id), detail: "contact"),
                by: actor, at: now)
        }
    }
}
