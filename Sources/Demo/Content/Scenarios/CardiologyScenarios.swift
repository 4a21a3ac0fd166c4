/// Cardiology.
extension Scenario {
    static let heartFailure = Scenario(
        service: .cardiology, nights: 8,
        diagnosis: "Décompensation cardiaque gauche sur cardiopathie ischémique (FEVG 35 %)",
        secondary: [
            "Fibrillation auriculaire permanente anticoagulée", "Insuffisance rénale chronique stade G3a",
        ],
        reason: "Dyspnée NYHA III et prise de 5 kg en deux semaines.",
        history:
            """
            {P}, {age}, décrit une orthopnée à trois coussins et des œdèmes des jambes \
            depuis deux semaines, après avoir réduit son diurétique. Pas de douleur \
            thoracique, pas de fièvre.
            """,
        status:
            """
            Turgescence jugulaire, râles crépitants jusqu'à mi-champs, œdèmes prenant le \
            godet jusqu'aux genoux. Rythme irrégulier, souffle systolique 2/6 au foyer \
            mitral.
            """,
        vitals: Vitals(
            systolic: 112, diastolic: 68, pulse: 104, temperature: 366, saturation: 90, breathing: 24),
        emergency: """
            Furosémide 40 mg intraveineux, oxygène 2 l/min, hospitalisation en cardiologie.
            """,
        laboratory: [
            LabValue("NT-proBNP", 6840, "ng/l", nil, 300), LabValue("Créatinine", 128, "µmol/l", 62, 106),
            LabValue("Potassium", 4.7, "mmol/l", 3.5, 5.0), LabValue("Troponine T hs", 28, "ng/l", nil, 14),
            LabValue("Ferritine", 62, "µg/l", 100, nil),
        ],
        examinations: [
            Examination(
                title: "Échocardiographie transthoracique", service: .cardiology, day: 2,
                indication: "Décompensation cardiaque.",
                technique: "Examen bidimensionnel et doppler, qualité satisfaisante.",
                findings: [
                    """
                    Ventricule gauche dilaté (58 mm), akinésie inférieure, FEVG 35 % (Simpson \
                    biplan).
                    """,
                    "Insuffisance mitrale fonctionnelle modérée. Oreillette gauche dilatée.",
                    "Pression artérielle pulmonaire systolique estimée à 48 mmHg. Péricarde sec.",
                ],
                conclusion: """
                    Cardiopathie ischémique avec FEVG à 35 %, insuffisance mitrale modérée, \
                    hypertension pulmonaire.
                    """)
        ],
        course: [
            """
            Perte de 6,2 kg sous furosémide intraveineux, disparition de l'orthopnée et des \
            œdèmes. La créatinine est restée stable autour de 125 µmol/l.
            """,
            """
            La carence martiale a été corrigée par carboxymaltose ferrique 1 g. Un \
            traitement par dapagliflozine a été introduit et bien toléré. Un enseignement \
            sur le sel et la pesée quotidienne a été donné.
            """,
        ],
        treatment: [
            Medicine("Torasémide", "20 mg", "1–0–0", "adapter au poids"),
            Medicine("Sacubitril et valsartan", "49/51 mg", "1–0–1"),
            Medicine("Bisoprolol", "5 mg", "1–0–0"), Medicine("Dapagliflozine", "10 mg", "1–0–0", "nouveau"),
            Medicine("Spironolactone", "25 mg", "1–0–0"), Medicine("Apixaban", "5 mg", "1–0–1"),
            Medicine("Atorvastatine", "40 mg", "0–0–1"),
        ],
        followUp: [
            """
            Poids cible 74 kg ; augmenter le torasémide à 40 mg si prise de plus de 2 kg en \
            trois jours.
            """,
            "Kaliémie et créatinine à une semaine.",
            "Consultation d'insuffisance cardiaque dans quatre semaines.",
        ],
        consultation: Consultation(
            title: "Consultation d'insuffisance cardiaque", day: 36,
            interval: "Dyspnée NYHA II, poids stable à 74 kg, pas d'œdème, pas de vertige.",
            status: "TA 118/70 mmHg, fréquence cardiaque 72/min, auscultation pulmonaire claire.",
            assessment: "Bonne réponse au traitement, marge pour augmenter le bêtabloquant.",
            plan: [
                "Bisoprolol 7,5 mg par jour.",
                "Échocardiographie à trois mois pour discuter un défibrillateur.",
            ]))

    static let infarction = Scenario(
        service: .cardiology, nights: 4,
        diagnosis: "Syndrome coronarien aigu sans élévation du segment ST",
        secondary: [
            "Hypercholestérolémie", "Tabagisme actif, 25 unités-paquets-année", "Hypertension artérielle",
        ],
        reason: "Douleur thoracique constrictive au repos.",
        history:
            """
            {P}, {age}, ressent depuis deux heures une oppression rétrosternale irradiant \
            dans le bras gauche, avec sudations. Épisodes d'effort plus brefs depuis une \
            semaine. Père décédé d'un infarctus à 58 ans.
            """,
        status: """
            Pâle, sudations froides. Bruits du cœur réguliers, sans souffle. Poumons clairs, \
            pouls périphériques symétriques.
            """,
        vitals: Vitals(
            systolic: 152, diastolic: 90, pulse: 88, temperature: 367, saturation: 97, breathing: 18),
        emergency: """
            Acide acétylsalicylique 250 mg, héparine 5000 UI, transfert en salle de \
            coronarographie.
            """,
        laboratory: [
            LabValue("Troponine T hs", 428, "ng/l", nil, 14),
            LabValue("Cholestérol LDL", 4.1, "mmol/l", nil, 1.4),
            LabValue("HbA1c", 5.8, "%", nil, 5.7), LabValue("CK", 386, "U/l", nil, 190),
        ],
        examinations: [
            Examination(
                title: "Échocardiographie transthoracique", service: .cardiology, day: 2,
                indication: "Bilan après angioplastie.",
                technique: "Examen bidimensionnel et doppler.",
                findings: [
                    "Hypokinésie antérieure apicale, FEVG 52 %.",
                    "Pas de valvulopathie significative, pas de thrombus, péricarde sec.",
                ],
                conclusion: """
                    Fonction ventriculaire gauche conservée malgré une hypokinésie apicale limitée.
                    """)
        ],
        operation: Operation(
            title: "Coronarographie et angioplastie",
            indication: "Syndrome coronarien aigu sans élévation du segment ST.",
            anaesthesia: "Anesthésie locale, voie radiale droite 6 F.",
            course: [
                """
                Tronc commun libre. Sténose subocclusive de 90 % de l'artère interventriculaire \
                antérieure moyenne. Circonflexe et coronaire droite irrégulières sans sténose \
                significative.
                """,
                """
                Prédilatation puis implantation d'un stent actif de 3,0 × 22 mm, bon résultat, \
                flux TIMI 3. Dose d'irradiation 34 Gy·cm², 120 ml de contraste.
                """,
            ],
            aftercare: [
                "Double antiagrégation pendant douze mois.",
                "Compression radiale retirée après quatre heures, pas d'hématome.",
            ]),
        course: [
            """
            Surveillance sans arythmie ni récidive douloureuse. {P} a été informé{e} des \
            facteurs de risque et débute une réadaptation cardiovasculaire ambulatoire.
            """
        ],
        treatment: [
            Medicine("Acide acétylsalicylique", "100 mg", "1–0–0", "à vie"),
            Medicine("Ticagrélor", "90 mg", "1–0–1", "12 mois"),
            Medicine("Rosuvastatine", "20 mg", "0–0–1", "cible LDL < 1,4 mmol/l"),
            Medicine("Périndopril", "5 mg", "1–0–0"),
            Medicine("Nitroglycérine", "0,8 mg", "au besoin", "spray sublingual"),
        ],
        followUp: [
            "Réadaptation cardiovasculaire dès la semaine prochaine.",
            "Profil lipidique à six semaines, ajouter ézétimibe si cible non atteinte.",
            "Consultation de cardiologie dans un mois, sevrage tabagique accompagné.",
        ], daysOff: 28)

    static let atrialFibrillation = Scenario(
        service: .cardiology,
        diagnosis: "Fibrillation auriculaire paroxystique de découverte récente (CHA2DS2-VA : 2)",
        secondary: ["Hypertension artérielle"], reason: "Palpitations récidivantes depuis deux mois.",
        history: """
            {P}, {age}, décrit des palpitations rapides et irrégulières durant une à trois \
            heures, sans syncope ni douleur thoracique, deux fois par semaine.
            """,
        status: """
            Bruits du cœur réguliers, pas de souffle. Pas de signe d'insuffisance cardiaque. \
            Thyroïde non palpable.
            """,
        vitals: Vitals(
            systolic: 144, diastolic: 86, pulse: 74, temperature: 366, saturation: 98, breathing: 14),
        laboratory: [LabValue("TSH", 1.8, "mU/l", 0.4, 4.0), LabValue("NT-proBNP", 210, "ng/l", nil, 300)],
        examinations: [
            Examination(
                title: "Échocardiographie transthoracique", service: .cardiology, day: 3,
                indication: "Fibrillation auriculaire paroxystique.",
                technique: "Examen bidimensionnel et doppler, en rythme sinusal.",
                findings: [
                    """
                    Ventricule gauche de taille et de fonction normales, FEVG 61 %. Hypertrophie \
                    concentrique légère.
                    """,
                    """
                    Oreillette gauche légèrement dilatée (38 ml/m²). Valves sans anomalie \
                    significative.
                    """,
                ],
                conclusion: "Cœur de fonction normale, oreillette gauche légèrement dilatée."),
            Examination(
                kind: .consultation, title: "Holter de 72 heures", service: .cardiology, day: 6,
                indication: "Palpitations.",
                technique: "Enregistrement de 72 heures, trois dérivations.",
                findings: [
                    "Rythme de base sinusal, 58 à 112/min.",
                    """
                    Trois épisodes de fibrillation auriculaire, le plus long de 2 h 40, fréquence \
                    moyenne 118/min.
                    """,
                ],
                conclusion: "Fibrillation auriculaire paroxystique symptomatique."),
        ],
        treatment: [
            Medicine("Apixaban", "5 mg", "1–0–1", "nouveau"),
            Medicine("Métoprolol retard", "50 mg", "1–0–0", "nouveau"),
            Medicine("Lisinopril", "10 mg", "1–0–0"),
        ],
        consultation: Consultation(
            title: "Consultation de cardiologie", day: 14,
            interval: "Deux épisodes brefs depuis le début du métoprolol, bonne tolérance.",
            status: "TA 136/82 mmHg, pouls régulier à 64/min.",
            assessment: "Fibrillation auriculaire paroxystique avec indication à l'anticoagulation.",
            plan: [
                "Poursuite de l'apixaban et du métoprolol.",
                "Discussion d'une ablation si les épisodes persistent.", "Contrôle dans six mois.",
            ]))
}
