import Access
import Demo
import Directory
import Documents
import TestSupport

@testable import Dispatches

/// Dre Favre wants her documents by secured mail.
enum Mailbox {
    static let address = "claire.favre@hin.example"

    static func portal(
        _ address: String = address, waysOut: (inout WaysOutRules) -> Void = { _ in }
    ) async throws -> TestPortal {
        let portal = try await TestPortal(waysOut: waysOut)
        try await portal.movePeopleIn()
        try await choose("securedMail", at: address, portal)
        try await portal.deliver()
        return portal
    }

    /// She chooses another way, or the same at another address.
    static func choose(_ mode: String, at address: String = address, _ portal: TestPortal) async throws {
        let holder = try await portal.holder(DemoPeople.favre)
        var form = PreferencesForm(try await portal.directory.profile(holder))
        (form.deliveryMode, form.documentEmail) = (mode, address)
        form.isStopConfirmed = mode == "none"
        try await portal.directory.savePreferences(form, holder)
    }

    /// Where she gets paper.
    static func giveAddress(_ portal: TestPortal) async throws {
        var form = AddressForm()
        (form.kind, form.street, form.postalCode) = ("mailing", "Rue du Port 7", "1200")
        (form.city, form.country) = ("Ville du Lac", "CH")
        try await portal.directory.addAddress(form, portal.holder(DemoPeople.favre))
    }

    /// A letter of the record system for her.
    static func publish(_ portal: TestPortal, _ master: String = "urn:oid:1.2.3") async throws -> Document.ID
    {
        try await portal.dispatches.publish(
            Letter.command(master: master), try await portal.recordSystem()
        ).document.id
    }

    static func dispatch(_ id: Document.ID, _ portal: TestPortal) async throws -> Dispatch? {
        try await portal.dispatches.deliveryState(of: id, portal.recordSystem()).dispatches.first
    }
}
