import Storage

/// The statements of `BulkRows`. `part.n` is the number of a row; everything else is computed from it.
extension BulkRows {
    var firstPatientOfOthers: Int { 10_000_000 }

    func firstPatient(ofOwner number: Int) -> Int { number * 1_000_000 }

    private func numbers(_ part: ClosedRange<Int>) -> SQLText {
        """
        WITH RECURSIVE part (n) AS (
          SELECT CAST(\(part.lowerBound) AS BIGINT) UNION ALL
          SELECT n + 1 FROM part WHERE n < \(part.upperBound))
        """
    }

    /// 32 digits, as identifiers have; in the order of their numbers, which is not the order of time.
    private func identifier(_ mark: SQLText, _ number: SQLText) -> SQLText {
        "('\(sql: mark)' || CAST(1000000000 + \(sql: number) AS TEXT) || '00000000000000000000')"
    }

    private var document: SQLText { identifier("d0", "part.n") }

    private var account: SQLText {
        byOwner(others: identifier("a0", "(part.n / 7) % \(Self.professionals)")) { "\($1.account)" }
    }

    private var patient: SQLText {
        identifier(
            "b0",
            byOwner(others: "\(firstPatientOfOthers) + part.n / 7") { number, owner in
                "\(firstPatient(ofOwner: number)) + (part.n / \(owner.stride)) % \(owner.patients)"
            })
    }

    private func byOwner(others: SQLText, _ value: (Int, Owner) -> SQLText) -> SQLText {
        if owners.isEmpty { return others }
        var sql: SQLText = "(CASE"
        for (number, owner) in owners.enumerated() {
            let value = value(number, owner)
            sql = "\(sql: sql) WHEN part.n % \(owner.stride) = \(owner.rest) THEN \(sql: value)"
        }
        return "\(sql: sql) ELSE \(sql: others) END)"
    }

    /// Spread over 300 days. The factor has no divisor in common with a power of ten: no moment comes twice.
    private var moment: SQLText {
        let step = 300 * 86_400_000 / documents
        return "(\(now) - (part.n * 736338717 % \(documents)) * \(step))"
    }

    private var letter: SQLText {
        var rows: SQLText = ""
        for (number, letter) in letters.enumerated() {
            let row: SQLText =
                "(\(number), \(letter.typeCode), \(letter.classCode), \(letter.title), \(letter.service))"
            rows = number == 0 ? row : "\(sql: rows), \(sql: row)"
        }
        return "letter (number, type_code, class_code, title, service) AS (VALUES \(sql: rows))"
    }

    private var eachWithItsLetter: SQLText {
        "FROM part JOIN letter ON letter.number = (part.n / 3) % \(letters.count)"
    }

    var professionalAccounts: SQLText {
        """
        INSERT INTO account (id, email, honorific, family_name, given_name, role, state, code_channel,
          created_at)
        \(sql: numbers(0...Self.professionals - 1))
        SELECT \(sql: identifier("a0", "part.n")), 'pro' || CAST(part.n AS TEXT) || '@hin.example', 'Dr',
          'Exemple' || CAST(part.n AS TEXT), 'Jean', 'practitioner', 'active', 'email', \(now) FROM part
        """
    }

    var professionalPractices: SQLText {
        """
        INSERT INTO practitioner (account_id, profession, speciality, practice, locality, notification_email,
          notification_policy, delivery_mode, lifetime_days)
        \(sql: numbers(0...Self.professionals - 1))
        SELECT \(sql: identifier("a0", "part.n")), 'Médecin', 'Médecine interne générale', 'Cabinet',
          'Ville du Lac', 'pro' || CAST(part.n AS TEXT) || '@hin.example', 'none', 'portal', 365 FROM part
        """
    }

    /// Fifty family names, forty given names, and dates of birth of ninety years.
    func patients(_ part: ClosedRange<Int>) -> SQLText {
        let family: SQLText = "CAST(\(Self.familyNames) AS TEXT), CAST(1 + 9 * (n % 50) AS INT), 9"
        let given: SQLText = "CAST(\(Self.givenNames) AS TEXT), CAST(1 + 9 * (n / 50 % 40) AS INT), 9"
        return """
            INSERT INTO patient (id, system, number, family_name, given_name, birth_date, sex, search_name)
            \(sql: numbers(part)),
            named (n, family, given, year, month, day) AS (
              SELECT n, trim(substr(\(sql: family))), trim(substr(\(sql: given))),
                CAST(1930 + n * 7 % 90 AS TEXT),
                substr(CAST(101 + n % 12 AS TEXT), 2), substr(CAST(101 + n % 28 AS TEXT), 2) FROM part)
            SELECT \(sql: identifier("b0", "n")), 'urn:oid:2.16.756.5.30.1.999.9', 'B' || CAST(n AS TEXT), family,
              given, year || '-' || month || '-' || day, 'female',
              lower(family || ' ' || given) || ' ' || year || '-' || month || '-' || day || ' ' || day || '.' ||
                month || '.' || year || ' b' || CAST(n AS TEXT)
            FROM named
            """
    }

    func documentRows(_ part: ClosedRange<Int>) -> SQLText {
        let hash = [UInt8](repeating: 7, count: 32)
        let sha1 = [UInt8](repeating: 7, count: 20)
        return """
            INSERT INTO document (id, sender_id, master_identifier, request_digest, patient_id, stay_system,
              stay_number, type_code, class_code, title, service, author, language, confidentiality, authored_at,
              published_at, media_type, byte_count, sha256, sha1, page_count, warnings, version, state, preview)
            \(sql: numbers(part)), \(sql: letter)
            SELECT \(sql: document), \(sender), 'urn:uuid:' || \(sql: document), \(hash), \(sql: patient),
              'urn:oid:2.16.756.5.30.1.999.8', 'S' || CAST(part.n AS TEXT), letter.type_code, letter.class_code,
              letter.title, letter.service, 'Dr Jean Exemple', 'fr-CH', '17621005', \(sql: moment), \(sql: moment),
              'application/pdf', 100000, \(hash), \(sha1), 1, '', 1, 'current', 'ready'
            \(sql: eachWithItsLetter)
            """
    }

    func contents(_ part: ClosedRange<Int>) -> SQLText {
        """
        INSERT INTO content (document_id, part, number, blob, period, wrapped_key, byte_count, width, height)
        \(sql: numbers(part))
        SELECT \(sql: document), 'original', 0, \(sql: document), \(period), \([UInt8](repeating: 7, count: 60)),
          100000, 0, 0 FROM part
        """
    }

    /// Three of ten were never opened.
    func readers(_ part: ClosedRange<Int>) -> SQLText {
        """
        INSERT INTO document_reader (account_id, document_id, type_code, service, patient_id, received_at,
          expires_at, is_superseded, basis, opened_at, is_unread)
        \(sql: numbers(part)), \(sql: letter)
        SELECT \(sql: account), \(sql: document), letter.type_code, letter.service, \(sql: patient),
          \(sql: moment), \(sql: moment) + 31536000000, FALSE, \(basis),
          CASE WHEN part.n / 7 % 10 < 3 THEN NULL ELSE \(sql: moment) + 3600000 END,
          CASE WHEN part.n / 7 % 10 < 3 THEN TRUE ELSE FALSE END
        \(sql: eachWithItsLetter)
        """
    }

    func dispatches(_ part: ClosedRange<Int>) -> SQLText {
        """
        INSERT INTO dispatch (document_id, account_id, gln, channel, basis, notified_at, created_at)
        \(sql: numbers(part))
        SELECT \(sql: document), \(sql: account), '7601099000013', 'portal', 'assertion', \(sql: moment),
          \(sql: moment) FROM part
        """
    }

    private static let familyNames = padded(
        """
        Aubert Berger Blanc Bolay Bonvin Borel Bornand Bovet Bron Burnier Chappuis Cherix Cornu Cottier Cuendet
        Delay Dubois Ducret Duvoisin Emery Fatio Fivaz Gaillard Gilliand Girard Grandjean Guex Henchoz Huguenin
        Jaccard Junod Maire Martin Mercier Meylan Monod Morel Perrin Piguet Ramuz Regamey Rey Rochat Roulin
        Schmid Tissot Vallotton Vuille Weber Zufferey
        """)
    private static let givenNames = padded(
        """
        Agnes Albert Alice Andre Anna Anne Benoit Bruno Camille Carole Cecile Colette Daniel David Denise Diane
        Emile Emma Eric Eva Fabien Gilles Helene Hugo Irene Jacques Jean Jeanne Julie Laure Leon Louis Luc Marc
        Marie Nora Paul Rose Sophie Yves
        """)

    /// Words in columns of nine letters, for `substr`.
    private static func padded(_ words: String) -> String {
        words.split { $0 == " " || $0 == "\n" }.map { word in
            "\(word.prefix(9))" + String(repeating: " ", count: max(9 - word.count, 0))
        }.joined()
    }
}
