/// An attribute. There is none for event handlers or inline style, and none with a free name:
/// a new one is a line in this module. Addresses come only from `Path`, `ExternalLink` and `ContactLink`.
public struct Attribute: Sendable {
    private let name: StaticString
    private let value: String?  // nil: a boolean attribute that is off

    init(_ name: StaticString, _ value: String?) {
        self.name = name
        self.value = value
    }

    func append(to out: inout [UInt8]) {
        guard let value else { return }
        out.append(0x20)
        name.withUTF8Buffer { out += $0 }
        out.append(0x3D)  // ="
        out.append(0x22)
        value.appendEscaped(to: &out)
        out.append(0x22)
    }
}

extension Attribute {
    public static func `class`(_ names: String) -> Attribute { .init("class", names) }
    public static func `class`(ifAny names: String?) -> Attribute { .init("class", names) }
    public static func id(_ id: String) -> Attribute { .init("id", id) }
    public static func lang(_ code: String) -> Attribute { .init("lang", code) }
    public static func hidden(_ on: Bool) -> Attribute { .init("hidden", on ? "" : nil) }
    public static func tabindex(_ index: Int) -> Attribute { .init("tabindex", String(index)) }
    public static func autofocus(_ on: Bool) -> Attribute { .init("autofocus", on ? "" : nil) }
    public static func role(_ role: StaticString) -> Attribute { .init("role", "\(role)") }
    public static func scope(_ scope: StaticString) -> Attribute { .init("scope", "\(scope)") }
    public static func datetime(_ iso: String) -> Attribute { .init("datetime", iso) }
    public static func title(_ text: String) -> Attribute { .init("title", text) }
    public static func open(_ on: Bool) -> Attribute { .init("open", on ? "" : nil) }
    public static func alt(_ text: String) -> Attribute { .init("alt", text) }
    public static func width(_ pixels: Int) -> Attribute { .init("width", String(pixels)) }
    public static func height(_ pixels: Int) -> Attribute { .init("height", String(pixels)) }
    public static func loading(_ how: StaticString) -> Attribute { .init("loading", "\(how)") }
    public static func fetchPriority(_ how: StaticString) -> Attribute { .init("fetchpriority", "\(how)") }
}

/// Names and states for assistive technology (WAI-ARIA 1.2).
extension Attribute {
    public static func ariaLabel(_ text: String) -> Attribute { .init("aria-label", text) }
    public static func ariaLabelledBy(_ id: String) -> Attribute { .init("aria-labelledby", id) }
    /// One or several identifiers; the attribute is left out when there is none.
    public static func ariaDescribedBy(_ ids: String...) -> Attribute {
        let text = ids.filter { !$0.isEmpty }.joined(separator: " ")
        return .init("aria-describedby", text.isEmpty ? nil : text)
    }
    public static func ariaControls(_ id: String) -> Attribute { .init("aria-controls", id) }
    public static func ariaCurrent(_ on: Bool) -> Attribute { .init("aria-current", on ? "page" : nil) }
    /// The current one of a set that is not a set of pages: a view, a row.
    public static func ariaCurrentItem(_ on: Bool) -> Attribute { .init("aria-current", on ? "true" : nil) }
    public static func ariaHidden() -> Attribute { .init("aria-hidden", "true") }
    public static func ariaInvalid(_ on: Bool) -> Attribute { .init("aria-invalid", on ? "true" : nil) }
    public static func ariaPressed(_ on: Bool) -> Attribute { .init("aria-pressed", on ? "true" : "false") }
}

/// Forms.
extension Attribute {
    public static func name(_ name: String) -> Attribute { .init("name", name) }
    public static func value(_ value: String) -> Attribute { .init("value", value) }
    public static func type(_ type: StaticString) -> Attribute { .init("type", "\(type)") }
    public static func autocomplete(_ token: StaticString) -> Attribute { .init("autocomplete", "\(token)") }
    public static func inputMode(_ mode: StaticString) -> Attribute { .init("inputmode", "\(mode)") }
    public static func placeholder(_ text: String) -> Attribute { .init("placeholder", text) }
    public static func maxLength(_ characters: Int) -> Attribute { .init("maxlength", String(characters)) }
    public static func spellcheck(_ on: Bool) -> Attribute { .init("spellcheck", on ? "true" : "false") }
    public static func `for`(_ id: String) -> Attribute { .init("for", id) }
    public static func checked(_ on: Bool) -> Attribute { .init("checked", on ? "" : nil) }
    public static func selected(_ on: Bool) -> Attribute { .init("selected", on ? "" : nil) }
    public static func disabled(_ on: Bool) -> Attribute { .init("disabled", on ? "" : nil) }
    public static func required(_ on: Bool) -> Attribute { .init("required", on ? "" : nil) }
    public static func method(_ method: FormMethod) -> Attribute { .init("method", method.rawValue) }
    public static func action(_ path: Path) -> Attribute { .init("action", path.text) }
    /// Where this one button sends its form, in place of the form's own address.
    public static func formAction(_ path: Path) -> Attribute { .init("formaction", path.text) }
    /// This one button sends the form as it is.
    public static func formNoValidate(_ on: Bool) -> Attribute { .init("formnovalidate", on ? "" : nil) }
    /// A form that carries a file.
    public static func multipart() -> Attribute { .init("enctype", "multipart/form-data") }
    /// The kinds of file that a field offers to choose.
    public static func accept(_ types: StaticString) -> Attribute { .init("accept", "\(types)") }
    /// The form that a control elsewhere on the page belongs to.
    public static func form(_ id: String) -> Attribute { .init("form", id) }
    public static func rows(_ lines: Int) -> Attribute { .init("rows", String(lines)) }
    public static func list(_ id: String) -> Attribute { .init("list", id) }
}

public enum FormMethod: String, Sendable { case get, post }

/// Addresses.
extension Attribute {
    public static func href(_ path: Path) -> Attribute { .init("href", path.text) }
    public static func href(_ link: ExternalLink) -> Attribute { .init("href", link.text) }
    public static func href(_ contact: ContactLink) -> Attribute { .init("href", contact.text) }
    /// A place on the same page.
    public static func href(anchor: String) -> Attribute { .init("href", "#\(anchor)") }
    public static func rel(_ relation: StaticString) -> Attribute { .init("rel", "\(relation)") }
    public static func src(_ path: Path) -> Attribute { .init("src", path.text) }
}

/// What scripts and style sheets read.
extension Attribute {
    /// The head of the column, shown before the cell when a table becomes cards.
    public static func dataLabel(_ text: String) -> Attribute { .init("data-label", text) }
    /// The enhancement that starts here, by the name it has in `app.js`.
    public static func dataBoot(_ name: StaticString?) -> Attribute {
        .init("data-boot", name.map { "\($0)" })
    }
    /// The word a two-state button shows in its other state; a sentence about 2, where a script puts another number.
    public static func dataOther(_ text: String) -> Attribute { .init("data-other", text) }
    /// The same sentence about one.
    public static func dataOne(_ text: String) -> Attribute { .init("data-one", text) }
    /// Shows the number of unread documents, and follows it.
    public static func dataUnread() -> Attribute { .init("data-unread", "") }
    /// Where an enhancement acts: a place on the page, or the space and the moment of the page.
    public static func dataPlace(_ place: String) -> Attribute { .init("data-place", place) }
    /// A part of the page that a search brings anew.
    public static func dataPart(_ name: StaticString) -> Attribute { .init("data-part", "\(name)") }
    /// Whether letters of the keyboard act on the list; left out where they do.
    public static func dataKeys(_ on: Bool) -> Attribute { .init("data-keys", on ? nil : "off") }
    /// What an enhancement needs to know, in JSON.
    public static func dataOptions(_ json: String) -> Attribute { .init("data-options", json) }
    public static func dataTheme(_ theme: String?) -> Attribute { .init("data-theme", theme) }
}
