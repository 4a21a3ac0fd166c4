"""`serve` with a real OpenID Connect provider (Glewlwyd), and what it does with codes that are misused."""

import base64
import hashlib
import re
import secrets
import shutil
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from conftest import PASSWORD, ROOT, Installation, eventually, wait_for
from outside import server as outside

GLN = "7601099000013"

pytestmark = pytest.mark.skipif(shutil.which("glewlwyd") is None, reason="glewlwyd is missing: scripts/setup-tests.sh")


class Provider:
    """Glewlwyd with two users and one client, by its own interface."""

    def __init__(self, place):
        self.port = outside.free_port()
        self.folder = place.folder / "glewlwyd"
        self.api = f"http://localhost:{self.port}/api"
        self.issuer = self.api + "/oidc"
        self.back = place.base + "/connexion/oidc/retour"
        place.start("glewlwyd", "bash", ROOT / "Tests/infra/glewlwyd.sh", self.port, self.folder)
        wait_for(self.port)
        self.admin = requests.Session()
        self.admin.trust_env = False
        self.call("/auth/", username="admin", password="password")
        for name, given, gln in (("favre", "Claire", GLN), ("berthoud", "Luc", "7601999000045")):
            self.call("/user/", username=name, name=f"{given} {name.title()}", email=f"{name}@hin.example", gln=gln,
                      given_name=given, family_name=name.title(), password="password1",
                      scope=["openid", "g_profile"], enabled=True)
        self.call("/client/?source=database", client_id="portal", name="Passerelle", confidential=True,
                  client_secret="s3cret", enabled=True, redirect_uri=[self.back],
                  authorization_type=["code", "refresh_token"], token_endpoint_auth_method=["client_secret_basic"],
                  scope=[])
        claims = [{"name": name, "user-property": name, "type": "string", "mandatory": True, "on-demand": False,
                   "scope": []} for name in ("gln", "given_name", "family_name")]
        self.call("/mod/plugin/", module="oidc", name="oidc", display_name="OIDC", parameters={
            "iss": self.issuer, "jwt-type": "rsa", "jwt-key-size": "256",
            "key": (self.folder / "private.pem").read_text(), "cert": (self.folder / "public.pem").read_text(),
            "jwks-show": True, "access-token-duration": 3600, "refresh-token-duration": 86400, "code-duration": 60,
            "code-replay": True, "refresh-token-rolling": True, "allow-non-oidc": False,
            "auth-type-code-enabled": True, "auth-type-refresh-enabled": True, "auth-type-id-token-enabled": True,
            "auth-type-token-enabled": False, "auth-type-none-enabled": False, "auth-type-password-enabled": False,
            "auth-type-client-enabled": False, "auth-type-device-enabled": False, "subject-type": "public",
            "pkce-allowed": True, "pkce-method-plain-allowed": False, "pkce-required": True,
            "name-claim": "mandatory", "email-claim": "mandatory", "scope-claim": "no", "allowed-scope": ["openid"],
            "claims": claims, "introspection-revocation-allowed": False, "register-client-allowed": False,
            "request-parameter-allow": True})

    def call(self, path, **body):
        self.admin.post(self.api + path, json=body, timeout=10).raise_for_status()

    def sign_in(self, user, address):
        """Somebody signs in there and agrees. Returns where the browser is sent back to."""
        browser = requests.Session()
        browser.trust_env = False
        browser.post(self.api + "/auth/", json={"username": user, "password": "password1"}, timeout=10)
        browser.put(self.api + "/auth/grant/portal", json={"scope": "openid"}, timeout=10)
        answer = browser.get(address + "&g_continue", allow_redirects=False, timeout=10)
        return answer.headers.get("location", "")


class WithProvider(Installation):
    secret = "s3cret"

    def settings(self):
        return {**super().settings(), "oidc-issuer": self.provider.issuer, "oidc-client": "portal",
                "oidc-secret": self.secret, "oidc-label": "Mon hôpital", "oidc-scopes": "openid"}

    def browser(self):
        browser = requests.Session()
        browser.verify, browser.trust_env = str(self.ca), False
        return browser

    def begin(self, browser):
        answer = browser.get(self.base + "/connexion/oidc", allow_redirects=False, timeout=10)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def come(self, user, browser=None):
        browser = browser or self.browser()
        return browser.get(self.provider.sign_in(user, self.begin(browser)), timeout=20)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = WithProvider(tmp_path_factory.mktemp("identity"))
    place.run(
        "practitioner", "--email", "claire.favre@cabinet-lac.example", "--honorific", "Dre", "--family-name", "Favre",
        "--given-name", "Claire", "--mobile", "+41790000001", "--gln", GLN,
        "--notification-email", "claire.favre@cabinet-lac.example", text=PASSWORD + "\n")
    place.provider = Provider(place)
    place.serve()
    yield place
    place.end()


def test_the_provider_is_offered(place):
    page = place.browser().get(place.base + "/connexion", timeout=10).text
    assert "Se connecter avec Mon hôpital" in page


def test_an_identity_that_claims_a_known_gln_waits_for_the_team(place):
    page = place.come("favre")
    assert page.status_code == 403 and "pas encore associée à votre compte" in page.text


def test_once_linked_it_opens_the_account(place):
    claims = place.provider.admin.get(place.provider.api + "/user/favre", timeout=10).json()
    assert claims["gln"] == GLN
    trail = place.run("identity", "list").stdout
    subject = re.search(r"(\S+)\s+waiting", trail).group(1)
    place.run("identity", "link", "--provider", "oidc", "--issuer", place.provider.issuer, "--subject", subject,
              "--email", "claire.favre@cabinet-lac.example")
    page = place.come("favre")
    assert page.status_code == 200 and page.url.endswith("/accueil"), page.text
    assert "Dre Claire Favre" in page.text


def test_somebody_unknown_is_nobody_here(place):
    page = place.come("berthoud")
    assert "Se déconnecter" not in page.text and "Claire" not in page.text


def test_an_address_of_return_counts_once_and_in_one_browser(place):
    browser = place.browser()
    back = place.provider.sign_in("favre", place.begin(browser))
    thief = place.browser()
    assert thief.get(back, timeout=20).status_code == 410
    assert browser.get(back, timeout=20).url.endswith("/accueil")
    fresh = place.browser()
    fresh.cookies.update(browser.cookies)
    fresh.cookies.pop("__Host-session", None)
    assert fresh.get(back, timeout=20).status_code == 410


def test_a_code_of_another_sign_in_is_refused_by_the_provider(place):
    """The thief's code with the victim's state: its verifier is another (PKCE)."""
    victim, thief = place.browser(), place.browser()
    state = parse_qs(urlsplit(place.begin(victim)).query)["state"][0]
    stolen = place.provider.sign_in("berthoud", place.begin(thief))
    code = parse_qs(urlsplit(stolen).query)["code"][0]
    page = victim.get(place.provider.back, params={"state": state, "code": code}, timeout=20)
    assert page.status_code == 403 and "pas pu être vérifiée" in page.text


def test_the_provider_is_as_strict_as_we_need_it(place):
    """No PKCE, another address of return, another secret, a code twice: Glewlwyd refuses each."""
    provider = place.provider
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {"response_type": "code", "client_id": "portal", "redirect_uri": provider.back, "scope": "openid",
             "state": "s", "nonce": "n", "code_challenge": challenge, "code_challenge_method": "S256"}

    def ask(**changes):
        asked = {name: value for name, value in {**query, **changes}.items() if value}
        address = requests.Request("GET", provider.issuer + "/auth", params=asked).prepare().url
        return parse_qs(urlsplit(provider.sign_in("favre", address)).query).get("code", [None])[0]

    def redeem(code, verifier=verifier, secret="s3cret", back=provider.back):
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "client_id": "portal",
                "code_verifier": verifier}
        return requests.post(provider.issuer + "/token", data=form, auth=("portal", secret), timeout=10).status_code

    assert ask(code_challenge="", code_challenge_method="") is None
    assert ask(redirect_uri="https://evil.example/") is None
    code = ask()
    assert redeem(code, verifier="x" * 64) != 200
    assert redeem(ask(), secret="wrong") != 200
    code = ask()
    assert redeem(code) == 200 and redeem(code) != 200


def test_the_switch_closes_it_at_once(place):
    browser = place.browser()
    assert place.come("favre", browser).url.endswith("/accueil")
    place.run("identity", "switch", "--provider", "oidc", "--no-on")
    assert browser.get(place.base + "/accueil", timeout=10).url.endswith("/connexion?retour=/accueil")
    assert "Mon hôpital" not in place.browser().get(place.base + "/connexion", timeout=10).text
    page = place.browser().get(place.base + "/connexion/oidc", timeout=10)
    assert page.status_code == 503 and "momentanément fermée" in page.text
    place.run("identity", "switch", "--provider", "oidc")
    assert place.come("favre").url.endswith("/accueil")


def test_a_wrong_secret_and_a_provider_that_is_away_are_said(place):
    place.stop("portal")
    place.secret = "another"
    place.serve()
    page = place.come("favre")
    assert page.status_code == 503 and "ne répond pas" in page.text
    place.stop("glewlwyd")
    place.stop("portal")
    place.serve()
    page = place.browser().get(place.base + "/connexion/oidc", timeout=20)
    assert page.status_code == 503 and "Avec un mot de passe" in page.text


@pytest.mark.parametrize("change, words", [
    ({"oidc-issuer": "http://login.hul.example"}, "--oidc-issuer is not accepted"),
    ({"oidc-secret": ""}, "Set --oidc-secret"),
    ({"oidc-attributes": "gln"}, "--oidc-attributes must be a list"),
    ({"hin-address": "http://oauth2.hin.example", "hin-token": "t"}, "--hin-address is not accepted"),
    ({"hin-address": "https://oauth2.hin.example"}, "Set --hin-token"),
    ({"identity-header-secret": "a-secret-that-is-long-enough"}, "Set --identity-header-gateway"),
    ({"identity-header-gateway": "*", "identity-header-secret": "x"}, "--identity-header-gateway is one network"),
    ({"identity-header-gateway": "10.0.0.7", "identity-header-issuer": "acs"}, "Set --identity-header-secret"),
    ({"identity-header-gateway": "10.0.0.7", "identity-header-secret": "short"}, "at least 20"),
    ({"identity-second-factor": "perhaps"}, "--identity-second-factor must be"),
])
def test_insecure_settings_do_not_start(place, change, words):
    settings = {**place.settings(), **change}
    arguments = [word for name, value in settings.items() if value != "" for word in (f"--{name}", str(value))]
    done = subprocess.run(
        [place.program, "serve", "--data", str(place.data), *arguments], text=True, capture_output=True,
        env=outside.environment(), timeout=60)
    assert done.returncode == 78 and words in done.stderr, done.stderr
