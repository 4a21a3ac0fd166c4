package import Access
package import Directory
import Foundation
import Storage

extension TestPortal {
    /// The account behind a GLN.
    package func account(_ gln: String) async throws -> Account.ID { try await practitioner(gln).accountID }

    package func practitioner(_ gln: String) async throws -> Practitioner {
        guard let number = GLN(rawValue: gln),
            let recipient = try await database.read({ try $0.recipient(gln: number) })
        else { throw TestFailure("nobody has the GLN \(gln)") }
        return recipient.practitioner
    }

    /// Changes how a professional wants to be told; nil leaves a preference as it is.
    package func prefer(
        _ gln: String, policy: Practitioner.NotificationPolicy? = nil, email: String? = nil,
        delivery: Practitioner.DeliveryMode? = nil
    ) async throws {
        let known = try await practitioner(gln)
        try await directory.save(
            Practitioner(
                accountID: known.accountID, gln: known.gln, profession: known.profession,
                speciality: known.speciality, practice: known.practice, locality: known.locality,
                notificationEmail: email ?? known.notificationEmail,
                notificationPolicy: policy ?? known.notificationPolicy,
                deliveryMode: delivery ?? known.deliveryMode,
                lifetimeDays: known.lifetimeDays))
    }
}

/// The bytes of a file, as they lie on the disk.
package func bytes(of path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }
