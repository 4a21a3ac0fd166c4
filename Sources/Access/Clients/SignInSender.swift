import Storage

extension AccessActions {
    /// A sender of HL7 v2, which the operator's mapping says is this client: the program at the other end of a
    /// connection that came from this machine, or that showed the certificate named there. MLLP knows no tokens: the
    /// connection is the proof, and the edge that accepted it answers for it. It gets the scopes the client is
    /// registered with.
    /// - Returns: nil when no such client is registered, or it is suspended.
    public func sender(
        _ id: Client.ID, provedBy authentication: MachineViewer.Authentication, origin: RequestOrigin
    ) async throws -> MachineViewer? {
        try await database.read { transaction in
            try transaction.activeClient(id).map {
                MachineViewer(
                    clientID: $0.id, scopes: $0.scopes, origin: origin, authentication: authentication)
            }
        }
    }
}
