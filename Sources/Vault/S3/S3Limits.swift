/// The figures of an S3 store. Tests make them smaller.
struct S3Limits: Sendable {
    /// For a connection, TLS included.
    var connectSeconds = 5
    /// Slower than 1 KiB/s for so long ends a request.
    var stallSeconds = 15
    /// For one try of one request.
    var requestSeconds = 120
    /// No new try is begun after so many seconds: who publishes waits for the answer.
    var patienceSeconds = 30.0
    var tries = 4
    /// Before the second try, in milliseconds; each further pause is four times as long.
    var firstPause = 100.0
    /// Up to here one PUT; above, parts of this size. S3 asks for 5 MiB at least.
    var partBytes = 8 << 20
    /// Read at once, also when less is asked for: contents are read in chunks of 64 KiB from begin to end.
    var windowBytes = 1 << 20
    /// Of an answer that is not a content.
    var answerBytes = 4 << 20
}
