import Directory
import HTML

/// `/profil/adresses` (M29): «Vos adresses», as cards, the one for paper first. Posts `version` to
/// `/profil/adresses/{id}/supprimer`.
struct AddressesPage: Sendable {
    let shell: Shell
    /// The one for paper first.
    let addresses: [PostalAddress]
    let version: Int
    /// What stands in the way of removing or adding one.
    var problem: String?

    private var mailing: [PostalAddress] { addresses.filter { $0.kind == .mailing } }
    private var others: [PostalAddress] { addresses.filter { $0.kind != .mailing } }

    var html: [UInt8] {
        let mistakes = problem.map { [FieldMistake(field: "preferee", text: $0)] } ?? []
        return ProfileFrame(shell: shell, tab: .addresses, mistakes: mistakes).page {
            section(.class("card"), .ariaLabelledBy("preferee")) {
                div(.class("card__h")) {
                    h2(.class("caps"), .id("preferee")) { t("Adresse postale préférée") }
                    if mailing.isEmpty { add(.mailing) }
                }
                if mailing.isEmpty {
                    EmptyState(
                        text: t("Aucune adresse préférée pour les envois postaux."),
                        explanation: [
                            t(
                                "L’hôpital l’utilise lorsqu’un document ne peut pas vous être envoyé par voie électronique."
                            )
                        ])
                } else {
                    list(mailing)
                }
            }
            section(.class("card"), .ariaLabelledBy("autres")) {
                div(.class("card__h")) {
                    h2(.class("caps"), .id("autres")) { t("Adresses de consultation et autres adresses") }
                    add(nil)
                }
                if others.isEmpty {
                    EmptyState(text: t("Aucune autre adresse."))
                } else {
                    list(others)
                }
            }
        }
    }

    private func add(_ kind: PostalAddress.Kind?) -> Node {
        let path =
            kind.map { Path("/profil/adresses/nouvelle", query: ["genre": $0.rawValue]) }
            ?? Path("/profil/adresses/nouvelle")
        return link(.class("btn btn--s btn--sm"), .href(path)) {
            kind == nil ? t("Ajouter une adresse") : t("Ajouter une adresse préférée")
        }
    }

    private func list(_ addresses: [PostalAddress]) -> Node {
        ul(.class("sessions"), .role("list")) { for address in addresses { item(address) } }
    }

    private func item(_ address: PostalAddress) -> Node {
        li {
            div {
                p {
                    b { address.street }
                    ", " + address.place
                }
                p(.class("hint")) {
                    Chip(address.kind.text, address.kind == .mailing ? .info : .neutral)
                    if !address.recipient.isEmpty { " " + address.recipient }
                }
                p(.class("hint")) {
                    switch address.source {
                    case .practitioner: t("Source : vous-même")
                    case .register: t("Source : registre national. Une erreur se corrige auprès du registre.")
                    }
                }
            }
            if address.source == .practitioner {
                div(.class("acts")) {
                    link(
                        .class("btn btn--s btn--sm"), .href(Path("/profil/adresses", address.id.rawValue)),
                        .ariaLabel(t("Modifier l’adresse {address}", ["address": address.street]))
                    ) { t("Modifier") }
                    form(
                        .method(.post), .action(Path("/profil/adresses", address.id.rawValue, "supprimer"))
                    ) {
                        FormToken(shell.formToken)
                        input(.type("hidden"), .name("version"), .value(String(version)))
                        button(
                            .class("btn btn--s btn--sm"),
                            .ariaLabel(t("Supprimer l’adresse {address}", ["address": address.street]))
                        ) { t("Supprimer") }
                    }
                }
            }
        }
    }
}

extension PostalAddress {
    /// «1205 Genève. CH»
    var place: String { "\(postalCode) \(city). \(country)" }
}

/// `/profil/adresses/nouvelle` and `/profil/adresses/{id}`: one address. Posts `kind`, `recipient`, `street`,
/// `postalCode`, `city`, `country` and `version` to itself.
struct AddressPage: Sendable {
    let shell: Shell
    /// Nil for a new one.
    let id: String?
    let form: AddressForm
    var mistakes: [FieldMistake] = []
    var isStale = false

    private var title: String { id == nil ? t("Ajouter une adresse") : t("Modifier l’adresse") }

    var html: [UInt8] {
        ProfileFrame(shell: shell, tab: .addresses, mistakes: mistakes, title: title).page {
            if let id {
                HTML.form(
                    .class("profile"), .dataBoot("guard"), .method(.post),
                    .action(Path("/profil/adresses", id))
                ) {
                    content
                }
            } else {
                HTML.form(
                    .class("profile"), .dataBoot("guard"), .method(.post),
                    .action(Path("/profil/adresses/nouvelle"))
                ) {
                    content
                }
            }
        }
    }

    @Markup private var content: Node {
        FormToken(shell.formToken)
        input(.type("hidden"), .name("version"), .value(String(form.version)))
        section(.class("card card--pad"), .ariaLabelledBy("adresse")) {
            h2(.class("caps"), .id("adresse")) { title }
            p(.class("hint")) { t("Les champs marqués d’un * sont obligatoires.") }
            RadioCards(
                name: ProfileField.kind.rawValue, legend: ProfileField.kind.label,
                hint: t(
                    "Une seule adresse est préférée : une nouvelle remplace l’ancienne, qui devient générique."
                ),
                choices: PostalAddress.Kind.allCases.map { Choice(value: $0.rawValue, text: $0.text) },
                selected: form.kind, mistake: mistake(.kind))
            field(.recipient, form.recipient, isRequired: false)
            field(.street, form.street, autocomplete: "street-address")
            div(.class("grid grid--city")) {
                field(
                    .postalCode, form.postalCode, autocomplete: "postal-code",
                    maxLength: ProfileRules.postalCodeLength)
                field(.city, form.city, autocomplete: "address-level2")
                SelectField(
                    name: ProfileField.country.rawValue, label: ProfileField.country.label,
                    choices: AddressForm.countries.map {
                        Choice(value: $0, text: CountryTexts.name(code: $0))
                    },
                    selected: form.country, mistake: mistake(.country))
            }
        }
        SaveBar(reset: id.map { Path("/profil/adresses", $0) } ?? Path("/profil/adresses"))
    }

    private func field(
        _ field: ProfileField, _ value: String, isRequired: Bool = true, autocomplete: StaticString = "off",
        maxLength: Int = ProfileRules.textLength
    ) -> Node {
        Field(
            id: field.rawValue, name: field.rawValue, label: field.label, value: value,
            autocomplete: autocomplete, maxLength: maxLength, isRequired: isRequired, mistake: mistake(field)
        ).body
    }

    private func mistake(_ field: ProfileField) -> String? {
        isStale ? nil : mistakes.first { $0.field == field.rawValue }?.text
    }
}
