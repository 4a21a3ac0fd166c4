import Access
import HTML

/// `/contact` (M9): the hospital's services with their direct contacts, and the team of the portal. Requests (consultation,
/// tumor board, messages, admission) are not part of this version, and the page says so.
struct ContactPage: Sendable {
    let shell: Shell
    /// Those that can be reached directly, by name.
    let services: [HospitalService]

    private var brand: Brand { shell.brand }
    private var title: String { t("Contact {hospital}", ["hospital": brand.hospitalShort]) }

    var html: [UInt8] {
        shell.page(PageTitle(title), in: .contact) {
            div(.class("head")) {
                h1 { title }
                p(.class("lead")) {
                    t(
                        """
                        Demandes de consultation, admissions, tumor boards et messages ne se font pas encore ici : \
                        appelez le service concerné.
                        """)
                }
            }
            NoteBox(.warn) { p { EmergencySentence(number: brand.emergencyNumber) } }
            section(.class("stack"), .ariaLabelledBy("services")) {
                h2(.id("services")) { t("Services") }
                if services.isEmpty {
                    p { t("Aucun contact direct n’est enregistré : l’équipe du portail vous oriente.") }
                } else {
                    p(.class("hint")) {
                        t("N’écrivez ni nom ni donnée médicale dans un e-mail non sécurisé.")
                    }
                    ul(.class("stack"), .role("list")) {
                        for service in services {
                            li(.class("card card--pad")) {
                                ServiceContactList(service: service.name, contact: service.contact)
                            }
                        }
                    }
                }
            }
            section(.class("card card--pad"), .ariaLabelledBy("portail")) {
                h2(.id("portail")) { t("Équipe du portail") }
                p { t("Pour votre compte, vos accès et les documents que vous ne recevez pas.") }
                ContactList(brand: brand)
                p {
                    link(.href(Path("/aide/je-ne-recois-pas"))) { t("Je ne reçois pas un document") }
                }
            }
        }
    }
}
