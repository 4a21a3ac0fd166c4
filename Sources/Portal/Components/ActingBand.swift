import HTML

/// The violet band: whose responsibility one acts under, always in sight (ui.md A3).
struct ActingBand: Component {
    let space: ActingSpace

    var body: Node {
        section(.class("acting"), .ariaLabel(t("Espace actif"))) {
            Icon.people
            p {
                t(
                    "Vous agissez pour {person}. Vos actions sont enregistrées à votre nom.",
                    ["person": b { space.name }])
            }
            link(.href(Path("/delegation"))) { t("Changer d’espace") }
        }
    }
}

/// The button of the active space at the top of the left column.
struct SpaceLink: Component {
    let space: ActingSpace

    var body: Node {
        link(.class("ctx"), .href(Path("/delegation"))) {
            Icon.swap
            span {
                small { t("Espace actif") }
                b { space.name }
            }
        }
    }
}
