public import Access
public import Storage

/// All SQL that touches what professionals say of themselves: details, specialities, the versions of the tabs, the
/// looks of the pages. Addresses and names have files of their own.
extension Transaction {
    /// The whole profile of a professional.
    /// - Returns: nil for accounts that receive no documents.
    func profile(of id: Account.ID) throws -> Profile? {
        guard let account = try account(id), let practitioner = try recipient(account: id)?.practitioner
        else {
            return nil
        }
        return Profile(
            account: account, practitioner: practitioner, details: try profileDetails(of: id),
            specialities: try specialities(of: id), addresses: try addresses(of: id),
            view: try viewPreferences(of: id), nameChange: try waitingNameChange(of: id),
            versions: try profileVersions(of: id))
    }

    func profileDetails(of id: Account.ID) throws -> ProfileDetails {
        guard let row = try first("SELECT * FROM profile WHERE account_id = \(id)") else {
            return ProfileDetails()
        }
        var details = ProfileDetails()
        details.contactEmail = try row.get("contact_email")
        details.phone = PhoneNumber(rawValue: try row.get("phone"))
        details.organizationEmail = try row.get("organization_email")
        details.organizationPhone = PhoneNumber(rawValue: try row.get("organization_phone"))
        details.documentEmail = try row.get("document_email")
        details.display = try DisplayChoice(row)
        details.startPage = try row.get("start_page")
        details.namesPatients = try row.get("names_patients")
        return details
    }

    func save(_ details: ProfileDetails, of id: Account.ID) throws {
        let types = details.display.types.joined(separator: " ")
        try execute(
            """
            INSERT INTO profile (account_id, contact_email, phone, organization_email, organization_phone,
              document_email, displayed_types, displayed_patients, start_page, names_patients)
            VALUES (\(id), \(details.contactEmail), \(details.phone?.rawValue ?? ""),
              \(details.organizationEmail), \(details.organizationPhone?.rawValue ?? ""),
              \(details.documentEmail), \(types), \(details.display.patients), \(details.startPage),
              \(details.namesPatients))
            ON CONFLICT (account_id) DO UPDATE SET contact_email = excluded.contact_email,
              phone = excluded.phone, organization_email = excluded.organization_email,
              organization_phone = excluded.organization_phone, document_email = excluded.document_email,
              displayed_types = excluded.displayed_types, displayed_patients = excluded.displayed_patients,
              start_page = excluded.start_page, names_patients = excluded.names_patients
            """)
    }

    /// What the lists of a space show: for queries that list or count documents.
    public func displayChoice(of id: Account.ID) throws -> DisplayChoice {
        try first("SELECT displayed_types, displayed_patients FROM profile WHERE account_id = \(id)")
            .map { try DisplayChoice($0) } ?? DisplayChoice()
    }

    /// Whether files that are taken out of a space bear the names of patients, as its owner chose.
    public func namesPatients(inSpaceOf id: Account.ID) throws -> Bool {
        try first("SELECT names_patients FROM profile WHERE account_id = \(id)")?.get("names_patients")
            ?? false
    }

    func specialities(of id: Account.ID) throws -> [Speciality] {
        let codes: Set<String> = Set(
            try query("SELECT code FROM practitioner_speciality WHERE account_id = \(id)")
                .map { try $0.get("code") })
        return Speciality.all.filter { codes.contains($0.code) }
    }

    func save(_ specialities: [Speciality], of id: Account.ID) throws {
        try execute("DELETE FROM practitioner_speciality WHERE account_id = \(id)")
        for speciality in specialities {
            try execute(
                "INSERT INTO practitioner_speciality (account_id, code) VALUES (\(id), \(speciality.code))")
        }
    }

    func profileVersions(of id: Account.ID) throws -> [Profile.Section: Int] {
        let rows = try query("SELECT section, version FROM profile_section WHERE account_id = \(id)")
        return Dictionary(
            uniqueKeysWithValues: try rows.map {
                (try $0.get("section", as: Profile.Section.self), try $0.get("version"))
            })
    }

    /// Takes the next version of a tab: the first statement of each saving.
    /// - Throws: `ProfileRefusal.stale` when the form was made from an older one.
    func advance(_ section: Profile.Section, of id: Account.ID, from version: Int, at now: Timestamp) throws {
        let changed =
            version == 0
            ? try execute(
                """
                INSERT INTO profile_section (account_id, section, version, saved_at)
                VALUES (\(id), \(section), 1, \(now)) ON CONFLICT (account_id, section) DO NOTHING
                """)
            : try execute(
                """
                UPDATE profile_section SET version = version + 1, saved_at = \(now)
                WHERE account_id = \(id) AND section = \(section) AND version = \(version)
                """)
        guard changed == 1 else {
            throw ProfileRefusal.stale(version: try profileVersions(of: id)[section] ?? 0)
        }
    }

    func viewPreferences(of id: Account.ID) throws -> ViewPreferences {
        var view = ViewPreferences()
        guard let row = try first("SELECT * FROM account_preference WHERE account_id = \(id)") else {
            return view
        }
        view.language = try row.get("language")
        view.theme = try row.get("theme")
        view.hasShortcuts = try row.get("has_shortcuts")
        return view
    }

    /// The language of somebody's choice, ISO 639; nil: not chosen.
    public func language(of id: Account.ID) throws -> String? {
        try viewPreferences(of: id).language
    }

    func save(_ view: ViewPreferences, of id: Account.ID) throws {
        try execute(
            """
            INSERT INTO account_preference (account_id, language, theme, has_shortcuts)
            VALUES (\(id), \(view.language), \(view.theme), \(view.hasShortcuts))
            ON CONFLICT (account_id) DO UPDATE SET language = excluded.language, theme = excluded.theme,
              has_shortcuts = excluded.has_shortcuts
            """)
    }
}

extension DisplayChoice {
    fileprivate init(_ row: SQLRow) throws {
        types = try row.get("displayed_types", as: String.self).split(separator: " ").map(String.init)
        patients = try row.get("displayed_patients")
    }
}
