/// A fictional patient of the hospital.
package struct DemoPatient: Sendable, Equatable {
    package enum Sex: String, Sendable { case female, male }

    package let familyName: String
    package let givenName: String
    /// ISO 8601.
    package private(set) var birthDate: String
    package let sex: Sex
    /// The hospital's patient number.
    package let number: String
    /// Who treats this patient in town.
    package let recipient: DemoRecipient

    init(
        _ familyName: String, _ givenName: String, _ birthDate: String, _ sex: Sex, _ number: String,
        _ recipient: DemoRecipient = .favre
    ) {
        self.familyName = familyName
        self.givenName = givenName
        self.birthDate = birthDate
        self.sex = sex
        self.number = number
        self.recipient = recipient
    }

    /// The same person, born on another day: an infant of the demo never grows up.
    func born(on day: DemoDay) -> DemoPatient {
        var patient = self
        patient.birthDate = day.iso
        return patient
    }

    var courtesy: String { sex == .female ? "Madame" : "Monsieur" }
}

/// To whom the hospital writes.
package struct DemoRecipient: Sendable, Equatable {
    package let gln: String
    /// Name and address, as on the letter.
    package let lines: [String]
    let greeting: String
    let farewell: String

    package static let favre = DemoRecipient(
        gln: "7601099000013",
        lines: [
            "Dre Claire Favre", "Médecine interne générale", "Cabinet du Port", "Quai du Port 12",
            "Ville du Lac",
        ],
        greeting: "Chère Consœur,", farewell: collegial)
    package static let jeanneret = DemoRecipient(
        gln: "7601999000014",
        lines: [
            "Dr Paul Jeanneret", "Pédiatrie", "Pédiatrie des Tilleuls", "Rue des Tilleuls 5", "Ville du Lac",
        ],
        greeting: "Cher Confrère,", farewell: collegial)
    package static let monnier = DemoRecipient(
        gln: "7601999000021",
        lines: [
            "Madame Léa Monnier", "Sage-femme indépendante", "Cabinet des Quais", "Quai Neuf 3", "Rive-Neuve",
        ],
        greeting: "Madame,", farewell: "Nous vous adressons, Madame, nos meilleures salutations.")

    private static let collegial =
        "Nous restons à votre disposition et vous adressons nos salutations confraternelles."
}
