"""s3_proxy.py PORT DIR TARGET [tls]: a bad line to the store on port TARGET; with TLS, certificate in DIR.

DIR/mode says how bad, for one request after the other: "busy 2" answers the next two requests with 503 SlowDown,
"cut 1" ends the next answer in its middle, "lose 1" hands the next request on and drops the answer, "stall 1"
waits a minute before it, "tamper 1" changes the signature, "corrupt 1" changes the ETag, "pass" does nothing. Only
requests whose method stands in the third word count, if there is one. Each request is a line in DIR/requests.
Prints "ready", ends when standard input ends.
"""
import http.client
import pathlib
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, folder, target = int(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
lock = threading.Lock()
BUSY = b"<?xml version='1.0'?><Error><Code>SlowDown</Code><Message>Please</Message></Error>"


def next_mode(method):
    path = folder / "mode"
    with lock:
        words = path.read_text().split() if path.exists() else ["pass"]
        if words[0] == "pass" or (len(words) > 2 and words[2] != method):
            return "pass"
        left = int(words[1]) - 1
        path.write_text(" ".join([words[0], str(left), *words[2:]]) if left else "pass")
        return words[0]


class Line(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def forward(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        mode = next_mode(self.command)
        with lock, open(folder / "requests", "a") as file:
            file.write(f"{self.command} {self.path} {len(body)} {mode}\n")
        if mode == "stall":
            time.sleep(60)
        if mode == "busy":
            return self.answer(503, {}, BUSY)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "expect"}
        headers["Host"] = self.headers["Host"]
        if mode == "tamper":
            signature = headers["Authorization"]
            headers["Authorization"] = signature[:-1] + ("0" if signature[-1] != "0" else "1")
        # the name stays: it is part of what was signed
        store = http.client.HTTPConnection("127.0.0.1", target)
        store.request(self.command, self.path, body, headers)
        response = store.getresponse()
        data = response.read()
        if mode == "lose":
            self.close_connection = True
            return None
        fields = dict(response.getheaders())
        if mode == "corrupt" and "ETag" in fields:
            fields["ETag"] = '"' + "0" * 32 + '"'
        return self.answer(response.status, fields, data, cut=mode == "cut")

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = forward

    def answer(self, status, fields, data, cut=False):
        self.send_response_only(status)
        for name, value in fields.items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        length = fields.get("Content-Length", "0") if self.command == "HEAD" else str(len(data))
        self.send_header("Content-Length", length)
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if cut else data)
        if cut:
            self.close_connection = True

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", port), Line)
server.daemon_threads = True
if "tls" in sys.argv:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "srv.crt", folder / "srv.key")
    server.socket = tls.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
