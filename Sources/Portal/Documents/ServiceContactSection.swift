import Access
import HTML

/// How the service that sent a document is reached: directly where the portal knows it, else by the page of contacts.
struct ServiceContactSection: Component {
    let service: String
    let contact: ServiceContact?
    let brand: Brand

    /// Where links on the same page lead.
    static let anchor = "contact-service"

    var body: Node {
        section(.class("about"), .ariaLabelledBy(Self.anchor)) {
            h2(.id(Self.anchor), .tabindex(-1)) { t("Contacter le service") }
            if let contact {
                ServiceContactList(service: service, contact: contact)
            } else {
                p { t("Le portail ne connaît pas de contact direct de ce service.") }
            }
            p {
                link(.href(Path("/contact"))) {
                    t("Contact {hospital}", ["hospital": brand.hospitalShort])
                }
            }
        }
    }
}

/// Telephone, address and hours of a service, as links.
struct ServiceContactList: Component {
    let service: String
    let contact: ServiceContact

    var body: Node {
        SummaryList(rows: rows)
    }

    private var rows: [(term: String, value: Node)] {
        [
            (t("Service"), Node(service)),
            (
                t("Téléphone"),
                contact.phone.isEmpty
                    ? Node() : link(.href(ContactLink(telephone: contact.phone))) { contact.phone }
            ),
            (
                t("E-mail"),
                contact.email.isEmpty
                    ? Node() : link(.href(ContactLink(email: contact.email))) { contact.email }
            ),
            (t("Horaires"), Node(contact.hours)),
        ].filter { !$0.value.isEmpty }
    }
}
