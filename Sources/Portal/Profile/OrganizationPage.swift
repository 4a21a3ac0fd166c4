import Directory
import HTML

/// `/profil/organisation` (M30): «Votre organisation / cabinet». Posts `organizationName`, `organizationEmail`,
/// `organizationPhone` and `version` to itself.
struct OrganizationPage: Sendable {
    let shell: Shell
    /// As saved.
    let profile: Profile
    /// As typed.
    let form: OrganizationForm
    var mistakes: [FieldMistake] = []
    var isStale = false

    var html: [UInt8] {
        ProfileFrame(shell: shell, tab: .organization, mistakes: mistakes).page {
            if isStale { SavedMeanwhile(rows: differences) }
            HTML.form(
                .class("profile"), .dataBoot("guard"), .method(.post), .action(Path("/profil/organisation"))
            ) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("version"), .value(String(form.version)))
                section(.class("card card--pad"), .ariaLabelledBy("organisation")) {
                    h2(.class("caps"), .id("organisation")) {
                        t("Informations de votre organisation / cabinet")
                    }
                    field(.organizationName, form.name, maxLength: ProfileRules.textLength)
                    div(.class("grid grid--end")) {
                        field(.organizationEmail, form.email, inputMode: "email", maxLength: 254)
                        field(
                            .organizationPhone, form.phone,
                            hint: t(
                                "Tous les formats usuels sont acceptés, par exemple 022 555 01 00 ou 0033199000001."
                            ),
                            inputMode: "tel", maxLength: 40)
                    }
                }
                SaveBar(reset: Path("/profil/organisation"))
            }
        }
    }

    private func field(
        _ field: ProfileField, _ value: String, hint: String? = nil, inputMode: StaticString = "text",
        maxLength: Int
    ) -> Node {
        Field(
            id: field.rawValue, name: field.rawValue, label: field.label, hint: hint, value: value,
            inputMode: inputMode, maxLength: maxLength, isRequired: false,
            mistake: isStale ? nil : mistakes.first { $0.field == field.rawValue }?.text
        ).body
    }

    private var differences: [(label: String, value: String)] {
        let saved = OrganizationForm(profile)
        let rows: [(ProfileField, String, String)] = [
            (.organizationName, saved.name, form.name), (.organizationEmail, saved.email, form.email),
            (.organizationPhone, PhoneTexts.international(saved.phone), form.phone),
        ]
        return rows.filter { $0.1 != $0.2 }.map { ($0.0.label, $0.1) }
    }
}
