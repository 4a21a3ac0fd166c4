"""Moving up to PostgreSQL, and coming back from a backup: the operator's commands on the data of a demo."""

import pathlib
import re
import signal
import subprocess
import time

import pytest
from conftest import ROOT
from outside import hospital, pdf, reader
from outside.server import Server, binary, copy_data, environment


@pytest.fixture(scope="module")
def postgres():
    """The address of a PostgreSQL of its own that keeps what it acknowledges."""
    process = subprocess.Popen(
        [ROOT / "Tests/infra/with_postgres.sh", "sh", "-c", "echo $TEST_POSTGRES; cat"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True, env={**environment(), "DURABLE": "1"})
    yield process.stdout.readline().strip()
    process.stdin.close()
    process.wait(30)


def database(postgres, name):
    """A fresh database on that server."""
    subprocess.run(
        ["psql", "-qX", postgres, "-c", f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C.UTF-8' ENCODING 'UTF8'"],
        check=True)
    return postgres.rsplit("/", 1)[0] + "/" + name


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    """A demo on SQLite with a letter of our own, stopped: (folder, identifier, bytes)."""
    folder = tmp_path_factory.mktemp("moving") / "data"
    server = Server(folder)
    server.start()
    letter = pdf.letter(["Une lettre qui déménage"], 300_000)
    system = hospital.Hospital(server)
    status, headers, _ = system.publish(system.body(letter))
    assert status == 201
    time.sleep(11)  # a checkpoint is made every ten seconds
    server.stop()
    return folder, hospital.document_id(headers), letter


def run(*arguments, check=True):
    done = subprocess.run(
        [binary(), *map(str, arguments)], capture_output=True, text=True, env=environment(), timeout=120)
    if check:
        assert done.returncode == 0, done.stdout + done.stderr
    return done


def figures(text):
    match = re.search(r"(\d+) contents copied, (\d+) were there", text)
    return {"copied": int(match[1]), "present": int(match[2])}


def reads_the_letter(server, identifier, letter):
    doctor = reader.Reader(server.port)
    doctor.sign_in(reader.persona(server.port, "Favre"))
    assert doctor.get("/documents")[0] == 200
    status, _, body = doctor.get(f"/documents/{identifier}/fichier")
    return status == 200 and body == letter


@pytest.fixture(scope="module")
def moved(seed, postgres):
    """The same on PostgreSQL, with a folder of its own: (folder, address, what migrate said)."""
    folder = pathlib.Path(f"{seed[0]}-moved")
    copy_data(seed[0], folder)
    place = database(postgres, "moved")
    source = f"sqlite:{folder}/passerelle.sqlite"
    # killed in the middle, begun again
    process = subprocess.Popen([binary(), "migrate", "--from", source, "--to", place], env=environment(),
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.4)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return folder, place, run("migrate", "--from", source, "--to", place)


def test_everything_moves_to_postgresql_and_the_trail_stays_proved(seed, moved):
    _, identifier, letter = seed
    folder, place, done = moved
    assert re.search(r"copied and compared: \d+ tables", done.stdout)
    verified = run("audit", "verify", "--data", folder, "--database", place)
    assert verified.stdout.startswith("sound: ")
    server = Server(folder, options=["--database", place])
    server.start()
    try:
        assert reads_the_letter(server, identifier, letter)
    finally:
        server.stop()


def test_a_database_that_holds_something_else_is_no_target(seed, postgres):
    folder, _, _ = seed
    place = database(postgres, "other")
    source = f"sqlite:{folder}/passerelle.sqlite"
    run("migrate", "--from", source, "--to", place)
    subprocess.run(["psql", "-qX", place, "-c", "UPDATE patient SET given_name = 'Autre'"], check=True)
    refused = run("migrate", "--from", source, "--to", place, check=False)
    assert refused.returncode != 0 and "The table patient is not the same in both" in refused.stderr


def test_an_address_that_is_none_says_so_without_its_password(seed):
    folder, _, _ = seed
    for place in ("mysql://portal:geheim@h/db", "postgres://portal:geheim@127.0.0.1:1/db"):
        refused = run("audit", "verify", "--data", folder, "--database", place, check=False)
        assert refused.returncode != 0 and "atabase" in refused.stderr
        assert "geheim" not in refused.stdout + refused.stderr


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_backup_of_the_running_portal_comes_back(seed, moved, postgres, tmp_path, engine):
    folder, identifier, letter = seed
    place = []
    if engine == "postgres":
        folder, place = moved[0], ["--database", moved[1]]
    kept = ["backup", "--to", tmp_path / "backup", "--keys-to", tmp_path / "keys"]
    server = Server(folder, options=place)
    server.start()
    try:
        first = figures(run(*kept, "--data", folder, *place).stdout)
        again = figures(run(*kept, "--data", folder, *place).stdout)
        # page images may have been made meanwhile; nothing is copied twice
        assert first["present"] == 0 and again["present"] == first["copied"] > 190
        run("token", "--client", "demo", "--data", folder, *place)  # an event that no backup has
    finally:
        server.stop()
    files = [path for path in (tmp_path / "backup").rglob("*") if path.is_file()]
    assert len(files) > 190
    for marker in (b"Jaquet", b"Favre", b"%PDF"):
        assert not any(marker in path.read_bytes() for path in files)

    key = pathlib.Path(f"{folder}.key")
    target = tmp_path / "restored"
    fresh = [] if engine == "sqlite" else ["--database", database(postgres, "restored")]
    back = ["restore", "--from", tmp_path / "backup", "--keys-from", tmp_path / "keys", "--data", target]
    restored = run(*back, "--key-file", key, *fresh)
    assert "restored: " in restored.stdout and "not in the backup" not in restored.stdout
    verified = run("audit", "verify", "--data", target, "--key-file", key, *fresh)
    assert verified.stdout.startswith("sound: "), verified.stdout
    # The file of the lost machine knows what is lost since the backup. On SQLite the verification before has the place of the
    # first lost event.
    lost = "it is not what was sealed" if engine == "sqlite" else "it is missing"
    newer = run("audit", "verify", "--data", target, "--key-file", key, *fresh, "--checkpoint-file",
                folder / "audit-checkpoints.txt", check=False)
    assert newer.returncode == 1 and lost in newer.stdout, newer.stdout
    refused = run(*back, "--key-file", key, *fresh, check=False)
    assert refused.returncode != 0 and "The target is not empty" in refused.stderr

    (tmp_path / "restored.key").write_bytes(key.read_bytes())
    (tmp_path / "restored.key").chmod(0o600)
    (target / "demo.json").write_text("{}\n")
    server = Server(target, options=fresh)
    server.start()
    try:
        assert reads_the_letter(server, identifier, letter)
    finally:
        server.stop()
