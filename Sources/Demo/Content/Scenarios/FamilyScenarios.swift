/// Obstetrics and paediatrics.
extension Scenario {
    static let birth = Scenario(
        service: .obstetrics, nights: 3, diagnosis: "Accouchement spontané à terme, 39 semaines et 4 jours",
        secondary: ["Déchirure périnéale du premier degré suturée"],
        reason: "Contractions régulières à terme.",
        history: """
            {P}, {age}, deuxième geste, première pare. Grossesse de déroulement normal, \
            groupe O positif, sérologies protectrices, dépistage du streptocoque B négatif.
            """,
        status: """
            Présentation céphalique engagée, col effacé, dilatation 4 cm, poche des eaux \
            intacte. Rythme cardiaque fœtal rassurant.
            """, vitals: Vitals(systolic: 122, diastolic: 76, pulse: 84),
        laboratory: [
            LabValue("Hémoglobine", 106, "g/l", 110, 150), LabValue("Thrombocytes", 214, "G/l", 150, 350),
        ], laboratoryDay: 2, hasBasicPanel: false,
        course: [
            """
            Travail de sept heures, péridurale à la demande, naissance spontanée d'une fille \
            de 3280 g, 49 cm, Apgar 9/10/10, pH artériel ombilical 7,28. Délivrance \
            complète, pertes sanguines 350 ml.
            """,
            """
            Suites de couches simples, allaitement maternel bien installé, involution \
            utérine normale. L'enfant a perdu 6 % de son poids, ictère physiologique sans \
            traitement.
            """,
        ],
        treatment: [
            Medicine("Fer (III) oral", "100 mg", "1–0–0", "3 mois"),
            Medicine("Paracétamol", "1 g", "au besoin"),
            Medicine("Vitamine K", "2 mg", "enfant", "dose de la quatrième semaine à donner"),
        ],
        followUp: [
            "Suivi à domicile par la sage-femme dès demain.",
            "Contrôle du poids de l'enfant tous les deux jours.", "Consultation postpartum à six semaines.",
        ])

    static let caesarean = Scenario(
        service: .obstetrics, nights: 4,
        diagnosis: "Césarienne programmée à 39 semaines pour présentation du siège",
        reason: "Césarienne élective.",
        history: """
            {P}, {age}, première geste. Échec de version externe à 37 semaines. Grossesse \
            par ailleurs normale.
            """,
        status: """
            Présentation du siège décomplété, utérus souple, rythme cardiaque fœtal normal.
            """, vitals: Vitals(systolic: 118, diastolic: 72, pulse: 80),
        laboratory: [LabValue("Hémoglobine", 102, "g/l", 110, 150)], laboratoryDay: 2, hasBasicPanel: false,
        operation: Operation(
            title: "Césarienne programmée", indication: "Présentation du siège, échec de version externe.",
            anaesthesia: "Rachianesthésie.",
            course: [
                """
                Incision de Joel-Cohen, hystérotomie segmentaire basse transverse. Extraction \
                d'un garçon de 3110 g, Apgar 9/10/10. Délivrance manuelle complète, suture \
                utérine en un plan. Pertes sanguines 500 ml.
                """
            ],
            aftercare: [
                "Énoxaparine 40 mg par jour pendant dix jours.",
                "Lever précoce, alimentation libre après six heures.",
            ]),
        course: [
            """
            Suites opératoires simples, cicatrice calme. Allaitement mixte avec \
            accompagnement. Enfant en bonne santé, dépistage auditif normal.
            """
        ],
        treatment: [
            Medicine("Énoxaparine", "40 mg", "0–0–1", "jusqu'au dixième jour"),
            Medicine("Ibuprofène", "400 mg", "1–1–1", "5 jours"),
            Medicine("Fer (III) oral", "100 mg", "1–0–0", "3 mois"),
        ],
        followUp: [
            "Ablation des fils au huitième jour par la sage-femme.", "Contrôle postpartum à six semaines.",
            "Échographie des hanches de l'enfant à six semaines (siège).",
        ])

    static let gestationalDiabetes = Scenario(
        service: .obstetrics, diagnosis: "Diabète gestationnel à 28 semaines, équilibré par le régime",
        reason: "Test d'hyperglycémie pathologique.",
        history: """
            {P}, {age}, deuxième geste, première pare, 28 semaines. Prise de poids de 9 kg. \
            Mère diabétique.
            """, status: "Hauteur utérine 27 cm, mouvements fœtaux perçus, TA normale, pas d'œdème.",
        vitals: Vitals(systolic: 114, diastolic: 70, pulse: 82),
        laboratory: [
            LabValue("Glucose à jeun (75 g)", 5.3, "mmol/l", nil, 5.1),
            LabValue("Glucose à 1 heure", 10.6, "mmol/l", nil, 10.0),
            LabValue("Glucose à 2 heures", 8.1, "mmol/l", nil, 8.5),
        ], hasBasicPanel: false,
        examinations: [
            Examination(
                title: "Échographie obstétricale du troisième trimestre", service: .obstetrics, day: 5,
                indication: "Diabète gestationnel.", technique: "Biométrie et doppler.",
                findings: [
                    "Fœtus en présentation céphalique, poids estimé 1240 g (55e percentile).",
                    "Liquide amniotique normal, dopplers normaux, placenta antérieur haut.",
                ], conclusion: "Croissance harmonieuse au 55e percentile.")
        ],
        consultation: Consultation(
            title: "Consultation de grossesse", day: 12,
            interval: """
                Glycémies à jeun entre 4,4 et 5,0 mmol/l, postprandiales sous 7,8 mmol/l avec le \
                régime.
                """, status: "TA 116/70 mmHg, bandelette urinaire négative.",
            assessment: "Diabète gestationnel équilibré sans insuline.",
            plan: [
                "Poursuite de l'autocontrôle quatre fois par jour.",
                "Échographie de croissance à 32 et 36 semaines.",
                "Test d'hyperglycémie six semaines après l'accouchement.",
            ]))

    static let bronchiolitis = Scenario(
        service: .paediatrics, nights: 3, diagnosis: "Bronchiolite à virus respiratoire syncytial",
        reason: "Difficultés respiratoires et baisse des prises alimentaires.",
        history: """
            L'enfant, {age}, tousse depuis trois jours avec un rhume. Depuis la veille, \
            respiration rapide, prises réduites de moitié, deux langes mouillés en douze \
            heures.
            """,
        status: """
            Tirage intercostal modéré, sibilances et crépitants diffus, bonne coloration. \
            Fontanelle normotendue, tympans calmes.
            """,
        vitals: Vitals(
            systolic: 92, diastolic: 56, pulse: 142, temperature: 382, saturation: 90, breathing: 52),
        emergency: "Oxygène par lunettes, désobstruction nasale, hospitalisation en pédiatrie.",
        laboratory: [LabValue("CRP", 11, "mg/l", nil, 10)],
        hasBasicPanel: false,
        course: [
            """
            Oxygène à haut débit pendant 24 heures puis lunettes, sevrage au deuxième jour. \
            Alimentation par sonde un jour, puis reprise complète des biberons.
            """
        ],
        treatment: [
            Medicine("Sérum physiologique", "5 ml", "avant chaque repas", "rinçage nasal"),
            Medicine("Paracétamol", "15 mg/kg", "au besoin", "toutes les 6 heures"),
        ],
        followUp: [
            "Contrôle à votre cabinet dans 48 heures.",
            "Reconsulter si respiration rapide, refus de boire ou somnolence.",
        ])

    static let forearmFracture = Scenario(
        service: .paediatrics, diagnosis: "Fracture en motte de beurre du radius distal gauche",
        reason: "Chute à la place de jeux, douleur du poignet gauche.",
        history: """
            L'enfant, {age}, est tombé{e} d'une balançoire, réception sur la main gauche. \
            Douleur immédiate, pas d'autre traumatisme.
            """,
        status: """
            Tuméfaction du poignet gauche, pas de déformation, pouls et sensibilité normaux, \
            coude et épaule libres.
            """,
        vitals: Vitals(
            systolic: 102, diastolic: 62, pulse: 96, temperature: 367, saturation: 99, breathing: 20),
        emergency: "Antalgie par ibuprofène, attelle palmaire, retour à domicile.", hasBasicPanel: false,
        examinations: [
            Examination(
                title: "Radiographie du poignet gauche", indication: "Traumatisme du poignet gauche.",
                technique: "Face et profil.",
                findings: [
                    """
                    Fracture en motte de beurre de la métaphyse distale du radius, sans angulation.
                    """, "Ulna et carpe sans anomalie.",
                ], conclusion: "Fracture métaphysaire non déplacée du radius distal gauche.")
        ],
        treatment: [
            Medicine("Ibuprofène", "10 mg/kg", "1–1–1", "3 jours"),
            Medicine("Paracétamol", "15 mg/kg", "au besoin"),
        ],
        followUp: [
            "Attelle pendant trois semaines, à retirer à la maison.",
            """
            Pas de radiographie de contrôle si l'évolution est bonne, pas de sport pendant \
            quatre semaines.
            """,
        ],
        consultation: Consultation(
            title: "Contrôle de traumatologie pédiatrique", day: 21,
            interval: "Pas de douleur depuis dix jours.",
            status: "Poignet indolore, mobilité complète, force normale.",
            assessment: "Consolidation clinique.",
            plan: ["Reprise du sport dans une semaine.", "Pas d'autre contrôle prévu."]))

    static let asthma = Scenario(
        service: .paediatrics, diagnosis: "Asthme allergique partiellement contrôlé",
        secondary: ["Rhinoconjonctivite saisonnière"], reason: "Toux nocturne et gêne à l'effort.",
        history: """
            L'enfant, {age}, tousse deux nuits par semaine et utilise du salbutamol avant la \
            gymnastique. Deux exacerbations en un an, sans hospitalisation.
            """,
        status: """
            Auscultation claire au repos, muqueuse nasale pâle. Croissance au 50e \
            percentile.
            """,
        vitals: Vitals(
            systolic: 104, diastolic: 64, pulse: 88, temperature: 366, saturation: 98, breathing: 20),
        laboratory: [
            LabValue("IgE totales", 312, "kU/l", nil, 90), LabValue("IgE bouleau", 24.6, "kU/l", nil, 0.35),
            LabValue("IgE acariens", 18.2, "kU/l", nil, 0.35),
        ], hasBasicPanel: false,
        examinations: [
            Examination(
                kind: .consultation, title: "Fonctions pulmonaires", service: .pneumology, day: 4,
                indication: "Asthme, contrôle insuffisant.",
                technique: "Spirométrie et test de réversibilité, FeNO.",
                findings: ["VEMS 84 % du prédit, gain de 14 % après salbutamol.", "FeNO 42 ppb."],
                conclusion: "Obstruction légère réversible, inflammation bronchique allergique.")
        ],
        treatment: [
            Medicine("Fluticasone", "125 µg", "1–0–1", "avec chambre d'inhalation"),
            Medicine("Salbutamol", "100 µg", "au besoin", "2 bouffées"),
            Medicine("Cétirizine", "5 mg", "0–0–1", "en saison"),
        ],
        consultation: Consultation(
            title: "Consultation de pneumologie pédiatrique", day: 10,
            interval: "Technique d'inhalation corrigée, plan d'action remis à la famille.",
            status: "Auscultation claire, saturation à 98 %.",
            assessment: "Asthme allergique à traiter par corticoïde inhalé quotidien.",
            plan: [
                "Fluticasone 125 µg deux fois par jour pendant trois mois.", "Mesures contre les acariens.",
                "Contrôle dans trois mois.",
            ]))
}
