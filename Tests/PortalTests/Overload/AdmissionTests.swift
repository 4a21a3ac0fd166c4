import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Portal

/// A node that does not keep up says so at once.
@Suite struct AdmissionTests {
    private func limits(always: Int, most: Int = 100) -> Admission.Limits {
        var limits = Admission.Limits()
        limits.delay = .zero
        limits.always = always
        limits.most = most
        return limits
    }

    @Test func `While requests wait too long, only a few are let in`() async throws {
        let admission = Admission(limits(always: 2))
        await admission.measure { await Task.yield() }  // every wait is longer than none
        #expect(admission.enter())
        #expect(admission.enter())
        #expect(!admission.enter())
        admission.leave()
        #expect(admission.enter())
    }

    @Test func `A probe that has not come back yet counts too`() async throws {
        let admission = Admission(limits(always: 0))
        #expect(admission.enter(), "nothing is known yet")
        await admission.measure { #expect(!admission.enter()) }
    }

    @Test func `A delay of the past says nothing once nobody is served any more`() async throws {
        let admission = Admission(limits(always: 0))
        await admission.measure { await Task.yield() }
        #expect(!admission.enter())
        #expect(admission.forgetWhenIdle())
        #expect(admission.enter())
        await admission.measure { await Task.yield() }
        #expect(!admission.forgetWhenIdle(), "somebody is served")
        #expect(!admission.enter())
    }

    @Test func `A probe that came late has waited`() async throws {
        var limits = limits(always: 0)
        limits.delay = .seconds(60)
        let admission = Admission(limits)
        await admission.measure {}
        #expect(admission.enter())
        await admission.measure(since: .now - .seconds(61)) {}
        #expect(!admission.enter())
    }

    @Test func `There is a bound on requests in hand, whatever their wait`() async throws {
        let admission = Admission(limits(always: 100, most: 1))
        #expect(admission.enter())
        #expect(!admission.enter())
    }

    @Test func `Who is not let in is told when to come back, and readiness is answered all the same`()
        async throws
    {
        let router = Router(context: PortalContext.self)
        router.add(middleware: AdmissionMiddleware(Admission(limits(always: 0, most: 0))))
        router.get("documents") { _, _ in "list" }
        router.get("sante") { _, _ in "ok" }
        try await Application(router: router).test(.router) { client in
            try await client.execute(uri: "/documents", method: .get) { answer in
                #expect(answer.status == .serviceUnavailable)
                #expect(answer.headers[.retryAfter] == "5")
                #expect(String(buffer: answer.body).contains("Réessayez"))
            }
            try await client.execute(uri: "/sante", method: .get) { #expect($0.status == .ok) }
        }
    }
}
