"""The hospital's record system: signs in as the demo's client and publishes documents through FHIR."""

import base64
import copy
import hashlib
import http.client
import json
import tempfile
import threading
import time
import uuid

from . import pdf


class Hospital:
    """Thread-safe; each thread has its own connection."""

    def __init__(self, server, client="demo"):
        self.server, self.client = server, client
        self.lock, self.local = threading.Lock(), threading.local()
        self.bearer, self.renew_at = None, 0.0
        self.template = self._compose()

    def _compose(self):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf.letter(["Modèle"]))
            file.flush()
            return json.loads(self.server.run("compose", file.name))

    def token(self):
        """Tokens live five minutes: a new one after four."""
        with self.lock:
            if time.monotonic() >= self.renew_at:
                self.bearer = self.server.run("token", "--client", self.client).decode().strip()
                self.renew_at = time.monotonic() + 240
            return self.bearer

    def body(self, content, master=None, title=None, gln=None):
        """The demo's DocumentReference with another content and identifier; for whom, by GLN, if not the demo's."""
        resource = copy.deepcopy(self.template)
        if gln:
            resource["extension"][0]["valueReference"]["identifier"]["value"] = gln
        resource["masterIdentifier"]["value"] = master or new_master()
        attachment = resource["content"][0]["attachment"]
        attachment["data"] = base64.b64encode(content).decode()
        attachment["size"] = len(content)
        attachment["hash"] = base64.b64encode(hashlib.sha1(content).digest()).decode()
        if title:
            attachment["title"] = title
            resource["description"] = title
        return json.dumps(resource, ensure_ascii=False).encode()

    def designate(self, gln):
        """The patient of the demo's message names a professional for its stay (requirements DPI-01)."""
        stay = self.template["context"]["encounter"][0]["identifier"]
        patient = self.template["contained"][0]["identifier"][0]

        def coding(system, code):
            return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}

        status, _, answer = self.request("POST", "/fhir/Consent", json.dumps({
            "resourceType": "Consent", "status": "active",
            "identifier": [{"system": "urn:oid:2.16.756.5.30.1.999.6", "value": f"CONS-ESSAI-{gln}"}],
            "scope": coding("consentscope", "patient-privacy"), "category": [coding("v3-ActCode", "IDSCL")],
            "patient": {"type": "Patient", "identifier": patient}, "policy": [{"uri": "https://hul.example/conditions"}],
            "provision": {
                "type": "permit",
                "actor": [{"role": coding("v3-ParticipationType", "IRCP"),
                           "reference": {"type": "Practitioner",
                                         "identifier": {"system": "urn:oid:2.51.1.3", "value": gln}}}],
                "data": [{"meaning": "related", "reference": {"type": "Encounter", "identifier": stay}}]},
        }).encode())
        if status != 201:
            raise RuntimeError(f"designating {gln}: {status} {answer}")

    def bundle(self, documents, superseded=None):
        """ITI-65: a transaction of documents as `body` makes them, each with its own recipients; it may mark an older one,
        by the portal's identifier, as superseded."""
        entries = []
        for document in map(json.loads, documents):
            attachment = document["content"][0]["attachment"]
            place, binary = f"urn:uuid:{uuid.uuid4()}", f"urn:uuid:{uuid.uuid4()}"
            data, attachment["url"] = attachment.pop("data"), binary
            entries.append(_entry(place, document))
            entries.append(_entry(binary, {"resourceType": "Binary", "contentType": "application/pdf", "data": data}))
        profiles = "https://profiles.ihe.net/ITI/MHD"
        submission = _entry(f"urn:uuid:{uuid.uuid4()}", {
            "resourceType": "List", "status": "current", "mode": "working",
            "extension": [{"url": f"{profiles}/StructureDefinition/ihe-sourceId", "valueIdentifier": {
                "system": "urn:ietf:rfc:3986", "value": "urn:oid:2.16.756.5.30.1.999"}}],
            "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{uuid.uuid4()}"}],
            "code": {"coding": [{"system": f"{profiles}/CodeSystem/MHDlistTypes", "code": "submissionset"}]},
            "entry": [{"item": {"reference": entry["fullUrl"]}} for entry in entries[::2]]})
        if superseded:
            entries.append({"fullUrl": f"urn:uuid:{uuid.uuid4()}", "resource": _status("superseded"),
                            "request": {"method": "PATCH", "url": f"DocumentReference/{superseded}"}})
        bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [submission, *entries]}
        return json.dumps(bundle, ensure_ascii=False).encode()

    def taking_back(self, document, reason=None):
        """(method, path, body) that take a document back, by the portal's identifier: PUT where a reason is given."""
        path = f"/fhir/DocumentReference/{document}"
        if reason is None:
            return "PATCH", path, json.dumps(_status("entered-in-error")).encode()
        url = f"{self.server.base}/fhir/StructureDefinition/withdrawal-reason"
        return "PUT", path, json.dumps({
            "resourceType": "DocumentReference", "id": document, "status": "entered-in-error",
            "extension": [{"url": url, "valueString": reason}]}).encode()

    def find(self, master):
        """What the portal has under this identifier of ours."""
        return self.search(f"DocumentReference?identifier=urn:ietf:rfc:3986%7C{master}")

    def search(self, query):
        """All pages of it; asked again for a minute while the portal says that it has too much to do. Raises RuntimeError
        when it does not answer with one."""
        found, path, end = [], f"/fhir/{query}", time.monotonic() + 60
        while path:
            status, _, answer = self.request("GET", path)
            if status == 503 and time.monotonic() < end:
                time.sleep(0.5)
                continue
            if status != 200:
                raise RuntimeError(f"{path}: {status} {answer}")
            found += [entry["resource"] for entry in answer.get("entry", [])]
            following = [link["url"] for link in answer["link"] if link["relation"] == "next"]
            path = following[0].removeprefix(self.server.base) if following else None
        return found

    def publish(self, body):
        """(status, headers, parsed answer or None). Raises OSError or HTTPException when the answer is lost."""
        return self.request("POST", "/fhir/DocumentReference", body)

    def read(self, document):
        return self.request("GET", f"/fhir/DocumentReference/{document}")

    def request(self, method, path, body=None):
        """(status, headers, parsed answer or None). Raises OSError or HTTPException when the answer is lost; a question
        on a connection that the portal closed for idleness is asked once more (RFC 9112 9.3.1)."""
        is_used = getattr(self.local, "connection", None) is not None
        try:
            answer, text = self._exchange(method, path, body)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            if method != "GET" or not is_used:
                raise
            answer, text = self._exchange(method, path, body)
        parsed = json.loads(text) if text[:1] in (b"{", b"[") else None
        return answer.status, dict((name.lower(), value) for name, value in answer.getheaders()), parsed

    def _exchange(self, method, path, body):
        connection = getattr(self.local, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
            self.local.connection = connection
        headers = {"Authorization": f"Bearer {self.token()}", "Accept": "application/fhir+json"}
        if body is not None:
            headers["Content-Type"] = "application/fhir+json"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer, answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            self.local.connection = None
            raise


def _entry(place, resource):
    return {"fullUrl": place, "resource": resource, "request": {"method": "POST", "url": resource["resourceType"]}}


def _status(code):
    parts = [{"name": "path", "valueString": "DocumentReference.status"}, {"name": "type", "valueCode": "replace"},
             {"name": "value", "valueCode": code}]
    return {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": parts}]}


def new_master():
    return f"urn:uuid:{uuid.uuid4()}"


def document_id(headers):
    """The portal's own identifier, from the address of what was made."""
    parts = headers["location"].split("/")
    return parts[parts.index("DocumentReference") + 1]
