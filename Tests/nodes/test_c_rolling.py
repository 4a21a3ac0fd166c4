"""Each node is restarted in turn while the portal is used: nobody notices."""

import collections
import re
import time

from load import ConstantRate, percentile
from outside import hospital, pdf, reader

RATE = 50
SECONDS = 30
# Fewer than a node lets in however late it is: a refusal by load would say nothing of the restart.
READERS = 12


class Front:
    """The portal behind nginx; commands run on a node."""

    def __init__(self, installation):
        self.port, self.run = installation.port, installation.run


def test_no_request_fails_while_each_node_is_restarted(installation):
    port = installation.port
    system = hospital.Hospital(Front(installation))
    system.token()
    doctor = reader.Reader(port)
    doctor.sign_in(reader.persona(port, "Favre"))
    letters = re.findall(r'href="(/documents/[0-9a-f]{32})', doctor.get("/documents")[2].decode())
    assert letters
    numbers = iter(range(10**6))

    def publish(_):
        number = next(numbers)
        return system.publish(system.body(pdf.letter([f"En route {number}"]), title=f"En route {number}"))[0]

    actions = [("list", lambda one: one.get("/documents")[0], {200}),
               ("open", lambda one: one.get(letters[next(numbers) % len(letters)])[0], {200}),
               ("publish", publish, {201})]
    load = ConstantRate(port, doctor.cookies, (actions, [60, 36, 4]), RATE, SECONDS, READERS)
    statuses, times = [], []
    load.start()
    time.sleep(2)
    for node in installation.nodes:
        begun = time.monotonic()
        statuses.append(node.restart())
        times.append(time.monotonic() - begun)
        time.sleep(1)
    results = load.join()
    lasted = time.monotonic() - load.begun
    counted = collections.Counter((name, status) for name, status, _, _, _ in results)
    took = [took for _, _, _, took, _ in results]
    print(f"{len(results)} requests in {lasted:.1f} s, restarts took {', '.join(f'{one:.1f}' for one in times)} s: "
          f"{dict(counted)}; p50 {percentile(took, .5) * 1000:.0f} ms, p99 {percentile(took, .99) * 1000:.0f} ms, "
          f"slowest {max(took) * 1000:.0f} ms; {len(installation.proxy.errors())} lines in nginx's error log")
    assert statuses == [0, 0], "a node did not end well"
    assert sum(times) + 4 < SECONDS, "the load ended before the restarts"
    failed = [(name, status) for name, status, is_good, _, _ in results if not is_good]
    # a node that is away refuses connections: that is tried elsewhere, and tells nothing
    told = [line for line in installation.proxy.errors() if "Connection refused" not in line]
    assert not failed, f"{failed[:5]}; {told[-5:] or installation.proxy.errors()[-5:]}"
    assert len(results) == RATE * SECONDS


def test_a_node_that_leaves_says_so_and_goes_on_serving(installation):
    node = installation.nodes[0]
    node.process.terminate()
    end = time.monotonic() + 3
    while node.get("/sante/pret")[0] != 503:
        assert time.monotonic() < end, "it did not say that it leaves"
    assert node.get("/sante") == (200, b"ok")
    status, headers, _ = reader.Reader(node.port).get("/connexion")
    assert status == 200 and headers["connection"] == "close"
    assert node.process.wait(30) == 0
    node.start()
