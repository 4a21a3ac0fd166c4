/// One mail to one recipient, as plain text and as HTML.
public struct Mail: Sendable, Equatable {
    /// The outbox row: the Message-ID is made of it, so that a mail sent twice can be recognised as one.
    public var id: String
    public var from: String
    /// Shown in place of the address, for example the product's name.
    public var fromName: String
    public var to: String
    public var subject: String
    public var text: String
    /// A whole HTML document, nil for a mail of plain text only.
    public var html: String?
    public var attachment: MailAttachment?
    /// Where mail systems report what became of it (the envelope's sender); nil: to `from`.
    public var returnTo: String?

    public init(
        id: String, from: String, fromName: String = "", to: String, subject: String, text: String,
        html: String? = nil, attachment: MailAttachment? = nil, returnTo: String? = nil
    ) {
        self.attachment = attachment
        self.returnTo = returnTo
        self.id = id
        self.from = from
        self.fromName = fromName
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
    }
}
