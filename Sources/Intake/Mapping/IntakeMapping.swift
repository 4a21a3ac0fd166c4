public import Access
public import HL7v2

/// Which senders there are, and what their words mean: data of the hospital (`--hl7-mapping FILE`).
public struct IntakeMapping: Sendable {
    /// Where recipients of a document may be named.
    public enum RecipientField: String, Sendable, CaseIterable {
        case distributedCopies = "TXA-23"
        /// Participants with the role RCT, results copies to (v2.7, French CI-SIS).
        case participation = "PRT"
        /// An OBX with the code RECIPIENT.
        case observation = "OBX"
        /// Primary care providers in ROL.
        case role = "ROL"
        case referring = "PV1-8"
    }

    /// Where the professionals of a stay may be named.
    public enum ProfessionalField: String, Sendable, CaseIterable {
        case role = "ROL"
        case primaryCare = "PD1-4"
        case referring = "PV1-8"
    }

    public struct Sender: Sendable {
        /// MSH-3
        public var application: String
        /// MSH-4
        public var facility: String
        /// The registered client that it is.
        public var client: Client.ID
        /// SHA-256 of the client certificates it may show, hexadecimal; none: only from this machine.
        public var certificates: Set<String> = []
        /// When MSH-18 is empty.
        public var characterSet = CharacterSet.utf8
        public var recipientFields: [RecipientField] = [.distributedCopies, .participation]
        public var professionalFields: [ProfessionalField] = [.role]
        /// That this sender names a professional for a stay says that the patient agreed. What another one names does not.
        public var rolImpliesConsent = false
        /// MSH-11
        public var processingIDs: Set<String> = ["P"]
        /// TXA-17
        public var completions: Set<String> = ["AU", "LA"]
        public var mode = Acknowledgement.Mode.automatic
        /// A known document with another content replaces it, for engines that never send T08 or T10.
        public var resentReplaces = false
        /// Documents that come as text (OBX of TX and FT) are laid out as PDF; else they are refused.
        public var rendersText = false

        public init(application: String, facility: String, client: Client.ID) {
            self.application = application
            self.facility = facility
            self.client = client
        }
    }

    public var senders: [Sender] = []
    /// Identifier systems, `urn:oid:…`: used where a message names no authority.
    public var patients: String
    public var stays: String
    public var documents: String
    /// Systems of authorities that are named without an OID.
    public var authorities: [String: String] = [:]
    /// Codes of TXA-2 and OBX-3, LOINC or the hospital's own, to SNOMED CT type codes.
    public var types: [String: String] = Self.usualTypes
    /// Codes of PV1-10 and PV1-3.1 to what readers see.
    public var services: [String: String] = [:]
    /// A designation lives on so long after the stay.
    public var followUpDays = 180

    /// - Parameter oidRoot: under it `.1` are patients, `.2` stays, `.3` documents.
    public init(oidRoot: String) {
        patients = "urn:oid:\(oidRoot).1"
        stays = "urn:oid:\(oidRoot).2"
        documents = "urn:oid:\(oidRoot).3"
    }

    /// Table 0270 and LOINC (standards, section 4.5).
    public static let usualTypes = [
        "DS": "373942005", "18842-5": "373942005", "TS": "371535009", "18761-7": "371535009",
        "ED": "445300006", "34878-9": "445300006", "CN": "371530004", "11488-4": "371530004",
        "DI": "4201000179104", "18748-4": "4201000179104", "OP": "371526002", "11504-8": "371526002",
        "SP": "371528001", "11526-1": "371528001", "PR": "371532007", "11506-3": "371532007",
        "HP": "371529009", "34117-2": "371529009", "PN": "371526002", "28570-0": "371526002",
        "11502-2": "4241000179101", "57833-6": "761938008", "18776-5": "737427001",
    ]

    /// The sender that a message comes from: its words and its connection must both be right.
    func sender(_ header: Header, _ peer: Peer) -> Sender? {
        senders.first { sender in
            guard sender.application.utf8.elementsEqual(header.sendingApplication.utf8),
                sender.facility.utf8.elementsEqual(header.sendingFacility.utf8)
            else { return false }
            guard let certificate = peer.certificate else { return sender.certificates.isEmpty }
            return sender.certificates.contains(certificate)
        }
    }

    /// The identifier system of an authority; nil when it names none that is known.
    func system(of authority: Authority) -> String? {
        if let oid = authority.oid { return "urn:oid:\(oid)" }
        return authority.namespace.flatMap { authorities[$0] }
    }
}
