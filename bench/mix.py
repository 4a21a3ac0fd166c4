"""Readers and publishers at once: 70 lists, 25 downloads and 5 publications of a hundred requests."""

import contextlib
import os
import random

import openloop
from measure import cpu, percentile, settled_cpu
from outside import hospital
from stage import ON_CLIENT, hundred_kilobytes, signed_in

SHARES = {"list": 70, "open": 25, "publish": 5}


class Client:
    """What a request of each kind is, on one server."""

    def __init__(self, server, ids):
        self.server, self.ids = server, ids
        self.cookie = signed_in(server).cookie_header()
        self.system = hospital.Hospital(server)
        self.bodies = []

    def load(self, seconds, rate=None, connections=16, seed=20261121):
        """Requests for some seconds, so many a second; without a rate on so many connections, one after the other."""
        plan = random.Random(seed)
        names = plan.choices(list(SHARES), list(SHARES.values()), k=int((rate or 4_000) * seconds))
        while len(self.bodies) < (names.count("publish") if rate else 40 * seconds):  # made before the clock starts
            self.bodies.append(self.system.body(hundred_kilobytes("Mélange")))
        token = self.system.token()
        messages = ((name, self.message(name, plan, token)) for name in names)
        with on_client():
            return openloop.run(
                self.server.port,
                lambda load: load.at_rate(messages, rate) if rate else load.in_turn(messages, connections, seconds))

    def message(self, name, chance, token):
        """The bytes of one request."""
        if name == "publish":
            body = self.bodies.pop() if self.bodies else self.system.body(hundred_kilobytes("Mélange"))
            return self.head("POST", "/fhir/DocumentReference", f"Authorization: Bearer {token}\r\n"
                             f"Content-Type: application/fhir+json\r\nContent-Length: {len(body)}\r\n") + body
        path = "/documents" if name == "list" else f"/documents/{chance.choice(self.ids)}/fichier"
        return self.head("GET", path, f"Cookie: {self.cookie}\r\n")

    def head(self, method, path, lines):
        return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\n{lines}\r\n".encode()


@contextlib.contextmanager
def on_client():
    """Threads that are begun inside stay on the client's core."""
    before = os.sched_getaffinity(0)
    if ON_CLIENT:
        os.sched_setaffinity(0, {1})
    yield
    os.sched_setaffinity(0, before)


def mix(stage, plan):
    """Saturation by a closed loop, then 10, 50, 90 and 200 % of it at a constant rate."""
    server = stage.server().start()
    client = Client(server, stage.ids)
    for pair in range(plan.pairs):
        done, wall = client.load(plan.mix_seconds)
        good = sum(one.status in (200, 201) for one in done)
        yield {"bench": "mix", "target": "saturation", "c": 16, "pair": pair, "n": len(done), "rps": good / wall,
               **times(done), "errors": len(done) - good}
        full = good / wall
        for share in (10, 50, 90, 200):
            yield from at_rate(client, share, full * share / 100, pair, plan)
    server.stop()


def at_rate(client, share, rate, pair, plan):
    """One record for all requests and one for each kind."""
    before = settled_cpu(client.server.processes)
    done, wall = client.load(plan.mix_seconds, rate)
    after = cpu(client.server.processes)
    settled_cpu(client.server.processes)
    for name in (None, *SHARES):
        part = [one for one in done if name in (None, one.name)]
        accepted = [one for one in part if one.status in (200, 201)]
        refused = [one for one in part if one.status in (429, 503)]
        record = {"bench": "mix", "target": f"{share} %" + (f" {name}" if name else ""), "c": round(rate),
                  "pair": pair, "n": len(part), "rps": len(accepted) / wall, **times(accepted),
                  "refused": len(refused), "with_retry_after": sum(one.retry_after for one in refused),
                  "errors": len(part) - len(accepted) - len(refused)}
        if name is None:
            record["cpu_us_per_req"] = (after - before) / max(len(part), 1) * 1e6
        yield record


def times(done):
    """Median, p99 and longest time of some requests, in microseconds."""
    taken = [one.took for one in done]
    return {"p50_us": percentile(taken, 0.5), "p99_us": percentile(taken, 0.99), "most_us": max(taken, default=None)}
