/// `Delivery` carries what the portal has to say to the outside: mail through the hospital's SMTP relay, SMS
/// through a gateway. The adapters here know protocols, not people: they send one message, block while they
/// do, and say whether trying again makes sense. The outbox decides when; every message carries the id of its
/// outbox row, so that one sent twice can be recognised as one.
///
/// Why a message did not go out.
public protocol DeliveryFailure: Error {
    /// True when the same message will never go out: a refused recipient, a malformed number.
    var isPermanent: Bool { get }
}
