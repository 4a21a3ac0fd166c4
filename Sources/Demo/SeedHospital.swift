package import Access
package import Delivery
package import Directory
package import Dispatches
package import Documents
package import Enrolment
import Foundation
import JWTKit
import PDF

/// The core's actions, as the demo needs them. Their clock is `DemoTime.clock`: the demo's past is made by
/// the same doors as its present.
package struct DemoCore: Sendable {
    let access: AccessActions
    let directory: DirectoryActions
    let dispatches: DispatchActions
    let documents: DocumentActions
    let enrolment: EnrolmentActions
    /// Sends the one-time codes that wait, through the channels given.
    let sendCodes: @Sendable (DeliveryChannels) async throws -> Void

    package init(
        access: AccessActions, directory: DirectoryActions, dispatches: DispatchActions,
        documents: DocumentActions, enrolment: EnrolmentActions,
        sendCodes: @escaping @Sendable (DeliveryChannels) async throws -> Void
    ) {
        self.sendCodes = sendCodes
        self.access = access
        self.directory = directory
        self.dispatches = dispatches
        self.documents = documents
        self.enrolment = enrolment
    }
}

/// Fills an empty installation with the fictional hospital.
package enum SeedHospital {
    /// People, secured mail domain, document classes, the record system with its key, and the standing
    /// designation of Dre Favre by the patient of `DemoMessage`.
    /// - Returns: the record system's private key, PEM.
    @discardableResult
    package static func people(_ core: DemoCore) async throws -> String {
        try await core.directory.decide(
            domain: DemoPeople.securedDomain, isSecured: true, provenance: "Démonstration",
            by: "passerelle demo")
        for persona in DemoPeople.all {
            let id = try await core.access.createAccount(persona.account, password: persona.password)
            guard let practice = persona.practitioner else { continue }
            try await core.directory.save(
                Practitioner(
                    accountID: id, gln: GLN(rawValue: practice.gln), profession: practice.profession,
                    speciality: practice.speciality, practice: practice.practice, locality: practice.locality,
                    notificationEmail: persona.account.email, notificationPolicy: practice.policy,
                    deliveryMode: .portal, lifetimeDays: 100))
            if persona.account.email == DemoPeople.favre.account.email {
                try await core.access.linkIdentity(
                    DemoHIN.favre(), toAccountOf: persona.account.email, isAnnounced: false)
            }
        }
        try await SeedEnrolment.team(core)
        try await core.access.addService(
            "Cardiologie", followsRecord: true, members: [DemoPeople.chappuis.account.email])
        try await core.access.setContact(
            phone: "+41 22 000 00 20", email: "cardiologie@hul.example",
            hours: "Du lundi au vendredi, de 8 h à 17 h", ofService: "Cardiologie")
        try await core.access.give(.dataProtection, to: DemoPeople.vernay.account.email)
        try await core.dispatches.setCommunicant(DemoHospital.communicantTypes)
        let key = ES384PrivateKey()
        let parameters = key.parameters
        let jwks = """
            {"keys":[{"kty":"EC","crv":"P-384","alg":"ES384","use":"sig","kid":"demo-1",\
            "x":"\(base64URL(parameters?.x))","y":"\(base64URL(parameters?.y))"}]}
            """
        try await core.access.registerClient(
            Client(
                id: DemoHospital.clientID, name: "Dossier patient intégré (démonstration)", jwks: jwks,
                scopes: DemoHospital.scopes))
        let viewer = try await machine(core)
        try await designate(
            patient: DemoMessage.patientNumber, stay: DemoMessage.stayNumber, gln: "7601099000013", core,
            viewer)
        return key.pemRepresentation
    }

    /// Sandra Rochat works for two doctors: at each sign-in she chooses for whom.
    package static func delegations(_ core: DemoCore) async throws {
        let end = core.access.clock.now().adding(days: 365)
        try await core.access.establishDelegation(
            from: DemoPeople.favre.account.email, to: DemoPeople.rochat.account.email,
            rights: [.read, .prepare],
            until: end)
        try await core.access.establishDelegation(
            from: DemoPeople.jeanneret.account.email, to: DemoPeople.rochat.account.email,
            rights: [.read, .prepare, .send], until: end)
    }

    /// The record system, signed in.
    package static func machine(_ core: DemoCore) async throws -> MachineViewer {
        guard let client = try await core.access.client(DemoHospital.clientID) else { throw SeedFailure() }
        let origin = RequestOrigin.system(node: core.access.nodeName)
        let issued = try await core.access.issueToken(
            to: client, asking: client.scopes, assertion: nil, origin: origin)
        guard let issued, let viewer = try await core.access.machine(token: issued.token, origin: origin)
        else {
            throw SeedFailure()
        }
        return viewer
    }

    /// A patient designates a professional for a stay.
    package static func designate(
        patient: String, stay: String, gln: String, _ core: DemoCore, _ viewer: MachineViewer
    ) async throws {
        let designation = Designation(
            id: Designation.ID(rawValue: ""), system: DemoHospital.consents,
            identifier: "CONS-\(stay)-\(gln)", patientSystem: DemoHospital.patients, patientNumber: patient,
            staySystem: DemoHospital.stays, stayNumber: stay, gln: GLN(rawValue: gln), decision: .permit,
            isActive: true, startsOn: nil, endsOn: nil, decidedAt: core.access.clock.now(), version: 1)
        _ = try await core.dispatches.record(designation, ifMatch: nil, viewer)
    }

    private static func base64URL(_ standard: String?) -> String {
        (standard ?? "").replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

/// The demo could not be made; the log of the core says why.
package struct SeedFailure: Error {}
