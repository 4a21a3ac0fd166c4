"""The program itself: started on a free port, asked whether it is ready, stopped or killed."""

import contextlib
import http.client
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]


PORTS = range(20000, 28000)  # below those that the kernel gives to outgoing connections, which come and go
_given = set()


def free_ports(count):
    """The first of `count` free ports in a row; none is given twice."""
    for _ in range(1000):
        first = random.choice(PORTS)
        row = set(range(first, first + count))
        if not row & _given and all(map(_is_free, row)):
            _given.update(row)
            return first
    raise RuntimeError("no free ports")


def free_port():
    return free_ports(1)


def _is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def binary(default=".build/debug/passerelle"):
    path = pathlib.Path(os.environ.get("PASSERELLE_BINARY", ROOT / default))
    if not path.exists():
        raise SystemExit(f"{path} is missing: build it first, or name another in PASSERELLE_BINARY.")
    return str(path)


def environment():
    """Ours without the names meant for these tests: the program refuses PASSERELLE_ settings it does not know."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PASSERELLE_")}


def fresh_database():
    """The address of a new database on the server of Tests/infra/with_postgres.sh; None when that does not run."""
    if "TEST_POSTGRES" not in os.environ:
        return None
    place, name = os.environ["TEST_POSTGRES"], f"test_{uuid.uuid4().hex}"
    make = f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C.UTF-8' ENCODING 'UTF8'"
    subprocess.run(["psql", "-qX", place, "-c", make], check=True)
    return f"{place.rsplit('/', 1)[0]}/{name}"


def rows_of(data, database, query, *values):
    """What a statement with `?` for its values says, asked behind the portal's back. PostgreSQL's are texts and bools."""
    if not database:
        with contextlib.closing(sqlite3.connect(f"file:{data}/passerelle.sqlite?mode=rw", uri=True, timeout=20)) as file, file:
            return file.execute(query, values).fetchall()
    parts = query.split("?")
    texts = ["'" + str(value).replace("'", "''") + "'" for value in values] + [""]
    done = subprocess.run(
        ["psql", "-qXAtF", "\t", "-v", "ON_ERROR_STOP=1", database, "-c", "".join(map("".join, zip(parts, texts)))],
        capture_output=True, text=True, check=True)
    return [tuple({"t": True, "f": False}.get(word, word) for word in line.split("\t"))
            for line in done.stdout.splitlines()]


def copy_data(source, target):
    """A data folder and the key file beside it, of a server that is stopped."""
    shutil.copytree(source, target)
    shutil.copy2(f"{source}.key", f"{target}.key")


class Server:
    """One demo server on one data folder, its rows in PostgreSQL when `database` is an address. The port stays the same
    over restarts."""

    def __init__(self, data, program=None, port=None, prefix=(), options=(), database=None):
        self.data, self.port = str(data), port or free_port()
        self.program, self.prefix, self.options = program or binary(), list(prefix), list(options)
        self.database, self.place = database, ["--database", database] if database else []
        self.process = None
        self.log = pathlib.Path(f"{self.data}.log")

    @property
    def processes(self):
        """Whose processor time and memory are the server's."""
        return self.process.pid

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, seconds=180):
        """Returns once the server says it is ready; the first start also makes the demo's data."""
        self.spawn()
        return self.wait(seconds)

    def spawn(self):
        # Whatever kills the tests takes the server along.
        mortal = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        command = [*mortal, *self.prefix, self.program, "demo", "--port", str(self.port), "--data", self.data,
                   *self.options, *self.place]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env=environment())

    def wait(self, seconds=180):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.tail()}")
            if self.get("/sante/pret")[0] == 200:
                return self
            time.sleep(0.02)
        raise RuntimeError(f"not ready after {seconds} s:\n{self.tail()}")

    def get(self, path, headers=None):
        """(status, body); status 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def kill(self):
        """As a power cut would, as far as a process can feel one."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Politely; the whole group goes when that does not help."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def end(self):
        """At once, with all it started: for a server of which nothing more is asked."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.process.wait()

    def run(self, *words):
        """A command of the same program on the same data: what it wrote on standard output."""
        place = [] if words[0] == "compose" else self.place
        done = subprocess.run(
            [self.program, *words, "--data", self.data, *place], capture_output=True, timeout=120, stdin=subprocess.DEVNULL,
            env=environment())
        if done.returncode != 0:
            said = (done.stderr or done.stdout).decode(errors="replace")[-2000:]
            raise RuntimeError(f"passerelle {' '.join(words)} ended with {done.returncode}: {said}")
        return done.stdout

    def wait_for_previews(self, seconds=600):
        """Until no job for page images waits; nothing but the database tells."""
        open_jobs = "SELECT 1 FROM outbox WHERE kind = 'preview' AND state IN ('waiting', 'running') LIMIT 1"
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self.rows(open_jobs):
                return
            time.sleep(0.2)
        raise RuntimeError(f"page images are missing after {seconds} s")

    def skip_previews(self):
        """The demo's own letters, about two hundred, get no page images: for tests that look at none of them."""
        self.rows("DELETE FROM outbox WHERE kind = 'preview' AND state = 'waiting'")
        return self

    def rows(self, query):
        """What the database says, asked behind the server's back."""
        return rows_of(self.data, self.database, query)

    def tail(self):
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""
