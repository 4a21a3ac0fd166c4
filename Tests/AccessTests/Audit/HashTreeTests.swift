import Testing

@testable import Access

/// The tree of the trail against the known values of RFC 6962's reference tree.
@Suite struct HashTreeTests {
    private static let inputs: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], Array(0x40...0x43), Array(0x50...0x57),
        Array(0x60...0x6f),
    ]
    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test(arguments: [
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ])
    func `The root is the one that the standard's implementations compute`(_ count: Int, _ root: String)
        throws
    {
        var frontier = HashTree.Frontier()
        for input in Self.inputs.prefix(count) { try frontier.append(HashTree.leaf(input)) }
        #expect(Self.hex(frontier.root) == root)
    }

    @Test func `A tree taken up again from its kept nodes goes on as if it had never stopped`() throws {
        var kept: [String: [UInt8]] = [:]
        var whole = HashTree.Frontier()
        for number in 0..<300 {
            let taken = try HashTree.Frontier(size: Int64(number)) { level, position in
                try #require(kept["\(level)/\(position)"])
            }
            #expect(taken.root == whole.root)
            whole.append(HashTree.leaf([UInt8(number & 255)])) { level, position, hash in
                kept["\(level)/\(position)"] = hash
            }
        }
    }
}
