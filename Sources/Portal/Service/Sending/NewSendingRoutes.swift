import Access
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Hummingbird

/// A sending by hand, in three steps. Nothing is kept between them but what the forms carry; the core looks at every
/// rule again when the file comes.
enum NewSendingRoutes {
    /// `GET /service/envois/nouveau`.
    static func show(_ visit: Visit) async throws -> Response {
        if let kept = KeptEntry.current { return try await goOn(visit, kept) }
        var fields = SendingFields()
        fields.identifier = "urn:uuid:\(UUID().uuidString.lowercased())"
        return try await patientPage(visit, fields, [])
    }

    /// Back at the step where the session had ended, with what was typed.
    private static func goOn(_ visit: Visit, _ kept: KeptEntry) async throws -> Response {
        let fields = SendingFields { kept.fields[$0]?.last ?? "" }
        switch kept.path {
        case "/service/envois/nouveau": return try await patientPage(visit, fields, [])
        case "/service/envois":
            guard let draft = fields.draft else { break }
            do {
                let check = try await visit.site.dispatches.check(draft, visit.holder())
                return Response(
                    html: documentPage(visit, try await visit.shell(), fields, check, []).html)
            } catch let refusal as DispatchRefusal {
                return try await recipientPage(visit, fields, problem: RefusalTexts.sending(refusal))
            } catch ManualRefusal.addressUnknown {
                return try await recipientPage(
                    visit, fields, problem: ManualRefusal.addressUnknown.text)
            }
        default: break
        }
        return try await recipientPage(visit, fields, problem: nil)
    }

    /// `POST /service/envois/nouveau`: who can be chosen.
    static func chooseRecipient(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let fields = SendingFields { form[$0] }
        let types = try await visit.site.dispatches.communicantTypes(visit.holder())
        let mistakes = fields.patientMistakes(now: visit.now.rawValue, types: types)
        guard mistakes.isEmpty else { return try await patientPage(visit, fields, mistakes) }
        return try await recipientPage(visit, fields, problem: nil)
    }

    /// `POST /service/envois/destinataire`: the choice is checked; what is unusual is said on a page of its own.
    static func check(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let fields = SendingFields { form[$0] }
        guard let draft = fields.draft else {
            let isTyped = fields.isLetter && !fields.gln.isEmpty
            return try await recipientPage(
                visit, fields,
                problem: isTyped ? t("Ce GLN n’est pas valable.") : t("Choisissez un destinataire."))
        }
        let check: SendingCheck
        do {
            check = try await visit.site.dispatches.check(draft, visit.holder())
        } catch let refusal as DispatchRefusal {
            return try await recipientPage(visit, fields, problem: RefusalTexts.sending(refusal))
        } catch let refusal as ManualRefusal where refusal.isAboutPaper {
            return try await recipientPage(visit, fields, problem: refusal.text, offer: refusal.otherWay)
        }
        let shell = try await visit.shell()
        let isReasonMissing = check.doubts.contains(where: \.needsReason) && fields.reason.isEmpty
        if !check.doubts.isEmpty, form["vu"] != "1" || isReasonMissing {
            let page = SendingDoubtPage(
                shell: shell, fields: fields, check: check,
                isReasonMissing: form["vu"] == "1" && isReasonMissing)
            return Response(html: page.html, status: page.isReasonMissing ? .unprocessableContent : .ok)
        }
        return Response(html: documentPage(visit, shell, fields, check, []).html)
    }

    /// `POST /service/envois`: the file, the consent, and out it goes.
    static func send(_ visit: Visit) async throws -> Response {
        let limit = visit.site.dispatches.maximumManualBytes
        let form = try await visit.upload(limit: limit)
        let fields = SendingFields { form[$0] }
        let holder = try visit.holder()
        guard let draft = fields.draft else { throw PageRefusal.badForm }
        var mistakes = fields.documentMistakes()
        if form.isTooLarge {
            mistakes.append(FieldMistake(field: "fichier", text: ManualRefusal.fileTooLarge.text))
        } else if form.file.isEmpty {
            mistakes.append(FieldMistake(field: "fichier", text: t("Choisissez un fichier PDF.")))
        }
        guard mistakes.isEmpty, let sending = fields.sending(bytes: form.file) else {
            return try await again(visit, fields, draft, mistakes)
        }
        do {
            let published = try await visit.site.dispatches.send(sending, holder)
            let isInPortal = published.dispatches.contains { $0.expiresAt != nil }
            let flash = fields.isLetter ? Flash.letterQueued : isInPortal ? .documentSent : .documentLeft
            return .toPage("/service/envois/\(published.document.id.rawValue)?fait=\(flash.rawValue)")
        } catch let refusal as ManualRefusal where refusal.field != nil {
            let mistake = FieldMistake(field: refusal.field ?? "fichier", text: refusal.text)
            return try await again(visit, fields, draft, [mistake])
        } catch let refusal as ManualRefusal where refusal.isAboutPaper {
            return try await recipientPage(visit, fields, problem: refusal.text, offer: refusal.otherWay)
        } catch let refusal as DispatchRefusal {
            return try await recipientPage(visit, fields, problem: RefusalTexts.sending(refusal))
        }
    }

    private static func again(
        _ visit: Visit, _ fields: SendingFields, _ draft: SendingDraft, _ mistakes: [FieldMistake]
    ) async throws -> Response {
        let check = try await visit.site.dispatches.check(draft, visit.holder())
        let page = documentPage(visit, try await visit.shell(), fields, check, mistakes)
        return Response(html: page.html, status: .unprocessableContent)
    }

    private static func documentPage(
        _ visit: Visit, _ shell: Shell, _ fields: SendingFields, _ check: SendingCheck,
        _ mistakes: [FieldMistake]
    ) -> SendingDocumentPage {
        SendingDocumentPage(
            shell: shell, fields: fields, check: check,
            limit: visit.site.dispatches.maximumManualBytes >> 20, mistakes: mistakes)
    }

    private static func patientPage(_ visit: Visit, _ fields: SendingFields, _ mistakes: [FieldMistake])
        async throws -> Response
    {
        let page = SendingPatientPage(
            shell: try await visit.shell(), services: try await visit.site.access.ownServices(visit.holder()),
            types: try await visit.site.dispatches.communicantTypes(visit.holder()), fields: fields,
            mistakes: mistakes)
        return Response(html: page.html, status: mistakes.isEmpty ? .ok : .unprocessableContent)
    }

    /// - Parameter offer: the way by which the one who was chosen can be sent to all the same.
    private static func recipientPage(
        _ visit: Visit, _ fields: SendingFields, problem: String?, offer: SendingCheck.Way? = nil
    ) async throws -> Response {
        var fields = fields
        // so that he stands on the page by his name
        if offer != nil { fields.words = fields.gln }
        let choice = try await visit.site.dispatches.choices(
            patientNumber: fields.patientNumber, stayNumber: fields.stayNumber, words: fields.words,
            visit.holder())
        let page = SendingRecipientPage(
            shell: try await visit.shell(), fields: fields, choice: choice,
            takesLetters: visit.site.dispatches.takesLettersByHand, problem: problem, offer: offer)
        return Response(html: page.html, status: problem == nil ? .ok : .unprocessableContent)
    }
}

extension ManualRefusal {
    /// By which way he gets it who gets no paper.
    var otherWay: SendingCheck.Way? {
        switch self {
        case .readsInPortal: .portal
        case .readsByMail: .securedMail
        default: nil
        }
    }

    /// The field of the last step it belongs to; nil: none.
    var field: String? {
        switch self {
        case .consentDate: "accord-date"
        case .reasonMissing: "titre"
        case .fileTooLarge, .badFile: "fichier"
        case .invalid: "titre"
        case .notSetUp, .notFound, .alreadyOpened, .addressUnknown, .alreadyPosted, .readsInPortal,
            .readsByMail, .lettersClosed, .professionUnknown:
            nil
        }
    }

    var text: String {
        switch self {
        case .consentDate: t("La date de l’accord est dans le futur, ou date de plus d’une année.")
        case .reasonMissing: t("Le motif de l’envoi manque : reprenez depuis le destinataire.")
        case .fileTooLarge: t("Le fichier est trop grand.")
        case .badFile("pdf-encrypted"):
            t("Le fichier est protégé par un mot de passe. Enregistrez-le sans protection.")
        case .badFile("pdf-header"), .badFile("pdf-empty"): t("Ce fichier n’est pas un PDF.")
        case .badFile("pdf-pages"): t("Le fichier a trop de pages.")
        case .badFile: t("Le fichier est abîmé ou ne peut pas être lu. Produisez-le de nouveau.")
        case .invalid: t("Un champ est vide ou trop long.")
        case .notSetUp: t("L’envoi à la main n’est pas réglé dans cette installation.")
        case .notFound: t("Cet envoi n’existe pas.")
        case .addressUnknown:
            t("Ni le portail ni les registres ne connaissent d’adresse postale de cette personne.")
        case .readsInPortal:
            t("Cette personne reçoit ses documents par le portail : rien n’est parti par courrier.")
        case .readsByMail:
            t("Cette personne reçoit ses documents par e-mail sécurisé : rien n’est parti par courrier.")
        case .alreadyPosted: t("Ce document est déjà au courrier pour cette personne.")
        case .lettersClosed:
            t("Le portail n’imprime pas de courrier pour les services : envoyez-le par la voie habituelle.")
        case .professionUnknown:
            t(
                """
                Le portail ne reconnaît pas la profession que le registre donne à cette personne, et ce type de document \
                n’est pas adressé à toutes les professions. Demandez à l’équipe du portail de la faire reconnaître.
                """)
        case .alreadyOpened: t("Le document a été ouvert entre-temps : il peut être rappelé, avec un motif.")
        }
    }
}

extension RefusalTexts {
    /// To who wants to send by hand.
    static func sending(_ refusal: DispatchRefusal) -> String {
        switch refusal {
        case .denied:
            t(
                """
                La patiente ou le patient a refusé l’envoi électronique à cette personne pour ce séjour. Ce refus \
                prime sur tout accord donné ailleurs.
                """)
        case .notCommunicant: t("Ce type de document ne quitte pas l’hôpital.")
        case .otherIdentity:
            t(
                """
                Ce numéro de patient est connu pour une autre personne. Vérifiez le numéro, le nom et la date de \
                naissance.
                """)
        case .unavailableRecipient, .unknownRecipient:
            t("Cette personne ne reçoit pas de documents par le portail : envoyez-le par courrier.")
        case .otherContent: t("Ce formulaire a déjà servi à un envoi. Commencez un nouvel envoi.")
        default: reason(refusal.rule)
        }
    }
}
