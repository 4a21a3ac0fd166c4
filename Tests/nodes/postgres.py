"""PostgreSQL 15 for the tests of several nodes: a primary that syncs what it commits, and a synchronous standby."""

import os
import pathlib
import signal
import subprocess
import time

BIN = "/usr/lib/postgresql/15/bin"


class Cluster:
    """A primary on `ports[0]` and, once asked for, its standby on `ports[1]`."""

    def __init__(self, folder, ports):
        self.folder, self.ports = pathlib.Path(folder), ports
        self.primary = ports[0]
        self.folder.mkdir()
        (self.folder / "password").write_text("secret\n")
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            subprocess.run(["chown", "-R", "postgres", self.folder], check=True)
        self.shell("initdb -D a -U portal -A scram-sha-256 --pwfile=password --locale=C.UTF-8 -E UTF8 -N")
        self.configure("a", ports[0])
        self.control("a", "start")

    @property
    def address(self):
        """Both servers; libpq takes the one that may be written to."""
        first, second = self.ports
        return (f"postgres://portal:secret@127.0.0.1:{first},127.0.0.1:{second}/postgres"
                "?target_session_attrs=read-write")

    def shell(self, words):
        command = ["bash", "-c", f"cd '{self.folder}' && PATH={BIN}:$PATH && export PGPASSWORD=secret && {words}"]
        if os.getuid() == 0:
            command = ["su", "-s", "/bin/bash", "postgres", "-c", command[2]]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, f"{words}: {done.stderr[-1000:]}"
        return done.stdout

    def configure(self, name, port):
        with open(self.folder / name / "postgresql.conf", "a") as file:
            file.write(f"port = {port}\nlisten_addresses = '127.0.0.1'\n"
                       f"unix_socket_directories = '{self.folder}'\n"
                       "wal_level = replica\nmax_connections = 100\nmax_pred_locks_per_transaction = 256\n")

    def control(self, name, word):
        self.shell(f"pg_ctl -D {name} -l {name}.log -w {word}")

    def query(self, sql, port=None):
        """Rows of texts."""
        done = subprocess.run(
            [f"{BIN}/psql", "-h", "127.0.0.1", "-p", str(port or self.primary), "-U", "portal", "-d", "postgres",
             "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", sql],
            capture_output=True, text=True, timeout=60, env={**os.environ, "PGPASSWORD": "secret"})
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]

    def value(self, sql):
        return self.query(sql)[0][0]

    def add_standby(self):
        """From then on nothing is acknowledged that is not on two disks."""
        self.shell(f"pg_basebackup -c fast -h 127.0.0.1 -p {self.ports[0]} -U portal -D b -R -C -S s1 -X stream")
        self.configure("b", self.ports[1])
        with open(self.folder / "b" / "postgresql.conf", "a") as file:
            file.write("cluster_name = 'standby'\n")  # under which it shows itself to the primary
        self.control("b", "start")
        self.query("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        self.query("SELECT pg_reload_conf()")
        self.wait_for("SELECT sync_state FROM pg_stat_replication", "sync")

    def pause_standby(self):
        """The standby is away, and the primary goes on waiting for it."""
        self.shell("pg_ctl -D b -m fast stop")

    def resume_standby(self):
        self.control("b", "start")
        self.wait_for("SELECT sync_state FROM pg_stat_replication", "sync")

    def wait_for(self, sql, wanted, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            rows = self.query(sql)
            if rows and rows[0][0] == wanted:
                return
            time.sleep(0.1)
        raise AssertionError(f"{sql} did not become {wanted}")

    def kill_primary(self):
        """As a power cut would: the postmaster and all its children."""
        pid = int((self.folder / "a" / "postmaster.pid").read_text().split()[0])
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for process in [pid, *map(int, children)]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def promote(self):
        self.control("b", "promote")
        self.primary = self.ports[1]

    def stop(self):
        for name in ("b", "a"):
            if (self.folder / name).exists():
                try:
                    self.shell(f"pg_ctl -D {name} -m immediate stop")
                except AssertionError:
                    pass  # it is down already
