/// Why somebody will not be told of new documents, or not get any: each is a banner (D13).
public enum DeliveryGap: Sendable, Equatable, CaseIterable {
    /// «Aucune notification».
    case noNotices
    /// There is no address for notices.
    case noticeAddressMissing
    /// «Documents envoyés par mail sécurisé»: nothing is put into the portal, and no notice is sent.
    case bySecuredMail
    /// The same, without an address for documents.
    case documentAddressMissing
    /// «Ne pas envoyer les documents».
    case noDocuments

    /// Pure: what a combination of preferences means. The policy wins over the mode, which says «+ notification».
    public static func of(
        mode: Practitioner.DeliveryMode, policy: Practitioner.NotificationPolicy, notificationEmail: String,
        documentEmail: String
    ) -> [DeliveryGap] {
        switch mode {
        case .none: [.noDocuments]
        case .securedMail: documentEmail.isEmpty ? [.documentAddressMissing] : [.bySecuredMail]
        case .portal:
            switch policy {
            case .none: [.noNotices]
            case .sinceLastSignIn, .daily: notificationEmail.isEmpty ? [.noticeAddressMissing] : []
            }
        }
    }
}

extension Profile {
    /// What the saved preferences mean.
    public var gaps: [DeliveryGap] {
        DeliveryGap.of(
            mode: practitioner.deliveryMode, policy: practitioner.notificationPolicy,
            notificationEmail: practitioner.notificationEmail, documentEmail: details.documentEmail)
    }
}
