"""What holds for each page: no accessibility fault in light and dark, no sideways scroll, no name where none belongs."""

import pytest
from stage import DEMO_PAGES, PUBLIC_PAGES, enter_password, faults, first_document, first_patient, scrolls_sideways

NAMES = [
    "jaquet", "nguyen", "morel", "bürgi", "burgi", "ferreira", "keller", "dupraz", "hélène", "helene", "minh",
    "pascal", "joão", "joao", "lucien",
]
OPEN = [(path, "anybody") for path in PUBLIC_PAGES + DEMO_PAGES]
HALF = [(path, "code expected") for path in ("/connexion/code", "/connexion/code/renvoyer", "/connexion/code/secours")]
SIGNED_IN = [
    (path, "doctor") for path in (
        "/accueil", "/documents", "/documents?vue=nonlus", "{document}",
        "{document}/imprimer", "{document}/plein-ecran", "{document}/acces", "/patients", "{patient}", "/profil/securite",
        "/profil/securite/application", "/profil/securite/cles/nouvelle", "/profil/securite/codes-de-secours",
        "/profil/securite/mobile", "/profil/securite/verification", "/menu", "/contact", "/aide", "/profil", "/profil/adresses",
        "/profil/adresses/nouvelle", "/profil/organisation", "/profil/preferences", "/aide/je-ne-recois-pas",
        "/documents/inconnu0000000000000000")
]
PAGES = OPEN + HALF + SIGNED_IN
each_page = pytest.mark.parametrize("path, who", PAGES, ids=[f"{path} ({who})" for path, who in PAGES])


class Visitors:
    """The stored state of each kind of visitor, and the addresses that stand for the placeholders; made when needed."""

    def __init__(self, portal):
        self.portal, self.half, self.places = portal, None, None

    def state(self, who):
        if who == "anybody":
            return None
        return self.portal.session() if who == "doctor" else self._code_expected()

    def address(self, path):
        if "{" not in path:
            return path
        if self.places is None:
            context, _ = self.portal.context(storage_state=self.portal.session())
            page = context.new_page()
            self.places = {"document": first_document(page), "patient": first_patient(page)}
            context.close()
        return path.format(**self.places)

    def _code_expected(self):
        if self.half is None:
            context, _ = self.portal.context()
            page = context.new_page()
            page.goto("/connexion")
            enter_password(page, self.portal.persona())
            page.wait_for_url("**/connexion/code**")
            self.half = context.storage_state()
            context.close()
        return self.half


@pytest.fixture(scope="module")
def visitors(portal):
    return Visitors(portal)


@pytest.fixture
def visit(browse, visitors):
    def go(path, who, listening=None, **settings):
        page = browse(storage_state=visitors.state(who), **settings)
        if listening is not None:
            page.on("console", lambda said: listening.append(said.text) if said.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: listening.append(str(error)))
        page.goto(visitors.address(path))
        return page

    return go


def picture(path, who):
    name = path.split("?")[0].strip("/").replace("/", "-").strip("{}") or "start"
    return name.replace("{", "").replace("}", "") + ("-" + path.split("?")[1].split("=")[0] if "?" in path else "")


@each_page
def test_no_fault_on_a_desktop_in_light_and_dark_and_no_name_where_none_belongs(visit, out, path, who):
    said = []
    page = visit(path, who, listening=said, color_scheme="light")
    page.wait_for_load_state("networkidle")
    wrong = [*complaints(page, said), *names(page)]
    for scheme in ("light", "dark"):
        wrong += judged(page, scheme, out / f"{picture(path, who)}-{scheme}.png")
    assert not wrong, "\n".join(wrong)


@each_page
def test_no_fault_and_no_sideways_scroll_on_a_phone(visit, out, path, who):
    page = visit(path, who, viewport={"width": 320, "height": 700}, color_scheme="dark")
    wrong = faults(page)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 700})
        in_scheme(page, "light")
        page.screenshot(path=out / f"{picture(path, who)}-{width}.png", full_page=True)
        wrong += [f"it scrolls sideways at {width}"] * scrolls_sideways(page)
    assert not wrong, "\n".join(wrong)


def in_scheme(page, scheme):
    """The page in light or dark, with nothing on its way from one colour to the other."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")


def judged(page, scheme, file):
    in_scheme(page, scheme)
    page.screenshot(path=file, full_page=True)
    return [f"{scheme}: {fault}" for fault in faults(page)]


def names(page):
    """Patients in the title and the links, and a title that says nothing."""
    # the attributes: a form with several buttons called «action» has these as its property of that name
    links = page.eval_on_selector_all(
        "a[href], form[action], button[formaction]",
        "all => all.map(one => ['href', 'action', 'formaction'].map(name => one.getAttribute(name) ?? '').join(' '))")
    told = " ".join([page.title(), page.url, *links]).lower()
    return [f"{name} is named" for name in NAMES if name in told] + ["there is no title"] * (not page.title().strip())


def complaints(page, said):
    """What the browser has to complain of."""
    if page.evaluate("document.title").startswith(("Page introuvable", "Erreur")):
        return [text for text in said if "status of 404" not in text]
    return list(said)


UNFOLDED = ["/documents", "{document}", "/accueil", "/profil/securite", "/aide", "/profil", "/profil/preferences"]


@pytest.mark.parametrize("path", UNFOLDED)
def test_no_fault_with_everything_unfolded(visit, out, path):
    page = visit(path, "doctor", color_scheme="light")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    wrong = []
    for scheme in ("light", "dark"):
        wrong += judged(page, scheme, out / f"{picture(path, 'doctor')}-unfolded-{scheme}.png")
    assert not wrong, "\n".join(wrong)
