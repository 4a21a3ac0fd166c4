import Foundation
import Testing

@testable import Portal

/// The sheet and the script, read from the sources.
@Suite struct StylesheetTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/Portal/Assets")
    private static let css =
        (try? String(contentsOf: folder.appendingPathComponent("app.css"), encoding: .utf8)) ?? ""

    /// WCAG 2 relative luminance of `#RRGGBB`.
    private static func luminance(_ hex: Substring) -> Double {
        let value = Int(hex.dropFirst(), radix: 16) ?? 0
        let parts = [value >> 16 & 255, value >> 8 & 255, value & 255].map { part -> Double in
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    private static let colours: [String: (light: Double, dark: Double)] = {
        let token = /--c-(?<name>[a-z0-9-]+): light-dark\((?<light>#[0-9A-F]{6}), (?<dark>#[0-9A-F]{6})\)/
        var colours: [String: (light: Double, dark: Double)] = [:]
        for match in css.matches(of: token) {
            colours[String(match.output.name)] = (
                luminance(match.output.light), luminance(match.output.dark)
            )
        }
        return colours
    }()

    private static func ratio(_ one: Double, _ other: Double) -> Double {
        (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    @Test(arguments: [
        "ink bg", "ink surface", "ink selected", "ink-2 surface", "ink-2 bg", "ink-2 selected",
        "ink-3 surface",
        "ink-3 bg", "ink-3 selected", "ink-3 hover", "ink-3 sunken", "link surface", "link bg",
        "link selected",
        "on-primary primary", "on-primary primary-hover", "primary primary-soft", "info info-soft",
        "ok ok-soft",
        "warn warn-soft", "danger danger-soft", "violet violet-soft", "ink-2 neutral-soft", "danger surface",
        "ok surface", "primary selected", "ink info-soft", "ink ok-soft", "ink warn-soft", "ink danger-soft",
        "surface ink", "link hover", "ink-2 hover",
    ])
    func `Text is readable on its ground in both themes`(_ pair: String) throws {
        let names = pair.split(separator: " ").map(String.init)
        let text = try #require(Self.colours[names[0]])
        let ground = try #require(Self.colours[names[1]])
        #expect(Self.ratio(text.light, ground.light) >= 4.5)
        #expect(Self.ratio(text.dark, ground.dark) >= 4.5)
    }

    @Test(arguments: ["control surface", "control bg", "focus surface", "focus bg"])
    func `Borders of controls and the focus stand out`(_ pair: String) throws {
        let names = pair.split(separator: " ").map(String.init)
        let line = try #require(Self.colours[names[0]])
        let ground = try #require(Self.colours[names[1]])
        #expect(Self.ratio(line.light, ground.light) >= 3)
        #expect(Self.ratio(line.dark, ground.dark) >= 3)
    }

    /// The bytes of a script without its comments and indents: what a browser has to read.
    private static func size(_ script: String) throws -> Int {
        let text = try String(contentsOf: folder.appendingPathComponent(script), encoding: .utf8)
        return text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.hasPrefix("//") }
            .reduce(0) { $0 + $1.utf8.count + 1 }
    }

    @Test func `The sheet and the scripts keep their budget`() throws {
        // 14 kB is the limit of transfer; the sheet packs to a fifth
        #expect(Self.css.utf8.count < 60_000)
        let all = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
            $0.hasSuffix(".js")
        }
        #expect(try all.map(Self.size).reduce(0, +) < 20_000)
        // the page that loads the most: packed, a third of it
        #expect(try ["app.js", "list.js", "live.js", "search.js"].map(Self.size).reduce(0, +) < 15_000)
    }

    @Test func `Every class of a page has its rule, and every rule its page`() {
        let used = Set(
            SamplePages.all.flatMap { PageMarkup($0.html).tags }.flatMap {
                ($0["class"] ?? "").split(separator: " ")
            }
            .map(String.init))
        let written = Set(Self.css.matches(of: /\.(?<name>[a-z][a-z0-9_-]*)/).map { String($0.output.name) })
        // the chip as it is without a kind
        let plain: Set<String> = ["chip--neutral"]
        // kept for other pages of the same house: the demo's lists, states without a page yet
        let other: Set<String> = ["cards", "chip--danger", "chip--violet", "page--wide"]
        #expect(used.subtracting(written).subtracting(plain).sorted() == [])
        #expect(written.subtracting(used).subtracting(other).sorted() == [])
    }
}
