/// Oncology, gastroenterology, endocrinology and nephrology.
extension Scenario {
    static let breastCancer = Scenario(
        service: .oncology,
        diagnosis: """
            Carcinome canalaire invasif du sein gauche, cT1c cN0, récepteurs hormonaux \
            positifs, HER2 négatif
            """,
        reason: "Lésion découverte lors de la mammographie de dépistage.",
        history: """
            {P}, {age}, sans antécédent familial, n'a noté aucune masse. La mammographie de \
            dépistage a montré une opacité spiculée du sein gauche (BI-RADS 5).
            """,
        status: """
            Seins symétriques, nodule de 15 mm du quadrant supéro-externe gauche, mobile. \
            Aires axillaires libres.
            """,
        laboratory: [
            LabValue("Phosphatase alcaline", 74, "U/l", 35, 105), LabValue("CA 15-3", 21, "U/ml", nil, 25),
        ],
        examinations: [
            Examination(
                title: "IRM mammaire", day: 3,
                indication: "Bilan d'extension locorégionale avant décision thérapeutique.",
                technique: "T2, diffusion, séquences dynamiques après gadolinium.",
                findings: [
                    """
                    Sein gauche : masse spiculée de 16 mm à 2 heures, rehaussement précoce avec \
                    lavage. Pas d'autre foyer.
                    """,
                    """
                    Sein droit : pas de rehaussement suspect. Pas d'adénopathie axillaire ou \
                    mammaire interne.
                    """,
                ],
                conclusion: "Lésion unifocale de 16 mm du sein gauche (BI-RADS 6). Sein droit BI-RADS 1."),
            Examination(
                kind: .pathology, title: "Examen histologique, biopsie du sein gauche", service: .pathology,
                day: 6, indication: "Masse spiculée de 16 mm.",
                technique: "Trois carottes de 14 G, HE et immunohistochimie.",
                findings: [
                    "Carcinome canalaire invasif de grade 2 (Elston-Ellis), sans embole.",
                    "Récepteurs aux œstrogènes 95 %, à la progestérone 70 %, HER2 1+, Ki-67 14 %.",
                ],
                conclusion: "Carcinome canalaire invasif, grade 2, luminal A."),
        ],
        operation: Operation(
            title: "Tumorectomie et ganglion sentinelle gauches", day: 24,
            indication: "Carcinome canalaire invasif du sein gauche, décision du tumor board.",
            anaesthesia: "Anesthésie générale.",
            course: [
                """
                Repérage de la lésion et injection du traceur la veille. Tumorectomie par voie \
                aréolaire avec orientation de la pièce, radiographie de la pièce satisfaisante. \
                Deux ganglions sentinelles prélevés. Remodelage glandulaire.
                """
            ],
            aftercare: [
                "Retour à domicile le lendemain.", "Physiothérapie de l'épaule dès la première semaine.",
            ]),
        treatment: [Medicine("Létrozole", "2,5 mg", "1–0–0", "après la radiothérapie, 5 ans")],
        consultation: Consultation(
            title: "Consultation d'oncologie", day: 38,
            interval: """
                Cicatrice calme, mobilité complète de l'épaule. Pièce opératoire : pT1c (17 mm), \
                marges saines, pN0 (sn 0/2).
                """, status: "Poids stable, aires ganglionnaires libres.",
            assessment: "Carcinome du sein de bon pronostic, pas d'indication à une chimiothérapie.",
            plan: [
                "Radiothérapie du sein gauche, quinze séances.",
                "Puis létrozole pendant cinq ans, ostéodensitométrie avant le début.",
                "Contrôle clinique tous les trois à quatre mois, mammographie annuelle.",
            ]))

    static let polyps = Scenario(
        service: .gastroenterology, diagnosis: "Deux adénomes coliques réséqués",
        reason: "Coloscopie de dépistage.",
        history: """
            {P}, {age}, n'a pas de plainte digestive. Recherche de sang occulte positive \
            lors du dépistage. Pas d'antécédent familial de cancer colorectal.
            """,
        status: "Abdomen souple et indolore.", laboratory: [LabValue("Ferritine", 84, "µg/l", 30, 300)],
        examinations: [
            Examination(
                kind: .consultation, title: "Coloscopie totale", service: .gastroenterology, day: 2,
                indication: "Test immunologique fécal positif.",
                technique: "Sédation au propofol, préparation de bonne qualité (Boston 8).",
                findings: [
                    "Intubation du cæcum et de l'iléon terminal, muqueuse normale.",
                    """
                    Côlon ascendant : polype sessile de 8 mm (Paris Is), résection à l'anse froide.
                    """,
                    """
                    Sigmoïde : polype pédiculé de 14 mm (Paris Ip), résection à l'anse diathermique, \
                    clip préventif.
                    """,
                ],
                conclusion: "Deux polypes réséqués en totalité, récupérés. Pas de complication."),
            Examination(
                kind: .pathology, title: "Examen histologique, polypes coliques", service: .pathology, day: 6,
                indication: "Deux polypes, côlon ascendant et sigmoïde.", technique: "Coloration HE.",
                findings: [
                    """
                    Côlon ascendant : adénome tubuleux, dysplasie de bas grade, résection complète.
                    """, "Sigmoïde : adénome tubulovilleux, dysplasie de bas grade, marge saine.",
                ],
                conclusion: "Deux adénomes avec dysplasie de bas grade, réséqués en totalité."),
        ],
        consultation: Consultation(
            title: "Consultation de gastro-entérologie", day: 15,
            interval: "Pas de saignement ni de douleur depuis l'examen.", status: "Abdomen souple.",
            assessment: "Adénomes de risque intermédiaire.",
            plan: ["Coloscopie de contrôle dans trois ans.", "Information des parents du premier degré."]))

    static let diabetes = Scenario(
        service: .endocrinology, diagnosis: "Diabète de type 2 insuffisamment équilibré",
        secondary: [
            "Obésité, IMC 34 kg/m²", "Rétinopathie non proliférante légère", "Hypertension artérielle",
        ],
        reason: "HbA1c en hausse malgré deux antidiabétiques oraux.",
        history: """
            {P}, {age}, diabétique depuis neuf ans, mesure des glycémies à jeun entre 9 et \
            12 mmol/l. Pas d'hypoglycémie. Activité physique réduite par une gonarthrose.
            """,
        status: """
            Sensibilité vibratoire 6/8 aux deux pieds, pouls pédieux présents, pas de \
            lésion. Périmètre abdominal 112 cm.
            """, vitals: Vitals(systolic: 142, diastolic: 84, pulse: 78),
        laboratory: [
            LabValue("HbA1c", 8.6, "%", nil, 7.0), LabValue("Glucose à jeun", 10.4, "mmol/l", 4.0, 6.0),
            LabValue("Cholestérol LDL", 2.4, "mmol/l", nil, 1.8),
            LabValue("Albumine/créatinine urinaire", 5.8, "mg/mmol", nil, 3.0),
            LabValue("Créatinine", 78, "µmol/l", 45, 106),
        ],
        treatment: [
            Medicine("Metformine", "1000 mg", "1–0–1"), Medicine("Empagliflozine", "10 mg", "1–0–0"),
            Medicine("Sémaglutide", "0,25 mg", "1 fois par semaine", "nouveau, à augmenter"),
            Medicine("Rosuvastatine", "10 mg", "0–0–1", "augmentée"),
            Medicine("Valsartan", "160 mg", "1–0–0"),
        ],
        consultation: Consultation(
            title: "Consultation de diabétologie", day: 8,
            interval: """
                {P} est motivé{e} pour un changement alimentaire et a rencontré la \
                diététicienne.
                """, status: "Poids 98 kg, TA 142/84 mmHg.",
            assessment: """
                Déséquilibre progressif avec microalbuminurie débutante : indication à un \
                agoniste du GLP-1.
                """,
            plan: [
                "Sémaglutide 0,25 mg pendant quatre semaines, puis 0,5 mg.",
                "Contrôle ophtalmologique dans trois mois.", "HbA1c dans trois mois à votre cabinet.",
            ]))

    static let kidneyDisease = Scenario(
        service: .nephrology, diagnosis: "Maladie rénale chronique stade G4 A2 d'origine hypertensive",
        secondary: ["Hypertension artérielle", "Hyperuricémie"], reason: "Suivi semestriel de néphrologie.",
        history: """
            {P}, {age}, n'a pas de plainte urinaire. Fatigue modérée, pas de prurit, appétit \
            conservé. Mesures de tension à domicile autour de 140/80 mmHg.
            """,
        status: "Pas d'œdème, auscultation cardiopulmonaire sans particularité. Poids stable.",
        vitals: Vitals(systolic: 144, diastolic: 80, pulse: 70),
        laboratory: [
            LabValue("Créatinine", 214, "µmol/l", 62, 106),
            LabValue("eGFR (CKD-EPI 2021)", 26, "ml/min/1,73 m²", 60, nil),
            LabValue("Potassium", 5.2, "mmol/l", 3.5, 5.0),
            LabValue("Hémoglobine", 112, "g/l", 130, 170), LabValue("Bicarbonate", 20, "mmol/l", 22, 29),
            LabValue("Phosphate", 1.32, "mmol/l", 0.8, 1.5),
            LabValue("Albumine/créatinine urinaire", 18.4, "mg/mmol", nil, 3.0),
        ],
        examinations: [
            Examination(
                title: "Échographie des voies urinaires", day: 2,
                indication: "Maladie rénale chronique, progression lente.",
                technique: "Examen par voie abdominale.",
                findings: [
                    "Reins symétriques de 9,2 cm, cortex aminci et hyperéchogène.",
                    "Pas de dilatation, pas de résidu postmictionnel.",
                ], conclusion: "Signes de néphropathie chronique bilatérale, pas d'obstacle.")
        ],
        treatment: [
            Medicine("Lisinopril", "10 mg", "1–0–0"), Medicine("Amlodipine", "10 mg", "1–0–0"),
            Medicine("Dapagliflozine", "10 mg", "1–0–0"),
            Medicine("Bicarbonate de sodium", "500 mg", "1–1–1", "nouveau"),
            Medicine("Allopurinol", "100 mg", "1–0–0"),
        ],
        consultation: Consultation(
            title: "Consultation de néphrologie", day: 6,
            interval: "Pas d'événement depuis la dernière visite.",
            status: "TA 144/80 mmHg couché, 140/82 mmHg debout.",
            assessment: """
                Perte de 3 ml/min en un an, acidose métabolique légère, anémie rénale à \
                surveiller.
                """,
            plan: [
                "Bicarbonate de sodium 500 mg trois fois par jour.",
                "Éviter les anti-inflammatoires non stéroïdiens.",
                "Information sur les méthodes de suppléance dès la prochaine visite.",
                "Kaliémie dans deux semaines.",
            ]))

    static let thyroid = Scenario(
        service: .endocrinology,
        diagnosis: "Nodule thyroïdien droit de 22 mm, EU-TIRADS 3, cytologie bénigne (Bethesda II)",
        reason: "Nodule découvert fortuitement.",
        history: """
            {P}, {age}, n'a pas de gêne à la déglutition ni de modification de la voix. Pas \
            d'irradiation cervicale, pas d'antécédent familial.
            """,
        status: "Nodule de 2 cm du lobe droit, ferme et mobile. Pas d'adénopathie cervicale.",
        laboratory: [LabValue("TSH", 1.9, "mU/l", 0.4, 4.0), LabValue("Calcitonine", 1.2, "ng/l", nil, 6.4)],
        examinations: [
            Examination(
                title: "Échographie de la thyroïde", day: 2, indication: "Nodule palpable du lobe droit.",
                technique: "Sonde linéaire haute fréquence.",
                findings: [
                    """
                    Nodule isoéchogène de 22 × 18 × 16 mm du lobe droit, contours réguliers, sans \
                    microcalcification.
                    """, "Lobe gauche homogène. Pas d'adénopathie suspecte.",
                ], conclusion: "Nodule EU-TIRADS 3, ponction proposée en raison de la taille."),
            Examination(
                kind: .pathology, title: "Cytologie, nodule thyroïdien droit", service: .pathology, day: 7,
                indication: "Nodule EU-TIRADS 3 de 22 mm.",
                technique: "Ponction à l'aiguille fine sous échographie, deux passages.",
                findings: ["Cellules folliculaires régulières en placards, colloïde abondant."],
                conclusion: "Lésion bénigne, Bethesda II."),
        ],
        consultation: Consultation(
            title: "Consultation d'endocrinologie", day: 16, interval: "{P} se sent bien.",
            status: "Palpation inchangée.", assessment: "Nodule bénin chez {un p} en euthyroïdie.",
            plan: ["Pas de traitement.", "Échographie de contrôle dans deux ans."]))
}
