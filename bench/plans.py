"""The plans of the statements that the program itself runs, as the engine makes them on the data at hand.

SQLite: a small library loaded before it notes each statement that is prepared, and EXPLAIN QUERY PLAN is asked of the
same file. PostgreSQL: auto_explain writes the plan of each statement into the server's log, with its values.
"""

import contextlib
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess

from stage import psql

# Tables that grow with the hospital, and the names that the queries give them.
GROWING = {"document", "document_reader", "reader", "patient", "content", "dispatch", "audit_event"}
# An index of a part of the rows: the waiting, the unread. Reading all of it is what it is for.
PARTIAL = "SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid WHERE indpred IS NOT NULL"
READS = ("select", "with", "update", "delete")


class SQLitePlans:
    """What a server started with `prefix` prepares, and how SQLite would run it."""

    def __init__(self, folder):
        self.library, self.file = folder / "prepared.so", folder / "prepared"
        compiler = shutil.which("cc") or shutil.which("clang")
        source = pathlib.Path(__file__).parent / "prepared.c"
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", self.library, source, "-ldl"], check=True)

    @contextlib.contextmanager
    def watch(self, server):
        """While it is open, the server's statements are noted; the server must not run yet."""
        before = server.prefix
        self.file.unlink(missing_ok=True)
        server.prefix = [*before, "env", f"LD_PRELOAD={self.library}", f"PREPARED_STATEMENTS={self.file}"]
        yield
        server.prefix = before

    def plans(self, server):
        """[(statement, its steps that read a table from end to end)] of the statements on growing tables."""
        texts = dict.fromkeys(self.file.read_bytes().decode().split("\0"))
        database = sqlite3.connect(f"file:{server.data}/passerelle.sqlite?mode=ro", uri=True)
        found = []
        with contextlib.closing(database):
            for text in filter(is_asked, texts):
                steps = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {text}", [None] * text.count("?"))]
                scans = [step for step in steps if step.startswith("SCAN ") and step.split()[1] in GROWING]
                # a list is read in the order of its index; what groups or counts sorts the rows of one reader
                sorts = [step for step in steps if step.endswith("FOR ORDER BY") and "GROUP BY" not in text]
                found.append((" ".join(text.split()), scans + sorts, steps))
        return found


class PostgresPlans:
    """What auto_explain says of one database of a server whose log lies beside its data."""

    def __init__(self, address):
        self.address = address
        self.log = pathlib.Path(psql(address, "SHOW data_directory").strip()).parent / "server.log"

    @contextlib.contextmanager
    def watch(self, server):
        """While it is open, new connections of the server's database are explained."""
        name = server.address.rsplit("/", 1)[1]
        settings = {"session_preload_libraries": "auto_explain", "auto_explain.log_min_duration": "0",
                    "auto_explain.log_format": "json"}
        for setting, value in settings.items():
            psql(self.address, f"ALTER DATABASE {name} SET {setting} = '{value}'")
        self.start = self.log.stat().st_size
        yield
        psql(self.address, f"ALTER DATABASE {name} RESET ALL")

    def plans(self, server):
        """The same as of SQLite; a plan that any values brought about counts."""
        with open(self.log, encoding="utf-8", errors="replace") as file:
            file.seek(self.start)
            text = file.read()
        partial = set(psql(server.address, PARTIAL).split())
        found = {}
        for part in re.findall(r"plan:\n((?:\t.*\n)+)", text):
            explained = json.loads(part)
            statement = " ".join(explained["Query Text"].split())
            if is_asked(statement):
                steps = list(walk(explained["Plan"]))
                known = found.setdefault(statement, ([], []))
                scans = [name(one) for one in steps if is_scan(one, partial)]
                known[0].extend(one for one in scans if one not in known[0])
                known[1].extend(one for one in map(name, steps) if one not in known[1])
        return [(statement, scans, steps) for statement, (scans, steps) in found.items()]


def is_asked(statement):
    """Whether a statement reads a table that grows."""
    words = set(re.findall(r"\w+", statement.lower()))
    return statement.strip().lower().startswith(READS) and bool(words & GROWING)


def walk(node):
    """A node of a plan of PostgreSQL, and all below it."""
    yield node
    for child in node.get("Plans", []):
        yield from walk(child)


def name(node):
    """What it does, to which table and by which index."""
    return " ".join(filter(None, [node["Node Type"], node.get("Relation Name"), node.get("Index Name")]))


def is_scan(node, partial):
    """Whether it reads a growing table from end to end: itself, or an index of all its rows without a condition."""
    if node.get("Relation Name") not in GROWING:
        return False
    by_index = node["Node Type"].startswith("Index") and node.get("Index Name") not in partial
    return node["Node Type"] == "Seq Scan" or by_index and "Index Cond" not in node


def faults(plans, required, small=()):
    """What is wrong with them, in words: statements that scan, and pages that asked nothing.

    - required: words that must occur, each in some statement, so that a page that was not visited is noticed.
    - small: tables of so few rows that reading all of them is the better plan.
    """
    wrong = []
    for statement, scans, _ in plans:
        serious = [one for one in scans if one.split()[-1] not in small]
        if serious:
            wrong.append(f"{'; '.join(serious)}\n    in {statement}")
    seen = [statement for statement, _, _ in plans]
    missing = [word for word in required if not any(word in one for one in seen)]
    return wrong + [f"no statement with «{word}» was seen" for word in missing]
