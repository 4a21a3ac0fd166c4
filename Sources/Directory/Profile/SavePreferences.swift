public import Access
import Storage
import Vault

/// The tab «Préférences pour le portail» as it was typed.
public struct PreferencesForm: Sendable, Equatable {
    public var notificationEmail = ""
    public var documentEmail = ""
    /// SNOMED codes; empty: all types.
    public var displayedTypes: [String] = []
    public var lifetimeDays = ""
    public var notificationPolicy = ""
    public var deliveryMode = ""
    public var displayedPatients = ""
    public var startPage = ""
    public var namesPatients = false
    public var language = ""
    public var theme = ""
    public var hasShortcuts = true
    /// «Ne pas envoyer les documents» was confirmed on its own page.
    public var isStopConfirmed = false
    /// The version of the tab that the form was made from.
    public var version = 0

    public init() {}

    /// The form of what is saved.
    public init(_ profile: Profile) {
        notificationEmail = profile.practitioner.notificationEmail
        documentEmail = profile.details.documentEmail
        displayedTypes = profile.details.display.types
        lifetimeDays = String(profile.practitioner.lifetimeDays)
        notificationPolicy = profile.practitioner.notificationPolicy.rawValue
        deliveryMode = profile.practitioner.deliveryMode.rawValue
        displayedPatients = profile.details.display.patients.rawValue
        startPage = profile.details.startPage.rawValue
        namesPatients = profile.details.namesPatients
        language = profile.view.language ?? "fr"
        theme = profile.view.theme ?? "system"
        hasShortcuts = profile.view.hasShortcuts
        version = profile.version(of: .preferences)
    }

    struct Reading: Sendable {
        var details: ProfileDetails
        let practitioner: Practitioner
        let view: ViewPreferences
    }

    /// Reads all but whether the mail for documents is secured, which the table of domains says.
    /// - Returns: nil with what is wrong in `faults`.
    func read(over known: Profile, _ rules: ProfileRules, _ faults: inout FaultCollector) -> Reading? {
        let notices = faults.read { () throws(FieldFault) in
            try FieldRules.email(notificationEmail, .notificationEmail)
        }
        let documents = faults.read { () throws(FieldFault) in
            try FieldRules.email(documentEmail, .documentEmail)
        }
        let types = faults.read { () throws(FieldFault) in try FieldRules.typeCodes(displayedTypes) }
        let days = faults.read { () throws(FieldFault) in
            try FieldRules.days(lifetimeDays, .lifetimeDays, in: rules.lifetimeDays)
        }
        let policy: Practitioner.NotificationPolicy? = faults.read { () throws(FieldFault) in
            try FieldRules.choice(notificationPolicy, .notificationPolicy)
        }
        let mode: Practitioner.DeliveryMode? = faults.read { () throws(FieldFault) in
            try FieldRules.choice(deliveryMode, .deliveryMode)
        }
        let patients: DisplayedPatients? = faults.read { () throws(FieldFault) in
            try FieldRules.choice(displayedPatients, .displayedPatients)
        }
        let start: StartPage? = faults.read { () throws(FieldFault) in
            try FieldRules.choice(startPage, .startPage)
        }
        var view = ViewPreferences()
        view.language = faults.read { () throws(FieldFault) in
            try FieldRules.choice(language, of: ViewPreferences.languages, .language)
        }
        view.theme = faults.read { () throws(FieldFault) in
            try FieldRules.choice(theme, of: ViewPreferences.themes, .theme)
        }
        view.hasShortcuts = hasShortcuts
        if mode == .securedMail, documents == "" { faults.add(.documentEmail, .neededForMode) }
        guard let notices, let documents, let types, let days, let policy, let mode, let patients, let start
        else { return nil }
        var details = known.details
        details.documentEmail = documents
        details.display.types = types
        details.display.patients = patients
        details.startPage = start
        details.namesPatients = namesPatients
        let old = known.practitioner
        let practitioner = Practitioner(
            accountID: old.accountID, gln: old.gln, profession: old.profession, speciality: old.speciality,
            practice: old.practice, locality: old.locality, notificationEmail: notices,
            notificationPolicy: policy, deliveryMode: mode, lifetimeDays: days)
        return Reading(details: details, practitioner: practitioner, view: view)
    }
}

extension DirectoryActions {
    /// Saves the tab «Préférences pour le portail». The mail for documents must be in a secured domain; of an unknown
    /// one the portal team is asked.
    /// - Throws: `ProfileRefusal`; `.stopUnconfirmed` when «Ne pas envoyer les documents» is new and not confirmed.
    public func savePreferences(_ form: PreferencesForm, _ holder: Holder) async throws {
        let now = clock.now()
        let rules = rules
        let keyring = keyring
        do {
            try await database.write { transaction in
                try transaction.save(form, rules, keyring, holder, at: now)
            }
        } catch ProfileRefusal.invalid(let faults)
            where faults.contains(FieldFault(.documentEmail, .unknownDomain))
        {
            if let address = EmailAddress.normalised(form.documentEmail) {
                try await ask(about: EmailAddress.domain(of: address), holder)
            }
            throw ProfileRefusal.invalid(faults)
        }
    }

    /// Chooses colours for all of one's devices; for people of all roles.
    public func saveTheme(_ theme: String, _ holder: Holder) async throws {
        guard ViewPreferences.themes.contains(theme) else {
            throw ProfileRefusal.invalid([FieldFault(.theme, .unknownChoice)])
        }
        try await change(holder) { $0.theme = theme }
    }

    /// Whether letters of the keyboard act on lists; for people of all roles.
    public func saveShortcuts(_ areOn: Bool, _ holder: Holder) async throws {
        try await change(holder) { $0.hasShortcuts = areOn }
    }

    /// Chooses the language of pages and mails; for people of all roles.
    public func saveLanguage(_ language: String, _ holder: Holder) async throws {
        guard ViewPreferences.languages.contains(language) else {
            throw ProfileRefusal.invalid([FieldFault(.language, .unknownChoice)])
        }
        try await change(holder) { $0.language = language }
    }

    private func change(
        _ holder: Holder, _ work: @escaping @Sendable (inout ViewPreferences) -> Void
    ) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            var view = try transaction.viewPreferences(of: holder.accountID)
            let before = view
            work(&view)
            guard view != before else { return }
            try transaction.save(view, of: holder.accountID)
            let fields = ProfileField.changed(from: before, to: view)
            try transaction.recordProfile(.preferences, fields, holder, at: now)
        }
    }
}

extension Transaction {
    fileprivate func save(
        _ form: PreferencesForm, _ rules: ProfileRules, _ keyring: Keyring, _ holder: Holder,
        at now: Timestamp
    ) throws {
        let known = try ownProfile(holder, at: now)
        var faults = FaultCollector()
        let new = form.read(over: known, rules, &faults)
        // one that was accepted before stays so, until it is changed
        if let address = try? FieldRules.email(form.documentEmail, .documentEmail), !address.isEmpty,
            address != known.details.documentEmail
        {
            switch try standing(ofDomain: EmailAddress.domain(of: address)) {
            case .secured: break
            case .notSecured: faults.add(.documentEmail, .notSecured)
            case .unknown: faults.add(.documentEmail, .unknownDomain)
            }
        }
        guard let new, faults.faults.isEmpty else { throw faults.refusal }
        let isNewStop = new.practitioner.deliveryMode == .none && known.practitioner.deliveryMode != .none
        if isNewStop, !form.isStopConfirmed { throw ProfileRefusal.stopUnconfirmed }
        try advance(.preferences, of: holder.accountID, from: form.version, at: now)
        try save(new.details, of: holder.accountID)
        try save(new.practitioner)
        try save(new.view, of: holder.accountID)
        let changed = ProfileField.changed(from: known, to: new)
        try recordProfile(.preferences, changed, holder, at: now)
        if changed.contains(.notificationEmail) || changed.contains(.documentEmail) {
            try notify(known.account, .profileMailChanged, keyring, at: now)
        }
    }
}

extension ProfileField {
    fileprivate static func changed(from old: Profile, to new: PreferencesForm.Reading) -> [ProfileField] {
        let (before, after) = (old.practitioner, new.practitioner)
        let pairs: [(ProfileField, Bool)] = [
            (.notificationEmail, before.notificationEmail != after.notificationEmail),
            (.documentEmail, old.details.documentEmail != new.details.documentEmail),
            (.displayedTypes, old.details.display.types != new.details.display.types),
            (.lifetimeDays, before.lifetimeDays != after.lifetimeDays),
            (.notificationPolicy, before.notificationPolicy != after.notificationPolicy),
            (.deliveryMode, before.deliveryMode != after.deliveryMode),
            (.displayedPatients, old.details.display.patients != new.details.display.patients),
            (.startPage, old.details.startPage != new.details.startPage),
            (.fileNames, old.details.namesPatients != new.details.namesPatients),
        ]
        return pairs.filter(\.1).map(\.0) + changed(from: old.view, to: new.view)
    }

    fileprivate static func changed(from old: ViewPreferences, to new: ViewPreferences) -> [ProfileField] {
        let pairs: [(ProfileField, Bool)] = [
            (.language, old.language != new.language), (.theme, old.theme != new.theme),
            (.shortcuts, old.hasShortcuts != new.hasShortcuts),
        ]
        return pairs.filter(\.1).map(\.0)
    }
}
