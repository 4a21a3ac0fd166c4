"""webhook_sink.py PORT DIR: an SMS provider's HTTPS service, and CAMARA SIM Swap under /sim-swap (certificate in DIR).

Writes each request as one line of JSON to DIR/webhook.jsonl. The number decides the answer: it ends in 500,
400, 401, 404, 302 or 999 (answers after two minutes) or 888 (an endless answer); anything else gets 201. A number that
ends in 7 has a new SIM card. Prints "ready", ends when standard input ends.
"""
import json
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, folder = int(sys.argv[1]), sys.argv[2]
lock = threading.Lock()


class Sink(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with lock, open(folder + "/webhook.jsonl", "a") as file:
            line = {"path": self.path, "headers": dict(self.headers), "body": body}
            file.write(json.dumps(line) + "\n")
        asked = json.loads(body)
        number = asked.get("to") or asked["phoneNumber"]
        ending = number[-3:]
        if ending == "999":
            time.sleep(120)
        status = int(ending) if ending in ("500", "400", "401", "404", "302") else 201
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        if ending == "888":
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                return
        answer = json.dumps({"swapped": number[-1] == "7"}).encode() if self.path == "/sim-swap" else b""
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", port), Sink)
server.daemon_threads = True
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(folder + "/srv.crt", folder + "/srv.key")
server.socket = tls.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
