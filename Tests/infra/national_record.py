"""national_record.py PORT DIR: a national record that takes IHE MHD ITI-65 transactions (certificate in DIR).

Writes each accepted Bundle as one line to DIR/record.jsonl, with its token and trace. Answers as the standard wants;
DIR/answer, if it is there, holds another status. Prints "ready", ends when standard input ends.
"""
import json
import os
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, folder = int(sys.argv[1]), sys.argv[2]


class Record(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, answer = 200, {"resourceType": "OperationOutcome"}
        if os.path.exists(folder + "/answer"):
            status = int(open(folder + "/answer").read())
        if status == 200:
            bundle = json.loads(body)
            with open(folder + "/record.jsonl", "a") as file:
                head = {name: self.headers[name] for name in ("Authorization", "traceparent", "Content-Type")}
                file.write(json.dumps({"path": self.path, "headers": head, "bundle": bundle}) + "\n")
            created = [{"response": {"status": "201 Created"}} for _ in bundle["entry"]]
            answer = {"resourceType": "Bundle", "type": "transaction-response", "entry": created}
        answer = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/fhir+json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(folder + "/srv.crt", folder + "/srv.key")
server = ThreadingHTTPServer(("127.0.0.1", port), Record)
server.socket = tls.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
