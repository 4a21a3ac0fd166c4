/// Geriatrics and angiology.
extension Scenario {
    static let fall = Scenario(
        service: .geriatrics, nights: 16, diagnosis: "Chutes à répétition d'origine multifactorielle",
        secondary: [
            "Hypotension orthostatique d'origine médicamenteuse", "Carence en vitamine D",
            "Troubles cognitifs légers (MMSE 25/30)",
        ],
        reason: "Troisième chute en un mois, station au sol de deux heures.",
        history:
            """
            {P}, {age}, vit seul{e} avec l'aide du maintien à domicile. {Il} a chuté en se \
            levant la nuit pour aller aux toilettes, sans perte de connaissance. Deux autres \
            chutes mécaniques dans le mois.
            """,
        status:
            """
            Hématome de la hanche gauche sans impotence. Hypotension orthostatique : 138/76 \
            mmHg couché, 104/62 mmHg debout. Marche à petits pas, Timed Up and Go à 28 \
            secondes. Pas de déficit focal.
            """,
        vitals: Vitals(
            systolic: 138, diastolic: 76, pulse: 72, temperature: 366, saturation: 96, breathing: 16),
        emergency: """
            Pas de fracture aux radiographies. Hospitalisation en gériatrie pour bilan de \
            chutes et réadaptation.
            """,
        laboratory: [
            LabValue("25-OH-vitamine D", 22, "nmol/l", 50, nil), LabValue("CK", 412, "U/l", nil, 170),
            LabValue("TSH", 2.1, "mU/l", 0.4, 4.0), LabValue("Vitamine B12", 236, "pmol/l", 150, nil),
        ], laboratoryDay: 2,
        examinations: [
            Examination(
                title: "Radiographie du bassin et de la hanche gauche",
                indication: "Chute, douleur de la hanche gauche.",
                technique: "Bassin de face, hanche axiale.",
                findings: [
                    """
                    Pas de fracture visible. Coxarthrose débutante bilatérale. Déminéralisation \
                    diffuse.
                    """
                ],
                conclusion: "Pas de fracture.")
        ],
        course: [
            """
            L'hydrochlorothiazide et le zolpidem ont été arrêtés, avec disparition de \
            l'hypotension orthostatique. La physiothérapie quotidienne a amélioré \
            l'équilibre : Timed Up and Go à 17 secondes à la sortie, marche avec un \
            rollator.
            """,
            """
            L'ergothérapeute a visité le domicile : barres d'appui et éclairage nocturne \
            sont installés. Aucune chute pendant le séjour.
            """,
        ],
        treatment: [
            Medicine("Colécalciférol", "24 000 UI", "1 fois par mois", "nouveau"),
            Medicine("Lisinopril", "5 mg", "1–0–0", "dose réduite"),
            Medicine("Hydrochlorothiazide", "12,5 mg", "arrêté"),
            Medicine("Zolpidem", "10 mg", "arrêté"),
        ],
        followUp: [
            "Tension couchée et debout à chaque contrôle.",
            "Poursuite de la physiothérapie, neuf séances prescrites.",
            "Bilan de mémoire à la consultation de gériatrie dans trois mois.",
        ])

    static let embolism = Scenario(
        service: .medicine, nights: 4,
        diagnosis: "Embolie pulmonaire segmentaire bilatérale à risque faible (sPESI 0)",
        secondary: ["Thrombose veineuse poplitée droite"],
        reason: "Dyspnée soudaine et douleur thoracique respirodépendante.",
        history:
            """
            {P}, {age}, signale un vol de onze heures il y a dix jours, suivi d'une douleur \
            du mollet droit. Depuis ce matin, dyspnée d'effort et point de côté. Pas \
            d'hémoptysie, pas de syncope, pas d'antécédent thromboembolique.
            """,
        status: """
            Mollet droit augmenté de 2 cm, sensible. Auscultation pulmonaire claire, pas de \
            signe d'insuffisance droite.
            """,
        vitals: Vitals(
            systolic: 128, diastolic: 80, pulse: 98, temperature: 371, saturation: 94, breathing: 20),
        emergency: """
            Anticoagulation par apixaban débutée aux urgences, hospitalisation pour \
            surveillance.
            """,
        laboratory: [
            LabValue("D-dimères", 3420, "µg/l", nil, 500), LabValue("Troponine T hs", 11, "ng/l", nil, 14),
            LabValue("NT-proBNP", 142, "ng/l", nil, 300),
        ],
        examinations: [
            Examination(
                title: "CT thoracique, protocole embolie pulmonaire",
                indication: "D-dimères élevés, score de Wells 6.",
                technique: "Acquisition après injection de 60 ml de produit de contraste iodé.",
                findings: [
                    "Défauts d'opacification des artères segmentaires des deux lobes inférieurs.",
                    """
                    Rapport ventricule droit sur gauche normal. Pas d'infarctus pulmonaire. Pas \
                    d'adénopathie.
                    """,
                ],
                conclusion: "Embolie pulmonaire segmentaire bilatérale, sans surcharge droite."),
            Examination(
                title: "Écho-doppler veineux des membres inférieurs", service: .angiology, day: 1,
                indication: "Embolie pulmonaire, mollet droit douloureux.",
                technique: "Compression veineuse étagée et doppler couleur.",
                findings: [
                    """
                    Veine poplitée droite non compressible sur 6 cm. Axes fémoraux et iliaques \
                    libres.
                    """, "À gauche, pas de thrombose.",
                ],
                conclusion: "Thrombose veineuse poplitée droite récente."),
        ],
        course: [
            """
            Évolution simple sous apixaban, sevrage de l'oxygène dès le premier jour, \
            mobilisation immédiate avec bas de contention.
            """
        ],
        treatment: [
            Medicine("Apixaban", "10 mg", "1–0–1", "jusqu'au septième jour"),
            Medicine("Apixaban", "5 mg", "1–0–1", "ensuite, 3 mois au moins"),
        ],
        followUp: [
            "Contrôle en angiologie dans trois mois pour décider de la durée.",
            "Hémogramme et créatinine dans un mois.",
        ],
        consultation: Consultation(
            title: "Consultation d'angiologie", day: 32,
            interval: "{P} se sent bien, sans dyspnée ni saignement sous apixaban.",
            status: "Mollets souples et symétriques, saturation à 98 %.",
            assessment: "Évolution favorable d'une thromboembolie provoquée par un facteur mineur.",
            plan: [
                "Poursuite de l'apixaban 5 mg deux fois par jour.",
                "Écho-doppler de contrôle dans deux mois.",
            ]),
        daysOff: 14)
}
