/// The kinds of active content a PDF can hold. A flag means "present", not "harmful": an open action that
/// only sets the zoom is common.
public struct ActiveContent: OptionSet, Sendable, Hashable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let javaScript = ActiveContent(rawValue: 1 << 0)
    /// Starts a program on the reader's computer.
    public static let launch = ActiveContent(rawValue: 1 << 1)
    public static let embeddedFile = ActiveContent(rawValue: 1 << 2)
    /// Something happens when the document is opened.
    public static let openAction = ActiveContent(rawValue: 1 << 3)
    /// A form whose content may differ from viewer to viewer.
    public static let xfa = ActiveContent(rawValue: 1 << 4)
    /// Fields to fill in, whose values may be shown differently from viewer to viewer.
    public static let form = ActiveContent(rawValue: 1 << 5)

    /// PDF names whose presence sets a flag. `/EmbeddedFile` also finds `/EmbeddedFiles`.
    static let names: [(name: StaticString, flag: ActiveContent)] = [
        ("/JavaScript", .javaScript), ("/Launch", .launch), ("/EmbeddedFile", .embeddedFile),
        ("/OpenAction", .openAction), ("/XFA", .xfa), ("/AcroForm", .form),
    ]

    /// The flags as words for records and pages: `javaScript`, `launch`, …
    public var labels: [String] {
        let all: [(ActiveContent, String)] = [
            (.javaScript, "javaScript"), (.launch, "launch"), (.embeddedFile, "embeddedFile"),
            (.openAction, "openAction"), (.xfa, "xfa"), (.form, "form"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }
}
