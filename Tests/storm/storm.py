"""Ten thousand documents by FHIR and HL7 v2 at once, with duplicates, corrections, cancellations and poison among them: each
ends where it belongs, and each side can see why.

    make storm                        10,000 documents on SQLite
    make storm ARGS="--documents 500"
    DURABLE=1 Tests/infra/with_postgres.sh make storm
"""

import argparse
import collections
import http.client
import json
import os
import pathlib
import queue
import random
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from outside import hospital, mllp, pdf  # noqa: E402
from outside.server import Server, free_port  # noqa: E402

DOCTORS = ["7601099000013", "7601999000014", "7601999000021"]
UNKNOWN = "7601099000990"  # nobody's, with a right check digit
FATES = {"plain": 62, "twins": 10, "corrected": 8, "cancelled": 6, "corrected, then cancelled": 2, "broken file": 2,
         "no file at all": 2, "unknown recipient": 2, "other content": 2, "rubbish": 2, "cancelled, never sent": 1,
         "corrects what is unknown": 1}
Expected = collections.namedtuple("Expected", "state doctor")


class Storm:
    def __init__(self, server, port, count, seed):
        self.server, self.port, self.count = server, port, count
        self.random = random.Random(seed)
        self.system = hospital.Hospital(server)
        self.lock = threading.Lock()
        self.expected = {}  # document number -> Expected; None: it must not be there
        self.faults, self.answers = [], collections.Counter()
        self.numbers = iter(range(3_000_001, 9_000_000))

    def run(self):
        for gln in DOCTORS:
            self.system.designate(gln)
        fates = self.random.choices(list(FATES), FATES.values(), k=self.count)
        work = queue.Queue()
        for fate in fates:
            work.put((fate, self.random.random(), next(self.numbers), next(self.numbers)))
        self.fates = collections.Counter(fates)
        threads = [threading.Thread(target=self.sender, args=(work, is_engine))
                   for is_engine in [False] * 6 + [True] * 6]
        begin = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - begin

    def sender(self, work, is_engine):
        engine = mllp.Engine(self.port)
        while True:
            try:
                fate, chance, number, other = work.get_nowait()
            except queue.Empty:
                return engine.close()
            try:
                self.send(fate, chance, number, other, engine, is_engine)
            except Exception as fault:  # noqa: BLE001 - a sender that falls silent would hide everything
                self.note(f"{fate} {number}: {fault!r}")

    def send(self, fate, chance, number, other, engine, is_engine):
        gln = DOCTORS[int(chance * 1000) % 3]
        content = pdf.letter([f"Lettre {number}", os.urandom(8).hex()])
        other_way = not is_engine

        def publish(number, content, gln=gln, by=is_engine, replaces=None):
            return self.publish(engine, by, number, content, gln, replaces)

        match fate:
            case "plain":
                self.want(publish(number, content), True, fate)
                self.expect(number, "current", gln)
            case "twins":  # the same message, by both ways at once
                twin = threading.Thread(target=lambda: self.want(
                    self.publish(mllp.Engine(self.port), other_way, number, content, gln, None), True, fate))
                twin.start()
                self.want(publish(number, content), True, fate)
                twin.join()
                self.want(publish(number, content), True, fate)
                self.expect(number, "current", gln)
            case "corrected" | "corrected, then cancelled":
                self.want(publish(number, content), True, fate)
                correction = pdf.letter([f"Correction {number}"])
                self.want(publish(other, correction, by=chance < 0.5, replaces=number), True, fate)
                self.expect(number, "superseded", gln)
                if fate == "corrected":
                    return self.expect(other, "current", gln)
                self.want(self.cancel(engine, other, gln), True, fate)
                self.expect(other, "withdrawn", gln)
            case "cancelled":
                self.want(publish(number, content), True, fate)
                self.want(self.cancel(engine, number, gln), True, fate)
                self.want(self.cancel(engine, number, gln), True, fate)
                self.expect(number, "withdrawn", gln)
            case "broken file":
                self.want(publish(number, content[:len(content) // 2]), False, fate)
                self.expect(number, None, gln)
            case "no file at all":
                self.want(publish(number, b"MZ not a letter"), False, fate)
                self.expect(number, None, gln)
            case "unknown recipient":
                self.want(publish(number, content, gln=UNKNOWN), False, fate)
                self.expect(number, None, gln)
            case "other content":
                self.want(publish(number, content), True, fate)
                self.want(publish(number, pdf.letter(["Autre"]), by=other_way), False, fate)
                self.expect(number, "current", gln)
            case "rubbish":
                self.want(self.rubbish(engine, is_engine, number), False, fate)
            case "cancelled, never sent":
                self.want(self.cancel(engine, number, gln), False, fate)
                self.expect(number, None, gln)
            case "corrects what is unknown":
                self.want(publish(number, content, replaces=other), False, fate)
                self.expect(number, None, gln)

    def publish(self, engine, by_engine, number, content, gln, replaces):
        """True when it was taken, False when it was refused; tried again until one of both."""
        while True:
            if by_engine:
                event = "T10" if replaces else "T02"
                code = self.mllp(engine, mllp.document(
                    number, f"S{number}{random.randrange(10**6)}", gln, content, event, replaces))
            else:
                body = json.loads(self.system.body(content, mllp.master(number), gln=gln))
                if replaces:
                    body["relatesTo"] = [{"code": "replaces", "target": {"identifier": {
                        "system": "urn:ietf:rfc:3986", "value": mllp.master(replaces)}}}]
                code = self.fhir("POST", "/fhir/DocumentReference", json.dumps(body).encode())
            if code is not None:
                return code
            time.sleep(0.2)

    def cancel(self, engine, number, gln):
        while (code := self.mllp(engine, mllp.document(
                number, f"C{number}{random.randrange(10**6)}", gln, event="T11", reason="Erreur de saisie"))) is None:
            time.sleep(0.2)
        return code

    def rubbish(self, engine, by_engine, number):
        if not by_engine:
            return self.fhir("POST", "/fhir/DocumentReference", b'{"resourceType":"DocumentReference",' + b"[" * 200)
        return self.mllp(engine, f"MSH|^~\\&|DPI|HUL|||x||ZZZ^Z99|R{number}|P|2.5\rTXA|\r".encode())

    def fhir(self, method, path, body):
        try:
            status, _, _ = self.system.request(method, path, body)
        except (OSError, http.client.HTTPException):
            status = 0
        with self.lock:
            self.answers[f"FHIR {status}"] += 1
        return None if status in (0, 429, 503) else status < 300

    def mllp(self, engine, message):
        try:
            code = engine.send(message)[1][1]
        except OSError:
            code = None
        with self.lock:
            self.answers[f"MLLP {code}"] += 1
        return None if code is None else code == "AA"

    def want(self, taken, wanted, fate):
        if taken != wanted:
            self.note(f"{fate}: {'taken' if taken else 'refused'}")

    def expect(self, number, state, doctor):
        with self.lock:
            self.expected[number] = Expected(state, doctor) if state else None

    def note(self, fault):
        with self.lock:
            self.faults.append(fault)

    def judge(self, rows):
        """Compares what lies in the database with what must."""
        prefix = mllp.master("")
        stored = {}
        for master, state, gln, hidden in rows("""
                SELECT document.master_identifier, document.state, dispatch.gln, reader.is_superseded
                FROM document JOIN dispatch ON dispatch.document_id = document.id
                JOIN document_reader reader ON reader.document_id = document.id
                  AND reader.account_id = dispatch.account_id"""):
            if master.startswith(prefix) and int(master.removeprefix(prefix)) in self.expected:
                number = int(master.removeprefix(prefix))
                if number in stored:
                    self.note(f"{number} is there twice")
                stored[number] = Expected(state, gln)
                if bool(hidden) != (state != "current"):
                    self.note(f"{number} is {state} and {'not ' if hidden else ''}in the list")
        for number, wanted in self.expected.items():
            if stored.get(number) != wanted:
                self.note(f"{number}: {stored.get(number)} instead of {wanted}")
        why = {master for (master,) in rows(
            "SELECT object_id FROM audit_event WHERE outcome = 'refused' AND object_kind = 'masterIdentifier'")}
        for number, wanted in self.expected.items():
            if wanted is None and mllp.master(number) not in why:
                self.note(f"nothing in the trail says why {number} was refused")


def postgres_rows(address):
    import subprocess

    def rows(query):
        done = subprocess.run(["psql", "--no-psqlrc", "-AtF", "\t", "-c", query, address], capture_output=True, text=True,
                              check=True)
        return [tuple({"t": True, "f": False}.get(word, word) for word in line.split("\t"))
                for line in done.stdout.splitlines()]
    return rows


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    address = os.environ.get("TEST_POSTGRES")
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server = Server(f"{folder}/data", options=["--mllp-port", str(port)], database=address).start()
        try:
            storm = Storm(server, port, options.documents, options.seed)
            seconds = storm.run()
            rows = postgres_rows(address) if address else server.rows
            storm.judge(rows)
            trail = server.run("audit", "verify").decode()
        finally:
            server.stop()
    print(f"{'PostgreSQL' if address else 'SQLite'}: {options.documents} fates in {seconds:.0f} s, "
          f"{len(storm.expected)} documents judged")
    print("  fates:", dict(storm.fates))
    print("  answers:", dict(storm.answers))
    print("  trail:", trail.strip().splitlines()[0] if trail.strip() else "–")
    for fault in storm.faults[:20]:
        print("  FAULT", fault)
    print(f"{len(storm.expected)} passed, {len(storm.faults)} failed" if not storm.faults else
          f"{len(storm.expected)} judged, {len(storm.faults)} failed")
    return 1 if storm.faults else 0


if __name__ == "__main__":
    sys.exit(main())
