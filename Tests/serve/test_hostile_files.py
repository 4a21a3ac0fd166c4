"""Files that come in, with a real clamd: malware, archives, bombs, children that are killed, a scanner that is away."""

import io
import os
import pathlib
import signal
import subprocess
import threading
import time
import zipfile
import zlib

import pytest
from conftest import ROOT, eventually
from outside import pdf
from outside.hospital import Hospital, new_master
from outside.server import Server, fresh_database

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    def __init__(self, folder):
        self.folder, self.socket, self.process = folder, folder / "clamd.sock", None

    def start(self):
        self.socket.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            ["bash", ROOT / "Tests/infra/clamd.sh", self.folder], stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually(self.socket.exists)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(20)


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    scanner = Scanner(tmp_path_factory.mktemp("clamd"))
    scanner.start()
    yield scanner
    scanner.stop()


def portal(folder, scanner):
    server = Server(folder / "data", options=["--set", f"clamav={scanner.socket}"], database=fresh_database())
    return server.start().skip_previews()


@pytest.fixture(scope="module")
def hospital(scanner, tmp_path_factory):
    server = portal(tmp_path_factory.mktemp("files"), scanner)
    yield Hospital(server)
    server.end()


def publish(hospital, content, master=None):
    """(status, code of the outcome, answer's header fields)"""
    status, headers, answer = hospital.publish(hospital.body(content, master))
    issues = (answer or {}).get("issue", [{}])
    return status, issues[0].get("details", {}).get("text") or issues[0].get("code"), headers


def with_attachment(data):
    """A letter to which a file is attached, compressed as usual."""
    packed = zlib.compress(data, 9)
    return pdf.with_objects([
        b"<</Type/Filespec/F(piece)/EF<</F 7 0 R>>>>",
        b"<</Type/EmbeddedFile/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ], b"/Names<</EmbeddedFiles<</Names[(piece) 6 0 R]>>>>")


def zipped(data):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("x.bin", data)
    return archive.getvalue()


def test_a_letter_without_a_finding_is_taken(hospital):
    assert publish(hospital, pdf.letter(["Lettre"]))[0] == 201
    assert publish(hospital, with_attachment(b"<?xml version='1.0'?><ordonnance/>"))[0] == 201


@pytest.mark.parametrize("content", [
    pdf.letter(["Lettre"]).replace(b"%%EOF", b"% " + EICAR + b"\n%%EOF"), with_attachment(EICAR)])
def test_what_the_scanner_knows_is_refused(hospital, content):
    master = new_master()
    assert publish(hospital, content, master)[:2] == (422, "InvalidDocumentContent")
    known = hospital.server.rows(f"SELECT rule FROM audit_event WHERE object_id = '{master}'")
    assert known == [("pdf-malware",)]


def test_the_hole_of_the_scanner_is_closed(hospital):
    """A small archive with a large member is called clean by clamd; a letter that holds an archive is not taken at all."""
    assert publish(hospital, with_attachment(zipped(bytes(30 << 20) + EICAR)))[:2] == (422, "InvalidDocumentContent")
    assert publish(hospital, with_attachment(bytes(30 << 20) + EICAR))[:2] == (422, "InvalidDocumentContent")


def bomb(catalog=b""):
    """Half a gigabyte of nothing, in little; unpacked only if something leads there."""
    zeros = zlib.compressobj(9)
    once = b"".join(zeros.compress(bytes(16 << 20)) for _ in range(32)) + zeros.flush()
    return pdf.with_objects([
        b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream"
        % (len(twice := zlib.compress(once, 9)), twice)], catalog)


@pytest.mark.parametrize("catalog", [b"", b"/Piece 6 0 R"])
def test_a_bomb_costs_seconds_and_little_memory(hospital, catalog):
    content = bomb(catalog)
    begin = time.monotonic()
    publish(hospital, content)  # taken or refused, but soon
    assert time.monotonic() - begin < 60
    status = pathlib.Path(f"/proc/{hospital.server.process.pid}/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) >> 10
    assert peak < 600, f"{peak} MiB"
    assert publish(hospital, pdf.letter(["Après"]))[0] == 201


def test_without_a_scanner_nothing_is_taken_and_nothing_is_lost(hospital, scanner):
    master, content = new_master(), pdf.letter(["Plus tard"])
    scanner.stop()
    status, code, headers = publish(hospital, content, master)
    assert (status, code) == (503, "transient") and int(headers["retry-after"]) > 0
    assert hospital.server.rows(f"SELECT 1 FROM document WHERE master_identifier = '{master}'") == []
    scanner.start()
    eventually(lambda: publish(hospital, content, master)[0] == 201)


@pytest.mark.parametrize("whom", ["all", "only those at work"])
def test_children_killed_a_hundred_times_leave_the_service_unharmed(hospital, whom):
    """All: the keepers and their walls too, so that they are started again and again."""
    server, over, killed = hospital.server, threading.Event(), []
    victims = children if whom == "all" else at_work

    def kill_children():
        while not over.is_set():
            for child in victims(server.process.pid):
                try:
                    os.kill(child, signal.SIGKILL)
                    killed.append(child)
                except ProcessLookupError:
                    pass
            time.sleep(0.005 if whom == "all" else 0.0005)

    killer = threading.Thread(target=kill_children)
    killer.start()
    masters, answers = [], {}
    while len(killed) < 100:
        masters.append(new_master())
        answers[masters[-1]] = publish(hospital, pdf.letter([masters[-1]]), masters[-1])[0]
    over.set()
    killer.join()
    assert set(answers.values()) <= {201, 503}, answers
    for master in masters:  # who was put off comes again and is taken
        if answers[master] == 503:
            assert publish(hospital, pdf.letter([master]), master)[0] == 201
    stored = {row[0] for row in server.rows("SELECT master_identifier FROM document")}
    assert set(masters) <= stored
    eventually(lambda: not at_work(server.process.pid), seconds=60)  # page images are made meanwhile
    assert server.get("/sante/pret")[0] == 200


def test_nothing_is_left_of_a_portal_that_was_killed(scanner, tmp_path):
    """The keepers, which stay between files, end with the portal; so does a child in the middle of one."""
    server = portal(tmp_path, scanner)
    hospital = Hospital(server)
    assert publish(hospital, pdf.letter(["Lettre"]))[0] == 201
    # poppler's start with the first page images and the first text
    eventually(lambda: KEEPERS <= {name(process) for process in children(server.process.pid)}, seconds=60)
    eventually(lambda: not at_work(server.process.pid), seconds=60)
    keeper = children(server.process.pid)
    sender = threading.Thread(target=_silently, args=(publish, hospital, bomb(b"/Piece 6 0 R")))
    sender.start()
    eventually(lambda: at_work(server.process.pid))
    left = children(server.process.pid)
    server.kill()
    sender.join()
    eventually(lambda: not any(is_running(process) for process in {*keeper, *left}), seconds=10)


KEEPERS = {"passerelle-pdf", "pdftoppm", "pdftotext"}


def _silently(action, *arguments):
    try:
        action(*arguments)
    except Exception:  # the portal was killed meanwhile
        pass


def direct(process):
    """The children of a process."""
    try:
        own = pathlib.Path(f"/proc/{process}/task").glob("*/children")
        return [int(child) for file in own for child in file.read_text().split()]
    except OSError:
        return []


def children(process):
    """All that descend from a process."""
    return [each for child in direct(process) for each in [child, *children(child)]]


def at_work(process):
    """Those that look at a file: not the keepers, which stay, and not the walls around them."""
    found = []
    for child in direct(process):
        inside = direct(child)
        if name(child) in KEEPERS:
            found += inside
        elif name(child) == "bwrap" and [name(each) for each in inside if name(each) in KEEPERS]:
            found += direct(inside[0])
        else:
            found += [child, *children(child)]
    return found


def name(process):
    try:
        return pathlib.Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return ""


def is_running(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
