import Access
import HTML

/// How a service is reached, as the portal team writes it: shown to the readers of its documents.
struct ServiceContactForm: Component {
    let service: HospitalService
    let formToken: String
    let mistake: FieldMistake?

    var body: Node {
        KeptEntry.inForm(action) { isKept in fold(isOpen: isWrong || isKept) }
    }

    private func fold(isOpen: Bool) -> Node {
        HTML.details(.class("fold"), .open(isOpen)) {
            HTML.summary(.class("fold__s")) {
                span {
                    t("Contact direct")
                    "\u{A0}: "
                    service.contact.isKnown
                        ? [service.contact.phone, service.contact.email].filter { !$0.isEmpty }
                            .joined(separator: ", ") : t("aucun")
                    span(.class("vh")) { ", " + service.name }
                }
                Icon.chevronDown
            }
            form(.class("fold__p stack"), .method(.post), .action(action)) {
                FormToken(formToken)
                p(.class("hint")) { t("Montré aux lecteurs des documents du service. Tout est facultatif.") }
                Field(
                    id: id("telephone"), name: "telephone", label: t("Téléphone"),
                    value: service.contact.phone, type: "tel", inputMode: "tel", maxLength: 40,
                    isRequired: false, mistake: text(of: "telephone"))
                Field(
                    id: id("contact"), name: "email", label: t("E-mail"), value: service.contact.email,
                    type: "email", inputMode: "email", isRequired: false, mistake: text(of: "contact"))
                Field(
                    id: id("horaires"), name: "horaires", label: t("Horaires"),
                    hint: t("Par exemple : du lundi au vendredi, de 8 h à 17 h"),
                    value: service.contact.hours, maxLength: 120, isRequired: false,
                    mistake: text(of: "horaires"))
                div { button(.class("btn btn--s")) { t("Enregistrer le contact") } }
            }
        }
    }

    private var action: Path { Path("/admin/services", service.id.rawValue, "contact") }

    /// Whether a mistake stands in this very form.
    private var isWrong: Bool {
        ["telephone", "contact", "horaires"].contains { text(of: $0) != nil }
    }

    private func id(_ field: String) -> String { "\(field)-\(service.id.rawValue)" }

    private func text(of field: String) -> String? { mistake?.field == id(field) ? mistake?.text : nil }
}
