import Testing

@testable import Access

/// One network counts as one place, however many addresses it has.
@Suite struct NetworkAddressTests {
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("2001:DB8:0001:0002::1", "2001:db8:1:2::/64"), ("2001:db8::1", "2001:db8:0:0::/64"),
        ("fe80::1%eth0", "fe80:0:0:0::/64"), ("::1", "0:0:0:0::/64"), ("", ""), ("unknown", "unknown"),
    ])
    func `An address belongs to a network`(_ address: String, _ network: String) {
        #expect(NetworkAddress.network(of: address) == network)
    }
}
