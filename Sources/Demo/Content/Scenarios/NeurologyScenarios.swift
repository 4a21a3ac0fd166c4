/// Neurology, rheumatology, emergency medicine and ophthalmology.
extension Scenario {
    static let stroke = Scenario(
        service: .neurology, nights: 6,
        diagnosis: "Accident vasculaire cérébral ischémique sylvien gauche mineur (NIHSS 3)",
        secondary: [
            "Sténose carotidienne gauche de 40 %", "Hypertension artérielle", "Hypercholestérolémie",
        ],
        reason: "Trouble de la parole et faiblesse de la main droite.",
        history: """
            {P}, {age}, s'est réveillé{e} avec un manque du mot et une maladresse de la main \
            droite. Arrivée trois heures après le réveil, heure de début inconnue.
            """,
        status: """
            Aphasie légère, chute discrète du bras droit, asymétrie faciale droite. NIHSS 3. \
            Bruits du cœur réguliers.
            """,
        vitals: Vitals(
            systolic: 168, diastolic: 92, pulse: 78, temperature: 367, saturation: 97, breathing: 16),
        emergency: """
            Alarme AVC. Pas d'occlusion proximale, pas de thrombolyse (heure inconnue, pas \
            de mismatch). Acide acétylsalicylique et clopidogrel, unité neurovasculaire.
            """,
        laboratory: [
            LabValue("Cholestérol LDL", 3.6, "mmol/l", nil, 1.8), LabValue("HbA1c", 6.1, "%", nil, 5.7),
            LabValue("TSH", 1.5, "mU/l", 0.4, 4.0),
        ],
        examinations: [
            Examination(
                title: "IRM cérébrale", indication: "Aphasie et parésie du bras droit au réveil.",
                technique: "Diffusion, FLAIR, SWI, angiographie par temps de vol.",
                findings: [
                    """
                    Restriction de diffusion corticale de 12 mm dans le territoire sylvien gauche \
                    superficiel, visible en FLAIR.
                    """,
                    """
                    Pas de saignement. Leucopathie vasculaire Fazekas 1. Polygone de Willis \
                    perméable.
                    """,
                ],
                conclusion: "Infarctus cortical sylvien gauche récent, sans occlusion proximale."),
            Examination(
                title: "Écho-doppler des vaisseaux du cou", service: .angiology, day: 1,
                indication: "AVC ischémique sylvien gauche.", technique: "Doppler couleur et pulsé.",
                findings: [
                    "Plaque mixte du bulbe carotidien gauche, sténose de 40 % (NASCET).",
                    "À droite, surcharge pariétale sans sténose. Vertébrales antérogrades.",
                ],
                conclusion: "Sténose carotidienne gauche modérée."),
        ],
        course: [
            """
            Récupération complète de la force en 48 heures, persistance d'un manque du mot \
            discret suivi en logopédie. Pas d'arythmie pendant 72 heures de télémétrie.
            """
        ],
        treatment: [
            Medicine("Acide acétylsalicylique", "100 mg", "1–0–0", "à vie"),
            Medicine("Clopidogrel", "75 mg", "1–0–0", "21 jours"),
            Medicine("Atorvastatine", "80 mg", "0–0–1", "cible LDL < 1,8 mmol/l"),
            Medicine("Périndopril et indapamide", "5/1,25 mg", "1–0–0"),
        ],
        followUp: [
            "Pas de conduite pendant un mois.", "Holter de sept jours ambulatoire.",
            "Consultation neurovasculaire dans trois mois.",
        ],
        consultation: Consultation(
            title: "Consultation de neurologie", day: 35,
            interval: "Langage normalisé selon l'entourage, fatigue en fin de journée.",
            status: "Examen neurologique normal, NIHSS 0. TA 132/78 mmHg.",
            assessment: "Bonne récupération, cause athéromateuse probable.",
            plan: ["Reprise de la conduite possible.", "LDL à contrôler, doppler annuel."]))

    static let discHerniation = Scenario(
        service: .rheumatology, diagnosis: "Lomboradiculalgie L5 droite sur hernie discale L4-L5",
        reason: "Lombalgie avec irradiation dans la jambe droite depuis six semaines.",
        history: """
            {P}, {age}, a ressenti une douleur lombaire en soulevant une charge, puis une \
            irradiation à la face externe de la jambe droite jusqu'au gros orteil. Pas de \
            trouble sphinctérien.
            """,
        status: """
            Lasègue positif à 45° à droite, hypoesthésie du dos du pied, force du releveur \
            de l'hallux M4+. Réflexes conservés.
            """,
        examinations: [
            Examination(
                title: "IRM lombaire", day: 4, indication: "Radiculalgie L5 droite avec déficit discret.",
                technique: "Séquences sagittales T1, T2, STIR et axiales T2.",
                findings: [
                    """
                    Hernie discale L4-L5 paramédiane droite de 8 mm, migrée vers le bas, au contact \
                    de la racine L5 droite.
                    """,
                    """
                    Discopathie L5-S1 sans conflit. Canal de calibre normal. Cône médullaire sans \
                    anomalie.
                    """,
                ],
                conclusion: "Hernie discale L4-L5 paramédiane droite avec conflit radiculaire L5.")
        ],
        treatment: [
            Medicine("Naproxène", "500 mg", "1–0–1", "10 jours"),
            Medicine("Pantoprazole", "20 mg", "1–0–0", "avec le naproxène"),
            Medicine("Prégabaline", "75 mg", "0–0–1", "à adapter"),
        ],
        consultation: Consultation(
            title: "Consultation de rhumatologie", day: 9,
            interval: "Douleur à 5/10 sous traitement, marche possible une demi-heure.",
            status: "Lasègue 60° à droite, force du releveur de l'hallux stable à M4+.",
            assessment: "Radiculalgie L5 concordante avec l'imagerie, sans critère d'urgence.",
            plan: [
                "Physiothérapie active, école du dos.",
                """
                Infiltration périradiculaire L5 sous CT si la douleur persiste dans trois \
                semaines.
                """, "Avis chirurgical immédiat en cas d'aggravation motrice.",
            ]), daysOff: 21)

    static let multipleSclerosis = Scenario(
        service: .neurology, diagnosis: "Sclérose en plaques de forme récurrente-rémittente",
        reason: "Contrôle annuel sous natalizumab.",
        history: """
            {P}, {age}, suivi{e} depuis quatre ans, n'a pas présenté de poussée depuis le \
            début du traitement. Fatigue stable, travail à 80 %.
            """,
        status: "Vision 10/10 des deux côtés, pas de parésie, romberg stable, EDSS 1,5.",
        laboratory: [LabValue("Index anticorps anti-JCV", 0.3, "", nil, 0.4)],
        examinations: [
            Examination(
                title: "IRM cérébrale et médullaire", day: 2,
                indication: "Contrôle annuel, sclérose en plaques traitée.",
                technique: "FLAIR 3D, DIR, T2, T1 avec et sans gadolinium.",
                findings: [
                    """
                    Lésions périventriculaires et juxtacorticales connues, inchangées, sans prise de \
                    contraste.
                    """, "Moelle cervicodorsale : lésion C4 inchangée.",
                ],
                conclusion: "Stabilité, pas de nouvelle lésion ni d'activité.")
        ],
        treatment: [
            Medicine("Natalizumab", "300 mg", "toutes les 6 semaines", "perfusion"),
            Medicine("Vitamine D3", "1000 UI", "1–0–0"),
        ],
        consultation: Consultation(
            title: "Consultation de neurologie", day: 10, interval: "Pas de nouveau symptôme neurologique.",
            status: "EDSS 1,5, test de marche de 25 pieds en 4,4 secondes.",
            assessment: """
                Absence d'activité clinique et radiologique. Risque de leucoencéphalopathie \
                faible.
                """, plan: ["Poursuite du natalizumab.", "Index JCV tous les six mois, IRM dans un an."]))

    static let arthritis = Scenario(
        service: .rheumatology,
        diagnosis: "Polyarthrite rhumatoïde séropositive, activité modérée (DAS28 3,9)",
        reason: "Adaptation du traitement de fond.",
        history: """
            {P}, {age}, signale une raideur matinale d'une heure et des gonflements des \
            mains malgré 15 mg de méthotrexate par semaine depuis huit mois.
            """,
        status: """
            Synovites des métacarpophalangiennes II et III des deux côtés et du poignet \
            droit. Quatre articulations gonflées, six douloureuses.
            """,
        laboratory: [
            LabValue("CRP", 18, "mg/l", nil, 5), LabValue("Facteur rhumatoïde", 86, "UI/ml", nil, 14),
            LabValue("Anti-CCP", 240, "U/ml", nil, 7), LabValue("ASAT", 28, "U/l", nil, 35),
        ],
        examinations: [
            Examination(
                title: "Radiographie des mains et des pieds", day: 1,
                indication: "Polyarthrite rhumatoïde, bilan structural.",
                technique: "Mains et pieds de face.",
                findings: [
                    """
                    Érosion débutante de la tête du deuxième métacarpien droit. Interlignes \
                    conservés.
                    """, "Pieds sans érosion.",
                ],
                conclusion: "Érosion débutante, nouvelle par rapport à l'examen précédent.")
        ],
        treatment: [
            Medicine("Méthotrexate", "15 mg", "1 fois par semaine", "sous-cutané"),
            Medicine("Acide folique", "5 mg", "1 fois par semaine"),
            Medicine("Adalimumab", "40 mg", "toutes les 2 semaines", "nouveau"),
        ],
        consultation: Consultation(
            title: "Consultation de rhumatologie", day: 12,
            interval: "Test tuberculeux et sérologies hépatiques négatifs, vaccinations à jour.",
            status: "Status articulaire inchangé.",
            assessment: "Réponse insuffisante au méthotrexate avec progression structurale.",
            plan: [
                "Début de l'adalimumab, première injection accompagnée.",
                "Hémogramme, transaminases et CRP mensuels à votre cabinet.",
                "Contrôle dans trois mois, objectif de rémission.",
            ]))

    static let concussion = Scenario(
        service: .emergency, diagnosis: "Commotion cérébrale légère",
        secondary: ["Plaie frontale de 3 cm suturée"], reason: "Chute à vélo avec choc frontal.",
        history: """
            {P}, {age}, a chuté à vélo à faible vitesse, avec casque. Perte de connaissance \
            de quelques secondes et amnésie de cinq minutes. Pas de vomissement, pas \
            d'anticoagulant.
            """,
        status: """
            GCS 15, pupilles égales et réactives, pas de déficit. Rachis cervical indolore. \
            Plaie frontale droite de 3 cm, propre.
            """,
        vitals: Vitals(
            systolic: 134, diastolic: 80, pulse: 82, temperature: 367, saturation: 99, breathing: 14),
        emergency: """
            Suture par cinq points, rappel antitétanique, surveillance de six heures sans \
            événement, retour à domicile accompagné avec une feuille de consignes.
            """, hasBasicPanel: false,
        examinations: [
            Examination(
                title: "CT cérébral natif",
                indication: "Traumatisme crânien avec perte de connaissance et amnésie.",
                technique: "Acquisition sans injection, reconstructions osseuses.",
                findings: [
                    "Pas de saignement intra- ou extra-axial, pas de fracture.",
                    "Tuméfaction des parties molles frontales droites.",
                ],
                conclusion: "Pas de lésion traumatique intracrânienne.")
        ],
        treatment: [Medicine("Paracétamol", "1 g", "au besoin", "maximum 3 par jour")],
        followUp: [
            "Repos relatif 48 heures, reprise progressive du sport après deux semaines.",
            "Ablation des fils au cinquième jour à votre cabinet.",
        ], daysOff: 5)

    static let cataract = Scenario(
        service: .ophthalmology, diagnosis: "Cataracte corticonucléaire de l'œil droit",
        reason: "Baisse de vision progressive et éblouissement.",
        history: """
            {P}, {age}, ne peut plus conduire la nuit et lit avec peine. Vision de l'œil \
            droit 0,4 avec correction.
            """,
        status: """
            Œil droit : opacités corticonucléaires, pression intraoculaire 15 mmHg, fond \
            d'œil sans anomalie. Œil gauche : cataracte débutante, vision 0,8.
            """, hasBasicPanel: false,
        operation: Operation(
            title: "Phacoémulsification de l'œil droit", day: 8,
            indication: "Cataracte gênante de l'œil droit.", anaesthesia: "Anesthésie topique.",
            course: [
                """
                Incision cornéenne de 2,2 mm, capsulorhexis, phacoémulsification, implant \
                monofocal de chambre postérieure de +21,5 dioptries. Pas d'incident.
                """
            ],
            aftercare: [
                "Dexaméthasone et tobramycine collyre quatre fois par jour, deux semaines.",
                "Coque nocturne une semaine.",
            ]),
        consultation: Consultation(
            title: "Consultation d'ophtalmologie", day: 16,
            interval: "Vision nettement améliorée, pas de douleur.",
            status: """
                Œil droit : vision 1,0 sans correction, cornée claire, implant centré, pression \
                14 mmHg.
                """,
            assessment: "Suites simples après opération de la cataracte droite.",
            plan: [
                "Décroissance du collyre en deux semaines.", "Nouvelles lunettes dans quatre semaines.",
                "Œil gauche à revoir dans un an.",
            ]))
}
