/// Internal medicine and pneumology.
extension Scenario {
    static let pneumonia = Scenario(
        service: .medicine, nights: 7, diagnosis: "Pneumonie communautaire basale droite (CURB-65 : 2)",
        secondary: ["Hypertension artérielle traitée", "Diabète de type 2 sous metformine"],
        reason: "Toux productive, fièvre et dyspnée depuis quatre jours.",
        history:
            """
            {P}, {age}, décrit une toux avec expectorations purulentes, une fièvre jusqu'à \
            39,2 °C et une dyspnée d'effort d'apparition progressive. Pas de voyage récent, \
            pas de contact malade connu, pas de fausse route. Vaccination antigrippale à \
            jour.
            """,
        status:
            """
            Conscience claire, pas de cyanose. Crépitants et souffle tubaire à la base \
            droite. Bruits du cœur réguliers sans souffle. Abdomen souple et indolore, pas \
            d'œdème des membres inférieurs.
            """,
        vitals: Vitals(
            systolic: 124, diastolic: 70, pulse: 98, temperature: 388, saturation: 91, breathing: 24),
        emergency:
            """
            Hospitalisation en médecine interne pour antibiothérapie intraveineuse et \
            oxygénothérapie. Première dose d'amoxicilline et acide clavulanique administrée \
            aux urgences.
            """,
        laboratory: [
            LabValue("CRP", 186, "mg/l", nil, 5), LabValue("Leucocytes", 15.8, "G/l", 4, 10),
            LabValue("Procalcitonine", 1.4, "µg/l", nil, 0.25), LabValue("Lactate", 1.6, "mmol/l", 0.5, 2.2),
        ],
        examinations: [
            Examination(
                title: "Radiographie du thorax face et profil", indication: "Suspicion de pneumonie.",
                technique: "Clichés debout, face et profil.",
                findings: [
                    """
                    Opacité alvéolaire systématisée du lobe inférieur droit avec bronchogramme \
                    aérien.
                    """,
                    "Pas d'épanchement pleural. Silhouette cardiomédiastinale de taille normale.",
                    "Pas de lésion osseuse suspecte.",
                ],
                conclusion: "Foyer de pneumonie du lobe inférieur droit, sans épanchement.")
        ],
        course: [
            """
            Sous amoxicilline et acide clavulanique par voie intraveineuse pendant trois \
            jours puis par voie orale, l'évolution a été favorable : apyrexie au troisième \
            jour et sevrage de l'oxygène au quatrième jour. La CRP est passée de 186 à 34 \
            mg/l.
            """,
            """
            Les hémocultures sont restées stériles, l'antigène urinaire pour le pneumocoque \
            était positif. {P} marche sans aide à la sortie, avec une saturation de 95 % à \
            l'air ambiant.
            """,
        ],
        treatment: [
            Medicine("Amoxicilline et acide clavulanique", "1 g", "1–1–1", "encore 2 jours"),
            Medicine("Metformine", "850 mg", "1–0–1", "repris"), Medicine("Lisinopril", "10 mg", "1–0–0"),
            Medicine("Paracétamol", "1 g", "au besoin", "maximum 3 par jour"),
        ],
        followUp: [
            "Contrôle clinique et de la CRP à votre cabinet dans une semaine.",
            "Radiographie du thorax de contrôle dans six semaines.",
            "Vaccination contre le pneumocoque proposée à distance de l'infection.",
        ])

    static let pyelonephritis = Scenario(
        service: .medicine, nights: 4, diagnosis: "Pyélonéphrite aiguë droite à Escherichia coli",
        secondary: ["Cystites à répétition"],
        reason: "Douleur lombaire droite et frissons depuis la veille.",
        history:
            """
            {P}, {age}, présente depuis trois jours des brûlures mictionnelles et une \
            pollakiurie, puis des frissons et une douleur de la loge rénale droite. Pas \
            d'hématurie, pas d'antécédent de calcul.
            """,
        status:
            """
            État général conservé. Douleur vive à la percussion de la loge rénale droite. \
            Abdomen souple, sans défense. Auscultation cardiopulmonaire sans particularité.
            """,
        vitals: Vitals(
            systolic: 118, diastolic: 68, pulse: 104, temperature: 392, saturation: 98, breathing: 18),
        emergency: """
            Prélèvement d'urine et d'hémocultures, ceftriaxone 2 g intraveineux, \
            hospitalisation en médecine interne.
            """,
        laboratory: [
            LabValue("CRP", 142, "mg/l", nil, 5), LabValue("Leucocytes", 14.1, "G/l", 4, 10),
            LabValue("Leucocytes urinaires", 480, "/µl", nil, 20),
            LabValue("Créatinine", 88, "µmol/l", 45, 84),
        ],
        examinations: [
            Examination(
                title: "Échographie des voies urinaires", day: 1, indication: "Exclusion d'une obstruction.",
                technique: "Examen par voie abdominale, vessie en réplétion.",
                findings: [
                    """
                    Reins de taille normale, rein droit discrètement tuméfié et hyperéchogène au \
                    pôle supérieur.
                    """,
                    """
                    Pas de dilatation pyélocalicielle, pas de calcul visible. Vessie sans résidu \
                    après miction.
                    """,
                ],
                conclusion: "Signes de pyélonéphrite droite non compliquée, pas d'obstacle.")
        ],
        course: [
            """
            Apyrexie après 36 heures de ceftriaxone. L'urotube a montré un Escherichia coli \
            sensible au cotrimoxazole, ce qui a permis un relais par voie orale au troisième \
            jour.
            """
        ],
        treatment: [Medicine("Cotrimoxazole", "800/160 mg", "1–0–1", "encore 7 jours")],
        followUp: [
            "Contrôle clinique à la fin du traitement ; pas d'urotube si asymptomatique.",
            "Mesures préventives expliquées ; avis urologique en cas de récidive.",
        ], daysOff: 10)

    static let copd = Scenario(
        service: .pneumology, nights: 6, diagnosis: "Exacerbation infectieuse d'une BPCO (GOLD 3, groupe E)",
        secondary: ["Tabagisme actif, 45 unités-paquets-année", "Hypertension artérielle"],
        reason: "Augmentation de la dyspnée et expectorations purulentes.",
        history:
            """
            {P}, {age}, est connu{e} pour une BPCO avec une deuxième exacerbation en douze \
            mois. Depuis cinq jours, {il} tousse davantage, avec des expectorations jaunes, \
            et ne peut plus monter un étage.
            """,
        status:
            """
            Expirium prolongé, sibilances diffuses, utilisation des muscles accessoires. Pas \
            d'œdème des membres inférieurs, pas de turgescence jugulaire.
            """,
        vitals: Vitals(
            systolic: 142, diastolic: 80, pulse: 102, temperature: 374, saturation: 87, breathing: 28),
        emergency: """
            Aérosols de salbutamol et d'ipratropium, prednisone 40 mg, oxygène 2 l/min. \
            Hospitalisation en pneumologie.
            """,
        laboratory: [
            LabValue("CRP", 48, "mg/l", nil, 5), LabValue("pH artériel", 7.36, "", 7.35, 7.45),
            LabValue("pCO2 artérielle", 6.3, "kPa", 4.7, 6.0),
            LabValue("Éosinophiles", 0.34, "G/l", 0.05, 0.3),
        ],
        examinations: [
            Examination(
                title: "Radiographie du thorax face et profil",
                indication: "Exclusion d'un foyer ou d'un pneumothorax.",
                technique: "Clichés debout, face et profil.",
                findings: [
                    "Distension thoracique, coupoles aplaties.",
                    "Pas de foyer, pas d'épanchement, pas de pneumothorax.",
                ],
                conclusion: "Signes d'emphysème sans complication aiguë."),
            Examination(
                kind: .consultation, title: "Fonctions pulmonaires", service: .pneumology, day: 5,
                indication: "Bilan avant la sortie.",
                technique: "Spirométrie avant et après bronchodilatateur.",
                findings: [
                    "VEMS 1,12 l (41 % du prédit), rapport VEMS/CVF 0,48.",
                    "Pas de réversibilité significative.",
                ],
                conclusion: "Trouble ventilatoire obstructif sévère, non réversible."),
        ],
        course: [
            """
            Évolution favorable sous prednisone 40 mg pendant cinq jours, bronchodilatateurs \
            et co-amoxicilline. L'oxygène a pu être arrêté au quatrième jour. La technique \
            d'inhalation a été revue avec la physiothérapeute.
            """,
            """
            Un sevrage tabagique a été abordé ; {p} accepte une substitution nicotinique et \
            un suivi.
            """,
        ],
        treatment: [
            Medicine("Tiotropium et olodatérol", "2,5/2,5 µg", "2–0–0", "inhalateur"),
            Medicine("Salbutamol", "100 µg", "au besoin", "2 bouffées"),
            Medicine("Substituts nicotiniques", "21 mg/24 h", "1–0–0", "patch, 6 semaines"),
            Medicine("Amlodipine", "5 mg", "1–0–0"),
        ],
        followUp: [
            "Réadaptation respiratoire ambulatoire, inscription faite.",
            "Contrôle en pneumologie dans deux mois avec gazométrie.",
            "Vaccinations grippe et pneumocoque à vérifier.",
        ])
}
