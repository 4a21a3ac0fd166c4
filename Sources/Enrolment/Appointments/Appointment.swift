public import Access
public import Storage

/// Where and how an identity is checked (D05): one entry of a list that the portal team keeps.
public struct ValidationSite: Sendable, Equatable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public enum Mode: String, Sendable, CaseIterable, SQLBindable, SQLDecodable { case video, desk }

    public let id: ID
    public let name: String
    public let mode: Mode
    /// Where the desk is; for a video call, how it is joined (https://… becomes a link).
    public let address: String
    /// How to find it, hours, what to bring.
    public let directions: String
    public let needsAppointment: Bool
    public let isActive: Bool

    public init(
        id: ID, name: String, mode: Mode, address: String, directions: String, needsAppointment: Bool,
        isActive: Bool
    ) {
        self.id = id
        self.name = name
        self.mode = mode
        self.address = address
        self.directions = directions
        self.needsAppointment = needsAppointment
        self.isActive = isActive
    }
}

/// A time at a site that one applicant can take.
public struct ValidationSlot: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public let id: ID
    public let siteID: ValidationSite.ID
    public let startsAt: Timestamp
    public let minutes: Int
}

/// A site with the times that are free.
public struct OfferedSite: Sendable {
    public let site: ValidationSite
    public let slots: [ValidationSlot]
}

/// What an applicant has chosen.
public struct Appointment: Sendable {
    public let requestID: AccountRequest.ID
    public let site: ValidationSite
    public let slotID: ValidationSlot.ID?
    /// Nil where one comes without an appointment.
    public let startsAt: Timestamp?
    public let minutes: Int?
    public let missedAt: Timestamp?
}

/// An appointment as the team's list of a day shows it.
public struct ListedAppointment: Sendable {
    public let appointment: Appointment
    public let request: AccountRequest
}
