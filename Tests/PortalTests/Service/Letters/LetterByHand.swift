import Demo
import Directory
import TestSupport

/// The forms of a sending by hand to somebody without an account, as a browser fills them in.
enum LetterByHand {
    static func giveAddress(_ portal: TestPortal) async throws {
        var form = AddressForm()
        (form.kind, form.street, form.postalCode) = ("mailing", "Rue du Port 7", "1200")
        (form.city, form.country) = ("Ville du Lac", "CH")
        try await portal.directory.addAddress(form, portal.holder(DemoPeople.favre))
    }

    /// The first step, about the patient of `Letter`.
    static let patient = [
        "numero": "000412033", "nom": "Jaquet", "prenom": "Hélène", "naissance": "14.03.1958",
        "sejour": "2026111207", "type": "373942005", "cherche": "",
    ]
    static let consent = [
        "titre": "Lettre de sortie", "auteur": "Dr Marc Aebischer", "accord": "1", "accord-de": "patient",
        "accord-forme": "oral", "accord-date": "20.11.2026",
    ]
    static let stranger = "7601999000038"
    static let register = """
        gln;family_name;given_name;profession;licence;street;postcode;locality
        \(stranger);Aubert;Julien;Physiothérapeute;valid;Rue des Tanneurs 21;1200;Ville du Lac

        """

    /// The hidden fields of the page, as a browser sends them back.
    static func carried(_ visitor: Visitor) -> [String: String] {
        var fields: [String: String] = [:]
        for name in [
            "service", "numero", "nom", "prenom", "naissance", "sejour", "type", "cherche", "gln", "voie",
            "motif", "envoi",
        ] { fields[name] = visitor.values(name).first ?? "" }
        return fields
    }

    static func begin(_ visitor: Visitor) async throws {
        try await visitor.open("/service/envois/nouveau")
        var first = patient
        first["service"] = visitor.hidden("service")
        first["envoi"] = visitor.hidden("envoi")
        try await visitor.submit("/service/envois/nouveau", first)
    }
}
