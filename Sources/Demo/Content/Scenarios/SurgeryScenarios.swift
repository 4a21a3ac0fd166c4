/// Visceral surgery and urology.
extension Scenario {
    static let appendicitis = Scenario(
        service: .surgery, nights: 2, diagnosis: "Appendicite aiguë non perforée",
        reason: "Douleur de la fosse iliaque droite depuis 18 heures.",
        history: """
            {P}, {age}, a d'abord ressenti une douleur péri-ombilicale, puis en fosse \
            iliaque droite, avec nausées et un vomissement. Dernier repas la veille au soir.
            """,
        status: """
            Défense en fosse iliaque droite, signe de Blumberg positif, psoas positif. \
            Bruits intestinaux présents.
            """,
        vitals: Vitals(
            systolic: 122, diastolic: 74, pulse: 92, temperature: 379, saturation: 99, breathing: 16),
        emergency: "À jeun, antalgie, céfuroxime et métronidazole, consentement opératoire signé.",
        laboratory: [LabValue("CRP", 54, "mg/l", nil, 5), LabValue("Leucocytes", 14.6, "G/l", 4, 10)],
        laboratoryDay: 0,
        examinations: [
            Examination(
                title: "Échographie abdominale", indication: "Suspicion d'appendicite.",
                technique: "Sonde linéaire, compression graduée.",
                findings: [
                    "Appendice non compressible de 10 mm, infiltration de la graisse voisine.",
                    "Pas de collection, pas de liquide libre.",
                ],
                conclusion: "Appendicite aiguë non compliquée."),
            Examination(
                kind: .pathology, title: "Examen histologique de l'appendice", service: .pathology, day: 5,
                indication: "Pièce d'appendicectomie.",
                technique: "Fixation au formol, inclusion en paraffine, coloration HE.",
                findings: [
                    "Appendice de 7 cm, infiltrat granulocytaire transmural, séreuse fibrineuse.",
                    "Pas de tumeur neuroendocrine, base saine.",
                ],
                conclusion: "Appendicite aiguë ulcérophlegmoneuse, sans malignité."),
        ],
        operation: Operation(
            title: "Appendicectomie laparoscopique", indication: "Appendicite aiguë.",
            anaesthesia: "Anesthésie générale.",
            course: [
                """
                Trois trocarts. Appendice phlegmoneux non perforé, section à la base après \
                double endoloop, extraction en sac. Lavage, pas de drain. Durée 38 minutes.
                """
            ],
            aftercare: ["Alimentation libre le soir même.", "Pas d'antibiotique postopératoire."]),
        course: ["Suites simples, reprise de l'alimentation et du transit, plaies calmes."],
        treatment: [
            Medicine("Paracétamol", "1 g", "1–1–1", "3 jours"),
            Medicine("Ibuprofène", "400 mg", "au besoin", "3 jours"),
        ],
        followUp: [
            "Pas de port de charges de plus de 5 kg pendant deux semaines.",
            "Contrôle des plaies à votre cabinet dans dix jours.",
        ], daysOff: 12)

    static let gallbladder = Scenario(
        service: .surgery, nights: 3, diagnosis: "Cholécystite aiguë lithiasique (Tokyo grade I)",
        secondary: ["Obésité, IMC 33 kg/m²"],
        reason: "Douleur de l'hypocondre droit et fièvre.",
        history: """
            {P}, {age}, a des coliques biliaires connues depuis un an. Depuis 24 heures, \
            douleur continue de l'hypocondre droit irradiant dans l'épaule, nausées et \
            fièvre.
            """,
        status: "Signe de Murphy positif, pas d'ictère, abdomen souple par ailleurs.",
        vitals: Vitals(
            systolic: 136, diastolic: 82, pulse: 96, temperature: 383, saturation: 97, breathing: 18),
        emergency: """
            Ceftriaxone et métronidazole, à jeun, indication opératoire précoce posée avec \
            le chirurgien de garde.
            """,
        laboratory: [
            LabValue("CRP", 96, "mg/l", nil, 5), LabValue("Leucocytes", 13.2, "G/l", 4, 10),
            LabValue("Bilirubine totale", 14, "µmol/l", nil, 21),
            LabValue("Gamma-GT", 88, "U/l", nil, 40), LabValue("Lipase", 42, "U/l", nil, 60),
        ],
        examinations: [
            Examination(
                title: "Échographie abdominale", indication: "Douleur de l'hypocondre droit fébrile.",
                technique: "Examen à jeun.",
                findings: [
                    """
                    Vésicule distendue, paroi de 6 mm, calcul enclavé de 14 mm dans l'infundibulum.
                    """, "Voie biliaire principale fine (4 mm).",
                ],
                conclusion: "Cholécystite aiguë lithiasique.")
        ],
        operation: Operation(
            title: "Cholécystectomie laparoscopique", day: 1, indication: "Cholécystite aiguë lithiasique.",
            anaesthesia: "Anesthésie générale.",
            course: [
                """
                Quatre trocarts. Vésicule inflammatoire, vue critique de sécurité obtenue, clips \
                sur canal et artère cystiques. Extraction en sac. Pas de fuite, pas de drain.
                """
            ],
            aftercare: ["Alimentation légère dès le soir.", "Antibiothérapie arrêtée après 24 heures."]),
        course: [
            """
            Suites opératoires simples, apyrexie dès le premier jour, alimentation bien \
            tolérée.
            """
        ],
        treatment: [
            Medicine("Paracétamol", "1 g", "1–1–1", "5 jours"),
            Medicine("Métamizole", "500 mg", "au besoin", "5 jours"),
        ],
        followUp: [
            "Contrôle des plaies dans dix jours.",
            "Résultat histologique transmis séparément s'il est inattendu.",
        ], daysOff: 14)

    static let prostate = Scenario(
        service: .urology, nights: 3,
        diagnosis: "Hyperplasie bénigne de la prostate avec rétention chronique",
        secondary: ["Hypertension artérielle"],
        reason: "Résection transurétrale élective.",
        history: """
            {P}, {age}, présente une dysurie et une nycturie (quatre fois) malgré \
            tamsulosine et dutastéride, score IPSS 23, résidu postmictionnel 280 ml.
            """,
        status: """
            Prostate d'environ 60 g au toucher rectal, souple, sans nodule. Globe vésical \
            absent.
            """,
        laboratory: [
            LabValue("PSA total", 3.1, "µg/l", nil, 4.0), LabValue("Créatinine", 96, "µmol/l", 62, 106),
        ],
        examinations: [
            Examination(
                kind: .pathology, title: "Examen histologique de résection prostatique", service: .pathology,
                day: 6,
                indication: "Copeaux de résection transurétrale, 34 g.",
                technique: "Inclusion de vingt blocs, coloration HE.",
                findings: [
                    "Hyperplasie glandulaire et stromale. Foyers de prostatite chronique.",
                    "Pas de foyer carcinomateux.",
                ],
                conclusion: "Hyperplasie bénigne de la prostate, sans malignité.")
        ],
        operation: Operation(
            title: "Résection transurétrale de la prostate",
            indication: "Rétention chronique malgré traitement médicamenteux.",
            anaesthesia: "Rachianesthésie.",
            course: [
                """
                Urétrocystoscopie : lobes latéraux obstructifs, vessie de lutte, pas de tumeur. \
                Résection bipolaire complète, 34 g. Hémostase soigneuse, sonde à trois voies.
                """
            ],
            aftercare: ["Irrigation jusqu'à urines claires.", "Ablation de la sonde au deuxième jour."]),
        course: [
            """
            Urines claires au premier jour. Après ablation de la sonde, mictions de bonne \
            qualité, résidu 30 ml.
            """
        ],
        treatment: [
            Medicine("Amlodipine", "5 mg", "1–0–0"), Medicine("Tamsulosine", "0,4 mg", "arrêtée"),
            Medicine("Dutastéride", "0,5 mg", "arrêté"),
        ],
        followUp: [
            "Boissons abondantes, pas d'effort pendant quatre semaines.",
            "Contrôle d'urologie avec débitmétrie dans six semaines.",
        ])
}
