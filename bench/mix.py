"""Readers and publishers at once: 70 lists, 25 downloads and 5 publications of a hundred requests.

The client keeps a constant rate whatever becomes of the requests before (an open loop). A time is counted from the
moment at which the request was due, so that waiting for a client's thread is in it too.
"""

import collections
import contextlib
import http.client
import os
import queue
import random
import threading
import time

from measure import cpu, percentile, settled_cpu
from outside import hospital, reader
from stage import ON_CLIENT, hundred_kilobytes, signed_in

SHARES = {"list": 70, "open": 25, "publish": 5}
Done = collections.namedtuple("Done", "name status took retry_after")


class Client:
    """What a request of each kind is, on one server; each thread has its own connections."""

    def __init__(self, server, ids):
        self.server, self.ids = server, ids
        self.cookies = dict(signed_in(server).cookies)
        self.system = hospital.Hospital(server)
        self.system.token()
        self.bodies = queue.SimpleQueue()

    def body(self):
        """A message with a document of 100 KB that was never sent."""
        return self.system.body(hundred_kilobytes("Mélange"))

    def doctor(self):
        """A reader with the session of the one who signed in, and connections of his own."""
        one = reader.Reader(self.server.port)
        one.cookies = dict(self.cookies)
        return one

    def run(self, name, doctor, chance):
        """(status, whether the answer says when to come back); status 0 when there was no answer."""
        try:
            if name == "publish":
                try:
                    body = self.bodies.get_nowait()
                except queue.Empty:
                    body = self.body()
                status, headers, _ = self.system.publish(body)
            else:
                path = "/documents" if name == "list" else f"/documents/{chance.choice(self.ids)}/fichier"
                status, headers, _ = doctor.get(path)
        except (OSError, http.client.HTTPException):
            return 0, False
        return status, "retry-after" in headers

    def load(self, threads, seconds, rate=None, seed=20261121):
        """Requests for some seconds, so many a second; without a rate each thread asks when it was answered."""
        plan = random.Random(seed)
        names = plan.choices(list(SHARES), list(SHARES.values()), k=int((rate or 2_000) * seconds))
        place, lock, done = iter(enumerate(names)), threading.Lock(), []
        expected = names.count("publish") if rate else 20 * seconds
        for _ in range(expected - self.bodies.qsize()):  # made before the clock starts
            self.bodies.put(self.body())
        begun = time.monotonic()

        def work(number):
            doctor, chance = self.doctor(), random.Random(seed + number)
            while True:
                with lock:
                    turn, name = next(place, (0, None))
                due = begun + turn / rate if rate else time.monotonic()
                if name is None or due > begun + seconds:
                    break
                time.sleep(max(0, due - time.monotonic()))
                status, again = self.run(name, doctor, chance)
                done.append(Done(name, status, (time.monotonic() - due) * 1e6, again))
                if rate is None and time.monotonic() > begun + seconds:
                    break
            doctor.close()

        workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
        with on_client():
            for worker in workers:
                worker.start()
        for worker in workers:
            worker.join()
        return done, time.monotonic() - begun


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
        done, wall = client.load(16, plan.mix_seconds)
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
    done, wall = client.load(256 if share > 100 else 64, plan.mix_seconds, rate)
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
