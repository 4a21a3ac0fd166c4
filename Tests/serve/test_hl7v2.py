"""HL7 v2 as two clients that are not ours see it: `hl7` sends and reads, `hl7apy` builds and validates."""

import base64
import concurrent.futures
import hashlib
import json
import socket
import ssl
import subprocess
import sys
import urllib.request

import hl7
import hl7.client
import pytest
from conftest import ROOT, Installation, eventually
from hl7apy.core import Message
from hl7apy.parser import parse_message

sys.path.insert(0, str(ROOT / "scripts"))
from outside import mllp, pdf  # noqa: E402
from outside.server import Server, free_port, fresh_database  # noqa: E402

FAVRE, UNKNOWN = "7601099000013", "7601099000990"
START, END = b"\x0b", b"\x1c\r"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    port, metrics = free_port(), free_port()
    server = Server(
        str(tmp_path_factory.mktemp("hl7") / "data"), database=fresh_database(),
        options=["--mllp-port", str(port), "--metrics-port", str(metrics)]).start().skip_previews()
    server.mllp, server.metrics = port, metrics
    yield server
    server.end()


def send(port, message):
    """Through python-hl7's own client; the answer as it parses it."""
    with hl7.client.MLLPClient("127.0.0.1", port) as client:
        return hl7.parse(client.send_message(message).strip(START + END).decode())


def verdict(answer):
    return str(answer["MSA"][0][1])


def codes(answer):
    return [str(line[3]).split("^")[0] for line in answer if str(line[0]) == "ERR"]


def figures(place, metrics=None):
    """What /metrics says of HL7 v2, by name and label."""
    with urllib.request.urlopen(f"http://127.0.0.1:{metrics or place.metrics}/metrics", timeout=10) as page:
        lines = [line.rsplit(" ", 1) for line in page.read().decode().splitlines()]
    return {name.removeprefix("passerelle_mllp_"): float(value) for name, value in lines if "_mllp_" in name
            and not name.startswith("#")}


def letter(number, control=None, gln=FAVRE, **other):
    return mllp.document(number, control or f"C{number}", gln, pdf.letter([f"Lettre {number}"]), **other)


def test_a_letter_is_taken_and_taken_once(demo):
    first = send(demo.mllp, letter(910001))
    assert verdict(first) == "AA" and str(first["MSA"][0][2]) == "C910001"
    assert str(first["MSH"][0][9]) == "ACK^T02^ACK" and str(first["MSH"][0][3]) == "PASSERELLE"
    again = send(demo.mllp, letter(910001, control="C-other"))
    assert verdict(again) == "AA" and str(again["MSA"][0][3]) == "already processed"
    other = send(demo.mllp, mllp.document(910001, "C-third", FAVRE, pdf.letter(["Autre"])))
    assert verdict(other) == "AE" and codes(other) == ["205"]


def test_the_answers_are_valid_by_hl7apy(demo):
    for message in (letter(910002), letter(910003, gln=UNKNOWN)):
        with hl7.client.MLLPClient("127.0.0.1", demo.mllp) as client:
            raw = client.send_message(message).strip(START + END).decode()
        answer = parse_message(raw, find_groups=False)
        assert answer.name == "ACK" and answer.validate()
        assert answer.msa.msa_1.value in ("AA", "AE")


def test_a_message_built_by_hl7apy_is_understood(demo):
    message = Message("MDM_T02", version="2.5")
    message.msh.msh_3, message.msh.msh_4, message.msh.msh_5, message.msh.msh_6 = "DPI", "HUL", "PASSERELLE", "HUL"
    message.msh.msh_9, message.msh.msh_10, message.msh.msh_11 = "MDM^T02^MDM_T02", "APY1", "P"
    message.msh.msh_18 = "UNICODE UTF-8"
    message.evn.evn_1, message.evn.evn_2 = "T02", "20261120091200+0100"
    message.pid = mllp.PID
    message.pv1 = mllp.PV1
    message.txa.txa_1, message.txa.txa_2, message.txa.txa_17 = "1", "DS", "LA"
    message.txa.txa_12 = f"910010^DPI^{mllp.DOCUMENTS}^ISO"
    message.txa.txa_23 = f"{FAVRE}^Favre^Claire^^^Dre^^^GLN&2.51.1.3&ISO"
    data = base64.b64encode(pdf.letter(["Par hl7apy"])).decode()
    message.add_group("MDM_T02_OBSERVATION")
    message.mdm_t02_observation.obx = (
        f"OBX|1|ED|373942005^Lettre de sortie^SCT|1|DPI^application^pdf^Base64^{data}||||||F")
    answer = send(demo.mllp, message.to_er7().encode())
    assert verdict(answer) == "AA", str(answer)


def test_a_letter_is_replaced_and_taken_back(demo):
    assert verdict(send(demo.mllp, letter(910020))) == "AA"
    assert verdict(send(demo.mllp, letter(910021, event="T10", replaces=910020))) == "AA"
    late = send(demo.mllp, letter(910022, event="T10", replaces=910020))
    assert verdict(late) == "AE" and "ALREADY_REPLACED" in str(late)
    gone = mllp.document(910021, "T11-1", FAVRE, event="T11", reason="Mauvais séjour")
    assert verdict(send(demo.mllp, gone)) == "AA"
    unknown = mllp.document(999999, "T11-2", FAVRE, event="T11")
    assert codes(send(demo.mllp, unknown)) == ["204"]


@pytest.mark.parametrize("old, new, expected", [
    ("MDM^T02^MDM_T02", "MDM^T12", ("AR", "201")), ("MDM^T02^MDM_T02", "ORU^R01", ("AR", "200")),
    ("|P|2.5|", "|T|2.5|", ("AR", "202")), ("|P|2.5|", "|P|2.9|", ("AR", "203")),
    ("|DPI|HUL|", "|PACS|HUL|", ("AR", "207")), ("|LA|U|", "|IP|U|", ("AE", "103")),
    ("UNICODE UTF-8", "EBCDIC", ("AE", "103")), ("19580314", "19581314", ("AE", "102")),
    ("373942005^Lettre de sortie^SCT", "773130005^Soins^SCT", ("AE", "103")),
])
def test_what_is_refused_says_why(demo, old, new, expected):
    message = letter(910030, control="R1").decode()
    assert old in message
    answer = send(demo.mllp, message.replace(old, new).encode())
    assert (verdict(answer), codes(answer)[0]) == expected


def test_admission_designation_and_merge(demo):
    def administration(event, control, *segments, patient="000412033"):
        return "\r".join([
            f"MSH|^~\\&|DPI|HUL|PASSERELLE|HUL|20261120091200+0100||ADT^{event}|{control}|P|2.5|||||CHE|UNICODE UTF-8",
            f"EVN|{event}|20261120091200+0100", mllp.PID.replace("000412033", patient), *segments, ""]).encode()

    visit = mllp.PV1.replace("2026111207", "2026119001")
    other = letter(910040).replace(b"2026111207", b"2026119001")
    assert "NOT_DESIGNATED" in str(send(demo.mllp, other))
    role = f"ROL||AD|PP^Primary care provider^HL70443|{FAVRE}^Favre^^^^^^^GLN&2.51.1.3&ISO"
    named = send(demo.mllp, administration("A01", "A1", role, visit))
    assert verdict(named) == "AA" and "CONSENT_MISSING" in str(named)
    agreed = administration("A08", "A2", "CON|1||||||||||A", visit)
    assert verdict(send(demo.mllp, agreed)) == "AA"
    assert verdict(send(demo.mllp, other)) == "AA"
    merge = administration("A40", "A3", "MRG|000477777^^^HUL&2.16.756.5.30.1.999.1&ISO^MR")
    assert verdict(send(demo.mllp, merge)) == "AA"
    under_the_old_number = letter(910041).replace(b"000412033", b"000477777")
    assert verdict(send(demo.mllp, under_the_old_number)) == "AA"


def test_broken_framing_harms_nobody_else(demo):
    for rubbish in (b"GET / HTTP/1.1\r\n\r\n", START + b"MSH|^~", START * 50, END * 50, b"\x00" * 4096):
        with socket.create_connection(("127.0.0.1", demo.mllp), timeout=10) as line:
            line.sendall(rubbish)
    with socket.create_connection(("127.0.0.1", demo.mllp), timeout=10) as line:
        # begun anew within a message, one byte at a time, and without the last carriage return before the next one
        whole = START + b"MSH|^~\\&|half" + START + letter(910050) + END
        for start in range(0, len(whole), 97):
            line.sendall(whole[start:start + 97])
        assert b"MSA|AA|" in line.recv(65536)


def test_a_giant_is_cut_off(demo):
    with socket.create_connection(("127.0.0.1", demo.mllp), timeout=60) as line:
        with pytest.raises(OSError):
            line.sendall(START)
            for _ in range(60):
                line.sendall(b"A" * (1 << 20))
            if not line.recv(1):
                raise ConnectionError("closed")
    assert verdict(send(demo.mllp, letter(910060))) == "AA"


def test_twenty_senders_at_once_and_the_same_letter_from_all(demo):
    def one(index):
        return verdict(send(demo.mllp, letter(910100 + index))), verdict(send(demo.mllp, letter(910200)))

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        assert set(pool.map(one, range(40))) == {("AA", "AA")}
    stored = demo.rows(f"SELECT COUNT(*) FROM document WHERE master_identifier = '{mllp.master(910200)}'")
    assert [int(count) for (count,) in stored] == [1]


def test_what_was_answered_is_counted(demo):
    before = figures(demo)
    with socket.create_connection(("127.0.0.1", demo.mllp), timeout=20) as line:
        line.sendall(START + letter(910300) + END)
        assert b"MSA|AA|" in line.recv(65536)
        assert figures(demo)["connections"] >= 1
    assert verdict(send(demo.mllp, letter(910301, gln=UNKNOWN))) == "AE"
    assert verdict(send(demo.mllp, letter(910302, event="T12"))) == "AR"
    after = figures(demo)
    for code in ("AA", "AE", "AR"):
        name = f'messages_total{{code="{code}"}}'
        assert after[name] == before[name] + 1, after
    assert after['refused_connections_total{limit="full"}'] == 0
    assert set(after) == set(before), "nothing that a sender writes becomes a label"


# Over TLS, as an operator sets it up.

def certificate(folder, name, authority):
    request = folder / f"{name}.csr"
    subprocess.run(
        ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
         folder / f"{name}.key", "-out", request, "-subj", f"/CN={name}"], check=True, capture_output=True)
    subprocess.run(
        ["openssl", "x509", "-req", "-in", request, "-CA", folder / f"{authority}.crt", "-CAkey",
         folder / f"{authority}.key", "-CAcreateserial", "-days", "30", "-out", folder / f"{name}.crt"],
        check=True, capture_output=True)


def fingerprint(path):
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(path.read_text())).hexdigest()


@pytest.fixture(scope="module")
def secured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mllp")
    place = Installation(folder)
    ca = folder / "ca"
    for name, authority in (("dpi", "ca"), ("other", "ca"), ("stranger", "foreign")):
        certificate(ca, name, authority)
    mapping = folder / "mapping.json"
    mapping.write_text(json.dumps({"senders": [{
        "application": "DPI", "facility": "HUL", "client": "dpi",
        "certificates": [fingerprint(ca / "dpi.crt")]}]}))
    place.run("client", "--id", "dpi", "--name", "DPI", "--scopes", "system/DocumentReference.cru")
    place.mllp = free_port()
    usual = place.settings()
    place.settings = lambda: {
        **usual, "mllp-port": place.mllp, "hl7-mapping": mapping, "mllp-tls-certificate": ca / "srv.crt",
        "mllp-tls-key": ca / "srv.key", "mllp-tls-client-ca": ca / "ca.crt"}
    place.serve()
    yield place
    place.end()


def over_tls(place, message, name=None):
    context = ssl.create_default_context(cafile=str(place.ca))
    if name:
        context.load_cert_chain(place.folder / "ca" / f"{name}.crt", place.folder / "ca" / f"{name}.key")
    with socket.create_connection(("localhost", place.mllp), timeout=20) as line:
        with context.wrap_socket(line, server_hostname="localhost") as secure:
            secure.sendall(START + message + END)
            answer = secure.recv(65536)
    return hl7.parse(answer.strip(START + END).decode()) if answer else None


def test_a_sender_is_known_by_its_certificate(secured):
    answer = over_tls(secured, letter(920001), "dpi")
    assert codes(answer) == ["103"]  # its content is looked at: no type is communicant yet
    secured.run("communicant", "--type", "373942005")
    assert codes(over_tls(secured, letter(920001), "dpi")) == ["204"]  # nobody has an account yet


def test_the_certificate_of_somebody_else_opens_nothing(secured):
    answer = over_tls(secured, letter(920002), "other")
    assert verdict(answer) == "AR" and "SENDER_NOT_ALLOWED" in str(answer)


@pytest.mark.parametrize("name", [None, "stranger"])
def test_without_a_certificate_of_the_authority_there_is_no_answer(secured, name):
    try:
        assert over_tls(secured, letter(920003), name) is None
    except OSError:
        pass


def test_without_tls_there_is_no_answer(secured):
    with socket.create_connection(("127.0.0.1", secured.mllp), timeout=10) as line:
        line.sendall(START + letter(920004) + END)
        try:
            assert b"MSA" not in line.recv(65536)
        except OSError:
            pass


@pytest.mark.parametrize("changes, words", [
    ({"mllp-host": "0.0.0.0", "mllp-tls-certificate": None, "mllp-tls-key": None, "mllp-tls-client-ca": None},
     "127.0.0.1 only"),
    ({"mllp-tls-client-ca": None}, "together"), ({"hl7-mapping": None}, "--hl7-mapping"),
    ({"mllp-tls-certificate": None, "mllp-tls-key": None, "mllp-tls-client-ca": None}, "has certificates"),
    ({"mllp-port": None}, "of no use"), ({"hl7-mapping": "/nowhere"}, "cannot be read"),
    ({"hl7-mapping": str(ROOT / "README.md")}, "one JSON object"),
])
def test_what_is_insecure_does_not_start(secured, changes, words):
    settings = {**secured.settings(), **changes}
    arguments = [word for name, value in settings.items() if value is not None for word in (f"--{name}", str(value))]
    done = secured.run("serve", *arguments, check=False)
    assert done.returncode == 78 and words in done.stderr, done.stderr


def test_it_stops_in_order_with_a_connection_open(secured):
    context = ssl.create_default_context(cafile=str(secured.ca))
    context.load_cert_chain(secured.folder / "ca" / "dpi.crt", secured.folder / "ca" / "dpi.key")
    with socket.create_connection(("localhost", secured.mllp), timeout=20) as line:
        with context.wrap_socket(line, server_hostname="localhost"):
            assert secured.stop("portal") == 0
    secured.serve()
    eventually(lambda: over_tls(secured, letter(920005), "dpi") is not None)
