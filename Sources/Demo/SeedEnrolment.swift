import Access
import Directory
package import Enrolment

/// People who ask for an account, places and times for the check of their identity, and a small extract of a register, so
/// that the desks of the portal team have something to show. Nobody here exists.
package enum SeedEnrolment {
    /// The person numbers of the demo's team: without them no act of two people is possible.
    package static func team(_ core: DemoCore) async throws {
        for (number, persona) in DemoPeople.team.enumerated() {
            try await core.enrolment.recordStaff(
                email: persona.account.email, personNumber: "HUL-\(1001 + number)",
                organisation: number == 0 ? "Association des médecins" : "Service de cybersanté")
        }
    }

    /// An extract of the register, with one difference: Dr Aubert has moved.
    package static func register(_ core: DemoCore) async throws {
        let file = """
            gln;family_name;given_name;birth_year;profession;specialities;licence;canton;street;postcode;locality
            7601099000013;Favre;Claire;1975;Médecin;Médecine interne générale;valid;GE;Quai du Port 3;1200;Ville du Lac
            7601999000014;Jeanneret;Paul;1968;Médecin;Pédiatrie;valid;GE;Chemin des Tilleuls 8;1200;Ville du Lac
            7601999000021;Monnier;Léa;1989;Sage-femme;;valid;GE;Quai Neuf 1;1290;Rive-Neuve
            7601999000038;Aubert;Julien;1984;Physiothérapeute;Physiothérapie du sport;valid;GE;Rue des Tanneurs 21;1200;Ville du Lac
            7601999000090;Rossi;Élena;1979;Médecin;Cardiologie;withdrawn;VD;Avenue de la Gare 5;1260;Montlac

            """
        _ = try await core.directory.importRegister(.medreg, Array(file.utf8))
    }

    /// Three open requests, with times to choose from.
    package static func requests(_ core: DemoCore) async throws {
        try await core.enrolment.prepareSites()
        let now = core.access.clock.now()
        // working hours of the next days: midnight in UTC is one or two o'clock in Switzerland
        let midnight = now.rawValue - now.rawValue % 86_400_000
        let starts = (1...5).flatMap { day in
            [8, 9, 13].map { Timestamp(rawValue: midnight).adding(days: day).adding(hours: $0) }
        }
        try await core.enrolment.addSlots(starts, minutes: 20, at: ValidationSite.ID(rawValue: "video"))
        let origin = RequestOrigin.system(node: core.access.nodeName)
        for form in [aubert, rossi, dubois] {
            _ = try await core.enrolment.requestAccount(form, origin: origin)
        }
    }

    package static let aubert = form(
        "M.", "Aubert", "Julien", "julien.aubert@physio-lac.example", "+41 79 000 00 11", "sms",
        .physiotherapist,
        "gln", "7601999000038", practice: "Physio du Lac", specialities: "Physiothérapie du sport")
    package static let rossi = form(
        "Dre", "Rossi", "Élena", "elena.rossi@cardio-montlac.example", "079 000 00 12", "email", .physician,
        "gln",
        "7601999000090", practice: "Cardiologie de Montlac", specialities: "Cardiologie")
    package static let dubois = form(
        "Mme", "Dubois", "Inès", "ines.dubois@cabinet-lac.example", "0041 79 000 00 13", "sms", .assistant,
        "none",
        "0", practice: "Cabinet du Port", responsible: "Dre Claire Favre")

    private static func form(
        _ honorific: String, _ family: String, _ given: String, _ email: String, _ mobile: String,
        _ channel: String, _ profession: Profession, _ kind: String, _ identifier: String, practice: String,
        specialities: String = "", responsible: String = ""
    ) -> RequestForm {
        var form = RequestForm()
        form.honorific = honorific
        form.familyName = family
        form.givenName = given
        form.email = email
        form.mobile = mobile
        form.codeChannel = channel
        form.profession = profession.rawValue
        form.identifierKind = kind
        form.identifier = identifier
        form.practice = practice
        form.specialities = specialities
        form.responsible = responsible
        form.password = DemoPeople.password
        form.passwordAgain = DemoPeople.password
        return form
    }
}
