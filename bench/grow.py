"""Lists of one reader while the hospital's documents become ten and a hundred times as many, and their plans."""

import contextlib
import html
import itertools
import re
import subprocess
import time

from measure import wrk
from plans import PostgresPlans, SQLitePlans, faults
from stage import ON_CLIENT, PROGRAMS, hello, psql, signed_in

OWN = 2_000
CONNECTIONS = 16
# Whose own documents are a hundred times as many, all else being equal.
COLLEAGUES = (("Jeanneret", "paul.jeanneret@pediatrie-lac.example", 100),
              ("Monnier", "lea.monnier@hin.example", 10_000))
# Of the lists themselves, of their count, of the filters, of the patients and of one document.
ASKED = ("ORDER BY reader.received_at DESC", "SELECT COUNT(*)", "LIKE", "reader.type_code =", "reader.patient_id =",
         "received_at >=", "is_unread = TRUE", "GROUP BY patient.id", "reader.document_id =", "found.type_code")


class Place:
    """One installation of a certain size, with the sessions and addresses that are measured on it."""

    def __init__(self, stage, size):
        self.stage, self.size = stage, size
        self.server = stage.server()
        owners = [f"claire.favre@cabinet-lac.example={OWN}"]
        self.has_colleagues = size == 100_000
        if self.has_colleagues:
            owners += [f"{address}={own}" for _, address, own in COLLEAGUES]
        begun = time.monotonic()
        place = ["--database", self.server.address] if stage.postgres else []
        subprocess.run(
            [PROGRAMS.build / "bench", "fill", "--data", self.server.data, "--documents", str(size), *place,
             *(word for owner in owners for word in ("--owner", owner))], check=True)
        if stage.postgres:
            psql(self.server.address, "VACUUM ANALYZE")  # autovacuum comes a minute later
        print(f"  {size} documents more in {time.monotonic() - begun:.0f} s", flush=True)

    def start(self):
        """Starts the server and signs in everybody whose lists are measured."""
        self.server.start()
        self.doctor = signed_in(self.server)
        people = COLLEAGUES if self.has_colleagues else ()
        self.colleagues = {own: signed_in(self.server, name) for name, _, own in people}

    def pages(self):
        """[(name, path)]: the first page and a deep one, filters, one patient, all patients, one document."""
        deep, path = self.page("/documents"), "/documents"
        # at least the twentieth, and so far down that what was added lies there
        for number in itertools.count(2):
            path = following(deep)
            deep = self.page(path)
            if number > 20 and "/documents/d0" in deep:
                break
        document = re.search(r'href="/documents/(d0[0-9]{30})', deep).group(1)
        code = self.value("SELECT type_code FROM document_reader WHERE document_id LIKE 'd0%' LIMIT 1")
        return [
            ("list", "/documents"), ("deep page", path), ("by name", self.search("bornand")),
            ("by type", f"/documents?type={code}&vue=nonlus"), ("by date", "/documents?du=2020-01-01&au=2099-12-31"),
            ("patient", self.patient(self.doctor)), ("patients", "/patients"), ("document", f"/documents/{document}"),
        ]

    def search(self, words):
        """The address to which a search leads: the words stand sealed in it."""
        token = re.search(r'name="_jeton" value="([^"]+)"', self.page("/documents")).group(1)
        form = {"_jeton": token, "q": words}
        status, headers, _ = self.doctor.request("POST", "/documents/recherche", form)
        if status != 303:
            raise RuntimeError(f"a search answered {status}")
        return headers["location"]

    def patient(self, doctor):
        """The page of a patient whose documents were added."""
        return re.search(r'href="(/patients/b0[0-9]{30})"', self.page("/patients", doctor)).group(1)

    def page(self, path, doctor=None):
        """The text of a page, of Dre Favre unless somebody else asks."""
        status, _, body = (doctor or self.doctor).get(path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return body.decode()

    def value(self, query):
        """The first value that the database answers, on either engine."""
        found = self.server.rows(query)[0]
        return found if isinstance(found, str) else found[0]

    def check_plans(self, watcher):
        """Every page once, by a server whose statements are noted: a record; what is wrong is printed."""
        with watcher.watch(self.server):
            self.start()
        for _, path in self.pages():
            self.page(path)
        self.server.stop()
        plans = watcher.plans(self.server)
        # with statistics (PostgreSQL) two thousand patients are rightly read in one go
        wrong = faults(plans, ASKED, {"patient"} if self.stage.postgres and self.size < 100_000 else ())
        for one in wrong:
            print(f"  {self.size} documents: {one}", flush=True)
        return {"bench": "plans", "target": f"{self.size} documents", "n": len(plans), "errors": len(wrong)}


def following(page):
    """The address of the next older page."""
    found = re.search(r'<a [^>]*rel="next" href="(/documents\?[^"]*)"', page)
    return html.unescape(found.group(1))


def grow(stage, plan):
    """The same reader's pages at each size, alternating between the sizes, after a look at their plans."""
    watcher = PostgresPlans(stage.postgres) if stage.postgres else SQLitePlans(stage.folder)
    places = []
    for size in plan.sizes:
        place = Place(stage, size)
        yield place.check_plans(watcher)
        places.append(place)
    with contextlib.ExitStack() as running:
        for place in places:
            place.start()
            running.callback(place.server.stop)
        greeting = running.enter_context(hello())
        addresses = {place: dict(place.pages()) for place in places}
        for pair in range(plan.pairs):
            for name in plan.pages:
                for place in places:
                    yield measured(place, place.doctor, name, addresses[place][name], pair, plan)
            for place in places:
                for own, doctor in place.colleagues.items():
                    yield measured(place, doctor, f"own {own}", "/documents", pair, plan)
                    yield measured(place, doctor, f"patient of {own}", place.patient(doctor), pair, plan)
            yield {"bench": "grow", "target": "hello", "c": CONNECTIONS, "pair": pair,
                   **wrk(f"http://127.0.0.1:{greeting.port}/", greeting.pid, CONNECTIONS, plan.seconds, pin=ON_CLIENT)}


def measured(place, doctor, name, path, pair, plan):
    """The record of one run of wrk on one page of one installation. Lists are asked for so that none is remembered."""
    is_list = path.split("?")[0] == "/documents" and "du=" not in path
    script = place.stage.afresh(f"{name} {place.size}", path) if is_list else None
    return {"bench": "grow", "target": f"{name} {place.size}", "c": CONNECTIONS, "pair": pair,
            **wrk(place.server.base + ("" if is_list else path), place.server.processes, CONNECTIONS, plan.seconds,
                  doctor.cookie_header(), script, ON_CLIENT)}
