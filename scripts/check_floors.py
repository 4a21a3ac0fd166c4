"""Refuses dependencies below the versions in which a known hole was closed, even if the hole is never reached.

Run over the Package.resolved that SwiftPM has just written.
"""

import json
import sys

FLOORS = {
    "swift-nio": (2, 100, 0),  # CVE-2026-28980: headers without limit fill the memory
    "swift-nio-http2": (1, 44, 1),  # CVE-2026-28898: request smuggling by pseudo-headers
    "swift-crypto": (4, 3, 1),  # CVE-2026-28815: over-read with a short key
}


def number(version):
    return tuple(int(part) for part in version.split("-")[0].split("."))


def main(path):
    with open(path, encoding="utf-8") as file:
        pins = {pin["identity"]: pin["state"].get("version") for pin in json.load(file)["pins"]}
    low = [
        f"{name} is {pins.get(name) or 'not pinned to a version'}, needed is {'.'.join(map(str, floor))} or later"
        for name, floor in FLOORS.items()
        if not pins.get(name) or number(pins[name]) < floor
    ]
    if low:
        sys.exit("\n".join(low))
    print("dependency floors: " + ", ".join(f"{name} {pins[name]}" for name in FLOORS))


main(sys.argv[1])
