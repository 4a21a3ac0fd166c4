"""What the benchmarks stand on: a release server with a corpus, the bare greeting, nginx with static files."""

import concurrent.futures
import datetime
import os
import pathlib
import random
import shutil
import subprocess
import time

from measure import tree
from outside import hospital, pdf, reader
from outside.server import ROOT, Server, copy_data, free_port


class Programs:
    """Where the release build lies."""

    build = ROOT / ".build-rel/release"


PROGRAMS = Programs()
CORPUS = 1_000
DOCUMENT_BYTES = 100_000
TWO_CORES = (os.cpu_count() or 1) >= 2
# The server on one core, the client on another: the client's work is never in the server's figure.
ON_SERVER = ("taskset", "-c", "0") if TWO_CORES and shutil.which("taskset") else ()
ON_CLIENT = ("taskset", "-c", "1") if ON_SERVER else ()


class PostgresServer(Server):
    """A server whose rows lie in a database of PostgreSQL: its processes count as the server's."""

    def __init__(self, address, name, *arguments, **named):
        self.address = address.rsplit("/", 1)[0] + "/" + name
        super().__init__(*arguments, database=self.address, **named)
        self.postmaster = postmaster(address)
        if self.prefix:  # backends inherit the core from the postmaster
            on_cores(self.postmaster, {0})

    @property
    def processes(self):
        return (self.process.pid, self.postmaster)

    def rows(self, query):
        return psql(self.address, query).split()


def psql(address, statement):
    return subprocess.run(["psql", "-qXAt", address, "-c", statement], check=True, capture_output=True, text=True).stdout


def postmaster(address):
    """The process that all others of the server descend from."""
    checkpointer = int(psql(address, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"))
    return int(pathlib.Path(f"/proc/{checkpointer}/stat").read_text().rsplit(")", 1)[1].split()[1])


def on_cores(pid, cores):
    """Keeps a tree of processes on some cores; what another user owns stays where it is unless we are root."""
    for one in tree(pid):
        try:
            os.sched_setaffinity(one, cores)
        except OSError:
            pass


def unpinned(address):
    """Gives the database back all cores."""
    on_cores(postmaster(address), range(os.cpu_count() or 1))


def hundred_kilobytes(name):
    return pdf.letter([name], DOCUMENT_BYTES)


def five_megabytes(name):
    return pdf.letter([name], 5_000_000)


class Stage:
    def __init__(self, folder, corpus=CORPUS, postgres=None):
        """`postgres` is the address of a server where rows are to lie, in place of SQLite."""
        self.folder, self.postgres = pathlib.Path(folder), postgres
        self.seed, self.corpus = self.folder / "seed", corpus
        self.servers = []

    def make_corpus(self):
        """The demo's data, and `corpus` documents of 100 KB for Dre Favre, published through FHIR."""
        server = self.server(self.seed)
        server.start()
        system = hospital.Hospital(server)
        bodies = (system.body(hundred_kilobytes(f"Corpus {number}")) for number in range(self.corpus))
        begun, ids = time.monotonic(), []
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            waiting = set()
            for body in bodies:
                waiting.add(pool.submit(self._publish, system, body))
                if len(waiting) >= 64:
                    done, waiting = concurrent.futures.wait(
                        waiting, return_when=concurrent.futures.FIRST_COMPLETED)
                    ids += [one.result() for one in done]
            ids += [one.result() for one in waiting]
        took = time.monotonic() - begun
        self.ids = sorted(ids)
        random.Random(20261121).shuffle(self.ids)
        print(f"  {len(ids)} documents of 100 KB published in {took:.0f} s by 16 connections", flush=True)
        begun = time.monotonic()
        server.wait_for_previews()
        print(f"  page images of the corpus: {time.monotonic() - begun:.0f} s more", flush=True)
        server.stop()

    @staticmethod
    def _publish(system, body):
        for _ in range(100):
            status, headers, answer = system.publish(body)
            if status == 201:
                return hospital.document_id(headers)
            if status not in (429, 503):
                raise RuntimeError(f"publishing the corpus: {status} {answer}")
            time.sleep(0.2)
        raise RuntimeError("publishing the corpus: always busy")

    def server(self, data=None, pinned=True, options=()):
        """A server on its own copy of the corpus, not yet started."""
        template = "template0" if data else "seed"
        name = "seed" if data else f"copy_{len(self.servers)}"
        if data is None:
            data = self.folder / name
            copy_data(self.seed, data)
        arguments = {"program": str(PROGRAMS.build / "passerelle"), "prefix": ON_SERVER if pinned else (), "options": options}
        if self.postgres:
            psql(self.postgres, f"CREATE DATABASE {name} TEMPLATE {template}")
            server = PostgresServer(self.postgres, name, data, **arguments)
        else:
            server = Server(data, **arguments)
        self.servers.append(server)
        return server

    def downloads(self, name, ids):
        """A script for wrk that downloads these documents in turn."""
        return self.in_turn(name, [f"/documents/{one}/fichier" for one in ids])

    def afresh(self, name, path):
        """A script for wrk that asks for one list again and again, each time from another day long ago: the same rows,
        and never a list that the server still remembers."""
        first = datetime.date(2001, 1, 1)
        days = [first + datetime.timedelta(days=number) for number in range(2_000)]
        sign = "&" if "?" in path else "?"
        return self.in_turn(name, [f"{path}{sign}du={day:%d.%m.%Y}" for day in days])

    def in_turn(self, name, paths):
        """A script for wrk that asks for these addresses, one after the other, from the start again at their end."""
        script = self.folder / f"{name.replace(' ', '-')}.lua"
        listed = ",".join(f'"{path}"' for path in paths)
        script.write_text(f"local paths = {{{listed}}}\nlocal place = 0\n"
                          "request = function()\n  place = place % #paths + 1\n"
                          "  return wrk.format('GET', paths[place])\nend\n")
        return str(script)

    def stop(self):
        for server in self.servers:
            server.stop()


def signed_in(server, name="Favre"):
    """The cookie header of a signed-in doctor."""
    doctor = reader.Reader(server.port)
    doctor.sign_in(reader.persona(server.port, name))
    return doctor


class Background:
    """A program that serves until the end of a `with`."""

    def __init__(self, port, command):
        self.port, self.command = port, command

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        probe = Server("unused", "unused", self.port)
        end = time.monotonic() + 20
        while probe.get("/")[0] == 0:
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError(f"{self.command[0]} did not start")
            time.sleep(0.02)
        self.pid = self.process.pid
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)


def hello():
    port = free_port()
    return Background(port, [*ON_SERVER, str(PROGRAMS.build / "bench"), "hello", "--port", str(port)])


def nginx(folder, sendfile, before=None):
    """nginx with one worker and two static files; over TLS 1.3 and with the rest from the server at the port `before`, if
    there is one. None where it is not installed."""
    program = shutil.which("nginx") or ("/usr/sbin/nginx" if os.path.exists("/usr/sbin/nginx") else None)
    if program is None:
        return None
    port, home = free_port(), pathlib.Path(folder) / f"nginx-{sendfile}-{before or 'alone'}"
    home.mkdir(parents=True, exist_ok=True)
    (home / "page").write_bytes(os.urandom(20_000))
    (home / "document").write_bytes(os.urandom(DOCUMENT_BYTES))
    os.chmod(folder, 0o755)
    user = "user root;" if os.geteuid() == 0 else ""
    upstream, tls = front(home, before) if before else ("", "")
    (home / "conf").write_text(f"""
        {user} daemon off; worker_processes 1; pid {home}/pid; error_log {home}/error.log;
        events {{ worker_connections 1024; }}
        http {{ access_log off; sendfile {sendfile}; tcp_nopush on; keepalive_requests 10000000;
          client_body_temp_path {home}/b; proxy_temp_path {home}/p; fastcgi_temp_path {home}/f;
          uwsgi_temp_path {home}/u; scgi_temp_path {home}/s; {upstream}
          server {{ listen 127.0.0.1:{port}{" ssl" if tls else ""}; root {home}; {tls} }} }}""")
    return Background(port, [*ON_SERVER, program, "-c", str(home / "conf"), "-p", str(home)])


def front(home, port):
    """(upstream, settings of a server) of an nginx that ends TLS before a portal, as `deploy/` ships it; its own files
    stay what they are."""
    key, certificate = home / "key.pem", home / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return f"upstream portal {{ server 127.0.0.1:{port}; keepalive 32; }}", f"""
        ssl_certificate {certificate}; ssl_certificate_key {key}; ssl_protocols TLSv1.3; ssl_session_tickets off;
        location = /document {{ }}
        location / {{ proxy_pass http://portal; proxy_http_version 1.1; proxy_set_header Connection "";
          proxy_set_header Host 127.0.0.1:{port}; proxy_request_buffering off; proxy_max_temp_file_size 0; }}"""
