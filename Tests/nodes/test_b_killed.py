"""A node killed in the middle of its jobs: the other takes them over, and nothing is lost or done twice."""

import collections
import concurrent.futures
import json
import os
import pathlib
import signal
import subprocess
import threading
import time

from outside import hospital, pdf, server

DOCTORS = 8
MOST_DOCUMENTS = 200


def gln(number):
    digits = f"760109900{number:03d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def add_doctor(node, number):
    done = subprocess.run(
        [node.program, "practitioner", "--email", f"medecin{number}@hin.example", "--honorific", "Dr",
         "--family-name", f"Essai{number}", "--given-name", "Jean", "--gln", gln(number), "--mobile",
         f"+417900{number:05d}", "--notification-email", f"medecin{number}@hin.example", "--notifications",
         "sinceLastSignIn", "--data", node.data, *node.common],
        input="Quatre-Mouettes-grises\n", text=True, capture_output=True, env=server.environment(), timeout=60)
    assert done.returncode == 0, done.stderr


def notices(data):
    lines = (pathlib.Path(data) / "messages.jsonl").read_text().splitlines()
    return collections.Counter(
        message["to"] for message in map(json.loads, lines) if message["to"].startswith("medecin"))


def publish_and_kill_at_work(installation, system, doomed):
    """Returns (doctor, answer) for each letter, and when the doomed node was killed, with a job in hand.

    It stands still for a moment first, to be sure of that job; no longer, or its locks would make the other
    refuse letters (503 after five seconds), as they should.
    """
    jobs = "SELECT count(*) FROM outbox WHERE state = 'running' AND kind = 'preview'"
    answers, ended = [], threading.Event()

    def both_are_busy():  # one job in each node
        return int(installation.postgres.value(jobs)) >= 2

    def publish(worker):
        for number in range(worker, MOST_DOCUMENTS, 4):
            if ended.is_set():
                return
            doctor = 100 + number % DOCTORS
            letter = pdf.letter([f"Pour {doctor}", f"Lettre {number}"])
            answers.append((doctor, system.publish(
                system.body(letter, title=f"Lettre {number}", gln=gln(doctor)))))

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        work = [pool.submit(publish, worker) for worker in range(4)]
        try:
            while not ended.is_set():
                assert not all(part.done() for part in work), "no job was in the hands of both nodes"
                if both_are_busy():
                    os.kill(doomed.process.pid, signal.SIGSTOP)
                    if both_are_busy():
                        doomed.kill()
                        killed = time.monotonic()
                        ended.set()
                    else:
                        os.kill(doomed.process.pid, signal.SIGCONT)
        finally:
            ended.set()
    return answers, killed


def test_the_other_node_ends_what_a_killed_one_had_in_hand(installation):
    doomed, survivor = installation.nodes
    system = hospital.Hospital(survivor)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: add_doctor(survivor, number), range(100, 100 + DOCTORS)))
    for number in range(100, 100 + DOCTORS):
        system.designate(gln(number))
    published, killed = publish_and_kill_at_work(installation, system, doomed)
    answers = [answer for _, answer in published]
    installation.wait_for_outbox(60)
    taken_over = time.monotonic() - killed
    doomed.start()

    assert [status for status, _, _ in answers] == [201] * len(answers), answers
    documents = [hospital.document_id(headers) for _, headers, _ in answers]
    names = ", ".join(f"'{name}'" for name in documents)
    states = installation.postgres.query(f"SELECT preview, count(*) FROM document WHERE id IN ({names}) GROUP BY 1")
    assert states == [["ready", str(len(documents))]]
    parts = installation.postgres.query(
        f"SELECT part, count(*) FROM content WHERE document_id IN ({names}) GROUP BY 1 ORDER BY 1")
    assert parts == [[part, str(len(documents))] for part in ("original", "page", "text")]
    blobs = [row[0] for row in installation.postgres.query(
        f"SELECT blob FROM content WHERE document_id IN ({names})")]
    assert all((pathlib.Path(installation.data) / "contents" / blob).exists() for blob in blobs)
    keys = ", ".join(f"'preview:{name}'" for name in documents)
    twice = int(installation.postgres.value(
        f"SELECT count(*) FROM outbox WHERE idempotency_key IN ({keys}) AND tries > 1"))
    assert twice >= 1, "the killed node had nothing in hand"
    sent = notices(installation.data)
    assert sent == {f"medecin{doctor}@hin.example": 1 for doctor, _ in published}  # the kill may come early
    print(f"killed with {len(documents)} documents: {twice} job taken over, all done {taken_over:.1f} s after the kill")
