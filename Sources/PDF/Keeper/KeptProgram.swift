import Glibc

/// A program that looks at foreign PDFs and is kept ready: started once, it forks a child for each file.
public enum KeptProgram: String, CaseIterable, Sendable {
    /// By its library, in a program of ours (ADR 0034).
    case qpdf
    /// Debian's own, into which a library of ours is loaded that makes keepers of them (ADR 0035).
    case pdftoppm, pdftotext

    /// The full path.
    var path: String { self == .qpdf ? Self.beside("passerelle-pdf") : "/usr/bin/\(rawValue)" }

    /// What is loaded into it before it begins.
    var library: String? { self == .qpdf ? nil : Self.beside("libpasserelle-poppler.so") }

    /// What is not installed of it; nil when all is there.
    public var missingFile: String? { Self.missing(path, library) }

    static func missing(_ path: String, _ library: String?) -> String? {
        if access(path, X_OK) != 0 { return path }
        return if let library, access(library, R_OK) != 0 { library } else { nil }
    }

    /// Beside the running program: in the build folder, and where all were installed.
    private static func beside(_ name: String) -> String { folder + name }

    private static let folder: String = {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = max(0, readlink("/proc/self/exe", &path, path.count))
        let own = String(decoding: path.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return String(own.prefix(through: own.lastIndex(of: "/") ?? own.startIndex))
    }()
}
