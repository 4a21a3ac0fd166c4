"""The main job with real servers around: TLS, private_key_jwt, SMTP with STARTTLS, Kannel."""

import email
import email.policy
import os
import re

import pytest
import requests
from conftest import PASSWORD, Installation, consent, document, eventually
from outside import pdf

MASTER = "urn:oid:2.16.756.5.30.1.999.3.417"
LETTER = pdf.letter(["Lettre de sortie"])


def hidden(page):
    return re.search(r'name="_jeton" value="([^"]*)"', page).group(1)


def test_a_document_needs_the_patients_designation(installation):
    answer = installation.fhir("POST", "/DocumentReference", document(LETTER, MASTER))
    assert answer.status_code == 422
    assert answer.json()["issue"][0]["details"]["text"] == "NotDesignated"


def test_a_designated_doctor_gets_the_document(installation):
    address = "/Consent?identifier=urn:oid:2.16.756.5.30.1.999.6%7CCONS-1"
    assert installation.fhir("PUT", address, consent()).status_code == 201
    answer = installation.fhir("POST", "/DocumentReference", document(LETTER, MASTER))
    assert answer.status_code == 201, answer.text


def test_the_notice_waits_for_the_relay_and_says_nothing(installation):
    # the relay was down when the document was published
    assert installation.mails() == []
    installation.start_relay()
    path = eventually(installation.mails)[0]
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert mail["to"].strip("<>") == "claire.favre@cabinet-lac.example"
    assert mail["message-id"] and mail["date"]
    assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html"}
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        assert "nouveau document" in text and installation.base in text
        for word in ("Jaquet", "Hélène", "1958", "sortie", "Cardiologie", "412033"):
            assert word not in text and word not in mail["subject"]


def test_she_signs_in_with_the_code_of_the_sms_and_reads_byte_for_byte(installation):
    browser = requests.Session()
    browser.verify, browser.trust_env = str(installation.ca), False  # no authority but ours
    page = browser.get(installation.base + "/documents", timeout=10)
    assert page.url.endswith("/connexion?retour=/documents")
    page = browser.post(
        installation.base + "/connexion", timeout=30,
        data={"_jeton": hidden(page.text), "email": "Claire.Favre@cabinet-lac.example", "password": PASSWORD,
              "retour": "/documents"})
    assert "/connexion/code" in page.url, page.text[:500]
    code = eventually(installation.newest_code)
    page = browser.post(
        installation.base + "/connexion/code", timeout=10,
        data={"_jeton": hidden(page.text), "code": code, "retour": "/documents"})
    assert page.url.endswith("/documents") and "Jaquet" in page.text
    assert "max-age=63072000" in page.headers["Strict-Transport-Security"]
    assert all(cookie.secure for cookie in browser.cookies)
    path = re.search(r'href="(/documents/[0-9a-f]{32})', page.text).group(1)
    assert browser.get(installation.base + path + "/fichier", timeout=10).content == LETTER


def test_a_revoked_designation_stops_the_next_release(installation):
    address = "/Consent?identifier=urn:oid:2.16.756.5.30.1.999.6%7CCONS-1"
    assert installation.fhir("PUT", address, consent("inactive")).status_code == 200
    answer = installation.fhir("POST", "/DocumentReference", document(LETTER, MASTER + "1"))
    assert answer.status_code == 422


@pytest.mark.parametrize("changes", [{"aud": "https://elsewhere.example/oauth/token"}, {"exp": 1}, {"sub": "other"}])
def test_a_wrong_assertion_gets_no_token(installation, changes):
    answer = installation.token(**changes)
    assert answer.status_code == 401 and answer.json() == {"error": "invalid_client"}


def test_another_host_is_misdirected(installation):
    answer = requests.get(
        installation.base + "/connexion", headers={"Host": "evil.example"}, verify=str(installation.ca), timeout=10)
    assert answer.status_code == 421


def test_threads_that_serve_pages_take_the_core_from_nobody(installation):
    assert requests.get(installation.base + "/connexion", verify=str(installation.ca), timeout=10).ok
    process = installation.servers["portal"].pid
    policies = {os.sched_getscheduler(int(thread)) for thread in os.listdir(f"/proc/{process}/task")}
    # the event loops are woken as usual
    assert policies == {os.SCHED_OTHER, os.SCHED_BATCH}


def test_it_stops_when_asked_and_the_trail_is_sound(installation):
    assert installation.stop("portal") == 0
    verified = installation.run("audit", "verify", "--checkpoint-file", str(installation.checkpoints))
    assert verified.stdout.startswith("sound:")
    lines = installation.run("audit", "export").stdout.splitlines()
    assert all('"resourceType":"AuditEvent"' in line for line in lines) and len(lines) > 10


def test_a_trail_without_its_checkpoints_is_not_sound(installation):
    # the file is named wrongly: what it proves is missing
    done = installation.run("audit", "verify", check=False)
    assert done.returncode == 1 and done.stdout.startswith("bad: checkpoint 0:"), done.stdout


def test_a_trail_that_never_had_a_checkpoint_is_not_proved(tmp_path):
    place = Installation(tmp_path)
    place.run("communicant", "--type", "373942005")  # an event, and no portal that ran
    done = place.run("audit", "verify", check=False)
    assert done.returncode == 1 and done.stdout.startswith("not proved: 1 events"), done.stdout
    assert "--checkpoint-file" in done.stdout


def test_commands_on_the_trail_need_an_installation(tmp_path):
    place = Installation(tmp_path)
    for command in ("verify", "export", "key"):
        done = place.run("audit", command, check=False)
        assert done.returncode == 78 and "no installation" in done.stderr
        assert not place.data.exists(), "a mistyped folder is not made"


INSECURE = {
    "no base address": ({"base-url": None}, "--base-url"),
    "plain http": ({"base-url": "http://portail.example"}, "secure connection"),
    "open to the network without TLS": ({"host": "0.0.0.0", "tls-certificate": None, "tls-key": None}, "--tls-"),
    "a certificate without its key": ({"tls-key": None}, "together"),
    "mail in the clear": ({"smtp-host": "mail.example", "smtp-security": "none"}, "STARTTLS"),
    "no relay": ({"smtp-host": None}, "--smtp-host"),
    "SMS in the clear": ({"sms-address": "http://sms.example/send"}, "https"),
    "no gateway": ({"sms-gateway": None}, "--sms-gateway"),
    "anybody as proxy": ({"trusted-proxy": "*"}, "--trusted-proxy"),
    "the key among the data": ({"key-file": "DATA/root.key"}, "move it"),
    "the key among the data, by a link": ({"key-file": "LINK/root.key"}, "move it"),
    "the key among the data, by a link to it": ({"key-file": "LINKED-FILE"}, "move it"),
    "checkpoints nowhere": ({"checkpoint-file": None}, "Set --checkpoint-file"),
    "checkpoints among the data": ({"checkpoint-file": "DATA/checkpoints.txt"}, "move it"),
    "checkpoints deep among the data": ({"checkpoint-file": "DATA/a/../b/checkpoints.txt"}, "move it"),
    "checkpoints among the data, by a link": ({"checkpoint-file": "LINK/checkpoints.txt"}, "move it"),
    "checkpoints among the data, by a link to them": ({"checkpoint-file": "LINKED-FILE"}, "move it"),
    "checkpoints in no folder": ({"checkpoint-file": "/nowhere/checkpoints.txt"}, "make it"),
    "a short key": ({"key": "c2hvcnQ="}, "32 bytes"),
    "an unknown setting": ({"demo-personas": "on"}, "no setting"),
    "an unknown policy": ({"consent-policy": "trust"}, "--consent-policy"),
    "an endless session": ({"session-hours": "1000"}, "--session-hours"),
}


@pytest.mark.parametrize("name", INSECURE)
def test_serve_refuses(name, tmp_path):
    changes, word = INSECURE[name]
    place = Installation(tmp_path)
    # two ways around a look at names: a folder that leads to the data, and a file that will be made there
    (tmp_path / "link").symlink_to(place.data)
    (tmp_path / "linked-file").symlink_to("link/secret.txt")
    settings = {**place.settings(), **changes}
    places = {"DATA": place.data, "LINKED-FILE": tmp_path / "linked-file", "LINK": tmp_path / "link"}
    arguments = []
    for key, value in settings.items():
        if value is not None:
            text = str(value)
            for name, path in places.items():
                text = text.replace(name, str(path))
            arguments += [f"--{key}", text]
    done = place.run("serve", *arguments, check=False)
    assert done.returncode == 78, done.stderr
    assert word in done.stderr


def test_serve_refuses_the_data_of_the_demo(tmp_path):
    place = Installation(tmp_path)
    place.data.mkdir()
    (place.data / "demo.json").write_text("{}")
    done = place.run("serve", check=False)
    assert done.returncode == 78 and "demo" in done.stderr
