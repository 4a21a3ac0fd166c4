/// Orthopaedics.
extension Scenario {
    static let hipProsthesis = Scenario(
        service: .orthopaedics, nights: 6, diagnosis: "Coxarthrose droite invalidante",
        secondary: ["Hypertension artérielle"],
        reason: "Implantation élective d'une prothèse totale de hanche droite.",
        history: """
            {P}, {age}, souffre de douleurs inguinales droites depuis trois ans, avec un \
            périmètre de marche réduit à 300 mètres malgré antalgiques et physiothérapie.
            """,
        status: """
            Boiterie de Duchenne, flexion 85°, rotation interne 0°, douleur en fin de \
            course. Raccourcissement de 1 cm à droite. Pouls périphériques présents.
            """,
        laboratory: [LabValue("Hémoglobine", 108, "g/l", 120, 160), LabValue("CRP", 62, "mg/l", nil, 5)],
        laboratoryDay: 2,
        examinations: [
            Examination(
                title: "Radiographie du bassin et de la hanche droite", day: 1,
                indication: "Contrôle postopératoire.",
                technique: "Bassin de face, hanche droite axiale.",
                findings: [
                    "Prothèse totale non cimentée en place, inclinaison de la cupule 42°.",
                    "Pas de fracture périprothétique, longueurs égales.",
                ],
                conclusion: "Position correcte des implants.")
        ],
        operation: Operation(
            title: "Prothèse de hanche droite",
            indication: "Coxarthrose droite invalidante, échec du traitement conservateur.",
            anaesthesia: "Rachianesthésie, décubitus dorsal.",
            course: [
                """
                Voie d'abord antérieure mini-invasive. Ostéotomie du col, ablation de la tête \
                fémorale. Fraisage du cotyle jusqu'à 52 mm et impaction d'une cupule non \
                cimentée de 52 mm.
                """,
                """
                Préparation du fémur, tige non cimentée taille 4, tête céramique de 32 mm. \
                Réduction, stabilité et longueurs contrôlées. Fermeture par plans, pas de drain. \
                Pertes sanguines 300 ml.
                """,
            ],
            aftercare: [
                "Charge selon douleurs avec deux cannes pendant quatre semaines.",
                "Rivaroxaban 10 mg par jour pendant 35 jours.",
            ]),
        course: [
            """
            Suites simples. Mobilisation dès le jour de l'opération, escaliers maîtrisés au \
            quatrième jour. Cicatrice calme et sèche à la sortie.
            """
        ],
        treatment: [
            Medicine("Rivaroxaban", "10 mg", "1–0–0", "jusqu'à 35 jours postopératoires"),
            Medicine("Paracétamol", "1 g", "1–1–1"),
            Medicine("Ibuprofène", "400 mg", "1–0–1", "5 jours"),
            Medicine("Pantoprazole", "20 mg", "1–0–0", "avec l'ibuprofène"),
        ],
        followUp: [
            "Ablation des fils au quatorzième jour à votre cabinet.", "Physiothérapie, neuf séances.",
            "Contrôle clinique et radiologique à six semaines.",
        ],
        consultation: Consultation(
            title: "Contrôle d'orthopédie à six semaines", day: 42,
            interval: """
                {P} marche sans canne à la maison, avec une canne à l'extérieur. Antalgiques \
                arrêtés.
                """,
            status: """
                Cicatrice souple, flexion 105°, pas de boiterie sur 50 mètres, longueurs égales.
                """,
            assessment: "Évolution conforme six semaines après prothèse totale de hanche droite.",
            plan: ["Conduite automobile autorisée.", "Prochain contrôle à un an."]), daysOff: 60)

    static let hipFracture = Scenario(
        service: .orthopaedics, nights: 11, diagnosis: "Fracture pertrochantérienne gauche (AO 31-A2)",
        secondary: [
            "Ostéoporose fracturaire", "Démence légère de type Alzheimer",
            "État confusionnel postopératoire résolu",
        ],
        reason: "Chute de sa hauteur, impotence de la jambe gauche.",
        history: """
            {P}, {age}, a trébuché sur un tapis à son domicile. Pas de perte de connaissance \
            ni de traumatisme crânien. Autonome pour la marche avec une canne avant la \
            chute.
            """,
        status: """
            Jambe gauche raccourcie et en rotation externe, mobilisation très douloureuse. \
            Pas de déficit vasculonerveux distal.
            """,
        vitals: Vitals(
            systolic: 148, diastolic: 82, pulse: 92, temperature: 366, saturation: 95, breathing: 18),
        emergency: """
            Bloc du nerf fémoral, sonde vésicale, préparation pour le bloc opératoire dans \
            les 24 heures.
            """,
        laboratory: [
            LabValue("Hémoglobine", 98, "g/l", 120, 160), LabValue("25-OH-vitamine D", 28, "nmol/l", 50, nil),
            LabValue("Créatinine", 82, "µmol/l", 45, 84), LabValue("CRP", 74, "mg/l", nil, 5),
        ], laboratoryDay: 3,
        examinations: [
            Examination(
                title: "Radiographie du bassin et de la hanche gauche",
                indication: "Chute, impotence fonctionnelle.",
                technique: "Bassin de face, hanche axiale.",
                findings: [
                    "Fracture pertrochantérienne gauche déplacée en varus.",
                    "Anneau pelvien intact, déminéralisation diffuse.",
                ],
                conclusion: "Fracture pertrochantérienne gauche déplacée.")
        ],
        operation: Operation(
            title: "Enclouage céphalomédullaire gauche", day: 1,
            indication: "Fracture pertrochantérienne gauche déplacée.",
            anaesthesia: "Rachianesthésie, table orthopédique.",
            course: [
                """
                Réduction à foyer fermé sous amplificateur de brillance. Clou court de 10 mm, \
                vis cervicale de 95 mm, verrouillage distal dynamique. Réduction anatomique. \
                Pertes sanguines 200 ml.
                """
            ],
            aftercare: ["Charge complète d'emblée.", "Énoxaparine 40 mg par jour pendant 35 jours."]),
        course: [
            """
            État confusionnel les deux premières nuits, résolu par des mesures non \
            médicamenteuses. Transfusion d'un concentré érythrocytaire. Marche avec rollator \
            sur 30 mètres à la sortie.
            """,
            """
            La prise en charge orthogériatrique a introduit un traitement de l'ostéoporose.
            """,
        ],
        treatment: [
            Medicine("Énoxaparine", "40 mg", "0–0–1", "jusqu'à 35 jours"),
            Medicine("Paracétamol", "1 g", "1–1–1"),
            Medicine("Calcium et vitamine D3", "1000 mg/800 UI", "1–0–0", "nouveau"),
            Medicine("Acide zolédronique", "5 mg", "1 fois par an", "prévu dans 6 semaines"),
        ],
        followUp: [
            "Transfert en réadaptation gériatrique.", "Contrôle radiologique à six semaines.",
            "Ostéodensitométrie à organiser.",
        ])
}
