import Foundation
import Glibc

/// Where a path really leads: what must not lie in the data folder must not get there by a link either.
enum FilePlace {
    /// The absolute path without links, `.` and `..`, also of what does not exist yet.
    static func resolved(_ path: String) -> String {
        let absolute =
            path.utf8.first == UInt8(ascii: "/")
            ? path : FileManager.default.currentDirectoryPath + "/" + path
        return resolve(absolute, linksLeft: 40)
    }

    /// Whether the file is in the folder, at any depth, or is the folder itself.
    static func isInside(_ file: String, folder: String) -> Bool {
        let (file, folder) = (resolved(file), resolved(folder))
        return file == folder || file.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8)
    }

    private static func resolve(_ path: String, linksLeft: Int) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        // it does not exist: a link that leads nowhere yet, or a name in a folder
        let name = (path as NSString).lastPathComponent
        let folder = (path as NSString).deletingLastPathComponent
        guard linksLeft > 0, folder != path, !folder.isEmpty else { return path }
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
            let isAbsolute = target.utf8.first == UInt8(ascii: "/")
            return resolve(isAbsolute ? target : "\(folder)/\(target)", linksLeft: linksLeft - 1)
        }
        let place = resolve(folder, linksLeft: linksLeft - 1)
        switch name {
        case ".": return place
        case "..": return (place as NSString).deletingLastPathComponent
        default: return place == "/" ? "/\(name)" : "\(place)/\(name)"
        }
    }
}
