"""`serve` beside a record system that is told what happens to documents, and the software of a practice that is called."""

import json
import subprocess
import sys
import time
import uuid

import pytest
import requests
from conftest import ROOT, Installation, base64url, consent, document, eventually, wait_for
from outside import pdf
from outside import server as outside

LETTER = pdf.letter(["Lettre de sortie"])


class Hospital(Installation):
    """With a record system; both ends have P-384 keys."""

    def __init__(self, folder):
        super().__init__(folder)
        self.record = outside.free_port()
        for name in ("feed", "software"):
            subprocess.run(
                ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384",
                 "-out", folder / f"{name}.pem"], check=True, capture_output=True)
            subprocess.run(
                ["openssl", "pkey", "-in", folder / f"{name}.pem", "-pubout", "-out", folder / f"{name}.pub"], check=True)

    def settings(self):
        place = f"https://localhost:{self.record}"
        return super().settings() | {
            "record-feed": place + "/AuditEvent", "record-feed-client": "passerelle",
            "record-feed-token-url": place + "/token", "record-feed-key": self.folder / "feed.pem",
            "record-feed-authority": self.ca, "webhook-allow": "localhost", "webhook-authority": self.ca,
        }

    def start_record(self):
        self.start("record", sys.executable, ROOT / "Tests/infra/record_sink.py", self.record, self.folder / "ca",
                   self.folder / "feed.pub")
        wait_for(self.record)

    def lines(self, name):
        path = self.folder / "ca" / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def register_software(self):
        text = subprocess.run(["openssl", "pkey", "-pubin", "-in", self.folder / "software.pub", "-outform", "DER"],
                              check=True, capture_output=True).stdout
        x, y = text[-96:-48], text[-48:]
        path = self.folder / "software.jwks"
        path.write_text(json.dumps({"keys": [
            {"kty": "EC", "crv": "P-384", "kid": "1", "x": base64url(x), "y": base64url(y)}]}))
        self.run("client", "--id", "cabinet", "--name", "Cabinet du lac", "--jwks", str(path),
                 "--professional", "7601099000013")

    def software(self, method, path, body=None, **headers):
        text = ".".join(base64url(json.dumps(part).encode()) for part in (
            {"alg": "ES384", "kid": "1", "typ": "JWT"},
            {"iss": "cabinet", "sub": "cabinet", "aud": self.base + "/oauth/token", "exp": int(time.time()) + 240,
             "jti": str(uuid.uuid4())}))
        der = subprocess.run(["openssl", "dgst", "-sha384", "-sign", self.folder / "software.pem"],
                             input=text.encode(), check=True, capture_output=True).stdout
        r, at = der[4:4 + der[3]], 4 + der[3]
        s = der[at + 2:at + 2 + der[at + 1]]
        signature = b"".join(n.lstrip(b"\0").rjust(48, b"\0") for n in (r, s))
        token = requests.post(self.base + "/oauth/token", verify=str(self.ca), timeout=10, data={
            "grant_type": "client_credentials", "scope": "system/*.cruds system/DocumentReference.rs system/Binary.r "
                                                         "system/Subscription.crds",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": f"{text}.{base64url(signature)}"}).json()["access_token"]
        return requests.request(
            method, self.base + "/fhir" + path, json=body, verify=str(self.ca), timeout=30,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/fhir+json", **headers})


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    place = Hospital(tmp_path_factory.mktemp("trace"))
    place.run(
        "practitioner", "--email", "claire.favre@cabinet-lac.example", "--honorific", "Dre", "--family-name", "Favre",
        "--given-name", "Claire", "--mobile", "+41790000001", "--gln", "7601099000013", "--notification-email",
        "claire.favre@cabinet-lac.example", text="Quatre-Mouettes-grises\n")
    place.run("communicant", "--type", "373942005")
    place.make_client()
    place.register_software()
    place.start_relay()
    place.serve()
    address = "/Consent?identifier=urn:oid:2.16.756.5.30.1.999.6%7CCONS-1"
    assert place.fhir("PUT", address, consent()).status_code == 201
    yield place
    place.end()


def codes(events):
    return [event["subtype"][-1]["code"] for event in events]


def test_events_wait_for_a_record_system_that_is_away_and_then_come_in_order(hospital):
    answer = hospital.fhir("POST", "/DocumentReference", document(LETTER, "urn:oid:2.16.756.5.30.1.999.3.1"))
    assert answer.status_code == 201, answer.text
    eventually(hospital.mails)
    hospital.start_record()
    events = eventually(lambda: (told := hospital.lines("record.jsonl")) and len(told) >= 2 and told, 90)
    assert codes(events) == ["documentPublished", "noticeSent"]
    text = json.dumps(events, ensure_ascii=False)
    assert "000412033" in text and "7601099000013" in text and "Dre Claire Favre" in text
    assert "Jaquet" not in text and "Lettre de sortie" not in text


def test_the_software_of_the_practice_is_called_and_fetches_the_letter(hospital):
    wish = {"resourceType": "Subscription", "status": "requested", "reason": "Nouveaux documents",
            "criteria": "DocumentReference?status=current",
            "channel": {"type": "rest-hook", "endpoint": f"https://localhost:{hospital.record}/hook"}}
    answer = hospital.software("POST", "/Subscription", wish)
    assert answer.status_code == 201, answer.text
    inside = wish | {"channel": {"type": "rest-hook", "endpoint": "https://127.0.0.1:9999/"}}
    assert hospital.software("POST", "/Subscription", inside).status_code == 422
    answer = hospital.fhir("POST", "/DocumentReference", document(LETTER, "urn:oid:2.16.756.5.30.1.999.3.2"))
    assert answer.status_code == 201, answer.text
    call = eventually(lambda: hospital.lines("hook.jsonl"))[0]
    assert call["body"] == "" and "Authorization" not in call["headers"]

    found = hospital.software("GET", "/DocumentReference?_lastUpdated=gt2020&_count=1").json()
    assert len(found["entry"]) == 1 and any(link["relation"] == "next" for link in found["link"])
    url = found["entry"][0]["resource"]["content"][0]["attachment"]["url"]
    binary = hospital.software("GET", url.removeprefix(hospital.base + "/fhir"))
    assert binary.status_code == 200 and binary.content == LETTER
    part = hospital.software("GET", url.removeprefix(hospital.base + "/fhir"), Range="bytes=0-4")
    assert part.status_code == 206 and part.content == b"%PDF-"

    told = eventually(lambda: [event for event in hospital.lines("record.jsonl")
                               if event["subtype"][-1]["code"] == "documentDownloaded"], 60)
    names = [agent["name"] for agent in told[0]["agent"] if "name" in agent]
    assert "Dre Claire Favre" in names and "cabinet" in names


def test_the_feed_refuses_to_start_without_a_proof_of_who_we_are(hospital):
    done = hospital.run("serve", *[word for name, value in hospital.settings().items()
                                   if not name.startswith("record-feed-") for word in (f"--{name}", str(value))],
                        check=False)
    assert done.returncode != 0 and "--record-feed needs a proof" in done.stderr + done.stdout
