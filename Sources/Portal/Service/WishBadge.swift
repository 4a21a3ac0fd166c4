import HTML

/// How many recipients ask for a document once more.
struct WishBadge: Component {
    let count: Int

    var body: Node {
        if count == 0 {
            Node()
        } else {
            span(.class("badge")) {
                span(.ariaHidden()) { count > 99 ? "99+" : String(count) }
                span(.class("vh")) {
                    t(one: "{count} demande attend", other: "{count} demandes attendent", count: count)
                }
            }
        }
    }
}
