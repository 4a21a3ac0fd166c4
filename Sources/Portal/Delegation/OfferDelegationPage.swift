import HTML

/// `/profil/delegations/nouvelle`: a professional offers a delegation. Posts the fields of `DelegationFields`.
struct OfferDelegationPage: Sendable {
    let shell: Shell
    let values: DelegationFields.Values
    /// Whether the portal team approves it afterwards.
    let needsApproval: Bool
    var problems: [DelegationProblem] = []

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Proposer une délégation"), section: t("Délégations"), isError: !problems.isEmpty),
            in: .delegations
        ) {
            if !problems.isEmpty {
                ErrorSummary(mistakes: problems.map { FieldMistake(field: $0.field, text: $0.text) })
            }
            p(.class("crumb")) {
                link(.href(Path("/profil/delegations"))) {
                    Icon.left
                    t("Délégations")
                }
            }
            h1 { t("Proposer une délégation") }
            NoteBox(.info) {
                p {
                    t(
                        """
                        La personne agit sous votre responsabilité, avec son propre compte. Vous voyez ce qu’elle \
                        fait en votre nom et vous pouvez mettre fin à la délégation à tout moment.
                        """)
                }
            }
            section(.class("card card--pad")) {
                form(.class("stack form"), .method(.post), .action(Path("/profil/delegations/nouvelle"))) {
                    FormToken(shell.formToken)
                    DelegationFields(
                        values: values, problems: problems,
                        emailLabel: t("Adresse e-mail du compte de la personne"))
                    if needsApproval {
                        p(.class("hint")) {
                            t(
                                "Après l’accord de la personne, l’équipe du portail vérifie et active la délégation."
                            )
                        }
                    }
                    div(.class("form__b")) {
                        button(.class("btn btn--p btn--caps")) { t("Proposer la délégation") }
                    }
                }
            }
        }
    }
}
