"""Benchmarks of a release server against bare limits, alternating in one run.

    make bench                     all of them, five pairs
    make bench ARGS=--quick        one pair, short
    python3 bench/run.py list open --pairs 7

Prints a table and writes JSON lines to bench/out/. It judges no time: the test suite never fails on elapsed time. It
fails when `grow` finds a list that scans a table.
"""

import argparse
import dataclasses
import datetime
import json
import os
import pathlib
import shutil
import signal
import sys
import tempfile

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "scripts")]

import benches  # noqa: E402
import grow  # noqa: E402
import mix  # noqa: E402
import nodes  # noqa: E402
import report  # noqa: E402
from measure import load1  # noqa: E402
from stage import CORPUS, PROGRAMS, Stage  # noqa: E402

ALL = {
    "limit": benches.limit, "list": benches.list_page, "filter": benches.filtered, "open": benches.open_document,
    "publish": benches.publish, "login": benches.login, "cold": benches.cold, "rss": benches.rss, "mix": mix.mix, "grow": grow.grow,
    "nodes": nodes.nodes,
}


@dataclasses.dataclass
class Plan:
    pairs: int = 5
    seconds: int = 5
    limit_seconds: float = 2
    documents: int = 200
    starts: int = 10
    idle: int = 60
    connections: tuple = (1, 16, 64)
    mix_seconds: int = 10
    sizes: tuple = (10_000, 100_000, 1_000_000)
    pages: tuple = ("list", "deep page", "by name", "by type", "patient", "document")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=f"of {', '.join(ALL)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="one pair, two seconds each")
    parser.add_argument("--pairs", type=int, help="5 by default")
    parser.add_argument("--seconds", type=int, help="of each run of wrk, 5 by default")
    parser.add_argument("--corpus", type=int, help="documents of 100 KB of the reader, 1,000 by default, 300 when quick")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="DOCUMENTS", help="of grow: 10000 100000 1000000")
    parser.add_argument("--build", type=pathlib.Path, help="folder of the programs, .build-rel/release by default")
    parser.add_argument("--folder", help="where the data lie; a temporary folder by default")
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    wanted = parser.parse_args()
    if wanted.engine == "postgres" and "TEST_POSTGRES" not in os.environ:
        # once more, with a server of its own that syncs
        wrapper = pathlib.Path(__file__).parents[1] / "Tests/infra/with_postgres.sh"
        os.environ["DURABLE"] = "1"
        os.execv(wrapper, [str(wrapper), sys.executable, *sys.argv])
    unknown = set(wanted.benches) - set(ALL)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    return wanted


def main():
    wanted = arguments()
    PROGRAMS.build = wanted.build or PROGRAMS.build
    for program in ("passerelle", "passerelle-pdf", "libpasserelle-poppler.so", "bench"):
        if not (PROGRAMS.build / program).exists():
            sys.exit(f"{PROGRAMS.build / program} is missing: make bench builds it.")
    plan = Plan(pairs=1, seconds=2, documents=60, starts=3, idle=5, mix_seconds=5, sizes=(10_000, 100_000)
                ) if wanted.quick else Plan()
    plan.pairs = wanted.pairs or plan.pairs
    plan.sizes = tuple(wanted.sizes or plan.sizes)
    plan.seconds = wanted.seconds or plan.seconds
    folder = pathlib.Path(tempfile.mkdtemp(prefix="passerelle-bench-", dir=wanted.folder))
    out = pathlib.Path(__file__).parent / "out"
    out.mkdir(exist_ok=True)
    file = out / f"{datetime.datetime.now():%Y%m%d-%H%M%S}.jsonl"
    corpus = wanted.corpus or (300 if wanted.quick else CORPUS)
    postgres = os.environ["TEST_POSTGRES"] if wanted.engine == "postgres" else None
    stage, records = Stage(folder, corpus, postgres), []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and not without cleaning up
    try:
        if set(wanted.benches or ALL) - {"limit"}:
            print("Corpus:", flush=True)
            stage.make_corpus()
        print(report.header(), flush=True)
        with open(file, "w", encoding="utf-8") as lines:
            for name in wanted.benches or ALL:
                for record in ALL[name](stage, plan):
                    record["load1"], record["engine"] = load1(), wanted.engine
                    records.append(record)
                    lines.write(json.dumps(record) + "\n")
                    lines.flush()
                    print(report.row(record), flush=True)
    finally:
        stage.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print("\nMedian [min–max] of pairs, each against its denominator in the same run:")
    print(report.table(records))
    served = [one for one in records if one["bench"] in ("list", "open")]
    if served and not any(one["target"].startswith("nginx") for one in served):
        print("  nginx is not installed: static files not measured")
    print(f"\n{file}")
    if any(one["bench"] == "plans" and one["errors"] for one in records):
        sys.exit("A statement scans a table that grows: see above.")


if __name__ == "__main__":
    main()
