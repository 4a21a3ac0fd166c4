"""From records to a table of ratios. No ratio is printed where a run had an error."""

import statistics

COLUMNS = ["bench", "target", "c", "n", "rps", "p50_us", "p99_us", "cpu_us_per_req", "errors"]


def row(record):
    def shown(value):
        if value is None:
            return "–"
        return f"{value:,.1f}" if isinstance(value, float) else str(value)

    extra = [f"{name}={shown(record[name])}" for name in (
        "cpu_us_with_previews", "syncs_per_req", "pss_kb") if record.get(name) is not None]
    cells = [shown(record.get(name)) for name in COLUMNS]
    widths = [8, 20, 4, 8, 10, 11, 12, 12, 4]
    return "  ".join(cell.rjust(width) for cell, width in zip(cells, widths)) + "  " + " ".join(extra)


def header():
    return row({name: name.replace("_per_req", "/req") for name in COLUMNS})


def of(records, bench, target, connections=None):
    return [one for one in records if one["bench"] == bench and one["target"] == target
            and connections in (None, one.get("c"))]


def pairs(records, bench, target, denominator, connections, figure):
    """target / denominator, pair by pair; empty where one is missing or had an error."""
    left = {one["pair"]: one for one in of(records, bench, target, connections)}
    right = {one["pair"]: one for one in of(records, bench, denominator, connections)}
    common = sorted(left.keys() & right.keys())
    if any(one["errors"] for side in (left, right) for one in side.values()):
        return []
    return [left[pair][figure] / right[pair][figure] for pair in common if right[pair].get(figure)]


def spread(values, digits=2):
    if not values:
        return "not measured"
    middle = statistics.median(values)
    return f"{middle:.{digits}f} [{min(values):.{digits}f}–{max(values):.{digits}f}] of {len(values)}"


def median(records, bench, target, connections, figure):
    values = [one[figure] for one in of(records, bench, target, connections)
              if one.get(figure) is not None and not one["errors"]]
    return values


def goals(records):
    """(goal, gate, what was measured, whether the gate held or None)."""
    def judged(name, gate, values, holds, digits=2):
        middle = statistics.median(values) if values else None
        return name, gate, spread(values, digits), None if middle is None else holds(middle)

    static = ["nginx sendfile on", "nginx sendfile off"]
    served = [pairs(records, "open", "portal", name, 16, "rps") for name in static]
    served = [values for values in served if values]
    against_nginx = min(served, key=statistics.median) if served else []
    thousandth = lambda values: [value / 1000 for value in values]  # noqa: E731
    found = []
    for connections in (1, 16, 64):
        found.append(judged(f"G1 list CPU / hello CPU, c={connections}", "≤ 5",
                            pairs(records, "list", "portal", "hello", connections, "cpu_us_per_req"),
                            lambda value: value <= 5))
    found += [
        judged("G1 list rps / hello rps, c=64", "≥ 0.25",
               pairs(records, "list", "portal", "hello", 64, "rps"), lambda value: value >= 0.25),
        judged("G2 list CPU, ms, c=16", "≤ 0.40",
               thousandth(median(records, "list", "portal", 16, "cpu_us_per_req")), lambda value: value <= 0.40),
        judged("G3 download rps / better nginx, c=16", "≥ 0.4", against_nginx, lambda value: value >= 0.4),
        judged("G5 download CPU, ms, c=16", "≤ 0.11",
               thousandth(median(records, "open", "portal", 16, "cpu_us_per_req")), lambda value: value <= 0.11),
        judged("   the same over 50 hot documents", "",
               thousandth(median(records, "open", "portal hot", 16, "cpu_us_per_req")), lambda value: None),
        judged("G6 publish rps / limit file 1, c=1 (FHIR, not raw)", "≥ 0.6",
               pairs(records, "publish", "portal", "file-1", 1, "rps"), lambda value: value >= 0.6, 3),
        judged("G7 publish rps / limit log 8, c=8 (FHIR, not raw)", "≥ 0.5",
               pairs(records, "publish", "portal", "log-8", 8, "rps"), lambda value: value >= 0.5, 3),
        judged("G8 syncs before the answer, c=1", "≤ 3",
               median(records, "syncs", "before the answer", 1, "syncs_per_req"), lambda value: value <= 3),
        judged("   the same with the page images made later", "",
               median(records, "syncs", "in all", 1, "syncs_per_req"), lambda value: None),
        judged("   the same, c=8 (G8: ≤ 1 without page images)", "",
               median(records, "syncs", "in all", 8, "syncs_per_req"), lambda value: None),
        judged("G9 publish CPU, FHIR base64, ms, c=1", "≤ 0.9",
               thousandth(median(records, "publish", "portal", 1, "cpu_us_per_req")), lambda value: value <= 0.9),
        judged("   the same with the page images made later", "",
               thousandth(median(records, "publish", "portal", 1, "cpu_us_with_previews")), lambda value: None),
        judged("G13 PSS after load, MB", "≤ 80",
               [one["pss_kb"] / 1000 for one in of(records, "rss", "after load")], lambda value: value <= 80, 1),
        judged("G14 cold start to first list, ms", "≤ 150",
               thousandth(median(records, "cold", "portal", 1, "p50_us")), lambda value: value <= 150, 0),
        judged("G15 sign-in CPU / argon2id", "≤ 1.1",
               pairs(records, "login", "portal", "argon2", 1, "cpu_us_per_req"), lambda value: value <= 1.1),
    ]
    return found


def table(records):
    lines = []
    for name, gate, measured, held in goals(records):
        verdict = {True: "held", False: "MISSED", None: ""}[held]
        lines.append(f"  {name:<52} {gate:>8}   {measured:<34} {verdict}")
    return "\n".join(lines)
