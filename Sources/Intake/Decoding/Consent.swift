import Dispatches
import HL7v2

/// The patient's word in a message of patient administration.
extension MessageReading {
    /// CON-11 of the last CON segment. Limited and pending are no consent to everything, and no refusal either. The time
    /// of CON-14 and 15 is that of a consent; a refusal holds until the patient says otherwise.
    mutating func consent() -> (StayNews.Consent?, ConsentPeriod?) {
        guard let segment = message.all("CON").last else { return (nil, nil) }
        switch segment[11].component(1).text?.uppercased() {
        case "A": return (.given, consentPeriod(segment))
        case "R": return (.refused, nil)
        case "X": return (.rescinded, nil)
        case "L", "P": return (.unknown, nil)
        case nil: missing(segment.location(11))
        default:
            refuse(
                MessageError(
                    .tableValue, at: segment.location(11), diagnostics: "CON-11 should be A, L, P, R or X"))
        }
        return (nil, nil)
    }

    /// CON-14 and CON-15. A day without an hour is meant whole.
    private mutating func consentPeriod(_ segment: Segment) -> ConsentPeriod? {
        let start = time(segment, 14).map { SwissTime.moment($0) }
        let end = time(segment, 15).map { SwissTime.moment($0, plus: $0.milliseconds == nil ? 1 : 0) }
        return start == nil && end == nil ? nil : ConsentPeriod(start: start, end: end)
    }

    private mutating func time(_ segment: Segment, _ field: Int) -> TimeStamp? {
        guard let text = segment[field].component(1).text else { return nil }
        if let time = TimeStamp(text), time.date != nil { return time }
        refuse(
            MessageError(
                .dataType, at: segment.location(field),
                diagnostics: "CON-\(field) is no time YYYYMMDD[HHMM[SS]]",
                userMessage: "La durée de l’accord du patient n’est pas valable"))
        return nil
    }
}
