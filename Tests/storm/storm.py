"""Ten thousand documents by FHIR (ITI-105, ITI-65) and HL7 v2 at once, with duplicates, corrections, withdrawals and
poison among them: each ends where it belongs, and each side can see why.

    make storm                        10,000 documents on SQLite
    make storm ARGS="--documents 500"
    make storm ARGS="--engine postgres"

Afterwards all sides ask about a sample of each fate: see asking.py.
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
sys.path[:0] = [str(ROOT / "scripts"), str(pathlib.Path(__file__).parent)]
from asking import Asking  # noqa: E402
from outside import hospital, mllp, pdf  # noqa: E402
from outside.server import Server, free_port  # noqa: E402

DOCTORS = ["7601099000013", "7601999000014", "7601999000021"]
UNKNOWN = "7601099000990"  # nobody's, with a right check digit
REASON = "Erreur de saisie"
WAYS = ["FHIR", "bundle", "MLLP"]
FATES = {"plain": 50, "twins": 10, "corrected": 8, "two at once": 6, "taken back": 8, "taken back by both": 2,
         "corrected, then taken back": 2, "broken file": 2, "no file at all": 2, "unknown recipient": 2,
         "other content": 2, "rubbish": 2, "two at once, one bad": 2, "taken back, never sent": 1,
         "corrects what is unknown": 1}
# What must be there at the end: in which state, for whom, and what is refused for which reason.
Expected = collections.namedtuple("Expected", "fate state doctor rule", defaults=(None,))


class Storm:
    def __init__(self, server, port, count, seed):
        self.server, self.port, self.count = server, port, count
        self.random = random.Random(seed)
        self.system = hospital.Hospital(server)
        self.lock = threading.Lock()
        self.expected = {}  # document number -> Expected; without a state it must not be there
        self.faults, self.answers = [], collections.Counter()
        self.numbers = iter(range(3_000_001, 9_000_000))

    def run(self):
        fates = self.random.choices(list(FATES), FATES.values(), k=self.count)
        work = queue.Queue()
        for fate in fates:
            work.put((fate, self.random.random(), next(self.numbers), next(self.numbers)))
        self.fates = collections.Counter(fates)
        threads = [threading.Thread(target=self.sender, args=(work, way)) for way in WAYS * 4]
        begin = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - begin

    def sender(self, work, way):
        engine = mllp.Engine(self.port)
        while True:
            try:
                fate, chance, number, other = work.get_nowait()
            except queue.Empty:
                return engine.close()
            try:
                self.send(fate, chance, number, other, engine, way)
            except Exception as fault:  # noqa: BLE001 - a sender that falls silent would hide everything
                self.note(f"{fate} {number}: {fault!r}")

    def send(self, fate, chance, number, other, engine, way):
        gln = DOCTORS[int(chance * 1000) % 3]
        content = pdf.letter([f"Lettre {number}", os.urandom(8).hex()])
        other_way = WAYS[(WAYS.index(way) + 1 + int(chance * 1e6) % 2) % 3]

        def publish(number, content, gln=gln, by=way, replaces=None):
            return self.publish(engine, by, number, content, gln, replaces)

        def expect(state, number=number, doctor=gln, rule=None):
            with self.lock:
                self.expected[number] = Expected(fate, state, doctor, rule)

        match fate:
            case "plain":
                self.want(publish(number, content), True, fate)
                expect("current")
            case "twins":  # the same message, by two ways at once
                twin = threading.Thread(target=lambda: self.want(
                    self.publish(mllp.Engine(self.port), other_way, number, content, gln, None), True, fate))
                twin.start()
                self.want(publish(number, content), True, fate)
                twin.join()
                self.want(publish(number, content), True, fate)
                expect("current")
            case "two at once":
                both = {number: content, other: pdf.letter([f"Lettre {other}"])}
                for _ in range(2):  # and again
                    self.want(self.submit(both, gln), True, fate)
                expect("current")
                expect("current", other)
            case "corrected" | "corrected, then taken back":
                self.want(publish(number, content), True, fate)
                correction = pdf.letter([f"Correction {number}"])
                self.want(publish(other, correction, by=WAYS[int(chance * 1e5) % 3], replaces=number), True, fate)
                expect("superseded")
                if fate == "corrected":
                    return expect("current", other)
                self.want(self.take_back(engine, chance, other, gln), True, fate)
                expect("withdrawn", other)
            case "taken back":
                self.want(publish(number, content), True, fate)
                self.want(self.take_back(engine, chance, number, gln), True, fate)
                self.want(self.take_back(engine, 1 - chance, number, gln), True, fate)
                expect("withdrawn")
            case "taken back by both":  # at once
                self.want(publish(number, content), True, fate)
                twin = threading.Thread(target=lambda: self.want(
                    self.take_back(mllp.Engine(self.port), 0, number, gln), True, fate))
                twin.start()
                self.want(self.take_back(engine, 0.3 + chance / 2, number, gln), True, fate)
                twin.join()
                expect("withdrawn")
            case "broken file":
                self.want(publish(number, content[:len(content) // 2]), False, fate)
                expect(None, rule="pdf-structure")
            case "no file at all":
                self.want(publish(number, b"MZ not a letter"), False, fate)
                expect(None, rule="pdf-header")
            case "unknown recipient":
                self.want(publish(number, content, gln=UNKNOWN), False, fate)
                expect(None, doctor=UNKNOWN, rule="recipient.unknown")
            case "other content":
                self.want(publish(number, content), True, fate)
                self.want(publish(number, pdf.letter(["Autre"]), by=other_way), False, fate)
                expect("current", rule="document.otherContent")
            case "rubbish":
                self.want(self.rubbish(engine, way, number), False, fate)
            case "two at once, one bad":
                self.want(self.submit({other: content, number: content[:len(content) // 2]}, gln), False, fate)
                expect(None, rule="pdf-structure")
                expect(None, other)
            case "taken back, never sent":
                self.want(self.take_back(engine, 0, number, gln), False, fate)
                stranger = self.system.taking_back(os.urandom(16).hex())
                self.want(self.fhir(*stranger), False, fate)
                expect(None, rule="dispatch.notFound")
            case "corrects what is unknown":
                self.want(publish(number, content, replaces=other), False, fate)
                expect(None, rule="document.replacesUnknown")

    def publish(self, engine, way, number, content, gln, replaces):
        """True when it was taken, False when it was refused; tried again until one of both."""
        if way == "MLLP":
            event = "T10" if replaces else "T02"
            return self.until_answered(lambda: self.mllp(engine, mllp.document(
                number, f"S{number}{random.randrange(10**6)}", gln, content, event, replaces)))
        if way == "bundle":
            return self.submit({number: content}, gln, replaces)
        body = self.document(number, content, gln, replaces)
        return self.until_answered(lambda: self.fhir("POST", "/fhir/DocumentReference", body))

    def submit(self, contents, gln, replaces=None):
        """One transaction; a correction marks the older document, too, where the portal has it."""
        documents = [self.document(number, content, gln, replaces) for number, content in contents.items()]
        older = self.system.find(mllp.master(replaces)) if replaces else []
        body = self.system.bundle(documents, older[0]["id"] if older else None)
        return self.until_answered(lambda: self.fhir("POST", "/fhir", body))

    def document(self, number, content, gln, replaces):
        body = json.loads(self.system.body(content, mllp.master(number), gln=gln))
        if replaces:
            body["relatesTo"] = [{"code": "replaces", "target": {"identifier": {
                "system": "urn:ietf:rfc:3986", "value": mllp.master(replaces)}}}]
        return json.dumps(body).encode()

    def take_back(self, engine, chance, number, gln):
        """By MLLP, by `PATCH` or by `PUT`, as `chance` wants it."""
        if chance < 0.3:
            return self.until_answered(lambda: self.mllp(engine, mllp.document(
                number, f"C{number}{random.randrange(10**6)}", gln, event="T11", reason=REASON)))
        found = self.system.find(mllp.master(number))
        message = self.system.taking_back(found[0]["id"], REASON if chance < 0.65 else None)
        return self.until_answered(lambda: self.fhir(*message))

    def until_answered(self, ask):
        while (taken := ask()) is None:
            time.sleep(0.2)
        return taken

    def rubbish(self, engine, way, number):
        if way == "FHIR":
            return self.fhir("POST", "/fhir/DocumentReference", b'{"resourceType":"DocumentReference",' + b"[" * 200)
        if way == "bundle":
            return self.fhir("POST", "/fhir", b'{"resourceType":"Bundle","type":"transaction","entry":[{}]}')
        return self.mllp(engine, f"MSH|^~\\&|DPI|HUL|||x||ZZZ^Z99|R{number}|P|2.5\rTXA|\r".encode())

    def fhir(self, method, path, body):
        try:
            status, _, _ = self.system.request(method, path, body)
        except (OSError, http.client.HTTPException):
            status = 0
        with self.lock:
            self.answers[f"{method} {path.split('/')[2] if path.count('/') > 1 else 'transaction'} {status}"] += 1
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

    def note(self, fault):
        with self.lock:
            self.faults.append(fault)

    def judge(self):
        """Compares what lies in the database with what must."""
        prefix = mllp.master("")
        stored = {}
        for master, state, gln, hidden in self.server.rows("""
                SELECT document.master_identifier, document.state, dispatch.gln, reader.is_superseded
                FROM document JOIN dispatch ON dispatch.document_id = document.id
                JOIN document_reader reader ON reader.document_id = document.id
                  AND reader.account_id = dispatch.account_id"""):
            if master.startswith(prefix) and int(master.removeprefix(prefix)) in self.expected:
                number = int(master.removeprefix(prefix))
                if number in stored:
                    self.note(f"{number} is there twice")
                stored[number] = (state, gln)
                if bool(hidden) != (state != "current"):
                    self.note(f"{number} is {state} and {'not ' if hidden else ''}in the list")
        for number, wanted in self.expected.items():
            place = (wanted.state, wanted.doctor) if wanted.state else None
            if stored.get(number) != place:
                self.note(f"{number} ({wanted.fate}): {stored.get(number)} instead of {place}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--documents", type=int, default=10_000, metavar="FATES")
    options.add_argument("--sample", type=int, default=50, help="of each fate, about which both sides ask")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    options = options.parse_args()
    address = os.environ.get("TEST_POSTGRES")
    if options.engine == "postgres" and not address:  # once more, with a server of its own that syncs
        wrapper = str(ROOT / "Tests/infra/with_postgres.sh")
        os.execve(wrapper, [wrapper, sys.executable, *sys.argv], {**os.environ, "DURABLE": "1"})
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server = Server(f"{folder}/data", options=["--mllp-port", str(port)], database=address).start()
        try:
            storm = Storm(server, port, options.documents, options.seed)
            for gln in DOCTORS:
                storm.system.designate(gln)
            asking = Asking(storm, options.sample)
            seconds = storm.run()
            storm.judge()
            questions = asking.ask()
            trail = server.run("audit", "verify").decode()
        finally:
            server.stop()
    print(f"{'PostgreSQL' if address else 'SQLite'}: {options.documents} fates in {seconds:.0f} s, "
          f"{len(storm.expected)} documents judged, {questions} questions asked")
    print("  fates:", dict(storm.fates))
    print("  answers:", dict(sorted(storm.answers.items())))
    print("  trail:", trail.strip().splitlines()[0] if trail.strip() else "–")
    for fault in storm.faults[:20]:
        print("  FAULT", fault)
    print(f"{len(storm.expected)} passed, {len(storm.faults)} failed" if not storm.faults else
          f"{len(storm.expected)} judged, {len(storm.faults)} failed")
    return 1 if storm.faults else 0


if __name__ == "__main__":
    sys.exit(main())
