import Foundation

@testable import PDF

/// The processes of programs that stand ready, as a test finds them from outside.
enum KeeperProcesses {
    /// Keepers that this machine allows, each the test's own: others are not killed along.
    static func keepers() async -> [PDFKeeper] {
        let bare = PDFKeeper(confinement: .limitsOnly)
        guard await Confinement.available() == .sandbox else { return [bare] }
        return [bare, PDFKeeper(confinement: .sandbox)]
    }

    /// The process of the keeper itself: behind walls it is the child of bubblewrap.
    static func process(_ keeper: PDFKeeper, _ program: KeptProgram = .qpdf) -> pid_t? {
        guard let started = keeper.processID(program) else { return nil }
        guard ProcessTree.status("Name", of: started) == "bwrap" else { return started }
        return ProcessTree.children(of: started).first
    }

    static func children(_ keeper: PDFKeeper, _ program: KeptProgram = .qpdf) -> [pid_t] {
        process(keeper, program).map { ProcessTree.children(of: $0) } ?? []
    }

    /// A child that has shut itself in and looks at its file, if there is one now.
    static func atWork(_ keeper: PDFKeeper, _ program: KeptProgram = .qpdf) -> pid_t? {
        children(keeper, program).first { ProcessTree.status("Seccomp", of: $0) == "2" }
    }

    /// Keeper and child in the middle of their work; nil when that was over too soon.
    static func meet(
        _ keeper: PDFKeeper, _ program: KeptProgram = .qpdf
    ) async -> (keeper: pid_t, child: pid_t)? {
        let end = ContinuousClock.now + .milliseconds(500)
        while ContinuousClock.now < end {
            if let child = atWork(keeper, program), let process = process(keeper, program) {
                return (process, child)
            }
            await Task.yield()
        }
        return nil
    }
}
