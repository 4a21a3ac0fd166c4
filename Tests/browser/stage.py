"""What the tests do again and again: sign in through the real pages, find a document, judge a page."""

import base64
import hashlib
import hmac
import re
import struct
import time
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from outside import reader
from playwright.sync_api import Error

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PUBLIC_PAGES = [
    "/", "/connexion", "/deconnecte", "/aide", "/mot-de-passe-oublie", "/aide/je-ne-recois-pas",
    "/accessibilite", "/protection-des-donnees", "/cette-page-n-existe-pas",
]
# The capture page of the demo; the pages of a code in progress are visited by their own test.
DEMO_PAGES = ["/demo/personas", "/demo/messages"]

# The focus may be drawn around the row that holds the focused link.
SEES_FOCUS = """() => {
  let one = document.activeElement;
  for (let level = 0; one && level < 4; level++, one = one.parentElement) {
    const seen = getComputedStyle(one);
    if (seen.outlineStyle !== 'none' && parseFloat(seen.outlineWidth) >= 2) return true;
  }
  return false;
}"""


class Portal:
    """A running server and the browser that looks at it."""

    def __init__(self, server, chromium):
        self.server, self.chromium = server, chromium
        self.base, self.port = server.base, server.port
        self._sessions = {}

    def context(self, **settings):
        """A fresh browser context, and the list that fills with addresses asked of other hosts."""
        options = dict(
            base_url=self.base, locale="fr-CH", timezone_id="Europe/Zurich", accept_downloads=True,
            viewport={"width": 1280, "height": 900})
        options.update(settings)
        context = self.chromium.new_context(**options)
        context.set_default_timeout(15_000)
        strangers = []
        context.on("request", lambda request: self._watch(request.url, strangers))
        return context, strangers

    def _watch(self, url, strangers):
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != f"127.0.0.1:{self.port}":
            strangers.append(url)

    def persona(self, name="Favre"):
        return reader.persona(self.port, name)

    def newest_code(self, person, since):
        return reader.newest_code(self.port, person, since)

    def codes_sent(self, person):
        return reader.codes_sent(self.port, person)

    def session(self, name="Favre"):
        """The stored state of a browser that has signed in once: few codes are sent in a quarter of an hour."""
        if name not in self._sessions:
            context, _ = self.context()
            sign_in(self, context.new_page(), name)
            self._sessions[name] = context.storage_state()
            context.close()
        return self._sessions[name]


def sign_in(portal, page, name="Favre", start="/connexion"):
    """Through the real pages, with the code from the capture page."""
    person = portal.persona(name)
    since = portal.codes_sent(person)
    page.goto(start)
    enter_password(page, person)
    page.wait_for_url("**/connexion/code**")
    enter_code(page, portal.newest_code(person, since))
    page.wait_for_url(lambda url: "/connexion" not in url)
    return person


def app_code(secret, moment=None):
    """What an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(re.sub(r"\s", "", secret))
    mac = hmac.new(key, struct.pack(">Q", int(moment or time.time()) // 30), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def enter_password(page, person, password=None):
    page.get_by_label("Adresse e-mail").fill(person["email"])
    page.locator("input[type=password]").fill(password or person["password"])
    page.get_by_role("button", name=re.compile("^connexion$", re.I)).click()


def enter_code(page, code):
    """Six digits send themselves where scripts run; elsewhere, and for fewer digits, the button does it."""
    before = page.evaluate("performance.timeOrigin")
    page.locator("input[name=code]").fill(code)
    for _ in range(10):
        page.wait_for_timeout(100)
        if "/connexion/code" not in page.url:
            return
        try:
            if page.evaluate("performance.timeOrigin") != before:
                return
        except Error:  # in the middle of a navigation
            return
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_load_state()


def first_document(page):
    """The address of the newest document of the inbox."""
    page.goto("/documents")
    return document_links(page)[0]


def document_links(page):
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    found = [re.match(r"/documents/[A-Za-z0-9_-]{16,}(?=$|[?#])", link) for link in links]
    return list(dict.fromkeys(match.group(0) for match in found if match))


def first_patient(page):
    page.goto("/patients")
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    return next(link for link in links if re.match(r"/patients/[^/?#]{8,}", link))


def faults(page):
    """What axe objects to, one line a rule. Colours that are on their way to others are waited for: halfway between light and
    dark nobody reads."""
    page.evaluate("""async () => {
      const moving = document.getAnimations().filter(one => one instanceof CSSTransition)
      const still = Promise.allSettled(moving.map(one => one.finished))
      await Promise.race([still, new Promise(done => setTimeout(done, 1000))])
    }""")
    found = Axe().run(page, options={"runOnly": RULES})
    lines = []
    for fault in found.response["violations"]:
        first = fault["nodes"][0]
        why = " ".join(first["failureSummary"].split())
        lines.append(f"{fault['id']}, {len(fault['nodes'])} times, such as {first['html'][:120]}: {why[:300]}")
    return lines


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
