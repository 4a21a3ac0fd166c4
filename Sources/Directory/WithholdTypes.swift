public import Access
import Storage

extension DirectoryActions {
    /// Says which document types are not addressed to a profession (D45). Holds for what is published from now on; what
    /// was delivered stays.
    /// - Parameter types: codes, at most 100 of at most 18 digits (SNOMED CT); others are left out.
    public func withhold(_ types: Set<String>, from profession: Profession, _ holder: Holder) async throws {
        let now = clock.now()
        let codes = Set(
            types.filter { code in
                (1...18).contains(code.utf8.count) && code.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }.sorted().prefix(100))
        try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            let old = try transaction.professionRules().first { $0.profession == profession }
            guard (old?.withheldTypes ?? []) != codes else { return }
            try transaction.withhold(codes, from: profession)
            try transaction.record(
                AuditEntry(
                    .configurationChanged, object: AuditObject(kind: "profession", id: profession.rawValue),
                    detail: "withheld=\(codes.sorted().joined(separator: ","))"), by: .person(holder), at: now
            )
        }
    }
}
