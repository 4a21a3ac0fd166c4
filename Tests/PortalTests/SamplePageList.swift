import Access
import Documents
import HTML

@testable import Portal

extension SamplePages {
    /// Name and bytes of each page.
    static var all: [(name: String, html: [UInt8])] {
        signIn + forgotten + factors + reading + many + around + delegation + profilePages + enrolment
            + teamDesk + cases + deskOfAccounts + errors + identities + ofServices
    }

    static var signIn: [(name: String, html: [UInt8])] {
        var wrong = SignInPage(shell: visitor, formToken: "jeton", email: "claire.favre@example.ch")
        wrong.problem = .wrongPair
        var waiting = wrong
        waiting.problem = .tooManyTries(until: now + hour / 10)
        var missing = wrong
        missing.problem = .passwordMissing
        var demo = SignInPage(shell: visitor, formToken: "jeton", returnTo: "/documents/8f2c")
        demo.notice = .sessionEnded
        demo.passkeyOptions = "{}"
        demo.personas = [
            .init(
                name: "Dre Claire Favre", role: "Médecine interne générale, cabinet en ville",
                email: "claire.favre@cabinet.example", password: "correct horse"),
            .init(
                name: "Dr Marc Aebischer", role: "Cardiologie, hôpital", email: "marc@hul.example",
                password: "battery"),
        ]
        let code = CodePage(
            shell: visitor, formToken: "jeton", factor: .sms, maskedTarget: "+41 79 ••• •• 34",
            captureLink: Path("/demo/messages"))
        var wrongCode = code
        wrongCode.problem = .wrong(triesLeft: 4)
        var resend = OtherWayPage(
            shell: visitor, formToken: "jeton", factor: .email, maskedTarget: "c•••@hin.example",
            others: [.authenticator, .sms, .recoveryCode], hasPasskey: true)
        resend.waitUntil = now + 60_000
        return [
            ("accueil-public", PublicHomePage(shell: visitor).html),
            ("connexion", SignInPage(shell: visitor, formToken: "jeton").html),
            ("connexion-demo", demo.html), ("connexion-erreur", wrong.html),
            ("connexion-attente", waiting.html),
            ("connexion-incomplet", missing.html), ("code", code.html), ("code-erreur", wrongCode.html),
            (
                "code-application",
                CodePage(shell: visitor, formToken: "jeton", factor: .authenticator, maskedTarget: "").html
            ),
            (
                "code-secours",
                CodePage(shell: visitor, formToken: "jeton", factor: .recoveryCode, maskedTarget: "").html
            ),
            ("renvoyer", resend.html), ("deconnecte", SignedOutPage(shell: visitor).html),
        ]
    }

    static var reading: [(name: String, html: [UInt8])] {
        func page(_ document: DocumentView) -> [UInt8] {
            DocumentPage(shell: shell, list: list, document: document).html
        }
        let entries: [AccessesPage.Entry] = DocumentEvent.allCases.enumerated().map { index, event in
            AccessesPage.Entry(
                person: index < 2 ? nil : "Dre Claire Favre", event: event, at: now - Int64(9 - index) * hour)
        }
        func gone(
            _ cause: GonePage.Cause, newer: String? = nil, _ asking: GonePage.Asking = .no,
            isMalware: Bool = false
        ) -> [UInt8] {
            GonePage(
                shell: shell, typeName: "Lettre de sortie", service: "Cardiologie",
                receivedAt: now - 30 * hour, cause: cause, patient: jaquet, replacementID: newer,
                documentID: "8f2c", asking: asking, isMalware: isMalware
            ).html
        }
        var refusedWish = GonePage(
            shell: shell, typeName: "Lettre de sortie", service: "Cardiologie", receivedAt: now - 30 * hour,
            cause: .expired(at: now - 2 * hour), patient: jaquet, documentID: "8f2c",
            asking: .later(from: now + 23 * hour))
        refusedWish.answer = .init(
            at: now - hour / 2, answer: .refused, reason: "Ce document a été remplacé.")
        var elsewhere = document()
        (elsewhere.hiddenReplacement, elsewhere.brand) = (.notHere, brand)
        var goneNewer = document()
        goneNewer.hiddenReplacement = .gone(Document.ID(rawValue: "9999"))
        let long = document(pageCount: 80)
        return [
            ("documents", InboxPage(shell: shell, list: list).html),
            ("documents-filtre", InboxPage(shell: shell, list: filteredList).html),
            ("documents-vide", InboxPage(shell: shell, list: emptyList(.all)).html),
            ("documents-aucun-non-lu", InboxPage(shell: shell, list: emptyList(.unread)).html),
            ("documents-sans-resultat", InboxPage(shell: shell, list: emptyList(.all, words: "x")).html),
            ("document", page(document())), ("document-en-preparation", page(document(.previewPending))),
            ("document-sans-apercu", page(document(.previewFailed))),
            (
                "document-annule",
                gone(.withdrawn(reason: "Document rattaché au mauvais séjour", at: now - hour), newer: "9999")
            ),
            ("document-infecte", gone(.withdrawn(reason: nil, at: now - hour), isMalware: true)),
            ("document-expire", gone(.expired(at: now - hour), .possible(id: "8f2c"))),
            ("document-refuse", refusedWish.html),
            ("document-redemande", gone(.expired(at: now - hour), .asked(at: now - hour / 2))),
            ("document-corrige", page(document(versions: versions(newest: "8f2c")))),
            ("document-remplace", page(document(versions: versions(newest: "9999")))),
            ("document-remplace-ailleurs", page(elsewhere)), ("document-remplace-retire", page(goneNewer)),
            ("document-long", page(long)),
            ("plein-ecran-long", FullPage(presentation: presentation, document: long, space: "a1").html),
            (
                "imprimer-long",
                PrintPage(presentation: presentation, document: long, printedBy: "Dre C. Favre").html
            ),
            ("document-hostile", page(document(isHostile: true))),
            (
                "imprimer",
                PrintPage(presentation: presentation, document: document(), printedBy: "Dre C. Favre").html
            ),
            (
                "plein-ecran",
                FullPage(presentation: presentation, document: document(), space: "a1").html
            ),
            (
                "acces",
                AccessesPage(
                    shell: shell, documentID: "8f2c", title: rows[1].title, language: "fr-CH",
                    typeName: "Lettre de sortie", service: "Cardiologie", patient: jaquet,
                    entries: entries
                ).html
            ),
            (
                "acces-suite",
                AccessesPage(
                    shell: shell, documentID: "8f2c", title: rows[1].title, language: "fr-CH",
                    typeName: "Lettre de sortie", service: "Cardiologie", patient: jaquet, entries: entries,
                    isFirst: false, next: 7
                ).html
            ),
            (
                "acces-retire",
                AccessesPage(
                    shell: shell, documentID: "8f2c", title: nil, language: "fr-CH",
                    typeName: "Lettre de sortie", service: "Cardiologie", patient: nil, entries: entries
                ).html
            ),
        ]
    }

    static var around: [(name: String, html: [UInt8])] {
        let patients = rows.prefix(6).enumerated().map { index, row in
            PatientsPage.Row(
                identity: PatientIdentity(
                    id: "p\(index)", name: row.patientName, birthDate: row.birthDate, sex: .unknown),
                documents: index + 1, unread: row.isUnread ? 1 : 0, newestAt: row.receivedAt)
        }
        let stays = [
            PatientPage.Stay(
                start: "2026-11-12", end: "2026-11-19", number: "S1", service: "Cardiologie",
                rows: [rows[1], rows[6]]),
            PatientPage.Stay(start: nil, end: nil, number: "A1", service: "Radiologie", rows: [rows[7]]),
        ]
        let many = (1...250).map {
            row("m\($0)", "Jaquet Hélène", "1958-03-14", "Avis", "Cardiologie", hoursAgo: Double($0))
        }
        let linux = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        let sessions = (0..<3).map { index in
            SecurityPage.OpenSession(
                id: "s\(index)", userAgent: linux, address: "192.0.2.\(index)",
                createdAt: now - Int64(index) * 30 * hour, lastSeenAt: now, isCurrent: index == 0)
        }
        var greeted = shell
        greeted.flash = .passwordChanged
        let security = SecurityPage(
            shell: greeted, factors: ownFactors(shell.brand), sessions: sessions)
        var refused = security
        refused.problems = [.currentWrong, .tooShort, .confirmationDiffers]
        var kept = security
        kept.refusal = "C’est votre dernier moyen de connexion."
        let inside = Frame.signedIn(shell)
        return [
            (
                "accueil",
                HomePage(
                    shell: shell, rows: rows.filter(\.isUnread).dropLast(),
                    lastSignIn: .init(at: now - 16 * hour)
                ).html
            ),
            ("accueil-vide", HomePage(shell: shell, rows: [], lastSignIn: nil).html),
            ("patients", PatientsPage(shell: shell, rows: patients, count: patients.count).html),
            ("patients-page", patientsPage(patients)), ("patients-vide", noPatients { $0.search = "x" }),
            ("patients-lus", noPatients { $0.hasUnread = true }),
            ("patient", PatientPage(shell: shell, patient: jaquet, stays: stays).html),
            (
                "patient-choisi",
                PatientPage(
                    shell: shell, patient: jaquet, stays: stays, namesakes: 2, hidden: 3, canMark: false,
                    isAllChosen: true
                ).html
            ),
            (
                "patient-nombreux",
                PatientPage(
                    shell: shell, patient: jaquet,
                    stays: [.init(start: nil, end: nil, number: "A1", service: "Cardiologie", rows: many)],
                    isCut: true
                ).html
            ),
            ("securite", security.html), ("securite-erreur", refused.html),
            ("securite-erreur-dernier", kept.html),
            (
                "securite-nue",
                SecurityPage(
                    shell: shell,
                    factors: FactorSections(
                        brand: shell.brand, formToken: "jeton", now: now,
                        sent: (.email, "c•••@hin.example")),
                    sessions: []
                ).html
            ),
            ("menu", MenuPage(shell: shell).html),
            ("aide", HelpPage(frame: .visitor(visitor)).html),
            ("aide-connecte", HelpPage(frame: inside).html),
            ("je-ne-recois-pas", MissingDocumentPage(frame: inside).html),
            ("accessibilite", AccessibilityPage(frame: .visitor(visitor)).html),
            ("protection-des-donnees", PrivacyPage(frame: .visitor(visitor)).html),
        ]
    }

    static var errors: [(name: String, html: [UInt8])] {
        ErrorPage.Kind.allCases.map { kind in
            (
                "erreur-\(kind.rawValue)",
                ErrorPage(kind: kind, frame: .visitor(visitor), incident: "4F2A91C0").html
            )
        } + [("erreur-connecte", ErrorPage(kind: .notFound, frame: .signedIn(shell)).html)]
    }
}
