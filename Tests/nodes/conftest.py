"""Two nodes of one installation behind nginx: one database, one folder of contents, one key."""

import pathlib
import sys
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(pathlib.Path(__file__).parent)]
from outside import server as outside  # noqa: E402
from postgres import Cluster  # noqa: E402
from proxy import Proxy  # noqa: E402

class Node(outside.Server):
    """One node of several on the same database and the same folder."""

    def __init__(self, name, data, port, metrics, address):
        self.checkpoints = f"{data}-{name}.checkpoints"
        self.common = ["--database", address, "--checkpoint-file", self.checkpoints]
        super().__init__(data, port=port, options=[
            *self.common, "--node-name", name, "--metrics-port", str(metrics), "--lease-seconds", "5",
            "--drain-seconds", "5"])
        self.name, self.metrics_port = name, metrics
        self.log = pathlib.Path(f"{data}-{name}.log")

    def run(self, *words):
        place = [] if words[0] == "compose" else self.common if words[0] == "audit" else self.common[:2]
        return super().run(*words, *place)

    def restart(self):
        """As systemd does it: SIGTERM, wait, start. Returns its exit status."""
        self.process.terminate()
        status = self.process.wait(70)
        self.start()
        return status

    def metrics(self):
        """Name and labels to value."""
        other = outside.Server(self.data, program=self.program, port=self.metrics_port)
        status, text = other.get("/metrics")
        assert status == 200
        lines = [line.rsplit(" ", 1) for line in text.decode().splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}


class Installation:
    def __init__(self, folder):
        ports = [outside.free_port() for _ in range(7)]
        self.postgres = Cluster(folder / "postgres", ports[:2])
        self.data = str(folder / "data")
        self.nodes = [
            Node(name, self.data, port, metrics, self.postgres.address)
            for name, port, metrics in zip("ab", ports[2:4], ports[4:6])]
        self.proxy = Proxy(folder / "nginx", ports[6], [node.port for node in self.nodes])
        self.port = ports[6]  # what the hospital and the doctors see

    def run(self, *words):
        return self.nodes[0].run(*words)

    def start(self):
        for node in self.nodes:
            node.start()
        self.proxy.start()

    def stop(self):
        self.proxy.stop()
        for node in self.nodes:
            node.stop()
        self.postgres.stop()

    def outbox(self, states="'waiting', 'running'"):
        """Jobs in these states; a digest waits for its hour, and nobody waits for it, however near that hour is."""
        return int(self.postgres.value(
            f"SELECT count(*) FROM outbox WHERE state IN ({states})"
            " AND idempotency_key NOT LIKE 'notice:%:day:%'"
            " AND due_at < (extract(epoch FROM now()) + 900) * 1000"))

    def forget_seeded_previews(self):
        """The pictures of the demo's own letters would take a minute, and are not what is tested here."""
        self.postgres.query("UPDATE outbox SET state = 'cancelled' WHERE kind = 'preview' AND state = 'waiting'")
        self.wait_for_outbox()

    def wait_for_outbox(self, seconds=60):
        end = time.monotonic() + seconds
        while self.outbox():
            assert time.monotonic() < end, self.postgres.query(
                "SELECT idempotency_key, state, tries, reason FROM outbox WHERE state IN ('waiting', 'running') LIMIT 5")
            time.sleep(0.2)

    def verify(self):
        """The trail, against the checkpoint file of each node: each must have all checkpoints of both."""
        time.sleep(10)  # until each has exported what the other signed
        for node in self.nodes:
            words = node.run("audit", "verify").decode()
            assert words.startswith("sound: "), words
            print(f"node {node.name}: {words.strip()}")


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nodes")
    for parent in [folder, *folder.parents][:3]:  # PostgreSQL runs as another user
        parent.chmod(0o755)
    place = Installation(folder)
    try:
        begun = time.monotonic()
        place.start()
        place.forget_seeded_previews()
        print(f"installation ready after {time.monotonic() - begun:.0f} s")
        yield place
    finally:
        place.stop()
