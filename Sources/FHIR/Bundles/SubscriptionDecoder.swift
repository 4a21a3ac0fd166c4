/// What a program asks for with a Subscription.
public struct SubscriptionWish: Sendable {
    public let endpoint: String
    public let criteria: String
    public let reason: String
    /// UTC milliseconds.
    public let end: Int64?
}

/// Reads an R4 Subscription: a rest-hook without content on DocumentReference.
public enum SubscriptionDecoder {
    public static func decode(_ json: JSON) -> Decoded<SubscriptionWish> {
        let findings = Findings()
        guard json["resourceType"]?.text == "Subscription" else {
            return .refused(
                OperationOutcome([.init(.invalid, "The resourceType should be Subscription", status: 400)]))
        }
        let root = Element(json: json, path: "Subscription")
        if root["modifierExtension"].isPresent || root["implicitRules"].isPresent {
            findings.add(.extension, "Modifiers are not understood", at: "Subscription")
        }
        if let status = root["status"].text, status != "requested", status != "active" {
            findings.add(.codeInvalid, "The status should be requested", at: "Subscription.status")
        }
        let channel = root["channel"]
        if channel["type"].text != "rest-hook" {
            findings.add(.notSupported, "The only channel is rest-hook", at: channel["type"].path)
        }
        if channel["payload"].isPresent {
            findings.add(
                .notSupported, "Calls have no content: leave payload out", at: channel["payload"].path)
        }
        if channel["header"].isPresent {
            findings.add(.notSupported, "Headers are not sent", at: channel["header"].path)
        }
        let criteria = root["criteria"].text ?? ""
        if !isKept(criteria) {
            findings.add(
                .notSupported, "The criteria are DocumentReference, or DocumentReference?status=…",
                at: "Subscription.criteria")
        }
        let reason = root["reason"].text ?? ""
        if reason.isEmpty || reason.utf8.count > 200 || !reason.isOneLine {
            findings.add(.required, "A reason is needed, in one line of 200 bytes", at: "Subscription.reason")
        }
        let endpoint = channel["endpoint"].text ?? ""
        if endpoint.isEmpty {
            findings.add(.required, "The endpoint is missing", at: channel["endpoint"].path)
        }
        let end = root["end"].text.map(Instant.init)
        if case .some(.none) = end { findings.add(.value, "The end is an instant", at: "Subscription.end") }
        guard !findings.hasErrors else { return .refused(OperationOutcome(findings.issues)) }
        return .accepted(
            SubscriptionWish(
                endpoint: endpoint, criteria: criteria, reason: reason, end: (end ?? nil)?.milliseconds),
            warnings: [])
    }

    /// Every change of a document that the professional reads is called for: criteria that ask for less are not kept.
    private static func isKept(_ criteria: String) -> Bool {
        let parts = criteria.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.first == "DocumentReference" else { return false }
        return parts.count == 1 || parts[1].isEmpty
            || parts[1].utf8.starts(with: "status=".utf8)
                && !parts[1].utf8.contains(UInt8(ascii: "&"))
    }
}
