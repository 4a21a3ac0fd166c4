import Access
import Dispatches
import FHIR
import HTTPTypes
import Hummingbird

/// Subscriptions of programs of practices (R4, rest-hook): they are called without content, and then ask.
extension FHIRInterface {
    /// `POST /fhir/Subscription`.
    func subscribe(_ machine: MachineRequest) async throws -> Response {
        let json = try await receiveJSON("Subscription", machine.request, limit: 64 << 10)
        let wish: SubscriptionWish
        switch SubscriptionDecoder.decode(json) {
        case .refused(let outcome): throw outcome
        case .accepted(let decoded, _): wish = decoded
        }
        guard await settings.mayCall(wish.endpoint) else {
            throw OperationOutcome([
                .init(
                    .businessRule, "The endpoint is not an https address of the public Internet",
                    at: "Subscription.channel.endpoint")
            ])
        }
        let subscription = try await access.subscribe(
            to: wish.endpoint, criteria: wish.criteria, reason: wish.reason,
            until: wish.end.map(Timestamp.init(rawValue:)), machine.viewer)
        var response = respond(resource(subscription), status: .created)
        response.headers[.location] =
            "\(settings.fhirBase)/Subscription/\(subscription.id)/_history/\(subscription.version)"
        response.headers[.eTag] = "W/\"\(subscription.version)\""
        return response
    }

    /// `GET /fhir/Subscription/{id}` of one's own.
    func readSubscription(_ machine: MachineRequest) async throws -> Response {
        let id = try machine.parameters.require("id")
        guard let found = try await access.subscriptions(of: machine.viewer).first(where: { $0.id == id })
        else {
            throw OperationOutcome([.init(.notFound, "Unknown, or another client's", status: 404)])
        }
        return respond(resource(found))
    }

    /// `GET /fhir/Subscription`: one's own, the newest first.
    func searchSubscriptions(_ machine: MachineRequest) async throws -> Response {
        let query = try await search(machine, names: [])
        let own = try await access.subscriptions(of: machine.viewer)
        return searchset("Subscription", own.map(resource), query, next: nil)
    }

    /// `DELETE /fhir/Subscription/{id}` of one's own.
    func unsubscribe(_ machine: MachineRequest) async throws -> Response {
        try await access.unsubscribe(try machine.parameters.require("id"), machine.viewer)
        return Response(status: .noContent)
    }

    private func resource(_ subscription: Subscription) -> JSON {
        [
            "resourceType": "Subscription",
            "id": .string(subscription.id),
            "meta": ["versionId": .string(String(subscription.version))],
            "status": .string(subscription.state.rawValue),
            "end": .string(HTTPDate.instant(subscription.endsAt)),
            "reason": .string(subscription.reason),
            "criteria": .string(subscription.criteria),
            "error": subscription.fault.map { .string($0) },
            "channel": ["type": "rest-hook", "endpoint": .string(subscription.endpoint)],
        ]
    }
}
