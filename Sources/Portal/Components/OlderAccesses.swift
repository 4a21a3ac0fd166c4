import HTML

/// A list of accesses that does not reach back to the first: says so above it, and leads to the older ones below.
struct OlderAccesses: Component {
    /// The page with the newest.
    let newest: Path
    /// The next page; nil at the end.
    let older: Path?
    /// Whether this is the one with the newest.
    let isFirst: Bool
    let content: Node

    @Markup var body: Node {
        if older != nil {
            NoteBox(.info) {
                p {
                    isFirst
                        ? t(
                            "Cette page montre les événements les plus récents et la première lecture de chaque personne. Les autres sont sur les pages suivantes."
                        )
                        : t("D’autres événements, plus anciens, sont sur les pages suivantes.")
                }
            }
        }
        content
        if older != nil || !isFirst {
            nav(.class("pages"), .ariaLabel(t("Pagination"))) {
                if !isFirst {
                    link(.class("btn btn--s btn--sm"), .href(newest)) { t("Les plus récents") }
                }
                if let older {
                    link(.class("btn btn--s btn--sm"), .rel("next"), .href(older)) { t("Plus anciens") }
                }
            }
        }
    }
}
