import Foundation

/// Draws an A4 letter: letterhead, addressee, subject, headings, paragraphs, lists and tables over as many
/// pages as it takes, with selectable text and a tagged structure.
public enum LetterPDF {
    /// Why a letter could not be drawn, in cairo's words.
    public struct Failure: Error {
        public let reason: String
    }

    private static let oneAtATime = NSLock()

    /// Blocks for some twenty milliseconds; letters drawn at the same time wait for each other. The same
    /// letter always makes the same bytes on one machine.
    /// - Throws: `Failure`.
    public static func draw(_ letter: Letter) throws -> [UInt8] {
        oneAtATime.lock()
        defer { oneAtATime.unlock() }
        do {
            let trial = LetterFlow(letter, totalPages: nil)
            _ = try trial.draw()
            return try LetterFlow(letter, totalPages: trial.page).draw()
        } catch let failure as LetterCanvas.Failure {
            throw Failure(reason: failure.reason)
        }
    }
}
