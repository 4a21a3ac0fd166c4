/// `Curl` is what the adapters of the outside share: one transfer of libcurl at a time, and the question
/// whether a host is this very machine.
public import CCurl

/// One transfer of libcurl after the other, over connections that it keeps. Not shared between threads; blocks
/// while it works.
public final class CurlHandle {
    public struct Outcome {
        public let code: CURLcode
        /// The server's last answer: SMTP or HTTP status, 0 when there was none.
        public let status: Int
        /// What the server sent, at most the limit.
        public let answer: [UInt8]
        /// libcurl's words when `code` is an error.
        public let reason: String
    }

    private let curl: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    /// - Returns: nil when memory is short.
    public init?() {
        guard let curl = curl_easy_init() else { return nil }
        self.curl = curl
        begin()
    }

    deinit {
        curl_easy_cleanup(curl)
        freeLists()
    }

    /// Forgets all options; what is kept is the open connection, for the next transfer to the same host.
    public func reset() {
        curl_easy_reset(curl)
        freeLists()
        begin()
    }

    public func set(_ option: CURLoption, _ value: Int) { passerelle_set_long(curl, option, value) }

    public func set(_ option: CURLoption, _ value: String) { passerelle_set_string(curl, option, value) }

    public func set(_ option: CURLoption, list: [String]) {
        var head: UnsafeMutablePointer<curl_slist>?
        for line in list { head = curl_slist_append(head, line) }
        guard let head else { return }
        lists.append(head)
        passerelle_set_pointer(curl, option, head)
    }

    /// A header field of the last answer.
    public func header(_ name: String) -> String? {
        var found: UnsafeMutablePointer<curl_header>?
        guard curl_easy_header(curl, name, 0, UInt32(CURLH_HEADER), -1, &found) == CURLHE_OK,
            let value = found?.pointee.value
        else { return nil }
        return String(cString: value)
    }

    /// - Parameters:
    ///   - sending: the mail or the request's body; given with `CURLOPT_UPLOAD` or `CURLOPT_POST`.
    ///   - answerLimit: in bytes; a longer answer ends the transfer with an error.
    public func perform(sending: [UInt8], answerLimit: Int) -> Outcome {
        let transfer = Transfer(outgoing: sending, limit: answerLimit)
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        passerelle_on_send(
            curl,
            { bytes, one, count, context in
                guard let bytes, let context else { return 0 }
                return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().give(bytes, one * count)
            }, context)
        passerelle_on_receive(
            curl,
            { bytes, one, count, context in
                guard let bytes, let context else { return 0 }
                return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().take(bytes, one * count)
            }, context)
        var text = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        var status = 0
        let code = text.withUnsafeMutableBufferPointer { text in
            passerelle_set_pointer(curl, CURLOPT_ERRORBUFFER, text.baseAddress)
            let code = withExtendedLifetime(transfer) { curl_easy_perform(curl) }
            passerelle_get_long(curl, CURLINFO_RESPONSE_CODE, &status)
            passerelle_set_pointer(curl, CURLOPT_ERRORBUFFER, nil)
            return code
        }
        var reason = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        if reason.isEmpty { reason = String(cString: curl_easy_strerror(code)) }
        return Outcome(code: code, status: status, answer: transfer.incoming, reason: reason)
    }

    private func begin() {
        set(CURLOPT_NOSIGNAL, 1)  // or its time-outs use SIGALRM
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_PROXY, "")  // what the environment says does not count
    }

    private func freeLists() {
        for list in lists { curl_slist_free_all(list) }
        lists = []
    }
}

/// What goes out and what comes in during one `perform`.
private final class Transfer {
    private let outgoing: [UInt8]
    private var sent = 0
    private let limit: Int
    private(set) var incoming: [UInt8] = []

    init(outgoing: [UInt8], limit: Int) {
        self.outgoing = outgoing
        self.limit = limit
    }

    func give(_ bytes: UnsafeMutablePointer<CChar>, _ capacity: Int) -> Int {
        let count = min(capacity, outgoing.count - sent)
        outgoing.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(start: bytes, count: count)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[sent..<sent + count]))
        }
        sent += count
        return count
    }

    func take(_ bytes: UnsafeMutablePointer<CChar>, _ count: Int) -> Int {
        guard incoming.count + count <= limit else { return 0 }
        incoming.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    }
}
