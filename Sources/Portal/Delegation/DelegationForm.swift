import Access
import HTML

/// The fields that offering and drawing up a delegation share: `email`, `droit-read`, `droit-prepare`, `droit-send`,
/// `fin`.
struct DelegationFields: Component {
    struct Values: Sendable {
        var email = ""
        var rights: Set<DelegationRight> = [.read, .prepare]
        /// As typed.
        var end = ""
        // of the portal team's form
        var principal = ""
        var evidence = ""
    }

    let values: Values
    let problems: [DelegationProblem]
    let emailLabel: String

    var body: Node {
        Field(
            id: "email", name: "email", label: emailLabel, value: values.email, type: "email",
            autocomplete: "off", inputMode: "email", mistake: mistake("email"))
        rightsGroup
        Field(
            id: "fin", name: "fin", label: t("Jusqu’au (compris)"), hint: t("Exemple : 31.12.2027"),
            value: values.end, inputMode: "numeric", maxLength: 10, mistake: mistake("fin"))
    }

    private var rightsGroup: Node {
        fieldset(.class("field checks")) {
            legend { t("Droits") }
            if let mistake = mistake("droit-read") { ErrorLine(id: "droit-read-erreur", text: mistake) }
            for right in DelegationRight.allCases {
                let id = "droit-\(right.rawValue)"
                label(.class("check"), .for(id)) {
                    input(
                        .type("checkbox"), .id(id), .name(id), .value("oui"),
                        .checked(KeptEntry.isTicked(id, "oui") ?? values.rights.contains(right)))
                    span {
                        b { right.name }
                        small { right.explanation }
                    }
                }
            }
        }
    }

    private func mistake(_ field: String) -> String? { problems.first { $0.field == field }?.text }
}

extension DelegationFields.Values {
    init(_ form: PostedForm) {
        email = form["email"].trimmed(to: 254)
        principal = form["principal"].trimmed(to: 254)
        evidence = form["justificatif"].trimmed(to: 500)
        end = form["fin"].trimmed(to: 20)
        rights = Set(DelegationRight.allCases.filter { !form["droit-\($0.rawValue)"].isEmpty })
    }

    /// The first moment after the last day, UTC milliseconds.
    var endMoment: Int64? {
        guard let iso = DateField.iso(end), let start = DateField.startOfDay(iso: iso) else { return nil }
        return DateField.startOfNextDay(start)?.rawValue
    }
}

extension String {
    /// Without spaces around, at most `limit` bytes.
    func trimmed(to limit: Int) -> String {
        let bytes = utf8.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed()
        return String(decoding: bytes.prefix(limit), as: UTF8.self)
    }
}
