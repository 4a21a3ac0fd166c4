import Glibc

/// How a child process is shut in before it sees a foreign file.
public enum Confinement: String, Sendable {
    /// bubblewrap: no network, no other process, and of the disk only the system's programs and fonts,
    /// read-only. A hijacked parser finds neither the database nor the keys.
    case sandbox
    /// Limits on memory, time and files only: bubblewrap is missing, or the kernel or container forbids it.
    case limitsOnly

    /// What this machine allows, tried once per process.
    public static func available() async -> Confinement { await probe.value }

    private static let bubblewrap = "/usr/bin/bwrap"
    private static let probe = Task<Confinement, Never> {
        guard access(bubblewrap, X_OK) == 0 else { return .limitsOnly }
        var child = ChildProcess()
        child.confinement = .sandbox
        let output = try? await child.run("/usr/bin/true", [])
        return output?.status == 0 ? .sandbox : .limitsOnly
    }

    /// The command line that starts `program` with these resource limits.
    func command(_ program: String, _ arguments: [String], limits: [String]) -> (String, [String]) {
        let limited = limits + ["--", program] + arguments
        switch self {
        case .sandbox:
            let walls = ["--die-with-parent"] + Self.walls + Self.fonts
            return (Self.bubblewrap, walls + ["--", "/usr/bin/prlimit"] + limited)
        case .limitsOnly:
            // fontconfig may try to write its cache: let that fail rather than kill the child
            return ("/usr/bin/env", ["--ignore-signal=XFSZ", "/usr/bin/prlimit"] + limited)
        }
    }

    /// The command line that starts a keeper, which sets the limits of each child itself. Process 1 behind
    /// its walls: no child can kill it, and all end with it. It ends with its standard input; bound to the thread
    /// that started it (--die-with-parent) it would end with that.
    /// - Parameter library: makes a keeper of a program of the system; nil for one of ours, which is one already.
    func keeper(_ program: String, library: String?) -> (String, [String]) {
        guard let library else {
            let inside = "/passerelle-pdf"
            let ours = ["--ro-bind", program, inside] + Self.bound + ["--", inside]
            return self == .sandbox
                ? (Self.bubblewrap, ["--as-pid-1"] + Self.walls + ours)
                : ("/usr/bin/env", ["LD_BIND_NOW=1", program])
        }
        guard self == .sandbox else {
            return ("/usr/bin/env", ["LD_PRELOAD=\(library)", "LD_BIND_NOW=1", program])
        }
        let inside = "/passerelle-poppler.so"
        let loaded = ["--ro-bind", library, inside, "--setenv", "LD_PRELOAD", inside]
        return (
            Self.bubblewrap,
            ["--as-pid-1"] + Self.walls + Self.fonts + loaded + Self.bound + ["--", program]
        )
    }

    /// What a keeper binds once, its children find bound.
    private static let bound = ["--setenv", "LD_BIND_NOW", "1"]

    private static let walls = [
        "--unshare-all", "--cap-drop", "ALL", "--clearenv",
        "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib",
        "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev", "--chdir", "/",
    ]
    private static let fonts = [
        "--ro-bind-try", "/etc/fonts", "/etc/fonts",
        "--ro-bind-try", "/var/cache/fontconfig", "/var/cache/fontconfig",
    ]
}
