"""hin_authservice.py PORT DIR: HIN's Authservice as its manual documents it, over TLS (certificate in DIR).

    POST /v1/oauth?targetUrl=…&style=redirect     -> {"url": where the browser signs in}
    GET  /login?target=…&as=NAME                  -> back to targetUrl with a code (without `as`: with none)
    POST /v1/oauth/auth_handle {"authCode": …}    -> {"authHandle": …}, once for each code
    POST /v1/oauth/handle/ {"authHandle": …}      -> the attributes, or 404

Every POST needs `Authorization: Bearer hin-token`. NAME is somebody of PEOPLE. The file DIR/mode bends the answers:
`elsewhere` names a login page of another host, `slow` answers after a minute, `huge` never ends, `broken` is no JSON,
`down` is 503, `redirect` names the login page in Location. Each request is a line of DIR/authservice.jsonl. Prints
"ready", ends when standard input ends.
"""
import json
import secrets
import ssl
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, folder = int(sys.argv[1]), sys.argv[2]
lock = threading.Lock()
codes, handles = {}, {}

PEOPLE = {
    "muster": {"hinid": "musterh", "email": "hans.muster@hin.example", "firstname": "Hans", "lastname": "Muster",
               "gln": "7601999000045", "verificationLevel": 20, "personcodes": ["10"]},
    "favre": {"hinid": "cfavre", "email": "claire.favre@hin.example", "firstname": "Claire", "lastname": "Favre",
              "gln": "7601099000013", "verificationLevel": 10, "personcodes": [10]},
    "team": {"hinid": "cabport", "email": "cabinet@hin.example", "firstname": "Cabinet", "lastname": "du Port",
             "gln": "", "verificationLevel": 0, "personcodes": ["0"]},
    "device": {"hinid": "geraet1", "email": "", "firstname": "", "lastname": "", "gln": "", "verificationLevel": 0,
               "personcodes": ["-1"]},
    "bare": {"hinid": "bare"},
    "nobody": {"email": "a@b.example"},
}


class Authservice(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, value=None, text=None, **headers):
        body = (json.dumps(value) if text is None else text).encode() if value is not None or text else b""
        self.send_response(status)
        for name, content in headers.items():
            self.send_header(name, content)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def mode(self):
        try:
            with open(folder + "/mode") as file:
                return file.read().strip()
        except FileNotFoundError:
            return ""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        with lock, open(folder + "/authservice.jsonl", "a") as file:
            file.write(json.dumps({"path": self.path, "body": body}) + "\n")
        mode = self.mode()
        if self.headers.get("Authorization") != "Bearer hin-token":
            return self.answer(401)
        if mode == "down":
            return self.answer(503)
        if mode == "broken":
            return self.answer(200, text="<html>")
        if mode == "slow":
            time.sleep(60)
        if mode == "huge":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                return
        parts = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(parts.query))
        if parts.path == "/v1/oauth":
            if query.get("style") != "redirect" or "targetUrl" not in query:
                return self.answer(400)
            host = "evil.example" if mode == "elsewhere" else f"localhost:{port}"
            login = f"https://{host}/login?" + urllib.parse.urlencode({"target": query["targetUrl"]})
            return self.answer(302, Location=login) if mode == "redirect" else self.answer(200, {"url": login})
        if parts.path == "/v1/oauth/auth_handle":
            with lock:
                person = codes.pop(json.loads(body).get("authCode"), None)
            if person is None:
                return self.answer(400)
            handle = secrets.token_urlsafe(32)
            handles[handle] = person
            return self.answer(200, {"authHandle": handle})
        if parts.path == "/v1/oauth/handle/":
            person = handles.get(json.loads(body).get("authHandle"))
            return self.answer(200, PEOPLE[person]) if person else self.answer(404)
        return self.answer(404)

    def do_GET(self):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        target, person = query["target"], query.get("as")
        if person:
            code = secrets.token_urlsafe(24)
            codes[code] = person
            target += ("&" if "?" in target else "?") + "code=" + code
        return self.answer(302, Location=target)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", port), Authservice)
server.daemon_threads = True
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(folder + "/srv.crt", folder + "/srv.key")
server.socket = tls.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
