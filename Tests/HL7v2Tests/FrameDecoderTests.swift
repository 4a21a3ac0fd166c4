import HL7v2
import Testing

@Suite struct FrameDecoderTests {
    private let message = Array("MSH|^~\\&|DPI\r".utf8)

    private func events(_ bytes: [UInt8], pieces: Int = .max, limit: Int = 1_000) -> [FrameDecoder.Event] {
        var decoder = FrameDecoder(limit: limit)
        var events: [FrameDecoder.Event] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(pieces))
            rest = rest.dropFirst(piece.count)
            events += decoder.receive(piece)
        }
        return events
    }

    @Test(arguments: [1, 2, 3, 7, .max]) func `A message arrives in pieces of any size`(_ size: Int) {
        let bytes = FrameDecoder.frame(message) + FrameDecoder.frame([]) + FrameDecoder.frame(message)
        #expect(
            events(bytes, pieces: size) == [
                .began, .message(message), .began, .message([]), .began, .message(message),
            ])
    }

    @Test func `Bytes outside a frame are passed over, line breaks in silence`() {
        #expect(events(Array("GET / HTTP/1.1".utf8)) == [.noise(14)])
        #expect(
            events(
                Array("xx".utf8) + FrameDecoder.frame(message) + [0x0D, 0x0A] + FrameDecoder.frame(message))
                == [.noise(2), .began, .message(message), .began, .message(message)])
    }

    @Test func `A frame that begins within another one ends it without a message`() {
        #expect(
            events([0x0B] + message + FrameDecoder.frame(message)) == [
                .began, .brokenOff(message.count), .began, .message(message),
            ])
    }

    @Test func `The carriage return at the end may be missing when the next frame begins`() {
        #expect(
            events([0x0B] + message + [0x1C] + FrameDecoder.frame(message)) == [
                .began, .message(message), .began, .message(message),
            ])
    }

    @Test func `An end sign that ends nothing is part of the message`() {
        #expect(events([0x0B, 0x41, 0x1C, 0x42, 0x1C, 0x0D]) == [.began, .message([0x41, 0x1C, 0x42])])
    }

    @Test(arguments: [1, 100, .max]) func `Beyond its limit nothing is read any more`(_ size: Int) {
        let found = events([0x0B] + [UInt8](repeating: 0x41, count: 5_000) + [0x1C, 0x0D], pieces: size)
        #expect(found == [.began, .tooLong])
    }
}
