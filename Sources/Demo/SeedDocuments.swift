package import Access
import Delivery
import Directory
import Dispatches
import Documents
import Foundation
import PDF
import Portal

/// The moment at which a piece of the demo's past happens.
package enum DemoTime {
    @TaskLocal static var moment: Timestamp?

    /// The machine's clock, or the past while the past is being made.
    package static let clock = Clock { moment ?? Clock.system.now() }
}

extension SeedHospital {
    /// People, the documents of the last 90 days, and what Dre Favre has read of them.
    /// - Returns: the record system's private key, PEM.
    package static func everything(_ core: DemoCore) async throws -> String {
        let now = Clock.system.now()
        let key = try await DemoTime.$moment.withValue(now.adding(days: -91)) { try await people(core) }
        try await delegations(core)
        try await SeedEnrolment.register(core)
        try await SeedEnrolment.requests(core)
        let today = DemoDay(daysSince1970: Int(now.rawValue / 86_400_000))
        let letters = DemoLetters.all(today: today).filter { $0.moment < now.adding(minutes: -30) }
        let viewer = try await machine(core)
        var stays: Set<DemoStay> = []
        // two at a time: as many as there are child processes to look at the files
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, letter) in letters.enumerated() {
                let isNew = stays.insert(letter.stay).inserted
                if isNew {
                    try await DemoTime.$moment.withValue(letter.moment.adding(hours: -20)) {
                        try await designate(
                            patient: letter.patient.number, stay: letter.stay.number,
                            gln: letter.recipient.gln,
                            core, viewer)
                    }
                }
                if index >= 2 { try await group.next() }
                group.addTask { try await publish(letter, number: index, core, viewer) }
            }
            try await group.waitForAll()
        }
        try await DemoTime.$moment.withValue(now.adding(minutes: -25)) {
            try await read(core, olderThan: now.adding(days: -3))
        }
        return key
    }

    private static func publish(
        _ letter: DemoLetter, number: Int, _ core: DemoCore, _ viewer: MachineViewer
    ) async throws {
        let bytes = try LetterPDF.draw(letter.letter)
        try await DemoTime.$moment.withValue(letter.moment) {
            let command = PublishDocument(
                masterIdentifier: "\(DemoHospital.documents).\(2_026_000_000 + number)", replaces: nil,
                patientSystem: DemoHospital.patients, patientNumber: letter.patient.number,
                familyName: letter.patient.familyName, givenName: letter.patient.givenName,
                birthDate: letter.patient.birthDate, sex: letter.patient.sex == .female ? .female : .male,
                stay: Stay(
                    system: DemoHospital.stays, number: letter.stay.number, start: letter.stay.start.iso,
                    end: letter.stay.end?.iso),
                recipients: [letter.recipient.gln].compactMap(GLN.init(rawValue:)), typeCode: letter.typeCode,
                classCode: "419891008", title: letter.title, service: letter.service, author: letter.author,
                language: "fr-CH", confidentiality: "17621005", authoredAt: letter.moment,
                mediaType: "application/pdf", bytes: bytes)
            _ = try await core.dispatches.publish(command, viewer)
        }
    }

    /// Dre Favre signs in as everybody does, opens what is older, and signs out.
    private static func read(_ core: DemoCore, olderThan moment: Timestamp) async throws {
        let messages = CapturedMessages(clock: DemoTime.clock)
        let origin = RequestOrigin(
            address: "127.0.0.1", userAgent: "demo", requestID: "", node: core.access.nodeName)
        let answer = try await core.access.signIn(
            email: DemoPeople.favre.account.email, password: DemoPeople.password, origin: origin)
        guard case .codeExpected(let token, _) = answer else { throw SeedFailure() }
        let product = DemoHospital.brand.productName
        try await core.sendCodes(
            messages.channels(
                texts: MessageTexts(productName: product, baseURL: "http://127.0.0.1"), productName: product))
        let code = messages.all.first?.text.split(separator: "#").last.map(String.init) ?? ""
        guard
            case .signedIn(let session) = try await core.access.signIn(
                code: code, token: token, origin: origin),
            let viewer = try await core.access.session(token: session, origin: origin)?.viewer
        else { throw SeedFailure() }
        var filter = InboxFilter()
        filter.until = moment
        filter.isUnread = true
        while true {
            let inbox = try await core.documents.listInbox(filter, .newest, viewer)
            for row in inbox.rows { _ = try await core.documents.open(row.id, for: .reading, viewer) }
            if !inbox.hasOlder { break }
        }
        try await core.access.signOut(viewer.holder)
    }
}

extension DemoLetter {
    /// When it is published: the day and minute it was signed, in Switzerland.
    var moment: Timestamp {
        let local = Int64(date.number) * 86_400_000 + Int64(minute) * 60_000
        let zone = TimeZone(identifier: "Europe/Zurich") ?? .gmt
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(local) / 1000))
        return Timestamp(rawValue: local - Int64(offset) * 1000)
    }
}
