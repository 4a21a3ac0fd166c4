import Access
import Dispatches
import FHIR
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PDF

extension FHIRInterface {
    /// Signs the machine in, checks its scope, does the work, and turns whatever is thrown into an
    /// OperationOutcome: one place for the whole edge.
    ///
    /// What is wrong with the message itself is traced here, as a refused attempt at what it would have done;
    /// the core traces its own refusals. Who is asked to come back before anything of his message was read (too many files
    /// wait, no room for the body) is counted in the metrics and not traced: nothing was judged (ADR 0033).
    func answer<Context: RemoteAddressRequestContext>(
        _ request: Request, _ context: Context, _ interaction: Interaction,
        _ work: @escaping @Sendable (MachineRequest) async throws -> Response
    ) async -> Response {
        do {
            guard let viewer = try await machine(request, context) else { return unauthorised() }
            guard viewer.scopes.contains(interaction.scope) else {
                return try await lacking(interaction, viewer)
            }
            // before the document is received: to be refused after it had waited would cost both sides more
            if interaction.publishes, await dispatches.isLate { return busy() }
            let machineRequest = MachineRequest(
                request: request, parameters: context.parameters, viewer: viewer)
            do {
                try refuseConditions(request, interaction)
                guard interaction.publishes else { return try await work(machineRequest) }
                return try await Self.ahead { try await work(machineRequest) }
            } catch let outcome as OperationOutcome {
                try await trace(outcome, as: interaction.event, by: viewer)
                return respond(outcome)
            } catch let refusal as any Refusal where viewer.principalID != nil {
                // `Documents` answers people, whose refusals the portal's routes trace
                try await trace(refusal, machineRequest, interaction)
                throw refusal
            }
        } catch let refusal as any Refusal {
            return respond(Self.outcome(of: refusal))
        } catch let refusal as PDFRefusal {
            return respond(Self.outcome(of: refusal))
        } catch is NoRoom, is Turnstile.Busy {
            return busy()
        } catch let error where isTemporary(error) {
            context.logger.warning("unavailable", metadata: ["error": "\(error)"])
            return busy()
        } catch {
            let incident = String(UUID().uuidString.prefix(8))
            context.logger.error("fault", metadata: ["incident": "\(incident)", "error": "\(error)"])
            return respond(OperationOutcome([.init(.exception, "Internal fault, incident \(incident)")]))
        }
    }

    /// Runs before what others wait for. A publication changes threads a hundred times on its way, a page ten times: in
    /// one queue with the pages of a busy morning it would wait ten times as long as they.
    private static func ahead<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T
    {
        let task = Task(priority: .high, operation: work)
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Who shows a valid token; nil for anybody else, which is traced, once an address and minute with a count.
    private func machine<Context: RemoteAddressRequestContext>(
        _ request: Request, _ context: Context
    ) async throws -> MachineViewer? {
        let header = request.headers[.authorization] ?? ""
        let origin = origin(of: request, context)
        if header.utf8.count < 1000, header.lowercased().hasPrefix("bearer ") {
            let token = String(header.dropFirst("bearer ".count))
            if let viewer = try await access.machine(token: token, origin: origin) { return viewer }
        }
        try await access.recordRepeatedRefusal(
            AuditEntry(.tokenIssued, .refused, rule: "token.unknown"), session: nil, origin: origin)
        return nil
    }

    /// The codes of the mistakes, nothing of the message.
    private func trace(_ outcome: OperationOutcome, as event: AuditEventKind, by viewer: MachineViewer)
        async throws
    {
        let first = outcome.issues.first
        let rule = "fhir.\(first?.details ?? first?.code.rawValue ?? "invalid")"
        try await access.recordRefusal(AuditEntry(event, .refused, rule: rule), by: .machine(viewer))
    }

    /// What the program of a professional was refused.
    func trace(_ refusal: any Refusal, _ machine: MachineRequest, _ interaction: Interaction) async throws {
        let id = machine.parameters.get("id").flatMap {
            $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) ? $0 : nil
        }
        try await access.recordRefusal(
            AuditEntry(
                interaction.event, .refused, rule: refusal.rule,
                object: id.map { AuditObject(kind: "document", id: $0) }), by: .machine(machine.viewer))
    }

    private func lacking(_ interaction: Interaction, _ viewer: MachineViewer) async throws -> Response {
        let scope = Scope.text([interaction.scope])
        try await access.recordRefusal(
            AuditEntry(.tokenIssued, .refused, rule: "token.scope", detail: scope), by: .machine(viewer))
        var response = respond(OperationOutcome([.init(.forbidden, "The token lacks \(scope)")]))
        response.headers[.wwwAuthenticate] = "Bearer error=\"insufficient_scope\""
        return response
    }

    func origin<Context: RemoteAddressRequestContext>(of request: Request, _ context: Context)
        -> RequestOrigin
    {
        return RequestOrigin(
            address: address(of: request, peer: context.remoteAddress?.ipAddress ?? ""),
            userAgent: request.headers[.userAgent] ?? "",
            requestID: RandomText.identifier(),
            traceID: TraceParent.traceID(request.headers[.traceparent]),
            node: access.nodeName)
    }

    /// The last address that the trusted proxy added, or the peer's own.
    private func address(of request: Request, peer: String) -> String {
        guard let proxy = settings.trustedProxy, proxy == peer,
            let last = request.headers[.forwardedFor]?.split(separator: ",").last
        else { return peer }
        return String(last.trimmingCharacters(in: .whitespaces).prefix(45))
    }

    func respond(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/fhir+json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }

    func respond(_ outcome: OperationOutcome) -> Response {
        var response = respond(
            outcome.json(canonicalBase: settings.fhirBase), status: .init(code: outcome.httpStatus))
        if outcome.httpStatus == 503 { response.headers[.retryAfter] = "5" }
        if outcome.httpStatus == 429 { response.headers[.retryAfter] = "60" }
        return response
    }

    private func unauthorised() -> Response {
        var response = respond(
            OperationOutcome([
                .init(.login, "A valid bearer token is needed; see /.well-known/smart-configuration")
            ]))
        response.headers[.wwwAuthenticate] = "Bearer error=\"invalid_token\""
        return response
    }

    func busy() -> Response {
        respond(OperationOutcome([.init(.transient, "Too much at once; try again")]))
    }
}
