import Foundation
import Testing

@testable import Delivery

@Suite struct MessageTextsTests {
    let texts = MessageTexts(productName: "Mon Espace Pro", baseURL: "https://portail.hul.example:8443/")

    @Test func `A notice tells the number and the way, and nothing else`() {
        let one = texts.notice(newDocuments: 1)
        #expect(one.subject == "Un nouveau document est disponible sur Mon Espace Pro")
        #expect(
            texts.notice(newDocuments: 3).subject
                == "3 nouveaux documents sont disponibles sur Mon Espace Pro")
        let link = "https://portail.hul.example:8443/documents?vue=nonlus"
        #expect(one.text.contains("Lire le document\u{A0}:\n" + link))
        #expect(one.html.contains("href=\"\(link)\"") && one.html.contains("lang=\"fr\""))
        for text in [one.text, one.html] { #expect(!text.contains("!\n") && !text.contains(" :")) }
    }

    @Test(arguments: [
        ("de", "3 neue Dokumente sind auf Mon Espace Pro verfügbar", "Guten Tag"),
        ("it", "3 nuovi documenti sono disponibili su Mon Espace Pro", "Buongiorno,"),
        ("en", "3 new documents are available on Mon Espace Pro", "Good day,"),
        ("fr", "3 nouveaux documents sont disponibles sur Mon Espace Pro", "Bonjour,"),
    ])
    func `A notice speaks the language of the receiver`(_ code: String, _ subject: String, _ greeting: String)
    {
        let mail = texts.notice(newDocuments: 3, language: code)
        #expect(mail.subject == subject && mail.text.hasPrefix(greeting + "\n\n" + subject + "."))
        #expect(mail.html.contains("lang=\"\(code)\""))
        #expect(texts.notice(newDocuments: 1, language: code).subject != subject)
        #expect(texts.notice(newDocuments: 1, language: "xx") == texts.notice(newDocuments: 1))
    }

    @Test func `A code by SMS is bound to the portal's domain and needs one part`() {
        let text = texts.codeSMS("482913")
        #expect(
            text == "482 913 est votre code Mon Espace Pro. Il est valable 10 minutes.\n\n"
                + "@portail.hul.example #482913")
        #expect(text.utf8.count <= 160 && SMS(id: "1", to: "", text: text).isGSM)
    }

    @Test func `A code by mail stands in the text and not in the subject`() {
        let mail = texts.codeMail("482913")
        #expect(mail.text.contains("482\u{202F}913 est votre code Mon Espace Pro"))
        #expect(!mail.subject.contains("482") && mail.html.contains("482\u{202F}913"))
        #expect(!mail.text.contains("http"))
    }

    @Test func `Names from the settings cannot become markup`() {
        for tail in ["", "\u{301}", "\u{200D}", "\u{FE0F}"] {
            let name = "<b>\(tail)\"\(tail)'\(tail)&\(tail)</b>\(tail)"
            let html = MessageTexts(productName: name, baseURL: "https://a.example").notice(newDocuments: 1)
                .html
            #expect(
                !Array(html.utf8).contains(sequence: "<b>")
                    && !Array(html.utf8).contains(sequence: "\"\(tail)'"))
        }
    }
}

extension [UInt8] {
    fileprivate func contains(sequence text: String) -> Bool {
        let bytes = Array(text.utf8)
        return count >= bytes.count
            && (0...(count - bytes.count)).contains { self[$0...].starts(with: bytes) }
    }
}
