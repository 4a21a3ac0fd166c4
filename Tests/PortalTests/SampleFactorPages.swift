import Access
import HTML

@testable import Portal

/// The pages of second factors and of the forgotten password.
extension SamplePages {
    static var forgotten: [(name: String, html: [UInt8])] {
        var wrong = ForgottenPasswordPage(shell: visitor, formToken: "jeton")
        wrong.problem = .email
        var sent = ForgottenPasswordPage(shell: visitor, formToken: "jeton")
        sent.isSent = true
        let token = String(repeating: "a", count: 64)
        let new = NewPasswordPage(shell: visitor, formToken: "jeton", token: token)
        var short = new
        short.problems = [.tooShort, .confirmationDiffers]
        return [
            ("mot-de-passe-oublie", ForgottenPasswordPage(shell: visitor, formToken: "jeton").html),
            ("mot-de-passe-oublie-erreur", wrong.html), ("mot-de-passe-oublie-envoye", sent.html),
            ("mot-de-passe", new.html), ("mot-de-passe-erreur", short.html),
            ("mot-de-passe-erreur-lien", SpentLinkPage(shell: visitor).html),
        ]
    }

    static func ownFactors(_ brand: Brand) -> FactorSections {
        FactorSections(
            brand: brand, formToken: "jeton", now: now, sent: (.sms, "+41 79 ••• •• 34"),
            authenticator: (now - 40 * hour, now - hour),
            keys: [
                .init(
                    id: "k1", name: "Ordinateur du cabinet", createdAt: now - 400 * hour,
                    lastUsedAt: now - hour,
                    isSynced: false),
                .init(
                    id: "k2", name: "Téléphone", createdAt: now - 2 * hour, lastUsedAt: nil, isSynced: true),
            ],
            recoveryCodes: 9, resetFrom: now + 20 * hour)
    }

    static var factors: [(name: String, html: [UInt8])] {
        let setup = AuthenticatorPage(
            shell: shell,
            setup: .init(secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", email: "claire.favre@cabinet.example"))
        var wrong = setup
        wrong.mistake = "Ce code ne correspond pas."
        var proof = VerificationPage(shell: shell, returnTo: "/profil/securite/application")
        proof.problem = .currentWrong
        var software = SoftwarePage(
            shell: shell,
            programs: [
                .init(
                    id: "soft-1", name: "Logiciel du cabinet", createdAt: now - hour, endedAt: nil,
                    calls: [
                        .init(
                            id: "call-2", address: "https://cabinet.example/passerelle", isFailed: true,
                            endsAt: now + 900 * hour),
                        .init(
                            id: "call-1", address: "https://cabinet.example/autre", isFailed: false,
                            endsAt: now + 900 * hour),
                    ]),
                .init(
                    id: "soft-0", name: "Ancien logiciel", createdAt: now - 900 * hour,
                    endedAt: now - hour),
            ], addresses: ("https://portail.hul.example/oauth/token", "https://portail.hul.example/fhir"))
        software.registered = "soft-1"
        var wrongKey = SoftwarePage(shell: shell, programs: [], addresses: software.addresses)
        wrongKey.mistakes = [FieldMistake(field: "cle", text: "Cette clé ne peut pas être utilisée.")]
        return [
            ("logiciels", software.html), ("logiciels-erreur", wrongKey.html),
            ("verification", VerificationPage(shell: shell).html), ("verification-erreur", proof.html),
            ("application", AuthenticatorPage(shell: shell).html), ("application-code", setup.html),
            ("application-erreur", wrong.html),
            ("cle", PasskeyPage(shell: shell, options: "{}", name: "Firefox sur Linux").html),
            ("codes-de-secours", RecoveryCodesPage(shell: shell, remaining: 3).html),
            (
                "codes-de-secours-neufs",
                NewRecoveryCodesPage(
                    shell: shell, result: "Application ajoutée.",
                    codes: (0..<10).map { "7K2M-9QRT-\($0)XYZ-4W5V" }
                ).html
            ),
            ("mobile", MobilePage(shell: shell, step: .number(typed: "")).html),
            ("mobile-code", MobilePage(shell: shell, step: .code(target: "+41 79 ••• •• 77")).html),
            ("mobile-refuse", MobilePage(shell: shell, step: .strongFactorNeeded).html),
        ]
    }
}
