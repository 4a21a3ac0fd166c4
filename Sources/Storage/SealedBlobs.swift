/// The sealed contents that rows mention, whatever feature they belong to: each such table has the columns `blob`,
/// `period` and `wrapped_key`, and stands in `CopiedTable.all` as one that holds blobs.
extension Transaction {
    /// Which of these blobs a row mentions.
    public func knownBlobs(among names: [String]) throws -> Set<String> {
        var known: Set<String> = []
        for table in CopiedTable.all where table.holdsBlobs {
            let rows = try query(
                """
                SELECT blob FROM \(sql: SQLText(verbatim: table.name))
                WHERE blob IN (\(list: names)) AND wrapped_key IS NOT NULL
                """)
            known.formUnion(try rows.map { try $0.get("blob") })
        }
        return known
    }

    /// The names of all contents that can be opened, in order, page by page.
    public func blobs(after name: String, limit: Int) throws -> [String] {
        var found: [String] = []
        for table in CopiedTable.all where table.holdsBlobs {
            found += try query(
                """
                SELECT blob FROM \(sql: SQLText(verbatim: table.name))
                WHERE blob > \(name) AND wrapped_key IS NOT NULL ORDER BY blob LIMIT \(limit)
                """
            ).map { try $0.get("blob") }
        }
        // names are hex digits: both engines and Swift order them alike
        return Array(found.sorted().prefix(limit))
    }

    /// How many contents can be opened.
    public func blobCount() throws -> Int {
        var count = 0
        for table in CopiedTable.all where table.holdsBlobs {
            count +=
                try first(
                    """
                    SELECT COUNT(*) AS number FROM \(sql: SQLText(verbatim: table.name))
                    WHERE wrapped_key IS NOT NULL
                    """)?.get("number") ?? 0
        }
        return count
    }
}
