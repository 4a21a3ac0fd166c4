"""From records to a table of ratios. No ratio is printed where a run had an error."""

import statistics

NOTHING = "not measured"
COLUMNS = ["bench", "target", "c", "n", "rps", "p50_us", "p99_us", "cpu_us_per_req", "errors"]


def row(record):
    def shown(value):
        if value is None:
            return "–"
        return f"{value:,.1f}" if isinstance(value, float) else str(value)

    extra = [f"{name}={shown(record[name])}" for name in (
        "cpu_us_with_previews", "syncs_per_req", "pss_kb", "refused", "with_retry_after")
        if record.get(name) is not None]
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


def of_parts(records, bench, connections, parts):
    """The portal's processor time over that of what its work is made of, {target: how many times}, pair by pair."""
    runs = {target: of(records, bench, target, connections) for target in ("portal", *parts)}
    if any(one["errors"] for run in runs.values() for one in run):
        return []
    times = {target: {one["pair"]: one["cpu_us_per_req"] for one in run} for target, run in runs.items()}
    common = set.intersection(*(set(one) for one in times.values()))
    return [times["portal"][pair] / sum(count * times[target][pair] for target, count in parts.items())
            for pair in sorted(common)]


def spread(values, digits=2):
    if not values:
        return NOTHING
    middle = statistics.median(values)
    return f"{middle:.{digits}f} [{min(values):.{digits}f}–{max(values):.{digits}f}] of {len(values)}"


def median(records, bench, target, connections, figure):
    values = [one[figure] for one in of(records, bench, target, connections)
              if one.get(figure) is not None and not one["errors"]]
    return values


def goals(records):
    """(goal, gate, what was measured, whether the gate held or None)."""
    static = ["nginx sendfile on", "nginx sendfile off"]
    against_nginx, bare_against_nginx = (
        min(filter(None, (pairs(records, "open", target, name, 16, "rps") for name in static)),
            key=statistics.median, default=[])
        for target in ("portal", "bare 100 KB"))
    thousandth = lambda values: [value / 1000 for value in values]  # noqa: E731
    found = []
    for connections in (1, 16, 64):
        found.append(judged(f"G1 list CPU / hello CPU, c={connections}", "≤ 5",
                            pairs(records, "list", "portal", "hello", connections, "cpu_us_per_req"),
                            lambda value: value <= 5))
        found.append(judged(f"   list CPU / 5 hellos and a synced event, c={connections}", "≤ 1",
                            of_parts(records, "list", connections, {"hello": 5, "event": 1}), lambda value: value <= 1))
        found.append(judged("   the same, read afresh each time", "",
                            pairs(records, "list", "portal afresh", "hello", connections, "cpu_us_per_req")))
    found += [
        judged("   list read afresh, CPU, ms, c=16", "",
               thousandth(median(records, "list", "portal afresh", 16, "cpu_us_per_req"))),
        judged("   list filtered by words / read afresh, CPU, c=16", "",
               pairs(records, "filter", "by words", "afresh", 16, "cpu_us_per_req")),
        judged("   list filtered by type / read afresh, CPU, c=16", "",
               pairs(records, "filter", "by type", "afresh", 16, "cpu_us_per_req")),
        judged("G1 list rps / hello rps, c=64", "≥ 0.25",
               pairs(records, "list", "portal", "hello", 64, "rps"), lambda value: value >= 0.25),
        judged("G2 list CPU, ms, c=16", "≤ 0.40",
               thousandth(median(records, "list", "portal", 16, "cpu_us_per_req")), lambda value: value <= 0.40),
        judged("G16 a synced event's CPU / list CPU, c=16", "≤ 0.15",
               pairs(records, "list", "event", "portal", 16, "cpu_us_per_req"), lambda value: value <= 0.15),
        judged("G3 download rps / better nginx, c=16", "≥ 0.4", against_nginx, lambda value: value >= 0.4),
        judged("   bare Hummingbird with 100 KB, rps / better nginx, c=16", "", bare_against_nginx),
        judged("   download CPU / bare Hummingbird with 100 KB, c=16", "",
               pairs(records, "open", "portal", "bare 100 KB", 16, "cpu_us_per_req")),
        judged("   download CPU / bare 100 KB and the work alone, c=1", "≤ 2",
               of_parts(records, "open", 1, {"bare 100 KB": 1, "limit": 1}), lambda value: value <= 2),
        judged("   the same, c=16", "≤ 2",
               of_parts(records, "open", 16, {"bare 100 KB": 1, "limit": 1}), lambda value: value <= 2),
        judged("G4 download over TLS, rps / nginx TLS, c=16", "≥ 0.55",
               pairs(records, "open", "portal TLS", "nginx TLS", 16, "rps"), lambda value: value >= 0.55),
        judged("   the same, CPU with nginx / without TLS and nginx", "",
               pairs(records, "open", "portal TLS", "portal", 16, "cpu_us_per_req")),
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
        judged("G6 the same through ITI-65, rps / limit file 1, c=1", "≥ 0.6",
               pairs(records, "publish", "portal ITI-65", "file-1", 1, "rps"), lambda value: value >= 0.6, 3),
        judged("G9 the same through ITI-65, CPU, ms, c=1", "≤ 0.9",
               thousandth(median(records, "publish", "portal ITI-65", 1, "cpu_us_per_req")), lambda value: value <= 0.9),
        judged("G6 the same through HL7 v2, rps / limit file 1, c=1", "≥ 0.6",
               pairs(records, "publish", "portal HL7 v2", "file-1", 1, "rps"), lambda value: value >= 0.6, 3),
        judged("G9 the same through HL7 v2, CPU, ms, c=1", "≤ 0.9",
               thousandth(median(records, "publish", "portal HL7 v2", 1, "cpu_us_per_req")), lambda value: value <= 0.9),
        judged("G13 PSS after load, with 5 MB uploads, MB", "≤ 80",
               [one["pss_kb"] / 1000 for one in of(records, "rss", "after load of 5 MB")],
               lambda value: value <= 80, 1),
        judged("   after load with 100 KB uploads only", "",
               [one["pss_kb"] / 1000 for one in of(records, "rss", "after load of 100 KB")], digits=1),
        judged("   at most, with 5 MB uploads in flight", "",
               [one["pss_kb"] / 1000 for one in of(records, "rss", "5 MB in flight, at most")], digits=1),
        judged("G14 cold start to first list, ms", "≤ 150",
               thousandth(median(records, "cold", "portal", 1, "p50_us")), lambda value: value <= 150, 0),
        judged("G15 sign-in CPU / argon2id", "≤ 1.1",
               pairs(records, "login", "portal", "argon2", 1, "cpu_us_per_req"), lambda value: value <= 1.1),
    ]
    return found + growth(records) + mixed(records) + several_nodes(records)


def judged(name, gate, values, holds=lambda value: None, digits=2):
    """A line of the table: the verdict is that of the median."""
    middle = statistics.median(values) if values else None
    return name, gate, spread(values, digits), None if middle is None else holds(middle)


def growth(records):
    """G10: the processor time of a page where there is more, over that of the same page where there is less."""
    def grown(page, more, less):
        return pairs(records, "grow", f"{page} {more}", f"{page} {less}", 16, "cpu_us_per_req")

    sizes = sorted({int(one["target"].split()[0]) for one in records if one["bench"] == "plans"})
    pages = dict.fromkeys(one["target"].rsplit(" ", 1)[0] for one in records if one["bench"] == "grow")
    lines = [judged(f"G10 statements that scan, of {one['n']}, {one['target']}", "0", [one["errors"]],
                    lambda value: value == 0, 0) for one in records if one["bench"] == "plans"]
    for page in pages:
        for size in sizes[1:]:
            if page.split()[0] not in ("own", "hello") and " of " not in page:
                gate = "≤ 1.3" if page in ("list", "deep page") else ""
                lines.append(judged(f"G10 {page}, CPU, {size:,} / {sizes[0]:,} stored", gate,
                                    grown(page, size, sizes[0]), lambda value: value <= 1.3 if gate else None))
    for size in sizes:
        values = pairs(records, "grow", f"own 10000 {size}", f"own 100 {size}", 16, "cpu_us_per_req")
        if values:
            lines.append(judged("G10 list, CPU, own 10,000 / own 100", "≤ 1.3", values, lambda value: value <= 1.3))
        values = pairs(records, "grow", f"patient of 10000 {size}", f"patient of 100 {size}", 16, "cpu_us_per_req")
        if values:
            lines.append(judged("   one patient of seven letters, own 10,000 / own 100", "", values))
    return lines


def mixed(records):
    """G11 and G12: times of the mix at a share of its own saturation."""
    if not of(records, "mix", "saturation"):
        return []
    milliseconds = {
        (share, figure): [value / 1000 for value in median(records, "mix", f"{share} %", None, figure)]
        for share in (10, 50, 90, 200) for figure in ("p50_us", "p99_us")}
    lines = [judged("mix 70 list / 25 open / 5 publish, saturation, rps", "",
                    median(records, "mix", "saturation", None, "rps"), digits=0)]
    for share in (10, 50, 90):
        lines.append(judged(f"mix, p50 at {share} %, ms", "", milliseconds[share, "p50_us"], digits=1))
        lines.append(judged(f"mix, p99 at {share} %, ms", "", milliseconds[share, "p99_us"], digits=1))
    lines.append(judged("G11 mix, p99 at 50 %, ms", "≤ 10", milliseconds[50, "p99_us"], lambda value: value <= 10, 1))
    for name in ("list", "open", "publish"):
        longest = median(records, "mix", f"50 % {name}", None, "p99_us")
        lines.append(judged(f"   of them {name}", "", [value / 1000 for value in longest], digits=1))
    overload = of(records, "mix", "200 %")
    lines.append(judged("G12 mix, p99 of what was accepted at 200 %, ms", "≤ 1000", milliseconds[200, "p99_us"],
                        lambda value: value <= 1000, 0))
    lines.append(judged("   refused at 200 %, share", "", [one["refused"] / one["n"] for one in overload]))
    lines.append(judged("   failed at 200 %, requests", "0", [one["errors"] for one in overload],
                        lambda value: value == 0, 0))
    return lines


def several_nodes(records):
    """What two nodes do more than one, and what each request costs more."""
    lines = []
    for target, connections in (("list", 16), ("list", 64), ("open", 16), ("publish", 8)):
        for figure, word in (("rps", "rate"), ("cpu_us_per_req", "CPU")):
            values = pairs(records, "nodes", f"{target} two nodes", f"{target} one node", connections, figure)
            if values:
                lines.append(judged(f"two nodes / one, {target}, {word}, c={connections}", "", values))
    return lines


def table(records):
    lines = []
    for name, gate, measured, held in goals(records):
        if measured == NOTHING:
            continue
        verdict = {True: "held", False: "MISSED", None: ""}[held]
        lines.append(f"  {name:<52} {gate:>8}   {measured:<34} {verdict}")
    return "\n".join(lines)
