"""Keys, apps, codes on paper and forgotten passwords, in a browser with a virtual authenticator.

Browsers make no passkeys for bare addresses: these tests reach the server as localhost.
"""

import re
import time

import pytest
from outside import reader
from stage import app_code, enter_password, faults, scrolls_sideways, sign_in

NEW_PASSWORD = "Quatre-Mouettes-grises"


@pytest.fixture
def home(portal):
    return f"http://localhost:{portal.port}"


@pytest.fixture
def at_home(portal, home):
    """A browser at localhost, with an authenticator that verifies its user; returns the page and its keys."""
    opened = []

    def open_page(with_keys=True, **settings):
        context, _ = portal.context(base_url=home, **settings)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        if not with_keys:
            return page, None
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable", {"enableUI": False})
        key = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True}})

        def keys():
            return devtools.send("WebAuthn.getCredentials", key)["credentials"]

        return page, keys

    yield open_page
    for context in opened:
        context.close()


def judge(page, out, name):
    """No fault, light and dark, wide and narrow; with pictures to look at."""
    for width in (1280, 390, 320):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=out / f"factors-{name}-{width}-{scheme}.png", full_page=True)
            assert not scrolls_sideways(page), f"{name} at {width}"
            assert not (found := faults(page)), "\n".join(found)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")


def leave(page):
    page.goto("/menu")
    page.locator("main button", has_text="Se déconnecter").first.click()
    page.wait_for_url("**/deconnecte")


def test_a_key_is_added_and_then_signs_in_in_one_step(portal, at_home, out):
    page, keys = at_home()
    sign_in(portal, page, "Monnier")
    page.goto("/profil/securite")
    judge(page, out, "securite-nue")
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    assert page.get_by_text("ont besoin de JavaScript").is_hidden()
    judge(page, out, "cle")
    page.get_by_label("Nom de la clé").fill("Ordinateur du cabinet")
    page.get_by_role("button", name="Créer la clé").click()
    page.get_by_role("heading", name="Vos codes de secours").wait_for()
    assert len(keys()) == 1 and keys()[0]["rpId"] == "localhost"
    assert page.locator("ol.codes li").count() == 10
    judge(page, out, "codes-neufs")
    page.goto("/profil/securite")
    assert page.get_by_text("Ordinateur du cabinet").is_visible()
    judge(page, out, "securite")
    leave(page)

    page.goto("/connexion?retour=/documents")
    judge(page, out, "connexion")
    before = keys()[0]["signCount"]
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url("**/documents")
    assert keys()[0]["signCount"] > before, "the counter that the portal compares"


def test_a_browser_without_the_key_stays_outside_and_is_told(portal, at_home):
    page, _ = at_home()
    page.goto("/connexion")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.get_by_text("La clé d’accès n’a pas été utilisée.").wait_for()
    assert "/connexion" in page.url


def test_no_key_is_offered_at_an_address_that_is_not_its_home(browse):
    page = browse()
    page.goto("/connexion")
    assert page.get_by_role("button", name="Utiliser une clé d’accès").count() == 0
    plain = browse(java_script_enabled=False)
    plain.goto("/connexion")
    assert plain.get_by_role("button", name="Utiliser une clé d’accès").count() == 0
    assert "Les clés d’accès ont besoin de JavaScript." in plain.inner_text("main")


def test_an_app_is_added_and_asked_for_without_javascript(portal, browse, out):
    page = browse(java_script_enabled=False)
    person = sign_in(portal, page, "Jeanneret")
    page.goto("/profil/securite/application")
    page.get_by_role("button", name="Commencer").click()
    secret = page.locator(".secret code").inner_text()
    assert page.locator("main svg[role=img]").is_visible()
    page.screenshot(path=out / "factors-application.png", full_page=True)
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="Confirmer").click()
    assert "Ce code ne correspond pas." in page.inner_text("main")
    page.locator("input[name=code]").fill(app_code(secret))
    page.get_by_role("button", name="Confirmer").click()
    codes = page.locator("ol.codes code").all_inner_texts()
    assert len(set(codes)) == 10
    page.get_by_role("link", name="J’ai conservé les codes").click()
    assert page.get_by_text("Il vous reste 10 codes de secours.").is_visible()

    # the code that confirmed the app counts no more: the next step does, and one later is taken already
    other = browse(java_script_enabled=False)
    other.goto("/connexion")
    enter_password(other, person)
    assert other.get_by_role("heading", name="Saisir le code de l’application").is_visible()
    other.locator("input[name=code]").fill(app_code(secret, time.time() + 30))
    other.get_by_role("button", name="Continuer").click()
    other.wait_for_url(lambda url: "/connexion" not in url)

    lost = browse(java_script_enabled=False)
    lost.goto("/connexion")
    enter_password(lost, person)
    lost.get_by_role("link", name="Utiliser une autre méthode").click()
    lost.screenshot(path=out / "factors-autre-methode.png", full_page=True)
    lost.get_by_role("link", name="Utiliser un code de secours").click()
    lost.locator("input[name=code]").fill(codes[0].lower())
    lost.get_by_role("button", name="Continuer").click()
    lost.wait_for_url(lambda url: "/connexion" not in url)


def test_the_pages_of_the_second_step(portal, at_home, out):
    page, _ = at_home(with_keys=False)
    sign_in(portal, page, "Favre")
    page.goto("/profil/securite/application")
    judge(page, out, "application")
    page.get_by_role("button", name="Commencer").click()
    judge(page, out, "application-code")
    secret = page.locator(".secret code").inner_text()
    page.locator("input[name=code]").fill(app_code(secret))
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("heading", name="Vos codes de secours").wait_for()
    for address, name in (
            ("/profil/securite", "securite-application"), ("/profil/securite/codes-de-secours", "codes"),
            ("/profil/securite/mobile", "mobile"), ("/profil/securite/verification", "verification")):
        page.goto(address)
        judge(page, out, name)
    half, _ = at_home(with_keys=False)
    half.goto("/connexion")
    enter_password(half, portal.persona("Favre"))
    half.wait_for_url("**/connexion/code")
    for address, name in (
            ("/connexion/code", "code-application"), ("/connexion/code/renvoyer", "autre-methode"),
            ("/connexion/code/secours", "code-secours")):
        half.goto(address)
        judge(half, out, name)


def link_for(portal, person, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for message in reader.messages(portal.port):
            found = re.search(r"/mot-de-passe/[0-9a-f]{64}", message["text"])
            if message["to"] == person["email"] and found:
                return found.group(0)
        time.sleep(0.1)
    raise AssertionError("no link on the capture page")


def test_a_forgotten_password(portal, browse, out):
    person = portal.persona("Favre")
    page = browse()
    page.goto("/connexion")
    page.get_by_role("link", name="Mot de passe oublié ?").click()
    judge(page, out, "mot-de-passe-oublie")
    seen = []
    for email in ("personne@cabinet-lac.example", person["email"]):
        page.goto("/mot-de-passe-oublie")
        page.get_by_label("Adresse e-mail").fill(email)
        page.get_by_role("button", name="Envoyer le lien").click()
        seen.append(page.inner_text("body"))
    assert seen[0] == seen[1]
    address = link_for(portal, person)
    page.goto(address)
    page.goto(address)
    judge(page, out, "mot-de-passe")
    fields = page.locator("input[type=password]")
    fields.nth(0).fill(NEW_PASSWORD)
    fields.nth(1).fill(NEW_PASSWORD)
    page.get_by_role("button", name=re.compile("Sauvegarder", re.I)).click()
    page.wait_for_url("**/connexion?fait=mot-de-passe")
    assert page.get_by_text("Votre mot de passe est modifié.").is_visible()
    spent = page.goto(address)
    assert spent.status == 410
    judge(page, out, "lien-perime")
    page.goto("/connexion")
    enter_password(page, person, NEW_PASSWORD)
    page.wait_for_url("**/connexion/code**")
    assert page.get_by_role("heading", name=re.compile("Saisir le code")).is_visible(), "a code as always"
