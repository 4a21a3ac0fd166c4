import Access
import Foundation
import TestSupport
import Testing

/// Who guesses must wait, and must not make the doctor wait for long (S10, AUT-5).
@Suite struct SignInGuardTests {
    private static func isWaiting(_ answer: PasswordAnswer) -> Bool {
        if case .wait = answer { true } else { false }
    }

    /// Guesses from ever new networks, two a minute, five hundred in all.
    /// - Returns: how many were looked at.
    private func attack(_ doctor: Doctor, minutes: Int) async throws -> Int {
        var looked = 0
        for minute in 0..<minutes {
            for number in 0..<2 {
                let network = (minute * 2 + number) % 500
                let address = "198.51.\(network / 250).\(network % 250)"
                if case .wrongPair = try await doctor.offer("Pas-le-bon-mot", from: address) { looked += 1 }
            }
            doctor.portal.time.advance(minutes: 1)
        }
        return looked
    }

    @Test func `Waits grow for one network, up to an hour`() async throws {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        var waits: [Int] = []
        while waits.count < 36 {
            guard case .wait(let until) = try await doctor.offer("Pas-le-bon-mot", from: "198.51.100.7")
            else {
                continue
            }
            let wait = Int(until.rawValue - portal.time.now.rawValue) / 60_000
            waits.append(wait)
            portal.time.advance(minutes: wait)
        }
        #expect(waits.prefix(5).allSatisfy { $0 == 1 })
        #expect(waits[5..<15].allSatisfy { $0 == 5 })
        #expect(waits[15..<35].allSatisfy { $0 == 15 })
        #expect(waits[35] == 60, "and not more")
    }

    @Test func `Five wrong tries from one network do not make another wait`() async throws {
        let doctor = try await Doctor(try await TestPortal())
        for _ in 0..<5 { _ = try await doctor.offer("Pas-le-bon-mot", from: "198.51.100.7") }
        #expect(Self.isWaiting(try await doctor.offer(from: "198.51.100.7")))
        #expect(!Self.isWaiting(try await doctor.offer(from: "192.0.2.10")))
    }

    @Test func `Five hundred networks together get few guesses, and the wait is never longer than an hour`()
        async throws
    {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        let first = try await attack(doctor, minutes: 60)
        #expect(first <= 60, "growing waits from the twentieth on: \(first)")
        let day = try await attack(doctor, minutes: 23 * 60)
        #expect(first + day <= 125, "guesses in a day: \(first + day)")
        guard case .wait(let until) = try await doctor.offer(from: "203.0.113.9") else { return }
        #expect(until <= portal.time.now.adding(minutes: 60))
    }

    @Test func `The doctor signs in at her own machine and from her own network in the middle of an attack`()
        async throws
    {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        let browser = try await doctor.knownBrowser()
        _ = try await attack(doctor, minutes: 90)
        #expect(Self.isWaiting(try await doctor.offer(from: "203.0.113.9")), "a stranger waits")
        #expect(!Self.isWaiting(try await doctor.offer(from: "192.0.2.10")), "her network is known")
        #expect(!Self.isWaiting(try await doctor.offer(from: "203.0.113.9", browser: browser)))
        portal.time.advance(minutes: 16)
        _ = try await doctor.signIn(from: "203.0.113.9", browser: browser)
        #expect(!Self.isWaiting(try await doctor.offer(from: "203.0.113.8")), "and ends the row of failures")
    }

    @Test func `A browser is known for its own addresses only, and its guesses count too`() async throws {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        let browser = try await doctor.knownBrowser()
        portal.time.advance(days: 31)  // her network is not known any more
        _ = try await attack(doctor, minutes: 30)
        for forged in [
            browser.uppercased(), String(browser.dropLast()), browser + "0",
            browser.replacing(".", with: ".."), "", "x",
            RandomText.identifier() + "." + browser.suffix(32),
        ] {
            #expect(Self.isWaiting(try await doctor.offer(from: "203.0.113.9", browser: forged)))
        }
        for _ in 0..<5 { _ = try await doctor.offer("Pas-le-bon-mot", from: "203.0.113.9", browser: browser) }
        #expect(Self.isWaiting(try await doctor.offer(from: "203.0.113.9", browser: browser)))
    }

    @Test func `A browser remembers eight accounts, the last ones`() async throws {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        let account = try #require(try await doctor.found(try await doctor.signIn().token)?.account)
        let once = portal.access.remember(account, in: nil)
        #expect(portal.access.remember(account, in: once) == once)
        let number = try #require(once.split(separator: ".").first)
        let marks = (0..<8).map { _ in RandomText.identifier() }
        let full = ([String(number)] + marks).joined(separator: ".")
        let next = portal.access.remember(account, in: full).split(separator: ".").map { String($0) }
        #expect(next.count == 9 && next[0] == number && Array(next[2...]) == Array(marks.prefix(7)))
        #expect(portal.access.remember(account, in: "nonsense").split(separator: ".").count == 2)
    }

    @Test func `Only failures count for a network: a whole clinic behind one address signs in`() async throws
    {
        let portal = try await TestPortal { $0.failuresPerAddress = 6 }
        let doctor = try await Doctor(portal)
        for _ in 0..<20 { _ = try await doctor.expectCode() }
        for number in 0..<6 {
            let answer = try await doctor.offer("Pas-le-bon-mot", email: "nobody\(number)@example.ch")
            guard case .wrongPair = answer else { throw TestFailure("\(answer)") }
        }
        guard case .wait(let until) = try await doctor.offer(email: "else@example.ch") else {
            throw TestFailure("the network does not wait")
        }
        #expect(until == portal.time.now.adding(minutes: 10), "09:00 begins a window of ten minutes")
        #expect(try await portal.refusals().last == "signIn.network")
        portal.time.advance(minutes: 10)
        #expect(!Self.isWaiting(try await doctor.offer(email: "else@example.ch")))
    }

    @Test func `Addresses of one IPv6 network count together`() async throws {
        let portal = try await TestPortal { $0.failuresPerAddress = 6 }
        let doctor = try await Doctor(portal)
        for number in 0..<6 {
            _ = try await doctor.offer(
                "Pas-le-bon-mot", email: "nobody\(number)@example.ch", from: "2001:db8:1:2::\(number)")
        }
        let email = "else@example.ch"
        #expect(Self.isWaiting(try await doctor.offer(email: email, from: "2001:db8:1:2:ffff::1")))
        #expect(!Self.isWaiting(try await doctor.offer(email: email, from: "2001:db8:1:3::1")))
    }

    @Test func `Who waits is answered after the time of a look at a password, and costs none`() async throws {
        // a cost that can be told from no work at all, and from two works
        let portal = try await TestPortal { $0.passwordCost = Argon2.Cost(memoryKiB: 32 << 10, passes: 8) }
        let doctor = try await Doctor(portal)
        var looks: [Duration] = []
        for number in 0..<5 {
            let start = ContinuousClock.now
            _ = try await doctor.offer("Pas-le-bon-mot-\(number)")
            looks.append(start.duration(to: .now))
        }
        var waits: [Duration] = []
        for _ in 0..<5 {
            let start = ContinuousClock.now
            #expect(Self.isWaiting(try await doctor.offer()))
            waits.append(start.duration(to: .now))
        }
        let wait = waits.sorted()[2]
        let (least, most) = (try #require(looks.min()), try #require(looks.max()))
        #expect(wait > least * 0.5 && wait < most * 3, "\(wait) for \(looks)")
    }
}
