import Access
import Directory
import Dispatches
import Documents
import HL7v2

extension Intake {
    /// MDM: publishes, replaces or withdraws, by the same actions as FHIR.
    func document(_ given: MessageReading, _ viewer: MachineViewer) async throws -> Acknowledgement {
        var reading = given
        let identity = try reading.identity()
        if identity.isWithdrawn { return try await withdraw(identity, viewer) }
        if reading.isWithoutContent {
            return try await acknowledgeKnown(identity, reading.header.event, viewer)
        }
        let isEdition =
            reading.header.event == "T08" && (identity.parent ?? identity.master) == identity.master
        var replaces: Replaced?
        if ["T08", "T10"].contains(reading.header.event), !isEdition {
            guard let parent = identity.parent else {
                reading.missing(Location(segment: "TXA", field: 13))
                throw Rejection(.error, reading.errors)
            }
            replaces = try await replaced(parent, viewer)
        }
        if reading.header.event == "T06" {
            reading.warn(
                MessageError(
                    .applicationFault, at: Location(segment: "TXA", field: 13),
                    diagnostics: "The relation is not kept: the addendum is published on its own",
                    userMessage: "Le complément est publié comme un document à part"))
        }
        let made = try await drawnText(&reading)
        let (command, places) = try reading.command(
            identity, replaces: replaces, made: made, limit: maximumDocumentBytes)
        let published: PublishedDocument
        do {
            published = try await publish(command, isEdition: isEdition, reading.sender, viewer)
        } catch let refusal as DispatchRefusal where refusal.kind != .unavailable {
            let place = command.recipients.first.flatMap { places[$0] }
            return Acknowledgement(.error, [RefusalErrors.error(of: refusal, at: place)])
        }
        let refused = published.refused.map { gln, refusal in
            var warning = RefusalErrors.error(of: refusal, at: places[gln])
            warning.severity = .warning
            return warning
        }
        return Acknowledgement(
            .accepted, text: published.isRepetition ? "already processed" : nil,
            errors: refused + reading.warnings)
    }

    private func publish(
        _ command: PublishDocument, isEdition: Bool, _ sender: IntakeMapping.Sender, _ viewer: MachineViewer
    ) async throws -> PublishedDocument {
        if isEdition { return try await dispatches.publishEdition(command, viewer) }
        do {
            return try await dispatches.publish(command, viewer)
        } catch DispatchRefusal.otherContent where sender.resentReplaces {
            return try await dispatches.publishEdition(command, viewer)
        }
    }

    /// The document to replace: by its sender's identifier, or its newest edition under it.
    private func replaced(_ parent: String, _ viewer: MachineViewer) async throws -> Replaced {
        try await dispatches.laterEdition(of: parent, viewer).map { .id($0) } ?? .masterIdentifier(parent)
    }

    /// Withdraws the newest version of a document.
    private func withdraw(_ identity: DocumentIdentity, _ viewer: MachineViewer) async throws
        -> Acknowledgement
    {
        let scope = Scope("DocumentReference", "u")
        guard viewer.scopes.contains(scope) else { throw Self.lacking(scope) }
        let target = try await replaced(identity.master, viewer)
        let withdrawn: WithdrawnDocument
        do {
            withdrawn = try await dispatches.withdraw(
                target, reason: WithdrawalReason(identity.reason), viewer)
        } catch DispatchRefusal.notFound {
            // engines do overtake themselves: the late document must not get in
            try await dispatches.withdrawAhead(identity.master, viewer)
            throw DispatchRefusal.notFound
        }
        let openedBy = withdrawn.dispatches.filter { $0.openedAt != nil }
        // D36: the sender learns who had read it
        let told = openedBy.map { dispatch in
            MessageError(
                .accepted, "OPENED", severity: .information,
                diagnostics: "Opened by GLN \(dispatch.gln.rawValue) before it was withdrawn",
                userMessage: "Le document avait été ouvert par le destinataire (GLN \(dispatch.gln.rawValue))"
            )
        }
        return Acknowledgement(
            .accepted, text: withdrawn.isRepetition ? "already processed" : nil, errors: told)
    }
}
