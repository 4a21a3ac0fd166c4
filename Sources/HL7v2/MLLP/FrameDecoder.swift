/// Finds the messages in a stream of bytes: `0B message 1C 0D`. A state machine without time and without sockets.
///
/// What stands outside a frame is passed over and counted, so that the listener can say so once. A frame that begins
/// within another one ends the first without a message: its sender has begun anew.
public struct FrameDecoder: Sendable {
    public enum Event: Sendable, Equatable {
        /// The first byte of a frame has come: its sender's time runs.
        case began
        case message([UInt8])
        /// So many bytes outside a frame were passed over.
        case noise(Int)
        /// A frame was broken off by the beginning of the next.
        case brokenOff(Int)
        /// More than the limit: nothing more is read from this stream.
        case tooLong
    }

    private enum State { case outside, inside, ending, over }
    private var state = State.outside
    private var message: [UInt8] = []
    private let limit: Int

    public static let start: UInt8 = 0x0B
    public static let end: UInt8 = 0x1C
    public static let carriageReturn: UInt8 = 0x0D

    /// - Parameter limit: bytes of one message.
    public init(limit: Int) { self.limit = limit }

    /// How many bytes of a frame that has not ended are held.
    public var held: Int { message.count }

    /// Whether a frame has begun and not ended.
    public var isInside: Bool { state == .inside || state == .ending }

    public mutating func receive(_ bytes: [UInt8]) -> [Event] {
        var events: [Event] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            switch state {
            case .outside: passOver(&rest, &events)
            case .inside: take(&rest, &events)
            case .ending: end(&rest, &events)
            case .over: return events
            }
        }
        return events
    }

    private mutating func passOver(_ rest: inout ArraySlice<UInt8>, _ events: inout [Event]) {
        let start = rest.position(of: Self.start)
        // the line break that some senders put between frames is no noise
        let noise = rest[..<(start ?? rest.endIndex)].count { $0 != 0x0D && $0 != 0x0A }
        if noise > 0 { events.append(.noise(noise)) }
        guard let start else {
            rest = []
            return
        }
        rest = rest[(start + 1)...]
        begin(&events)
    }

    private mutating func begin(_ events: inout [Event]) {
        message = []
        state = .inside
        events.append(.began)
    }

    private mutating func take(_ rest: inout ArraySlice<UInt8>, _ events: inout [Event]) {
        let end = rest.position(of: Self.end) ?? rest.endIndex
        let restart = rest[..<end].position(of: Self.start)
        let part = rest[..<(restart ?? end)]
        guard message.count + part.count <= limit else {
            message = []
            state = .over
            events.append(.tooLong)
            return
        }
        message += part
        if let restart {
            events.append(.brokenOff(message.count))
            rest = rest[restart...].dropFirst()
            begin(&events)
        } else {
            if end < rest.endIndex { state = .ending }
            rest = rest[end...].dropFirst()
        }
    }

    /// After `1C`: the carriage return ends the frame; some senders leave it out and begin the next one.
    private mutating func end(_ rest: inout ArraySlice<UInt8>, _ events: inout [Event]) {
        switch rest.first {
        case Self.carriageReturn:
            finish(&events)
            rest = rest.dropFirst()
        case Self.start: finish(&events)
        default:
            message.append(Self.end)
            state = .inside
        }
    }

    private mutating func finish(_ events: inout [Event]) {
        events.append(.message(message))
        message = []
        state = .outside
    }

    /// A message in its frame.
    public static func frame(_ message: [UInt8]) -> [UInt8] { [start] + message + [end, carriageReturn] }
}
