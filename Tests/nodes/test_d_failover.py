"""The primary is killed and its synchronous standby promoted: what was acknowledged is there, once."""

import collections
import subprocess
import threading
import time

from load import Publisher
from outside import hospital, pdf, reader, server

PUBLISHERS = 3


class Front:
    """The portal behind nginx; commands run on a node."""

    def __init__(self, installation):
        self.port, self.run = installation.port, installation.run


def probe(port, cookies, stopping, answers):
    """What a doctor sees meanwhile."""
    while not stopping.is_set():
        doctor = reader.Reader(port)
        doctor.cookies = dict(cookies)
        begun = time.monotonic()
        try:
            status = doctor.get("/documents")[0]
        except OSError:
            status = 0
        answers.append((time.monotonic(), status, time.monotonic() - begun))
        time.sleep(0.2)


def test_a_standby_that_is_away_makes_writing_wait_but_not_for_ever(installation):
    postgres = installation.postgres
    postgres.add_standby()
    system = hospital.Hospital(Front(installation))
    master = hospital.new_master()
    body = system.body(pdf.letter(["Sans réplique"]), master, "Sans réplique")
    system.token()
    postgres.pause_standby()
    begun = time.monotonic()
    status, headers, _ = system.publish(body)
    took = time.monotonic() - begun
    print(f"without its standby: {status} after {took:.1f} s")
    assert status == 503 and "retry-after" in headers and took < 25
    postgres.resume_standby()
    end = time.monotonic() + 30
    while status == 503:
        assert time.monotonic() < end
        status, headers, _ = system.publish(body)
    assert status in (200, 201)
    assert postgres.query(f"SELECT id FROM document WHERE master_identifier = '{master}'") == [
        [hospital.document_id(headers)]]


def test_failover(installation):
    postgres, port = installation.postgres, installation.port
    system = hospital.Hospital(Front(installation))
    system.token()
    doctor = reader.Reader(port)
    doctor.sign_in(reader.persona(port, "Favre"))
    publishers = [Publisher(system, number) for number in range(PUBLISHERS)]
    stopping, seen = threading.Event(), []
    watch = threading.Thread(target=probe, args=(port, doctor.cookies, stopping, seen), daemon=True)
    for thread in [*publishers, watch]:
        thread.start()
    time.sleep(4)

    postgres.kill_primary()
    killed = time.monotonic()
    time.sleep(3)  # until the operator, or his tool, is sure
    postgres.promote()
    # the copied settings ask for a standby that there is not any more: commits would wait for it
    postgres.query("ALTER SYSTEM SET synchronous_standby_names = ''")
    postgres.query("SELECT pg_reload_conf()")
    promoted = time.monotonic()
    time.sleep(12)
    stopping.set()
    for publisher in publishers:
        publisher.stopping.set()
    for publisher in publishers:
        publisher.join(60)
        assert not publisher.is_alive()
    watch.join(60)

    answers = sorted(answer for publisher in publishers for answer in publisher.answers)
    after = [(when, status) for when, status in answers if when > killed]
    first_good = next(when for when, status in after if status in (200, 201) and when > promoted - 0.5)
    last_bad = max([when for when, status in after if status not in (200, 201)], default=killed)
    pages = collections.Counter(status for when, status, _ in seen if when > killed)
    page_back = next(when for when, status, _ in seen if when > promoted - 0.5 and status == 200)
    ledger = {master: entry for publisher in publishers for master, entry in publisher.ledger.items()}
    print(f"{len(ledger)} documents acknowledged, {sum(publisher.again for publisher in publishers)} sent again; "
          f"killed, promoted after {promoted - killed:.1f} s; first document after {first_good - killed:.1f} s, "
          f"first page after {page_back - killed:.1f} s, last refusal after {last_bad - killed:.1f} s; "
          f"publishing {dict(collections.Counter(status for _, status in after))}, pages {dict(pages)}, "
          f"slowest page {max(took for _, _, took in seen):.1f} s")
    assert first_good - killed < 30 and page_back - killed < 30 and last_bad - killed < 30
    assert {status for _, status in answers} <= {200, 201, 503}, collections.Counter(status for _, status in answers)
    assert set(pages) <= {200, 503}
    assert pages[503] and any(status == 503 for _, status in after), "nobody noticed the failover"
    assert not [master for publisher in publishers for master in publisher.contradictions]

    rows = postgres.query("SELECT master_identifier, id, encode(sha256, 'hex') FROM document")
    there = collections.Counter(row[0] for row in rows)
    assert max(there.values()) == 1
    stored = {row[0]: (row[1], row[2]) for row in rows}
    lost = [master for master, entry in ledger.items() if stored.get(master) != (entry.document, entry.sha256)]
    assert not lost
    unreadable = []
    for entry in ledger.values():
        status, _, content = doctor.get(f"/documents/{entry.document}/fichier")
        if status != 200 or hospital.hashlib.sha256(content).hexdigest() != entry.sha256:
            unreadable.append((entry.document, status))
    assert not unreadable, unreadable[:5]


def test_a_node_that_finds_no_database_asks_to_be_started_again(installation):
    node = installation.nodes[0]
    done = subprocess.run(
        [node.program, "audit", "verify", "--data", node.data, "--database",
         f"postgres://portal:secret@127.0.0.1:{server.free_port()}/postgres"],
        capture_output=True, text=True, env=server.environment(), timeout=60)
    assert done.returncode == 75, "systemd does not start again what ends with 78"
    assert "does not answer" in done.stderr and "secret" not in done.stderr


def test_the_trail_is_sound_after_all_that(installation):
    installation.verify()
