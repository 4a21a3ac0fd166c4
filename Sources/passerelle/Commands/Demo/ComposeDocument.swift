import ArgumentParser
import Demo
import Foundation

/// `passerelle compose FILE.pdf`: a ready FHIR message about the demo's patient, for a first try with curl.
struct ComposeDocument: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compose",
        abstract: "Prints a DocumentReference that publishes FILE for Dre Claire Favre in the demo.")

    @Argument(help: "A PDF.") var file: String
    @Option(help: "The document's unique identifier, urn:uuid:… or urn:oid:…; a new one by default.")
    var master: String?
    @Option(help: "The identifier of the document it replaces.") var replaces: String?
    @Option(help: "The title.") var title: String = "Lettre de sortie"
    @Option(help: "The demo's data folder; not needed.") var data: String?

    func run() throws {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw SettingsFailure("\(file) cannot be read.")
        }
        let message = DemoMessage.documentReference(
            of: [UInt8](bytes), master: master ?? "urn:uuid:\(UUID().uuidString.lowercased())",
            replaces: replaces, title: title, recipient: DemoPeople.favre)
        FileHandle.standardOutput.write(Data(message))
    }
}
