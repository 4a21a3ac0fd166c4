import Access
import Dispatches
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import PDF
import Storage
import TestSupport
import Testing

@testable import FHIRInterface

/// What passes by itself is 503 with Retry-After: the sender comes back with the same message.
@Suite struct UnavailableTests {
    @Test func `While the database is away every door says so, and when to come back`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            await portal.database.close()
            for (method, place, _) in OfferTests.doors {
                let answer = try await hospital.send(
                    method, place, body: method == .get ? nil : Message().bytes)
                #expect(answer.status == 503 && answer.issues == ["transient"], "\(method) \(place)")
                #expect(answer.headers[.retryAfter] == "5", "\(method) \(place)")
                #expect(!answer.text.contains("incident"), "it is nobody's fault")
            }
            let offer = try await hospital.send(.get, "/fhir/metadata")
            #expect(offer.status == 200, "the offer does not ask the database")
        }
    }

    @Test func `Bodies for which there is no room wait outside, and get in later`() async throws {
        let portal = try await TestPortal.inhabited()
        let interface = FHIRInterface(
            access: portal.access, dispatches: portal.dispatches, directory: portal.directory,
            settings: FHIRSettings(
                baseURL: "https://portail.hul.example", hospitalName: "", softwareVersion: "test"))
        let router = Router(context: EdgeContext.self)
        interface.addRoutes(to: router)
        let token = try await portal.recordSystemToken()
        try await Application(router: router).test(.router) { client in
            let hospital = Hospital(client: client, token: token)
            let all = 256 << 20
            #expect(await interface.budget.take(all), "nothing is held when nobody sends")
            let refused = try await hospital.publish(Message())
            #expect(refused.status == 503 && refused.issues == ["transient"])
            #expect(refused.headers[.retryAfter] == "5")
            #expect(try await portal.rows("document") == 0)
            await interface.budget.giveBack(all)
            #expect(try await hospital.publish(Message()).status == 201)
            #expect(try await hospital.send(.post, "/fhir/Consent", body: [0x7B]).status == 400)
            #expect(await interface.budget.take(all), "what was taken is given back, also after a mistake")
        }
        #expect(try await portal.refusals() == ["fhir.structure"], "what was not read is no event")
    }

    @Test func `While files wait too long to be looked at, senders are asked to come back before they send`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let turnstile = Turnstile(atOnce: 1, maximumWaiting: 10)
        let dispatches = DispatchActions(
            database: portal.database, keyring: portal.keyring, clock: portal.time.clock,
            documents: portal.documents, access: portal.access,
            inspection: PDFInspection(turnstile: turnstile), policy: .require, digestHour: 17,
            patience: .zero)
        let interface = FHIRInterface(
            access: portal.access, dispatches: dispatches, directory: portal.directory,
            settings: FHIRSettings(
                baseURL: "https://portail.hul.example", hospitalName: "", softwareVersion: "test"))
        let router = Router(context: EdgeContext.self)
        interface.addRoutes(to: router)
        let token = try await portal.recordSystemToken()
        try await Application(router: router).test(.router) { client in
            let hospital = Hospital(client: client, token: token)
            let (gate, opener) = AsyncStream.makeStream(of: Void.self)
            let inside = Task { try await turnstile.pass { for await _ in gate {} } }
            let next = Task { try await turnstile.pass {} }
            while await turnstile.waitingCount == 0 { await Task.yield() }

            let refused = try await hospital.publish(Message())
            #expect(refused.status == 503 && refused.issues == ["transient"])
            #expect(refused.headers[.retryAfter] == "5")
            #expect(try await hospital.send(.get, "/fhir/DocumentReference?_count=1").status == 200)

            opener.finish()
            try await inside.value
            try await next.value
            #expect(try await hospital.publish(Message()).status == 201, "nothing was lost by asking")
        }
        #expect(try await portal.refusals().isEmpty, "what was not read is no event")
    }
}

/// The least that the routes need.
private struct EdgeContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
