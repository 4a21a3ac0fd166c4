"""Who uses the portal meanwhile: publishers with a ledger, and a constant rate of mixed requests."""

import collections
import hashlib
import http.client
import os
import random
import threading
import time

from outside import hospital, pdf, reader

Entry = collections.namedtuple("Entry", "document sha256")


class Publisher(threading.Thread):
    """Sends unique documents until it is told to stop; what got no answer, or 503, is sent again as it was."""

    def __init__(self, system, number):
        super().__init__(daemon=True)
        self.system, self.number = system, number
        self.stopping = threading.Event()
        self.ledger = {}  # master identifier -> Entry
        self.answers = []  # (when, status); status 0: the connection failed
        self.again = 0
        self.contradictions = []

    def run(self):
        count = 0
        while not self.stopping.is_set():
            count += 1
            content = pdf.letter([f"Lettre {self.number}-{count}", os.urandom(8).hex()])
            self.bring_through(content, hospital.new_master(), f"Lettre {self.number}-{count}")
            time.sleep(0.05)

    def bring_through(self, content, master, title):
        body = self.system.body(content, master, title)
        while True:
            try:
                status, headers, _ = self.system.publish(body)
            except (OSError, http.client.HTTPException):
                status = 0
            self.answers.append((time.monotonic(), status))
            if status in (200, 201):
                entry = Entry(hospital.document_id(headers), hashlib.sha256(content).hexdigest())
                known = self.ledger.setdefault(master, entry)
                if known != entry:
                    self.contradictions.append(master)
                return
            if status not in (0, 503):
                return
            self.again += 1
            time.sleep(0.2)


class ConstantRate:
    """So many requests a second, begun when their time has come whatever became of the ones before."""

    def __init__(self, port, cookies, actions, rate, seconds, threads=16):
        self.port, self.cookies, self.actions = port, cookies, actions
        self.rate, self.total, self.threads = rate, int(rate * seconds), threads
        self.results = []
        self.lock, self.next = threading.Lock(), 0

    def start(self):
        self.begun = time.monotonic()
        self.workers = [threading.Thread(target=self.work, daemon=True) for _ in range(self.threads)]
        for worker in self.workers:
            worker.start()

    def join(self):
        for worker in self.workers:
            worker.join(120)
        return self.results

    def work(self):
        doctor = reader.Reader(self.port)
        doctor.cookies = dict(self.cookies)
        while True:
            with self.lock:
                number, self.next = self.next, self.next + 1
            if number >= self.total:
                return
            due = self.begun + number / self.rate
            time.sleep(max(0, due - time.monotonic()))
            name, action, good = random.choices(self.actions[0], self.actions[1])[0]
            begun = time.monotonic()
            try:
                status = action(doctor)
            except (OSError, http.client.HTTPException) as fault:
                status = type(fault).__name__
            took = time.monotonic() - begun
            with self.lock:
                self.results.append((name, status, status in good, took, begun - due))


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
