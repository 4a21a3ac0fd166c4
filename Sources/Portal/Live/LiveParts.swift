import HTML

/// Where a page listens: the line that warns before the session ends and says that it has, and that nothing can be
/// reached for the moment. Hidden until then.
struct LiveBand: Component {
    /// Whose documents; other pages of the same browser listen through one.
    let space: String
    /// When the page was made, UTC milliseconds: what came after is new to it.
    let now: Int64

    var body: Node {
        div(
            .class("ending"), .role("status"), .hidden(true), .dataBoot("live"),
            .dataPlace("\(space) \(now)"), .dataOther(t("Connexion interrompue. Nouvelle tentative…"))
        ) {
            p(
                .dataOne(
                    t("Votre session ou votre délégation a pris fin. Rechargez la page pour continuer.")),
                .dataOther(t("Votre session se termine dans deux minutes."))
            ) {}
            button(.class("btn btn--s btn--sm"), .type("button"), .hidden(true)) { t("Rester connecté") }
        }
    }
}

/// «1 nouveau document. Afficher»: beside the heading of a day, so that no row moves.
struct ArrivalBar: Component {
    /// The list with what is new.
    let way: Path

    var body: Node {
        div(.class("arrived"), .role("status")) {
            link(.href(way), .hidden(true), .dataOne(text(1)), .dataOther(text(2))) { text(1) }
        }
    }

    private func text(_ count: Int) -> String {
        t(one: "{count} nouveau document.", other: "{count} nouveaux documents.", count: count) + " "
            + t("Afficher")
    }
}
