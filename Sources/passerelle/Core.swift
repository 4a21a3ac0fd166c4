import Access
import Directory
import Dispatches
import Documents
import Enrolment
import Foundation
import PDF
import Storage
import Vault

/// The core over one data folder: what every command needs.
struct Core: Sendable {
    let database: any Database
    let keyring: Keyring
    /// Where the sealed contents lie.
    let contents: any BlobStore
    let clock: Clock
    let access: AccessActions
    let directory: DirectoryActions
    let documents: DocumentActions
    let dispatches: DispatchActions
    let enrolment: EnrolmentActions
    let rendering: PDFRendering
    let checkpoints: ExportedCheckpoints

    /// Opens (and makes, the first time) the database and the data folder: `passerelle.sqlite`, `contents/`,
    /// the checkpoint file.
    /// - Parameter mustExist: for commands that make no sense on an empty installation: a mistyped folder or
    ///   database is said.
    init(_ settings: Settings, rules: AccessRules, clock: Clock = .system, mustExist: Bool = false)
        async throws
    {
        let data = try settings.required(
            "data", for: "the folder that holds the database and the sealed contents")
        let file = "\(data)/passerelle.sqlite"
        if mustExist, settings["database"] == nil, !FileManager.default.fileExists(atPath: file) {
            throw SettingsFailure("There is no installation in \(data).")
        }
        // looked at before a folder or a key is made
        let known =
            mustExist
            ? try await OpenDatabase.open(settings, file: file, mustExist: true, clock: clock) : nil
        try FileManager.default.createDirectory(
            atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        if let key = settings["key"] {
            keyring = try Keyring(base64: key)
        } else {
            // by their real places: a link into the data folder would put the key into every backup all the same
            keyring = try Keyring(
                file: FilePlace.resolved(settings["key-file"] ?? Self.keyFile(besides: data)),
                dataFolder: FilePlace.resolved(data))
        }
        if let known {
            database = known
        } else {
            database = try await OpenDatabase.open(settings, file: file, mustExist: false, clock: clock)
        }
        let node = settings["node-name"] ?? ProcessInfo.processInfo.hostName
        self.clock = clock
        access = AccessActions(
            database: database, keyring: keyring, clock: clock, rules: rules, node: node)
        directory = DirectoryActions(
            database: database, keyring: keyring, clock: clock, node: node,
            rules: try Self.profileRules(settings))
        contents = try OpenStore.open(settings, data: data)
        guard let textSearch = ["on": true, "off": false][settings["text-search"] ?? ""] else {
            throw SettingsFailure("--text-search must be «on» or «off».")
        }
        documents = DocumentActions(
            database: database, store: SealedStore(contents), keyring: keyring, clock: clock, node: node,
            lives: try Self.lifeRules(settings), searchesTexts: textSearch)
        let turnstile = Turnstile(atOnce: 2, maximumWaiting: 200)
        let inspection = PDFInspection(turnstile: turnstile, scanner: try Self.scanner(settings))
        guard let policy = DesignationPolicy(rawValue: settings["consent-policy"] ?? "") else {
            throw SettingsFailure("--consent-policy must be «require» or «assert».")
        }
        dispatches = DispatchActions(
            database: database, keyring: keyring, clock: clock, documents: documents, access: access,
            inspection: inspection, policy: policy,
            digestHour: try settings.number("digest-hour", in: 0...23),
            manual: try Self.manualRules(settings), waysOut: try Self.waysOut(settings))
        var enrolmentRules = EnrolmentRules()
        enrolmentRules.keepsIdentityCopies = settings["identity-copies"] != "off"
        enrolmentRules.identityCopyDays = try settings.number("identity-copy-days", in: 1...3650)
        enrolmentRules.countryCode = String(try settings.number("country-code", in: 1...999))
        enrolment = EnrolmentActions(
            database: database, keyring: keyring, store: SealedStore(contents), access: access,
            rules: enrolmentRules, inspection: inspection)
        rendering = PDFRendering(turnstile: Turnstile(atOnce: 1, maximumWaiting: 200))
        checkpoints = ExportedCheckpoints(
            path: settings["checkpoint-file"] ?? "\(data)/audit-checkpoints.txt")
    }

    /// Who looks for malware, if the installation has somebody.
    private static func scanner(_ settings: Settings) throws -> (any MalwareScanner)? {
        guard let text = settings["clamav"] else { return nil }
        guard let place = ClamAV.Place(text) else {
            throw SettingsFailure(
                "--clamav must be the path of clamd's socket (/run/clamav/clamd.ctl) or HOST:PORT.")
        }
        return ClamAV(place)
    }

    /// The key file lies beside the data folder, never in it: a backup of the data does not hold the key.
    static func keyFile(besides data: String) -> String {
        URL(fileURLWithPath: data).standardizedFileURL.path + ".key"
    }

    /// What sending by hand needs to know of the hospital: its number systems, and the limit of every document.
    private static func manualRules(_ settings: Settings) throws -> ManualRules {
        let root = settings["fhir-oid-root"] ?? ""
        return ManualRules(
            patientSystem: settings["patient-system"] ?? "urn:oid:\(root).1",
            staySystem: settings["stay-system"] ?? "urn:oid:\(root).2",
            maximumBytes: try settings.number("maximum-document-megabytes", in: 1...100) << 20)
    }

    /// What the institution allows beside the portal, from the settings.
    private static func waysOut(_ settings: Settings) throws -> WaysOutRules {
        var rules = WaysOutRules()
        rules.postsWhenUnreachable = try settings.isOn("post-when-unreachable")
        rules.postsByHand = try settings.isOn("post-by-hand")
        rules.registerProfessions = try registerProfessions(settings)
        rules.hospitalName = settings["hospital-name"] ?? ""
        rules.hospitalAddress = try hospitalAddress(settings)
        rules.feedsNationalRecord = settings["record-address"] != nil
        if settings["post-unread-days"] != "off" {
            rules.postUnreadDays = try settings.number("post-unread-days", in: 1...365)
        }
        return rules
    }

    /// What the words of registers mean: our own, and those of a file.
    static func registerProfessions(_ settings: Settings) throws -> RegisterProfessions {
        guard let file = settings["register-professions"] else { return RegisterProfessions() }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw SettingsFailure("--register-professions: \(file) cannot be read.")
        }
        do { return try RegisterProfessions(json: data) } catch {
            throw SettingsFailure("--register-professions is not accepted. \(error)")
        }
    }

    /// How old a scan may be, from the settings.
    static func rescanLimits(_ settings: Settings) throws -> RescanLimits {
        var limits = RescanLimits()
        limits.days = try settings.number("rescan-days", in: 1...365)
        return limits
    }

    /// The lines of the hospital's postal address: it must fit on one line above the addressee.
    private static func hospitalAddress(_ settings: Settings) throws -> [String] {
        let lines = (settings["hospital-address"] ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard lines.count <= 4, lines.allSatisfy({ (1...60).contains($0.unicodeScalars.count) }) else {
            throw SettingsFailure(
                "--hospital-address must be at most four lines with commas between them: «Rue 1, 1200 Ville»."
            )
        }
        return lines
    }

    /// How long documents live, from the settings.
    private static func lifeRules(_ settings: Settings) throws -> LifeRules {
        var rules = LifeRules()
        rules.maximumDays = try settings.number("maximum-lifetime-days", in: 1...3650)
        let typed = (settings["expiry-warning-days"] ?? "").split(separator: ",")
        let days = typed.compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        guard days.count == typed.count, (1...5).contains(days.count),
            days.allSatisfy({ (1...365).contains($0) })
        else {
            throw SettingsFailure("--expiry-warning-days must be one to five numbers of days, like «14,3».")
        }
        rules.warningDays = days
        return rules
    }

    /// What professionals may choose in their profile, from the settings.
    private static func profileRules(_ settings: Settings) throws -> ProfileRules {
        var rules = ProfileRules()
        let least = try settings.number("minimum-lifetime-days", in: 1...3650)
        let most = try settings.number("maximum-lifetime-days", in: 1...3650)
        guard least <= most else {
            throw SettingsFailure("--minimum-lifetime-days must not be more than --maximum-lifetime-days.")
        }
        rules.lifetimeDays = least...most
        rules.callingCode = String(try settings.number("country-code", in: 1...999))
        return rules
    }

    /// The figures of sign-in, from the settings.
    /// - Parameter origin: scheme, host and port under which browsers see the portal.
    static func rules(_ settings: Settings, host: String, origin: String) throws -> AccessRules {
        var rules = AccessRules()
        rules.idleMinutes = try settings.number("idle-minutes", in: 5...60)
        rules.sessionHours = try settings.number("session-hours", in: 1...24)
        rules.host = host
        switch settings["delegation-approval"] {
        case "required": rules.delegations.needsApproval = true
        case "none": rules.delegations.needsApproval = false
        default: throw SettingsFailure("--delegation-approval must be «required» or «none».")
        }
        switch settings["staff-factors"] {
        case "strong": rules.staffNeedsStrongFactors = true
        case "any": rules.staffNeedsStrongFactors = false
        default: throw SettingsFailure("--staff-factors must be «strong» or «any».")
        }
        rules.delegations.proposedDays = try settings.number("delegation-days", in: 1...1825)
        rules.origin = origin
        rules.identitySecondFactor = try IdentityProviders.needsSecondFactor(settings)
        return rules
    }
}
