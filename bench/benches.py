"""One function for each benchmark: it yields records, the figures of one run as a JSON object."""

import concurrent.futures
import contextlib
import itertools
import json
import queue
import re
import subprocess
import threading
import time

from measure import SyncLog, cpu, percentile, pss_kb, roots, settled_cpu, wrk
from outside import hospital, mllp, reader
from outside.server import free_port
from stage import ON_CLIENT, ON_SERVER, PROGRAMS, five_megabytes, hello, hundred_kilobytes, nginx, signed_in


def limit(stage, plan, names=()):
    """The bare limits of disk, cipher and password hash, on the disk of the data; downloads of as many contents as the
    corpus has."""
    command = [*ON_SERVER, str(PROGRAMS.build / "bench"), "limit", "--data", str(stage.folder),
               "--seconds", str(plan.limit_seconds), "--documents", str(stage.corpus), *names]
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        yield json.loads(line)


@contextlib.contextmanager
def static_files(stage):
    """nginx with sendfile on and off, as far as it is installed: [(name, server)]."""
    with contextlib.ExitStack() as open_servers:
        found = [(f"nginx sendfile {mode}", nginx(stage.folder, mode)) for mode in ("on", "off")]
        yield [(name, open_servers.enter_context(one)) for name, one in found if one]


@contextlib.contextmanager
def tls_front(stage, server):
    """An nginx that ends TLS before `server`; None where it is not installed."""
    found = nginx(stage.folder, "off", before=server.port)
    with contextlib.ExitStack() as open_servers:
        yield open_servers.enter_context(found) if found else None


def list_page(stage, plan):
    """The inbox, 50 rows, against a bare greeting and a static page of 20 KB."""
    server = stage.server().start()
    cookie = signed_in(server).cookie_header()
    afresh = stage.afresh("list afresh", "/documents")
    with hello() as greeting, static_files(stage) as files:
        targets = [("portal", server.processes, f"{server.base}/documents", cookie, None),
                   ("portal afresh", server.processes, server.base, cookie, afresh),
                   ("hello", greeting.pid, f"http://127.0.0.1:{greeting.port}/", None, None)]
        targets += [(name, one.pid, f"http://127.0.0.1:{one.port}/page", None, None) for name, one in files[:1]]
        for connections in plan.connections:
            for pair in range(plan.pairs):
                for name, pid, url, cookies, script in targets:
                    yield {"bench": "list", "target": name, "c": connections, "pair": pair,
                           **wrk(url, pid, connections, plan.seconds, cookies, script, ON_CLIENT)}
                for record in limit(stage, plan, [f"event-{connections}"]):
                    yield {**record, "target": "event", "bench": "list", "c": connections, "pair": pair}
    server.stop()


# Names of the demo's patients and of nobody.
WORDS = ("jaquet", "helene", "bornand", "ferreira", "14.03.1958", "412033", "nguyen", "personne")


def filtered(stage, plan):
    """Lists as they are searched: by words, by type and by a period, none of them remembered; against the plain list."""
    server = stage.server().start()
    doctor = signed_in(server)
    cookie = doctor.cookie_header()
    code = re.search(r'<option value="([0-9]{6,18})"', doctor.get("/documents")[2].decode()).group(1)
    scripts = {
        "by words": stage.in_turn("by words", [f"/documents?q={word}" for word in WORDS]),
        "by type": stage.afresh("by type", f"/documents?type={code}&vue=nonlus"),
        "afresh": stage.afresh("by period", "/documents"),
    }
    for connections in plan.connections[:2]:
        for pair in range(plan.pairs):
            for name, script in scripts.items():
                yield {"bench": "filter", "target": name, "c": connections, "pair": pair,
                       **wrk(server.base, server.processes, connections, plan.seconds, cookie, script, ON_CLIENT)}
    server.stop()


def open_document(stage, plan):
    """Downloads of 100 KB, decrypted, checked and traced: over the whole corpus, over 50 hot ones, and over TLS, which ends
    in an nginx before the portal; against the same nginx with a file of its own, and against what such a download does with
    no server around it."""
    server = stage.server().start()
    cookie = signed_in(server).cookie_header()
    scripts = {name: stage.downloads(name, ids) for name, ids in (
        ("portal", stage.ids), ("portal hot", stage.ids[:50]))}
    with hello() as greeting, static_files(stage) as files, tls_front(stage, server) as front:
        targets = [(name, server.processes, server.base, cookie, script) for name, script in scripts.items()]
        targets += [("bare 100 KB", greeting.pid, f"http://127.0.0.1:{greeting.port}/document", None, None)]
        targets += [(name, one.pid, f"http://127.0.0.1:{one.port}/document", None, None) for name, one in files]
        if front:
            base, both = f"https://127.0.0.1:{front.port}", (*roots(server.processes), front.pid)
            targets += [("portal TLS", both, base, cookie, scripts["portal"]),
                        ("nginx TLS", front.pid, f"{base}/document", None, None)]
        for connections in plan.connections[:2]:
            for pair in range(plan.pairs):
                for name, pid, url, cookies, script in targets:
                    yield {"bench": "open", "target": name, "c": connections, "pair": pair,
                           **wrk(url, pid, connections, plan.seconds, cookies, script, ON_CLIENT)}
                for record in limit(stage, plan, [f"download-{connections}"]):
                    yield {**record, "target": "limit", "bench": "open", "c": connections, "pair": pair}
    server.stop()


def publish(stage, plan):
    """100 KB as base64 the three ways there are, unique contents and identifiers, against the composite limit beside
    them."""
    port = free_port()
    server = stage.server(options=["--mllp-port", str(port)]).start()
    system = hospital.Hospital(server)
    ways = {"portal": FHIRWay(system), "portal ITI-65": BundleWay(system), "portal HL7 v2": HL7Way(system, port)}
    for connections, denominator in ((1, "file-1"), (8, "log-8")):
        for pair in range(plan.pairs):
            for name, way in ways.items():
                yield {"bench": "publish", "target": name, "c": connections, "pair": pair,
                       **published(server, way, connections, plan.documents)}
            for record in limit(stage, plan, [denominator]):
                yield {**record, "bench": "publish", "c": connections, "pair": pair}
    yield from syncs(stage, server, ways["portal"])
    server.stop()


class FHIRWay:
    """A DocumentReference with its content (MHD ITI-105)."""

    def __init__(self, system):
        self.system = system

    def body(self, content):
        return self.system.body(content)

    def begin(self):
        self.system.token()

    def sender(self):
        """What one connection sends with; it returns what was refused, or None."""
        def send(body):
            status, _, answer = self.system.publish(body)
            return None if status == 201 else f"{status} {answer}"
        return send


class BundleWay(FHIRWay):
    """A transaction of one DocumentReference and its Binary (MHD ITI-65)."""

    def body(self, content):
        return self.system.bundle([self.system.body(content)])

    def sender(self):
        def send(body):
            status, _, answer = self.system.request("POST", "/fhir", body)
            return None if status == 200 else f"{status} {answer}"
        return send


class HL7Way:
    """MDM^T02 over MLLP, each sender on a connection of its own."""

    def __init__(self, system, port):
        self.port, self.numbers = port, itertools.count(time.time_ns())
        extension = system.template["extension"][0]
        self.gln = extension["valueReference"]["identifier"]["value"]

    def body(self, content):
        number = next(self.numbers)
        return mllp.document(number, f"B{number}", self.gln, content)

    def begin(self):
        pass

    def sender(self):
        engine = mllp.Engine(self.port)

        def send(body):
            answer = engine.send(body)
            return None if answer[1][1] == "AA" else str(answer)
        return send


def published(server, way, connections, count, content=hundred_kilobytes):
    """Publishes `count` documents by `connections` senders; bodies are made before the clock starts."""
    bodies = queue.SimpleQueue()
    for number in range(count):
        bodies.put(way.body(content(f"Mesure {number}")))
    times, refused = [], []

    def work():
        send = way.sender()
        while True:
            try:
                body = bodies.get_nowait()
            except queue.Empty:
                return
            begun = time.monotonic()
            if mistake := send(body):
                refused.append(mistake)
            else:
                times.append((time.monotonic() - begun) * 1e6)

    way.begin()
    before = settled_cpu(server.processes)
    begun = time.monotonic()
    senders = [threading.Thread(target=work) for _ in range(connections)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    wall = time.monotonic() - begun
    acknowledged = cpu(server.processes)
    drained = settled_cpu(server.processes)
    if refused:
        print(f"  refused: {refused[0][:300]}")
    done = max(len(times), 1)
    return {"n": len(times), "rps": len(times) / wall, "p50_us": percentile(times, 0.5),
            "p99_us": percentile(times, 0.99), "cpu_us_per_req": (acknowledged - before) / done * 1e6,
            "cpu_us_with_previews": (drained - before) / done * 1e6, "errors": len(refused)}


def syncs(stage, server, way, alone=12, together=64):
    """Syncs for each acknowledged document: before its answer, one at a time, and in all, page images included."""
    log = SyncLog(server.processes, str(stage.folder / "syncs-1"))
    windows = []
    for number in range(alone):
        body = way.body(hundred_kilobytes(f"Seul {number}"))
        begun = time.time()
        mistake = way.sender()(body)
        windows.append((begun, time.time(), mistake))
        time.sleep(1.5)
    moments = log.close()
    if moments is None:
        return
    during = sum(any(begun <= moment <= end for begun, end, _ in windows) for moment in moments)
    errors = sum(mistake is not None for _, _, mistake in windows)
    yield {"bench": "syncs", "target": "before the answer", "c": 1, "n": alone, "syncs_per_req": during / alone,
           "errors": errors}
    yield {"bench": "syncs", "target": "in all", "c": 1, "n": alone, "syncs_per_req": len(moments) / alone,
           "errors": errors}
    log = SyncLog(server.processes, str(stage.folder / "syncs-8"))
    figures = published(server, way, 8, together)
    moments = log.close()
    yield {"bench": "syncs", "target": "in all", "c": 8, "n": figures["n"],
           "syncs_per_req": len(moments) / max(figures["n"], 1), "errors": figures["errors"]}


def login(stage, plan):
    """Whole sign-ins, one after the other, against one argon2id check with the portal's parameters.

    An account gets three codes by SMS, five by mail in its time, so each pair has a fresh copy of the data.
    """
    for pair in range(plan.pairs):
        server = stage.server().start()
        people = [one for one in reader.personas(server.port)]
        rounds = [one for one in people for _ in range(2)]
        signed_in(server, people[0]["name"])
        before, times = settled_cpu(server.processes), []
        for person in rounds:
            doctor = reader.Reader(server.port)
            begun = time.monotonic()
            doctor.sign_in(person)
            times.append((time.monotonic() - begun) * 1e6)
            doctor.close()
        after = settled_cpu(server.processes)
        server.stop()
        yield {"bench": "login", "target": "portal", "c": 1, "pair": pair, "n": len(times),
               "p50_us": percentile(times, 0.5), "p99_us": max(times), "rps": None, "errors": 0,
               "cpu_us_per_req": (after - before) / len(times) * 1e6}
        for record in limit(stage, plan, ["argon2"]):
            yield {**record, "bench": "login", "c": 1, "pair": pair}


def cold(stage, plan):
    """From the start of the program to the first inbox of a session that outlived it."""
    server = stage.server().start()
    cookie = {"Cookie": signed_in(server).cookie_header()}
    server.stop()
    for number in range(plan.starts):
        begun = time.monotonic()
        server.spawn()
        while server.get("/documents", cookie)[0] != 200:
            if time.monotonic() - begun > 30:
                raise RuntimeError("cold: no inbox within 30 s")
            time.sleep(0.002)
        took = (time.monotonic() - begun) * 1e6
        yield {"bench": "cold", "target": "portal", "c": 1, "pair": number, "n": 1, "p50_us": took, "errors": 0}
        server.stop()


def rss(stage, plan):
    """PSS of the whole tree: idle, with 64 connections for lists while four senders publish 100 KB and then 5 MB each, at
    most and at the end, and after a pause."""
    server = stage.server().start()
    pid = server.processes
    doctor = signed_in(server)
    settled_cpu(pid)
    yield {"bench": "rss", "target": "idle", "pss_kb": pss_kb(pid), "errors": 0}
    system = hospital.Hospital(server)
    cookie = doctor.cookie_header()
    for name, content, count in (("100 KB", hundred_kilobytes, plan.documents),
                                 ("5 MB", five_megabytes, max(8, plan.documents // 10))):
        with concurrent.futures.ThreadPoolExecutor(2) as load:
            works = [load.submit(published, server, FHIRWay(system), 4, count, content),
                     load.submit(wrk, f"{server.base}/documents", pid, 64, plan.seconds, cookie, pin=ON_CLIENT)]
            most = 0
            while not all(work.done() for work in works):
                most = max(most, pss_kb(pid))
                time.sleep(0.1)
            after = pss_kb(pid)
        errors = sum(work.result()["errors"] for work in works)
        yield {"bench": "rss", "target": f"{name} in flight, at most", "pss_kb": most, "errors": errors}
        yield {"bench": "rss", "target": f"after load of {name}", "pss_kb": after, "errors": errors}
    time.sleep(plan.idle)
    yield {"bench": "rss", "target": f"after {plan.idle} s of rest", "pss_kb": pss_kb(pid), "errors": 0}
    server.stop()
