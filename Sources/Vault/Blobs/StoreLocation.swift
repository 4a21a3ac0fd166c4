import Foundation

/// Where the sealed contents lie, as the settings say it: a folder, or `s3://HOST[:PORT]/BUCKET[/PREFIX]`.
public enum StoreLocation: Sendable, Equatable {
    case folder(String)
    case s3(S3Address)

    /// The setting cannot be used; `reason` says what to change, in English, for the operator.
    public struct Invalid: Error, Equatable {
        public let reason: String
    }

    /// - Parameters:
    ///   - text: the setting.
    ///   - access: the other settings of an S3 store; not looked at for a folder.
    /// - Throws: `Invalid`.
    public init(_ text: String, access: S3Access) throws {
        guard text.utf8.starts(with: "s3:".utf8) else {
            guard !text.isEmpty, !text.contains("://") else {
                throw Invalid(reason: "it must be a folder or begin with s3://")
            }
            self = .folder(text)
            return
        }
        self = .s3(try S3Address(text, access: access))
    }

    /// The place, ready for use; a folder is made if it is missing, a bucket must exist.
    public func open() throws -> any BlobStore {
        switch self {
        case .folder(let folder): try FolderStore(folder: folder)
        case .s3(let address): S3Store(address)
        }
    }
}
