import Logging
import PDF

/// Foreign PDFs are looked at by programs of their own: where that does not work, nothing could be published.
enum PDFReadiness {
    /// Asked before anything is opened: an installation that is not whole changes no database.
    /// - Throws: `SettingsFailure` when a program is not installed.
    static func checkIsInstalled() throws {
        for program in KeptProgram.allCases {
            if let file = program.missingFile { throw missing(file) }
        }
    }

    /// Asked before the portal listens, and beside the opening of the database: a sandbox takes its time.
    /// - Throws: `SettingsFailure` when a program is not installed; `TemporaryFailure` when one does not answer.
    static func check(_ logger: Logger) async throws {
        PDFKeeper.shared.whenStartedAgain { restart in
            let program = restart.program.rawValue
            guard let signal = restart.crash else {
                logger.warning(
                    "a program that reads foreign PDFs had ended", metadata: ["program": "\(program)"])
                return
            }
            logger.warning(
                "a file made a program that reads foreign PDFs crash",
                metadata: ["program": "\(program)", "signal": "\(signal)"])
        }
        do {
            if try await PDFKeeper.shared.check() == .limitsOnly {
                logger.warning("no sandbox: programs that read foreign PDFs have their limits only")
            }
        } catch ChildProcess.Failure.missing(let program) {
            throw missing(program)
        } catch {
            throw TemporaryFailure("A program that looks at PDFs does not work: \(error)")
        }
    }

    private static func missing(_ program: String) -> SettingsFailure {
        program.hasPrefix("/usr/bin/")
            ? SettingsFailure("\(program) is missing: Debian's poppler-utils has it.")
            : SettingsFailure("\(program) is missing: it is built with passerelle, and lies beside it.")
    }
}
