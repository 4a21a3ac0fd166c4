import Foundation
import Logging
import Vault

/// Opens the place of sealed contents that the settings name.
enum OpenStore {
    /// `--store`, or the folder in the data; with `--store-fallback` behind it.
    /// - Throws: `SettingsFailure` with a sentence.
    static func open(_ settings: Settings, data: String) throws -> any BlobStore {
        let store = try place(settings["store"] ?? "\(data)/contents", "--store", settings)
        guard let fallback = settings["store-fallback"] else { return store }
        return FallbackStore(store, behind: try place(fallback, "--store-fallback", settings))
    }

    /// - Parameter option: where `text` comes from, for the sentence.
    static func place(_ text: String, _ option: String, _ settings: Settings) throws -> any BlobStore {
        let isEncrypted: Bool
        switch settings["s3-tls"] {
        case "on": isEncrypted = true
        case "off": isEncrypted = false
        default: throw SettingsFailure("--s3-tls must be «on», or «off» for a store on this machine.")
        }
        let access = S3Access(
            region: settings["s3-region"], accessKey: settings["s3-access-key"],
            secretKey: settings["s3-secret-key"], isEncrypted: isEncrypted,
            authority: settings["s3-authority"])
        do {
            return try StoreLocation(text, access: access).open()
        } catch let failure as StoreLocation.Invalid {
            throw SettingsFailure("\(option) \(text) is not accepted: \(failure.reason).")
        }
    }

    /// For those who need it now: a store that refuses us will not change its mind. One that is down may come
    /// back: the portal starts without it and answers 503 to who needs a content.
    static func check(_ store: any BlobStore, logger: Logger) async throws {
        do {
            try await store.check()
        } catch S3Failure.refused(let code) {
            throw SettingsFailure("The store \(store.place) refuses us with «\(code)»: \(hint(code))")
        } catch let failure as S3Failure where failure.isTemporary {
            logger.warning("store of contents", metadata: ["error": "\(failure)"])
        }
    }

    static func hint(_ code: String) -> String {
        switch code {
        case "SignatureDoesNotMatch", "InvalidAccessKeyId", "AccessDenied", "403":
            "look at --s3-access-key, --s3-secret-key and the rights of that key."
        case "NoSuchBucket": "make the bucket, or correct its name."
        case "AuthorizationHeaderMalformed": "--s3-region is not the store's."
        case "RequestTimeTooSkewed": "the clock of this machine is wrong."
        default: "ask who runs the store."
        }
    }
}
