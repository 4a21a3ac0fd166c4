"""The program as an operator runs it: `serve` over TLS, a relay with STARTTLS, Kannel with its fake carrier.

Under `DURABLE=1 Tests/infra/with_postgres.sh` the rows lie in PostgreSQL, in a database for each portal.
"""

import base64
import hashlib
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import uuid

import pytest
import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from outside import server as outside  # noqa: E402

PASSWORD = "Quatre-Mouettes-grises"


def wait_for(port, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens on {port}")


def eventually(found, seconds=30):
    """The first true value of `found()`; the bound is only there to end a failing test."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError("it did not come")


class Installation:
    def __init__(self, folder):
        self.folder = folder
        self.program = outside.binary()
        self.data, self.database = folder / "data", outside.fresh_database()
        self.whereabouts = ["--data", self.data, *(["--database", self.database] if self.database else [])]
        self.checkpoints = folder / "checkpoints.txt"
        self.port, self.smtp, self.sms = outside.free_port(), outside.free_port(), outside.free_ports(4)
        self.base = f"https://localhost:{self.port}"
        self.ca = folder / "ca" / "ca.crt"
        self.servers = {}
        subprocess.run(["sh", ROOT / "Tests/infra/ca.sh", folder / "ca"], check=True)

    def run(self, *arguments, text=None, check=True):
        done = subprocess.run(
            [self.program, *arguments, *map(str, self.whereabouts)], input=text, text=True, capture_output=True,
            env=outside.environment(), timeout=60)
        if check:
            assert done.returncode == 0, done.stderr
        return done

    def rows(self, query, *values):
        return outside.rows_of(self.data, self.database, query, *values)

    def start(self, name, *command):
        log = open(self.folder / f"{name}.log", "ab")
        self.servers[name] = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=log, stderr=log,
            env=outside.environment(), start_new_session=True)
        return self.servers[name]

    def start_relay(self):
        self.start("smtp", sys.executable, ROOT / "Tests/infra/smtp_sink.py", self.smtp, self.folder / "ca")
        wait_for(self.smtp)

    def start_carrier(self):
        self.start("kannel", "bash", ROOT / "Tests/infra/kannel.sh", self.sms, self.folder / "kannel")
        wait_for(self.sms + 3)

    def settings(self):
        ca = self.folder / "ca"
        return {
            "port": self.port, "base-url": self.base, "tls-certificate": ca / "srv.crt", "tls-key": ca / "srv.key",
            "hospital-name": "Hôpital universitaire du Lac", "hospital-short": "HUL",
            "support-email": "espacepro@hul.example", "support-phone": "+41 22 000 00 10",
            "mail-from": "ne-pas-repondre@hul.example", "smtp-host": "localhost", "smtp-port": self.smtp,
            "smtp-user": "portal", "smtp-password": "secret", "smtp-authority": self.ca, "sms-gateway": "kannel",
            "sms-address": f"http://127.0.0.1:{self.sms + 3}/cgi-bin/sendsms", "sms-user": "portal",
            "sms-password": "secret", "checkpoint-file": self.checkpoints, "drain-seconds": 1,
        }

    def serve(self):
        arguments = [word for name, value in self.settings().items() for word in (f"--{name}", str(value))]
        self.start("portal", self.program, "serve", *self.whereabouts, *arguments)
        eventually(lambda: self.answers("/sante/pret"), 60)

    def answers(self, path):
        try:
            return requests.get(self.base + path, verify=str(self.ca), timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def stop(self, name):
        process = self.servers.pop(name)
        process.stdin.close()
        process.terminate()
        try:
            return process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            raise

    def end(self):
        """After the last test, which has asked what it wanted to know of the end: nobody waits for an orderly one."""
        for name, process in self.servers.items():
            process.stdin.close()
            try:
                if name == "portal":
                    os.killpg(process.pid, 9)
                process.terminate()
                process.wait(20)
            except (OSError, subprocess.TimeoutExpired):
                pass

    def mails(self):
        return sorted((self.folder / "ca" / "maildir" / "new").glob("*"))

    def newest_code(self):
        text = (self.folder / "kannel" / "fakesmsc.out").read_text(errors="replace")
        codes = re.findall(r"(\d{3})[ +](\d{3}) est votre code", text.replace("%20", " "))
        return "".join(codes[-1]) if codes else None

    # The hospital's record system, with an RSA key of its own (SMART Backend Services).

    def make_client(self):
        key = self.folder / "client.pem"
        subprocess.run(
            ["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key],
            check=True, capture_output=True)
        modulus = subprocess.run(
            ["openssl", "rsa", "-in", key, "-noout", "-modulus"], check=True, capture_output=True, text=True).stdout
        number = bytes.fromhex(modulus.split("=")[1].strip())
        jwks = {"keys": [{"kty": "RSA", "alg": "RS384", "use": "sig", "kid": "dpi-1", "e": "AQAB",
                          "n": base64url(number)}]}
        path = self.folder / "jwks.json"
        path.write_text(json.dumps(jwks))
        self.run("client", "--id", "dpi", "--name", "DPI", "--jwks", str(path))

    def token(self, **changes):
        claims = {"iss": "dpi", "sub": "dpi", "aud": self.base + "/oauth/token", "exp": int(time.time()) + 240,
                  "jti": str(uuid.uuid4()), **changes}
        signed = ".".join(base64url(json.dumps(part).encode()) for part in
                          ({"alg": "RS384", "kid": "dpi-1", "typ": "JWT"}, claims))
        signature = subprocess.run(
            ["openssl", "dgst", "-sha384", "-sign", self.folder / "client.pem"], input=signed.encode(),
            check=True, capture_output=True).stdout
        return requests.post(self.base + "/oauth/token", verify=str(self.ca), timeout=10, data={
            "grant_type": "client_credentials", "scope": "system/DocumentReference.cr system/Consent.cru",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": f"{signed}.{base64url(signature)}"})

    def fhir(self, method, path, body):
        bearer = self.token().json()["access_token"]
        return requests.request(
            method, self.base + "/fhir" + path, data=json.dumps(body).encode(), verify=str(self.ca), timeout=30,
            headers={"Authorization": f"Bearer {bearer}", "Content-Type": "application/fhir+json"})


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def document(pdf, master):
    """A DocumentReference about the patient of the documentation."""
    snomed = "http://snomed.info/sct"
    root = "urn:oid:2.16.756.5.30.1.999"
    return {
        "resourceType": "DocumentReference", "status": "current",
        "contained": [{"resourceType": "Patient", "id": "pat", "gender": "female", "birthDate": "1958-03-14",
                       "identifier": [{"system": root + ".1", "value": "000412033"}],
                       "name": [{"family": "Jaquet", "given": ["Hélène"]}]}],
        "extension": [{"url": "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-intendedRecipient",
                       "valueReference": {"type": "Practitioner", "identifier": {
                           "system": "urn:oid:2.51.1.3", "value": "7601099000013"}}}],
        "masterIdentifier": {"system": "urn:ietf:rfc:3986", "value": master},
        "type": {"coding": [{"system": snomed, "code": "373942005"}]}, "subject": {"reference": "#pat"},
        "description": "Lettre de sortie",
        "content": [{"attachment": {
            "contentType": "application/pdf", "language": "fr-CH", "data": base64.b64encode(pdf).decode(),
            "size": len(pdf), "hash": base64.b64encode(hashlib.sha1(pdf).digest()).decode()}}],
        "context": {"encounter": [{"identifier": {"system": root + ".2", "value": "2026111207"}}],
                    "sourcePatientInfo": {"reference": "#pat"}},
    }


def consent(status="active"):
    root = "urn:oid:2.16.756.5.30.1.999"
    return {
        "resourceType": "Consent", "status": status,
        "identifier": [{"system": root + ".6", "value": "CONS-1"}],
        "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                              "code": "patient-privacy"}]},
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IDSCL"}]}],
        "patient": {"type": "Patient", "identifier": {"system": root + ".1", "value": "000412033"}},
        "policy": [{"uri": "https://hul.example/conditions"}],
        "provision": {
            "type": "permit",
            "actor": [{"role": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                                            "code": "IRCP"}]},
                       "reference": {"type": "Practitioner", "identifier": {
                           "system": "urn:oid:2.51.1.3", "value": "7601099000013"}}}],
            "data": [{"meaning": "related", "reference": {"type": "Encounter", "identifier": {
                "system": root + ".2", "value": "2026111207"}}}],
        },
    }


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    place = Installation(tmp_path_factory.mktemp("serve"))
    place.run(
        "practitioner", "--email", "claire.favre@cabinet-lac.example", "--honorific", "Dre", "--family-name", "Favre",
        "--given-name", "Claire", "--mobile", "+41790000001", "--gln", "7601099000013",
        "--notification-email", "claire.favre@cabinet-lac.example", text=PASSWORD + "\n")
    place.run("communicant", "--type", "373942005")
    place.make_client()
    place.start_carrier()
    place.serve()
    yield place
    place.end()
