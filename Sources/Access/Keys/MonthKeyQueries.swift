import Storage

/// All SQL that touches month keys.
extension Transaction {
    func monthKey(_ period: String) throws -> [UInt8]? {
        try first("SELECT wrapped FROM period_key WHERE period = \(period)")?.get("wrapped")
    }

    /// - Returns: the stored key, which may be one that another node was faster to make.
    func keepMonthKey(_ period: String, _ wrapped: [UInt8], at now: Timestamp) throws -> [UInt8] {
        try execute(
            """
            INSERT INTO period_key (period, wrapped, created_at) VALUES (\(period), \(wrapped), \(now))
            ON CONFLICT (period) DO NOTHING
            """)
        return try monthKey(period) ?? wrapped
    }
}
