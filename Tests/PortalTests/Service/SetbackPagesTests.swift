import Access
import Dispatches
import Testing

@testable import Portal

/// A service sees of each mail whether it left, and why it did not arrive.
@Suite struct SetbackPagesTests {
    private func page(_ name: String) throws -> String {
        let page = try #require(SamplePages.mails.first { $0.name == name })
        return String(decoding: page.html, as: UTF8.self)
    }

    @Test func `What came back says so, and that it lies in the portal`() throws {
        let page = try page("envoi-mail-revenu")
        #expect(page.contains("E-mail revenu") && page.contains("code 5.1.1"))
        #expect(page.contains("Par le portail, l’e-mail sécurisé n’ayant pas abouti"))
        #expect(page.contains("Disponible") && !page.contains("Échec") && !page.contains("Renvoyer"))
    }

    @Test func `What reached nobody has failed, and says why`() throws {
        let page = try page("envoi-echec")
        #expect(page.contains("Échec") && page.contains("suspendu ou fermé avant l’envoi"))
        #expect(!page.contains("Disponible") && page.contains("Renvoyer"))
    }

    @Test func `The journal tells what waits from what failed, and why`() throws {
        let page = try page("envois-en-route")
        #expect(page.contains("En attente") && page.contains("Échec"))
        #expect(page.contains("La messagerie du destinataire l’a renvoyé (code 5.1.1)."))
        #expect(page.contains("suspendu ou fermé avant l’envoi"))
    }
}
