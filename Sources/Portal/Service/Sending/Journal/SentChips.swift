import Access
import Dispatches
import Documents

extension SentDocument {
    /// How far it got, with everybody. `SendingState` looks for the same.
    var chips: [Chip] {
        var chips = recipients.flatMap { self.chips($0.dispatch) }
        if recipients.isEmpty, document.state == .withdrawn { chips.append(Dispatch.State.withdrawn.chip) }
        return chips + strangersLetters.map(\.chip)
    }

    /// How far it got with one recipient; on paper, how far the letter got.
    func chips(_ dispatch: Dispatch) -> [Chip] {
        if dispatch.state == .withdrawn { return [dispatch.state.chip] }
        let letters = letters.filter { $0.accountID == dispatch.accountID }.map(\.chip)
        guard dispatch.expiresAt == nil else { return [dispatch.state.chip] + letters }
        switch dispatch.state {
        // the letter says it in its own words
        case .queued: return letters.isEmpty ? [dispatch.state.chip] : letters
        case .failed where dispatch.setback?.isOfMail == false: return letters
        case .posted: return letters
        default: return [dispatch.state.chip] + letters
        }
    }

    /// Letters to those who have no account; the others have a state of their own.
    var strangersLetters: [SentLetter] { letters.filter { $0.accountID == nil } }
}

extension SentLetter {
    var chip: Chip {
        switch state {
        case .waiting: Chip(t("Attend l’impression"), .info)
        case .exported: Chip(t("Exporté le {date}", ["date": DateTexts.date(at.rawValue)]), .ok)
        case .cancelled, .dropped: Chip(t("Courrier annulé"), .danger)
        }
    }
}

extension Dispatch.State {
    /// How far a document got with one recipient (ui.md 1.3: En attente · Disponible · Notifié · Ouvert · Échec · Annulé).
    var chip: Chip {
        switch self {
        case .queued: Chip(t("En attente"), .info)
        case .deposited: Chip(t("Disponible"), .info)
        case .notified: Chip(t("Notifié"), .info)
        case .mailed: Chip(t("Envoyé par e-mail"), .ok)
        case .posted: Chip(t("Par courrier"), .ok)
        case .opened: Chip(t("Ouvert"), .ok)
        case .downloaded: Chip(t("Téléchargé"), .ok)
        case .expired: Chip(t("Expiré"), .warn)
        case .withdrawn: Chip(t("Annulé"), .danger)
        case .failed: Chip(t("Échec"), .danger)
        }
    }
}
