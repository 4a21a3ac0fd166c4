public import Access
import CCurl
import Curl
import Storage

/// Calls programs of practices: a `POST` without content, over https, to an address that was checked just before and is
/// the one connected to.
public struct Webhooks: Sendable {
    let call: @Sendable (WebhookAddress) async throws -> Void

    /// - Parameter call: throws a `DeliveryFailure`.
    public init(call: @escaping @Sendable (WebhookAddress) async throws -> Void) { self.call = call }

    /// Real calls; they block, on threads of their own.
    public init(_ rules: WebhookRules) {
        let calls = BlockingWork(atOnce: 4, maximumWaiting: 100)
        call = { place in try await calls.run { try Self.post(to: place, rules) } }
    }

    /// Whether a program may be called there at all, looked at when it asks for it. The name is looked up on a thread
    /// of its own.
    public static func check(_ place: WebhookAddress, _ rules: WebhookRules) async throws {
        _ = try await lookUps.run { try rules.addresses(of: place) }
    }

    private static let lookUps = BlockingWork(atOnce: 2, maximumWaiting: 50)

    private static func post(to place: WebhookAddress, _ rules: WebhookRules) throws {
        let addresses = try rules.addresses(of: place)
        guard let curl = CurlHandle() else { throw WebhookFailure.unavailable("out of memory") }
        curl.set(CURLOPT_URL, place.text)
        curl.set(CURLOPT_PROTOCOLS_STR, "https")
        curl.set(CURLOPT_FOLLOWLOCATION, 0)
        curl.set(CURLOPT_CONNECTTIMEOUT, 5)
        curl.set(CURLOPT_TIMEOUT, 10)
        // the name is not looked up again: what was checked is what is connected to
        let pinned = addresses.map { $0.isV6 ? "[\($0.text)]" : $0.text }.joined(separator: ",")
        curl.set(CURLOPT_RESOLVE, list: ["\(place.host):\(place.port):\(pinned)"])
        if let authority = rules.authority { curl.set(CURLOPT_CAINFO, authority) }
        curl.set(CURLOPT_POST, 1)
        curl.set(CURLOPT_POSTFIELDSIZE, 0)
        curl.set(CURLOPT_HTTPHEADER, list: ["Expect:", "Content-Type:", "User-Agent: Passerelle"])
        let outcome = curl.perform(sending: [], answerLimit: 4 << 10)
        // who answers at length has been called all the same
        guard outcome.code == CURLE_OK || (200..<300).contains(outcome.status) else {
            throw WebhookFailure.unavailable(outcome.reason)
        }
        switch outcome.status {
        case 200..<300: return
        case 408, 425, 429, 500...599: throw WebhookFailure.unavailable("status \(outcome.status)")
        default: throw WebhookFailure.refused(status: outcome.status)
        }
    }
}

extension OutboxLanes {
    /// Calls to programs of practices: sooner at first, then once an hour, for longer than a weekend; then the subscription
    /// is in error. What a program refuses for good ends it at once.
    public func subscriptions(_ access: AccessActions, _ webhooks: Webhooks) -> OutboxLane {
        OutboxLane(
            name: "subscriptions", kinds: [SubscriptionJob.outboxKind], leaseSeconds: leaseSeconds,
            maximumTries: 10_000, longestPause: 3600,
            work: { job in
                let id = SubscriptionJob.subscription(in: job.payload)
                guard let wanted = try await access.subscriptionToCall(id),
                    let place = WebhookAddress(wanted.endpoint)
                else { return try await access.settleCall(job, of: id, .cancelled, reason: "not wanted") }
                try await webhooks.call(place)
                try await access.settleCall(job, of: id, .done, reason: nil)
            },
            end: { job, how, reason in
                let id = SubscriptionJob.subscription(in: job.payload)
                try await access.settleCall(job, of: id, how, reason: reason)
            })
    }
}
