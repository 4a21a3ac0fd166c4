import HTML

@testable import Access
@testable import Directory
@testable import Portal

/// The profile in its usual and its difficult states.
extension SamplePages {
    static let account = Account(
        id: Account.ID(rawValue: "a1"), email: "claire.favre@cabinet-lac.example", honorific: "Dre",
        familyName: "Favre", givenName: "Claire", role: .practitioner, state: .active, mobile: "+41790000001",
        codeChannel: .sms, lastSignedInAt: nil, previousSignedInAt: nil)

    static func profile(
        mode: Practitioner.DeliveryMode = .portal, policy: Practitioner.NotificationPolicy = .daily,
        gln: String? = "7601999000007", isWaiting: Bool = false
    ) -> Profile {
        var details = ProfileDetails()
        details.phone = PhoneNumber(rawValue: "+41225550100")
        details.display.types = ["373942005", "4201000179104"]
        func address(_ id: String, _ kind: PostalAddress.Kind, _ source: PostalAddress.Source)
            -> PostalAddress
        {
            PostalAddress(
                id: PostalAddress.ID(rawValue: id), kind: kind, recipient: "Cabinet du Port",
                street: "Rue des Tanneurs 12", postalCode: "1205", city: "Ville du Lac", country: "CH",
                source: source)
        }
        return Profile(
            account: account,
            practitioner: Practitioner(
                accountID: account.id, gln: gln.flatMap(GLN.init(rawValue:)), profession: "Médecin",
                speciality: "Médecine interne générale", practice: "Cabinet du Port",
                locality: "Ville du Lac",
                notificationEmail: account.email, notificationPolicy: policy, deliveryMode: mode,
                lifetimeDays: 100),
            details: details, specialities: [Speciality.all[27]],
            addresses: [address("ad1", .mailing, .practitioner), address("ad2", .practice, .register)],
            view: ViewPreferences(),
            nameChange: isWaiting
                ? NameChange(
                    id: NameChange.ID(rawValue: "n1"), accountID: account.id, familyName: "Favre-Monnier",
                    givenName: "Claire", requestedAt: Timestamp(rawValue: now)) : nil,
            versions: [.identity: 2])
    }

    static func preferences(
        _ profile: Profile, _ change: (inout PreferencesForm) -> Void = { _ in }
    ) -> PreferencesPage {
        var form = PreferencesForm(profile)
        change(&form)
        return PreferencesPage(
            shell: shell, profile: profile, form: form, lifetimeDays: 30...365, languages: [.french])
    }

    static let everyFault: [ProfileFault] = [
        .missing, .tooLong(100), .unreadable, .notAnAddress, .phonePunctuation, .notAPhone, .phoneTooShort,
        .phoneTooLong, .notSecured, .unknownDomain, .notANumber, .outOfRange(30...365), .unknownChoice,
        .tooMany(10),
        .neededForMode,
    ]

    static var profilePages: [(name: String, html: [UInt8])] {
        let texts = ProfileFaultTexts(supportEmail: brand.supportEmail)
        let known = profile()
        var identity = IdentityPage(shell: shell, profile: known, form: .shown(known))
        identity.mistakes = texts.mistakes([
            FieldFault(.familyName, .missing), FieldFault(.phone, .phonePunctuation),
            FieldFault(.specialities, .tooMany(10)), FieldFault(.contactEmail, .notAnAddress),
        ])
        var typed = IdentityForm.shown(known)
        typed.phone = "079 000 00 01"
        typed.specialities = []
        var stale = IdentityPage(shell: shell, profile: known, form: typed)
        stale.mistakes = [ProfileFaultTexts.stale(.honorific)]
        stale.isStale = true
        let waiting = profile(gln: nil, isWaiting: true)
        var organization = OrganizationPage(shell: shell, profile: known, form: OrganizationForm())
        organization.mistakes = [ProfileFaultTexts.stale(.organizationName)]
        organization.isStale = true
        return [
            ("profil", IdentityPage(shell: shell, profile: known, form: .shown(known)).html),
            ("profil-erreur", identity.html), ("profil-entretemps-erreur", stale.html),
            ("profil-nom", IdentityPage(shell: shell, profile: waiting, form: .shown(waiting)).html),
            ("organisation", OrganizationPage(shell: shell, profile: known, form: .shown(known)).html),
            ("organisation-erreur", organization.html),
        ] + addressPages + preferencePages
    }

    private static var addressPages: [(name: String, html: [UInt8])] {
        var removed = AddressesPage(shell: shell, addresses: profile().addresses, version: 1)
        removed.problem = "Vos adresses ont été modifiées entre-temps."
        var address = AddressPage(
            shell: shell, id: "ad1", form: AddressForm(profile().addresses[0], version: 1))
        let edited = address.html
        address.mistakes = ProfileFaultTexts(supportEmail: brand.supportEmail).mistakes([
            FieldFault(.kind, .unknownChoice), FieldFault(.street, .missing),
            FieldFault(.country, .unknownChoice),
        ])
        return [
            ("adresses", AddressesPage(shell: shell, addresses: profile().addresses, version: 1).html),
            ("adresses-vides", AddressesPage(shell: shell, addresses: [], version: 0).html),
            ("adresses-erreur", removed.html), ("adresse", edited), ("adresse-erreur", address.html),
            ("adresse-nouvelle", AddressPage(shell: shell, id: nil, form: AddressForm()).html),
        ]
    }

    private static var preferencePages: [(name: String, html: [UInt8])] {
        let texts = ProfileFaultTexts(supportEmail: brand.supportEmail)
        var refused = preferences(profile(mode: .none)) { $0.documentEmail = "x@gmail.example" }
        refused.mistakes = texts.mistakes([
            FieldFault(.documentEmail, .notSecured), FieldFault(.lifetimeDays, .outOfRange(30...365)),
            FieldFault(.notificationPolicy, .unknownChoice), FieldFault(.displayedTypes, .tooMany(60)),
        ])
        var stale = preferences(profile(policy: .none)) {
            $0.lifetimeDays = "45"
            $0.displayedTypes = []
        }
        stale.mistakes = [ProfileFaultTexts.stale(.notificationEmail)]
        stale.isStale = true
        var checked = preferences(profile(mode: .securedMail))
        checked.standing = .secured
        let entries = [false, true].map {
            NameChangesPage.Entry(
                id: "n\($0)", known: "Dre Claire Favre", wanted: "Claire Favre-Monnier", email: account.email,
                gln: "7601999000007", requestedAt: now, isOwn: $0)
        }
        return [
            ("preferences", preferences(profile()).html), ("preferences-erreur", refused.html),
            ("preferences-entretemps-erreur", stale.html), ("preferences-verifiees", checked.html),
            ("ne-plus-recevoir", StopPage(shell: shell, form: PreferencesForm(profile(mode: .none))).html),
            ("changements", NameChangesPage(shell: shell, entries: entries).html),
            ("changements-vides", NameChangesPage(shell: shell, entries: []).html),
            (
                "accueil-inviter",
                HomePage(
                    shell: shell, rows: [], lastSignIn: nil, hidden: 2, gaps: DeliveryGap.allCases,
                    isProfileUntouched: true
                ).html
            ),
            (
                "patients-masques",
                PatientsPage(shell: shell, rows: [], count: 0, hidden: 3).html
            ),
            ("patients-complets", noPatients { $0.isComplete = true }),
            ("patient-masque", PatientPage(shell: shell, patient: jaquet, stays: [], hidden: 1).html),
        ]
    }
}
