"""A doctor without a browser: forms, redirects and cookies by hand.

The cookies are `__Host-…; Secure`. Browsers send such cookies to http://127.0.0.1 too; Python's cookie jars do not,
hence the small one here.
"""

import html.parser
import http.client
import json
import re
import time
import urllib.parse


class Reader:
    def __init__(self, port, source=None):
        """`source` is the address he comes from, any of 127.0.0.0/8: a stranger in a network of his own."""
        self.port, self.source, self.cookies, self.connection = port, source, {}, None

    def request(self, method, path, form=None, headers=None):
        """(status, headers, body), without following redirects."""
        headers = dict(headers or {})
        if self.cookies:
            headers["Cookie"] = self.cookie_header()
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
            headers["Sec-Fetch-Site"] = "same-origin"
        for attempt in (1, 2):
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection(
                    "127.0.0.1", self.port, timeout=60, source_address=self.source and (self.source, 0))
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                text = answer.read()
                break
            except (OSError, http.client.HTTPException):
                self.close()
                if fresh or attempt == 2:
                    raise
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._keep(value)
        return answer.status, dict((name.lower(), value) for name, value in answer.getheaders()), text

    def get(self, path, **headers):
        return self.request("GET", path, headers=headers)

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def cookie_header(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep(self, line):
        pair, *rules = [part.strip() for part in line.split(";")]
        name, _, value = pair.partition("=")
        ages = [rule.partition("=")[2] for rule in rules if rule.lower().startswith("max-age=")]
        if not value or ages == ["0"]:
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def sign_in(self, persona, back=""):
        """Password, code from the capture page, session: the path of the start page."""
        self.enter_password(persona, back)
        code = newest_code(self.port, persona, self.since)
        return self.enter_code(code)

    def enter_password(self, persona, back=""):
        self.since = codes_sent(self.port, persona)
        path = "/connexion" + (f"?retour={urllib.parse.quote(back, safe='')}" if back else "")
        fields = hidden_fields(self.get(path)[2])
        fields.update(email=persona["email"], password=persona["password"])
        status, headers, body = self.request("POST", "/connexion", fields)
        if status != 303 or "/connexion/code" not in headers.get("location", ""):
            raise RuntimeError(f"password step: {status} {headers.get('location')} {visible(body)}")
        self.code_path = headers["location"]

    def enter_code(self, code):
        fields = hidden_fields(self.get(self.code_path)[2])
        fields["code"] = code
        status, headers, body = self.request("POST", "/connexion/code", fields)
        if status != 303:
            raise RuntimeError(f"code step: {status} {visible(body)}")
        return headers["location"]


class _Hidden(html.parser.HTMLParser):
    """The hidden fields of the form that has the wanted kind of field."""

    def __init__(self):
        super().__init__()
        self.forms = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append({"method": attributes.get("method", "get").lower(), "hidden": {}, "typed": set()})
        if tag == "input" and self.forms:
            if attributes.get("type") == "hidden":
                self.forms[-1]["hidden"][attributes.get("name", "")] = attributes.get("value", "")
            else:
                self.forms[-1]["typed"].add(attributes.get("name", ""))


def hidden_fields(page, typed=("password", "code")):
    """Of the first form into which a password or a code is typed, else of the first form that posts."""
    parser = _Hidden()
    parser.feed(re.sub(r"<script.*?</script[^>]*>", "", page.decode(), flags=re.S))
    posting = [form for form in parser.forms if form["method"] == "post"]
    wanted = [form for form in posting if form["typed"] & set(typed)] or posting
    return dict(wanted[0]["hidden"]) if wanted else {}


def visible(page):
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page.decode(errors="replace"), flags=re.S)
    return " ".join(text.split())[:400]


def fetch_json(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return json.loads(text)
    finally:
        connection.close()


def personas(port):
    return fetch_json(port, "/demo/personas")


def persona(port, name):
    return next(person for person in personas(port) if name in person["name"])


def messages(port):
    return fetch_json(port, "/demo/messages")


def _codes(port, person):
    targets = {digits(person.get("mobile") or "-"), (person["email"] or "").lower()}
    found = []
    for message in messages(port):
        if "/mot-de-passe/" in message["text"]:  # the secret of a link may look like a code
            continue
        words = re.search(r"(?<!\d)(\d{3})[\s\u00a0\u202f]?(\d{3})(?!\d)", message["text"])
        sms = message["kind"] == "sms" and digits(message["to"]) in targets
        mail = message["kind"] == "email" and message["to"].lower() in targets and "code" in message["text"]
        if words and (sms or mail):
            found.append(words.group(1) + words.group(2))
    return found


def digits(number):
    return re.sub(r"\D", "", number) or number


def codes_sent(port, person):
    return len(_codes(port, person))


def newest_code(port, person, since, seconds=15):
    """The code that arrived after the first `since` ones."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        codes = _codes(port, person)
        if len(codes) > since:
            return codes[0]
        time.sleep(0.02)
    raise RuntimeError(f"no code for {person['name']} within {seconds} s")
