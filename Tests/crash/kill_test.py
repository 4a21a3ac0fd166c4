"""Kills the server with SIGKILL under load, again and again, and looks for what was acknowledged.

Four publishers send unique PDFs through FHIR and keep an outside ledger of what was acknowledged. A lost answer is
followed by the same document again, as a record system would do. At the end every acknowledged document must be there
once, byte for byte, for its sender and for its reader; no identifier may be there twice; the trail must be sound.

    ROUNDS=30 SEED=20261121 python Tests/crash/kill_test.py
"""

import collections
import hashlib
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts"))
from outside import hospital, pdf, reader  # noqa: E402
from outside.server import Server  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "30"))
SEED = int(os.environ.get("SEED", "20261121"))
PUBLISHERS = 4

Entry = collections.namedtuple("Entry", "document sha256 title size")


class Ledger:
    """What the server said it had taken. Kept outside of it, by identifier."""

    def __init__(self):
        self.lock = threading.Lock()
        self.entries = {}
        self.lost_answers = 0
        self.refusals = []
        self.contradictions = []

    def acknowledge(self, master, entry):
        with self.lock:
            known = self.entries.setdefault(master, entry)
            if known.document != entry.document:
                self.contradictions.append(f"{master}: {known.document}, then {entry.document}")


class Publisher(threading.Thread):
    def __init__(self, name, hospital_system, ledger, stopping):
        super().__init__(name=name, daemon=True)
        self.hospital, self.ledger, self.stopping = hospital_system, ledger, stopping

    def run(self):
        number = 0
        while not self.stopping.is_set():
            number += 1
            title = f"Lettre {self.name}-{number:05d}"
            content = pdf.letter([title, os.urandom(8).hex()], size=random.choice([0, 4_000, 60_000]))
            self.publish(title, content, hospital.new_master())

    def publish(self, title, content, master):
        """Until the server has said yes or no; a document that was begun is always brought to an end."""
        body = self.hospital.body(content, master, title)
        while True:
            try:
                status, headers, answer = self.hospital.publish(body)
            except (OSError, http.client.HTTPException, RuntimeError):
                self.ledger.lost_answers += 1
                time.sleep(0.05)
                continue
            if status in (200, 201):
                document = hospital.document_id(headers)
                sha256 = hashlib.sha256(content).hexdigest()
                self.ledger.acknowledge(master, Entry(document, sha256, title, len(content)))
                return
            if status not in (401, 429, 503):
                self.ledger.refusals.append(f"{title}: {status} {answer}")
                return
            if status == 401:
                self.hospital.renew_at = 0
            time.sleep(0.1)


class Report:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, sentence, faults):
        faults = list(faults)
        if faults:
            self.failed += 1
            print(f"  FAILED  {sentence}: {len(faults)}, such as")
            for fault in faults[:5]:
                print(f"          {fault}")
        else:
            self.passed += 1
            print(f"  passed  {sentence}")


def load_and_kill(server, ledger, dice):
    system = hospital.Hospital(server)
    stopping = threading.Event()
    publishers = [Publisher(f"{number}", system, ledger, stopping) for number in range(1, PUBLISHERS + 1)]
    for publisher in publishers:
        publisher.start()
    slowest = 0
    for number in range(1, ROUNDS + 1):
        pause = dice.uniform(0.1, 1.5)
        time.sleep(pause)
        server.kill()
        begun = time.monotonic()
        server.start()
        slowest = max(slowest, time.monotonic() - begun)
        print(f"  round {number:2d}: killed after {pause:.2f} s, {len(ledger.entries)} acknowledged", flush=True)
    stopping.set()
    for publisher in publishers:
        publisher.join(60)
    print(f"  {ledger.lost_answers} lost answers, slowest restart {slowest:.1f} s")
    return [publisher.name for publisher in publishers if publisher.is_alive()]


def as_sender(server, ledger):
    """What the sender is told of each acknowledged document."""
    system = hospital.Hospital(server)
    for master, entry in ledger.entries.items():
        status, _, answer = system.read(entry.document)
        if status != 200:
            yield f"{entry.title} {entry.document}: {status}"
        elif answer["masterIdentifier"]["value"] != master:
            yield f"{entry.title}: is {answer['masterIdentifier']['value']}, was {master}"
        elif answer.get("status") != "current":
            yield f"{entry.title}: is {answer.get('status')}"


def as_reader(doctor, ledger):
    """The bytes of each acknowledged document, as its reader gets them."""
    for entry in ledger.entries.values():
        status, _, content = doctor.get(f"/documents/{entry.document}/fichier")
        if status != 200:
            yield f"{entry.title} {entry.document}: {status}"
        elif hashlib.sha256(content).hexdigest() != entry.sha256:
            yield f"{entry.title} {entry.document}: {len(content)} bytes of {entry.size}, or other ones"


def inbox(doctor):
    """The identifiers of all documents on all pages of the inbox."""
    path, found = "/documents", collections.Counter()
    for _ in range(1000):
        status, _, body = doctor.get(path)
        page = body.decode()
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
        rows = re.findall(r'href="/documents/([A-Za-z0-9_-]{16,})(?:\?[^"]*)?"', page)
        found.update(set(rows))
        following = re.search(r'<a[^>]*rel="next"[^>]*>', page)
        link = following and re.search(r'href="([^"]+)"', following.group(0))
        if not link:
            return found
        path = link.group(1).replace("&amp;", "&")
    raise RuntimeError("the inbox has no end")


def in_database(server, ledger):
    """Straight in the file, once the server is stopped: (doubles, acknowledged but absent, rows without a file)."""
    files = list(pathlib.Path(server.data).rglob("*.sqlite"))
    database = sqlite3.connect(f"file:{files[0]}?mode=ro", uri=True)
    doubles = database.execute(
        "SELECT master_identifier, count(*) FROM document GROUP BY 1 HAVING count(*) > 1").fetchall()
    masters = {row[0] for row in database.execute("SELECT master_identifier FROM document")}
    blobs = {row[0] for row in database.execute("SELECT blob FROM content")}
    database.close()
    on_disk = {path.name for path in pathlib.Path(server.data).rglob("*") if path.is_file()}
    print(f"  {len(masters)} documents in the database, {len(blobs - on_disk)} contents without a file")
    return doubles, sorted(set(ledger.entries) - masters), sorted(blobs - on_disk)


def trail(server):
    try:
        print("  " + server.run("audit", "verify").decode().strip().replace("\n", "\n  "))
        return []
    except RuntimeError as fault:
        return [str(fault)]


def events(server, ledger):
    """Acknowledged documents whose publication does not stand exactly once in the exported trail."""
    published = collections.Counter()
    for line in server.run("audit", "export").decode().splitlines():
        event = json.loads(line)
        codes = [one.get("code") for one in event.get("subtype", [])]
        if event["outcome"] == "0" and "ITI-105" in codes:
            published.update(
                entity["what"]["reference"] for entity in event["entity"] if "reference" in entity["what"])
    for entry in ledger.entries.values():
        times = published[f"DocumentReference/{entry.document}"]
        if times != 1:
            yield f"{entry.title}: {times} events"


def prove(server, ledger, unfinished, report):
    report.check("every document that was begun came to an end", unfinished)
    report.check("nothing sound was refused", ledger.refusals)
    report.check("a repeated document kept its identifier", ledger.contradictions)
    report.check("there was something to lose", [] if len(ledger.entries) > ROUNDS else ["too few documents"])
    report.check("every acknowledged document is there for its sender", as_sender(server, ledger))
    doctor = reader.Reader(server.port)
    doctor.sign_in(reader.persona(server.port, "Favre"))
    report.check("every acknowledged document is there for its reader, byte for byte", as_reader(doctor, ledger))
    listed = inbox(doctor)
    ids = {entry.document for entry in ledger.entries.values()}
    report.check("every acknowledged document is in the inbox", sorted(ids - set(listed)))
    report.check("no document stands on two pages of it", [name for name, times in listed.items() if times > 1])
    server.stop()
    doubles, absent, hollow = in_database(server, ledger)
    report.check("no identifier is there twice", doubles)
    report.check("no acknowledged identifier is absent", absent)
    report.check("no content lacks its file", hollow)
    report.check("the trail is sound", trail(server))
    report.check("each publication stands in the trail exactly once", events(server, ledger))


def main():
    print(f"kill test: {ROUNDS} rounds, {PUBLISHERS} publishers, seed {SEED}", flush=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="passerelle-crash-"))
    server, ledger, report = Server(folder / "data"), Ledger(), Report()
    random.seed(SEED)
    try:
        server.start()
        unfinished = load_and_kill(server, ledger, random.Random(SEED))
        prove(server, ledger, unfinished, report)
    except Exception as fault:  # whatever breaks the test is a failure of it, told in its closing line
        report.check(f"the test ran to its end ({type(fault).__name__})", [fault])
        print(server.tail())
    finally:
        server.stop()
    if report.failed:
        print(f"  data kept in {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
