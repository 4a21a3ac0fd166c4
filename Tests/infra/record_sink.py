"""record_sink.py PORT DIR PUBLIC_KEY: a hospital's record system and the software of a practice (certificate in DIR).

/token takes client assertions that the key signed (ES384), each once, and gives bearer tokens; /AuditEvent takes events
with such a token and writes them to DIR/record.jsonl, one a line, unless DIR/away exists: then it answers 503. /hook
writes each call to DIR/hook.jsonl. Prints "ready", ends when standard input ends.
"""
import base64
import json
import pathlib
import secrets
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

port, folder, public_key = int(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
lock = threading.Lock()
tokens, used = set(), set()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def der(signature):
    """OpenSSL wants r and s as ASN.1 numbers."""
    parts = b""
    for number in (signature[:48], signature[48:]):
        number = number.lstrip(b"\0") or b"\0"
        number = b"\0" + number if number[0] & 0x80 else number
        parts += b"\x02" + bytes([len(number)]) + number
    return b"\x30" + bytes([len(parts)]) + parts


def is_signed(assertion):
    head, claims, signature = assertion.split(".")
    header, body = json.loads(decoded(head)), json.loads(decoded(claims))
    (folder / "signature.der").write_bytes(der(decoded(signature)))
    done = subprocess.run(
        ["openssl", "dgst", "-sha384", "-verify", public_key, "-signature", folder / "signature.der"],
        input=f"{head}.{claims}".encode(), capture_output=True)
    fresh = time.time() < body["exp"] <= time.time() + 300 and body["jti"] not in used
    used.add(body["jti"])
    return (done.returncode == 0 and fresh and header["alg"] == "ES384" and body["iss"] == body["sub"] == "passerelle"
            and body["aud"] == f"https://localhost:{port}/token")


class Sink(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        with lock:
            status, answer = self.answer(body)
        text = json.dumps(answer).encode() if answer else b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def answer(self, body):
        if self.path == "/token":
            form = {name: values[0] for name, values in parse_qs(body).items()}
            if form["scope"] != "system/AuditEvent.c" or not is_signed(form["client_assertion"]):
                return 401, {"error": "invalid_client"}
            tokens.add(secrets.token_hex(16))
            return 200, {"access_token": sorted(tokens)[-1], "token_type": "bearer", "expires_in": 300}
        if self.path == "/AuditEvent":
            if (folder / "away").exists():
                return 503, None
            if self.headers.get("Authorization", "").removeprefix("Bearer ") not in tokens:
                return 401, None
            self.note("record.jsonl", json.loads(body))
            return 201, None
        if self.path == "/hook":
            self.note("hook.jsonl", {"body": body, "headers": dict(self.headers)})
            return 204, None
        return 404, None

    def note(self, name, line):
        with open(folder / name, "a") as file:
            file.write(json.dumps(line) + "\n")

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", port), Sink)
server.daemon_threads = True
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(folder / "srv.crt", folder / "srv.key")
server.socket = tls.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
