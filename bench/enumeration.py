"""Whether the time of an answer tells who has an account (security.md, S7).

    python3 bench/enumeration.py                2,000 known and 2,000 unknown addresses on each page
    python3 bench/enumeration.py --requests 300

Asks for known and unknown addresses in a random order, each from a network of its own, and looks at status, headers,
length and time of the answers. The figure is the area under the curve (AUC) of a classifier that calls the slower
answer known: 0.5 is blind, the limit is 0.55 to either side. Beside it stands what the same number of answers that
differ in nothing would give by chance in 95 of 100 runs. Ends with 1 where a page tells something.
"""

import argparse
import bisect
import concurrent.futures
import math
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

sys.path[:0] = [str(pathlib.Path(__file__).parents[1] / "scripts")]

from outside import reader, server  # noqa: E402

LIMIT = 0.55
PASSWORD = "Quatre-Mouettes-grises"
UNTOLD = {"date", "set-cookie", "x-request-id", "traceparent"}  # differ in every answer


class Page:
    """A form that anybody may send, and what it answers."""

    def __init__(self, name, path, tries, **fields):
        """`tries` is how often one address is asked for: beyond, the portal goes another way, whoever has it."""
        self.name, self.path, self.tries, self.fields = name, path, tries, fields

    def ask(self, visitor, address):
        hidden = reader.hidden_fields(visitor.get(self.path)[2])
        form = {**hidden, "email": address, **self.fields}
        begun = time.perf_counter()
        status, headers, body = visitor.request("POST", self.path, form)
        took = time.perf_counter() - begun
        told = {name: value for name, value in headers.items() if name not in UNTOLD}
        # What was typed stands in the answer, and form tokens are masked anew each time.
        text = re.sub(rb'value="[^"]*"', b"", body.replace(address.encode(), b""))
        told["content-length"] = len(text)
        for name in ("content-security-policy", "location"):
            told[name] = re.sub(r"[A-Za-z0-9+/_=-]{16,}", "", told.get(name, ""))
        return took, (status, tuple(sorted(told.items())))


PAGES = [
    Page("sign in", "/connexion", 14, password="Pas-le-bon-mot-de-passe"),
    Page("forgotten password", "/mot-de-passe-oublie", 3),
    Page("account request", "/creer-un-compte", 3, titre="Dre", nom="Essai", prenom="Jeanne", telephone="079 000 01 23",
         password=PASSWORD, confirmation=PASSWORD, canal="sms", profession="physician", type="gln",
         identifiant="7601999000120"),
]


def auc(known, unknown):
    """How often an answer about a known address took longer than one about an unknown, ties halved."""
    unknown = sorted(unknown)
    won = sum(bisect.bisect_left(unknown, one) + bisect.bisect_right(unknown, one) for one in known)
    return won / (2 * len(known) * len(unknown))


def add_people(portal, count):
    """As many accounts as needed for each to be asked for a few times only."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for said in pool.map(lambda number: add_person(portal, number), range(count)):
            if said:
                sys.exit(said)


def add_person(portal, number):
    gln = f"76010995{number:04d}"
    gln += str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(gln)) % 10)
    done = subprocess.run(
        [portal.program, "practitioner", "--email", address(number, True), "--honorific", "Dr", "--family-name",
         f"Essai{number:04d}", "--given-name", "Jean", "--gln", gln, "--mobile", f"+417900{number:05d}",
         "--data", portal.data],
        input=f"{PASSWORD}\n", text=True, capture_output=True, env=server.environment(), timeout=60)
    return done.returncode and done.stderr


def address(number, is_known):
    return f"{'connu' if is_known else 'autre'}{number:04d}@cabinet-essai.example"  # of one length


def measure(portal, page, requests, first_network):
    times, told = {True: [], False: []}, {True: set(), False: set()}
    order = [(is_known, number // page.tries) for number in range(requests) for is_known in (True, False)]
    random.shuffle(order)
    for place, (is_known, number) in enumerate(order, first_network):
        visitor = reader.Reader(portal.port, f"127.{1 + place // 62_500}.{place // 250 % 250}.{1 + place % 250}")
        took, words = page.ask(visitor, address(number, is_known))
        visitor.close()
        times[is_known].append(took)
        told[is_known].add(words)
    value = auc(times[True], times[False])
    chance = 1.96 * math.sqrt((2 * requests + 1) / (12 * requests * requests))
    same = told[True] == told[False]
    middle = sorted(times[True])[requests // 2] * 1e3
    print(f"{page.name:20} {requests} + {requests}: AUC {value:.3f} (chance: 0.5 ± {chance:.3f}), median {middle:.1f} ms, "
          f"answers {'alike' if same else 'DIFFER'}", flush=True)
    if not same:
        for words in told[True] ^ told[False]:
            print(f"  {'known' if words in told[True] else 'unknown'}: {words}")
    return same and abs(value - 0.5) <= LIMIT - 0.5


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--requests", type=int, default=2000, help="of each kind, 2,000 by default")
    requests = parser.parse_args().requests
    people = math.ceil(requests / min(page.tries for page in PAGES))
    with tempfile.TemporaryDirectory(prefix="passerelle-enumeration-") as folder:
        portal = server.Server(f"{folder}/data", server.binary(".build-rel/release/passerelle"))
        portal.start()
        try:
            add_people(portal, people)
            portal.wait_for_previews()
            fine = [measure(portal, page, requests, 2 * requests * place) for place, page in enumerate(PAGES)]
        finally:
            portal.stop()
    sys.exit(0 if all(fine) else 1)


if __name__ == "__main__":
    main()
