import Access
import Directory
import HTML

/// `/profil` (M28): «Informations personnelles». Posts `honorific`, `familyName`, `givenName`, `contactEmail`, `phone`,
/// `specialities-…` and `version` to itself.
struct IdentityPage: Sendable {
    let shell: Shell
    /// As saved.
    let profile: Profile
    /// As typed.
    let form: IdentityForm
    var mistakes: [FieldMistake] = []
    /// True when it was saved elsewhere while this form was open.
    var isStale = false

    var html: [UInt8] {
        ProfileFrame(shell: shell, tab: .identity, mistakes: mistakes).page {
            if isStale { SavedMeanwhile(rows: differences) }
            HTML.form(.class("profile"), .dataBoot("guard"), .method(.post), .action(Path("/profil"))) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("version"), .value(String(form.version)))
                contact
                profession
                SaveBar(reset: Path("/profil"))
            }
        }
    }

    private var contact: Node {
        section(.class("card card--pad"), .ariaLabelledBy("coordonnees")) {
            h2(.class("caps"), .id("coordonnees")) { t("Coordonnées :") }
            p(.class("hint")) { t("Les champs marqués d’un * sont obligatoires.") }
            div(.class("grid grid--name")) {
                field(.honorific, form.honorific, isRequired: false, maxLength: ProfileRules.honorificLength)
                field(.familyName, form.familyName, autocomplete: "family-name")
                field(.givenName, form.givenName, autocomplete: "given-name")
            }
            if let change = profile.nameChange {
                NoteBox(.info) {
                    p {
                        Chip(t("En attente de validation"), .info)
                        " "
                        t(
                            "Le nom {name} est examiné par l’équipe du portail. Jusque-là, le portail montre {known}.",
                            [
                                "name": "\(change.givenName) \(change.familyName)",
                                "known": profile.account.displayName,
                            ])
                    }
                }
            } else {
                p(.class("hint")) {
                    t(
                        """
                        Votre nom a été vérifié avec une pièce d’identité : un changement est examiné par l’équipe \
                        du portail avant de prendre effet.
                        """)
                }
            }
            SummaryList(rows: [(t("Mail :"), Node(profile.account.email))])
            div(.class("grid grid--end")) {
                field(
                    .contactEmail, form.contactEmail,
                    hint: t(
                        """
                        Vous pouvez indiquer ici une adresse e-mail pour vous contacter directement en cas de \
                        besoin.
                        """), isRequired: false, autocomplete: "email", inputMode: "email")
                field(
                    .phone, form.phone,
                    hint: t("Vous pouvez indiquer ici un numéro de téléphone de contact."),
                    isRequired: false, autocomplete: "tel", inputMode: "tel", maxLength: 40)
            }
            SummaryList(rows: [
                (
                    t("Type d’identifiant unique :"),
                    Node(profile.practitioner.gln == nil ? t("Aucun") : "GLN")
                ),
                (
                    t("Identifiant unique :"),
                    Node { code { profile.practitioner.gln?.rawValue ?? "0" } }
                ),
            ])
        }
    }

    private var profession: Node {
        section(.class("card card--pad"), .ariaLabelledBy("profession")) {
            h2(.class("caps"), .id("profession")) { t("Profession et spécialités") }
            SummaryList(
                rows: [
                    (term: t("Profession"), value: Node(profile.practitioner.profession)),
                    (term: t("Dans l’annuaire"), value: Node(profile.practitioner.speciality)),
                ].filter { !$0.value.isEmpty })
            CheckList(
                name: ProfileField.specialities.rawValue, legend: ProfileField.specialities.label,
                hint: t("Elles aident le personnel de l’hôpital à vous trouver."), summary: specialitySummary,
                choices: Speciality.all.map { Choice(value: $0.code, text: $0.name) },
                selected: Set(form.specialities), mistake: mistake(.specialities))
        }
    }

    private var specialitySummary: String {
        let names = form.specialities.compactMap { Speciality(code: $0)?.name }
        return names.isEmpty ? t("Choisir dans la liste") : names.joined(separator: ", ")
    }

    private func field(
        _ field: ProfileField, _ value: String, hint: String? = nil, isRequired: Bool = true,
        autocomplete: StaticString = "off", inputMode: StaticString = "text",
        maxLength: Int = ProfileRules.textLength
    ) -> Node {
        Field(
            id: field.rawValue, name: field.rawValue, label: field.label, hint: hint, value: value,
            autocomplete: autocomplete, inputMode: inputMode,
            maxLength: inputMode.description == "email" ? 254 : maxLength, isRequired: isRequired,
            mistake: mistake(field)
        ).body
    }

    private func mistake(_ field: ProfileField) -> String? {
        isStale ? nil : mistakes.first { $0.field == field.rawValue }?.text
    }

    private var differences: [(label: String, value: String)] {
        let saved = IdentityForm(profile)
        let rows: [(ProfileField, String, String)] = [
            (.honorific, saved.honorific, form.honorific), (.familyName, saved.familyName, form.familyName),
            (.givenName, saved.givenName, form.givenName),
            (.contactEmail, saved.contactEmail, form.contactEmail),
            (.phone, PhoneTexts.international(saved.phone), form.phone),
            (
                .specialities,
                saved.specialities.compactMap { Speciality(code: $0)?.name }.joined(separator: ", "),
                form.specialities.compactMap { Speciality(code: $0)?.name }.joined(separator: ", ")
            ),
        ]
        return rows.filter { $0.1 != $0.2 }.map { ($0.0.label, $0.1) }
    }
}
