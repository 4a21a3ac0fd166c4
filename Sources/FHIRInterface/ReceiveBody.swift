import Access
import FHIR
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension FHIRInterface {
    /// Reads a JSON body within its limits: type, size, time, and how much all requests together may hold.
    /// - Parameter type: the resource that should come, for the places of mistakes.
    /// - Throws: `OperationOutcome`, `NoRoom`.
    func receiveJSON(_ type: String, _ request: Request, limit: Int) async throws -> JSON {
        let mediaType = (request.headers[.contentType] ?? "").lowercased().split(separator: ";").first.map(
            String.init)
        guard mediaType == "application/fhir+json" || mediaType == "application/json" else {
            throw OperationOutcome([
                .init(.notSupported, "Send application/fhir+json", status: 415)
            ])
        }
        let announced = request.headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > limit { throw tooLong(limit) }
        let size = announced ?? limit
        guard await budget.take(size) else { throw NoRoom() }
        do {
            let bytes = try await receive(request, limit: limit, expecting: announced)
            let json = try read(type, bytes, limit: limit)
            await budget.giveBack(size)
            return json
        } catch {
            await budget.giveBack(size)
            throw error
        }
    }

    func receive(_ request: Request, limit: Int, expecting size: Int?) async throws -> [UInt8] {
        do {
            return try await Deadline.within(seconds: settings.bodySeconds) {
                var bytes: [UInt8] = []
                bytes.reserveCapacity(min(size ?? 64 << 10, limit))
                for try await buffer in request.body {
                    guard bytes.count + buffer.readableBytes <= limit else { throw tooLong(limit) }
                    bytes += buffer.readableBytesView
                }
                return bytes
            }
        } catch is Deadline.Passed {
            throw OperationOutcome([
                .init(.timeout, "The body took longer than \(settings.bodySeconds) s")
            ])
        }
    }

    private func read(_ type: String, _ bytes: [UInt8], limit: Int) throws -> JSON {
        do { return try JSON.read(bytes, limits: JSONLimits(totalBytes: limit), expecting: type) } catch {
            throw OperationOutcome([error.issue])
        }
    }

    private func tooLong(_ limit: Int) -> OperationOutcome {
        OperationOutcome([.init(.tooLong, "The body is longer than \(limit) bytes")])
    }
}

/// There is no room for a body now. Nothing of it was read: it is counted as all answers are, and is no event (ADR 0033).
struct NoRoom: Error {}

/// How many bytes of request bodies may be in memory at once, over all requests.
actor BodyBudget {
    private var left: Int
    init(bytes: Int) { left = bytes }

    /// - Returns: false when there is not enough left: answer 503.
    func take(_ bytes: Int) -> Bool {
        guard bytes <= left else { return false }
        left -= bytes
        return true
    }
    func giveBack(_ bytes: Int) { left += bytes }
}
