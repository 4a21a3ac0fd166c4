import Glibc
import Logging
import PDF

/// Foreign PDFs are looked at by a program of their own: where that does not work, nothing could be published.
enum PDFReadiness {
    /// Asked before anything is opened: an installation that is not whole changes no database.
    /// - Throws: `SettingsFailure` when the program is not installed.
    static func checkIsInstalled() throws {
        guard access(InspectionKeeper.program, X_OK) == 0 else { throw missing(InspectionKeeper.program) }
    }

    /// Asked before the portal listens, and beside the opening of the database: a sandbox takes its time.
    /// - Throws: `SettingsFailure` when the program is not installed; `TemporaryFailure` when it does not answer.
    static func check(_ logger: Logger) async throws {
        do {
            if try await InspectionKeeper.shared.check() == .limitsOnly {
                logger.warning("no sandbox: programs that read foreign PDFs have their limits only")
            }
        } catch ChildProcess.Failure.missing(let program) {
            throw missing(program)
        } catch {
            let program = InspectionKeeper.program
            throw TemporaryFailure("\(program), which looks at PDFs, does not work: \(error)")
        }
    }

    private static func missing(_ program: String) -> SettingsFailure {
        SettingsFailure("\(program) is missing: it is built with passerelle, and lies beside it.")
    }
}
