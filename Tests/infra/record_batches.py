"""record_batches.py PORT DIR: a record system that takes several events at once (certificate in DIR).

Writes each Bundle at /fhir as a line of the events' numbers to DIR/bundles.jsonl, and each event that it takes, alone or in
one, to DIR/taken.jsonl. Of the events DIR/refused names (JSON, number to status) it answers with that status; DIR/answer
holds another status for whole bundles, DIR/silent lets the entries of its answers out. Prints "ready", ends when standard
input ends.
"""
import json
import pathlib
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])


def note(name, line):
    with open(folder / name, "a") as file:
        file.write(json.dumps(line) + "\n")


class Record(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, answer = self.bundle(body) if self.path == "/fhir" else (self.event(body), None)
        text = json.dumps(answer).encode() if answer else b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def bundle(self, bundle):
        assert bundle["type"] == "batch"
        for entry in bundle["entry"]:
            assert entry["request"] == {"method": "POST", "url": "AuditEvent"}
        note("bundles.jsonl", [entry["resource"]["id"] for entry in bundle["entry"]])
        if (folder / "answer").exists():
            return int((folder / "answer").read_text()), None
        entries = [{"response": {"status": str(self.event(entry["resource"]))}} for entry in bundle["entry"]]
        if (folder / "silent").exists():
            entries = []
        return 200, {"resourceType": "Bundle", "type": "batch-response", "entry": entries}

    def event(self, event):
        path = folder / "refused"
        refused = json.loads(path.read_text()) if path.exists() else {}
        code = event["subtype"][-1]["code"]
        if code in refused:
            return refused[code]
        note("taken.jsonl", [event["id"], code])
        return 201

    def log_message(self, *arguments):
        pass


tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(folder / "srv.crt", folder / "srv.key")
server = ThreadingHTTPServer(("127.0.0.1", port), Record)
server.daemon_threads = True
server.socket = tls.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
