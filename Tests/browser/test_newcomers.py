"""A doctor, a midwife and an assistant ask for accounts, are validated by the portal team, and work in the doctor's
space: each in a browser of his own, each with another second factor."""

import re
import time

import pytest
from outside import pdf, reader
from stage import app_code, document_links, enter_code, enter_password

PASSWORD = "lanterne-verte-jeudi"
LETTER = "Lettre de sortie du service de cardiologie"


class Newcomer:
    """Somebody who has no account yet."""

    def __init__(self, title, given, family, email, mobile, profession, gln=None):
        self.title, self.given, self.family, self.email = title, given, family, email
        self.mobile, self.profession, self.gln = mobile, profession, gln

    @property
    def name(self):
        return f"{self.title} {self.given} {self.family}"

    @property
    def persona(self):
        """As the pages of the sign-in are filled in."""
        return {"email": self.email, "mobile": self.mobile, "password": PASSWORD}


class Known:
    """Somebody of the demo, as `come_for_the_first_time` wants it."""

    def __init__(self, portal, name):
        self.persona = portal.persona(name)


DOCTOR = Newcomer(
    "Dr", "Marc", "Aeby", "marc.aeby@cabinet-aeby.example", "+41790000101", "physician", "7601999000120")
MIDWIFE = Newcomer(
    "Mme", "Anne", "Bovet", "anne.bovet@sages-femmes.example", "+41790000102", "midwife", "7601999000137")
ASSISTANT = Newcomer(
    "M.", "Yves", "Cornu", "yves.cornu@cabinet-aeby.example", "+41790000103", "assistant")


@pytest.fixture
def open_browser(portal):
    """A browser at localhost, where passkeys can be made; with an authenticator when asked for."""
    opened = []

    def open_page(with_keys=False):
        context, _ = portal.context(base_url=f"http://localhost:{portal.port}")
        opened.append(context)
        page = context.new_page()
        if with_keys:
            devtools = context.new_cdp_session(page)
            devtools.send("WebAuthn.enable", {"enableUI": False})
            devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True}})
        return page

    yield open_page
    for context in opened:
        context.close()


def newest(portal, to, word):
    """The text of the newest message to an address that holds a word."""
    for _ in range(100):
        for message in reader.messages(portal.port):
            if message["to"].replace(" ", "") == to and word in message["text"]:
                return message["text"]
        time.sleep(0.2)
    raise AssertionError(f"no message to {to}")


def ask(page, person):
    """« Créer un compte », and a time for the call."""
    page.goto("/connexion")
    page.get_by_role("link", name="Créer un compte").click()
    page.get_by_label("Titre*").fill(person.title)
    page.get_by_label("Nom*", exact=True).fill(person.family)
    page.get_by_label("Prénom*").fill(person.given)
    page.get_by_label("Adresse e-mail*").fill(person.email)
    page.get_by_label("Numéro de téléphone*").fill(person.mobile)
    page.locator("#password").fill(PASSWORD)
    page.locator("#confirmation").fill(PASSWORD)
    page.get_by_label("Recevoir le code par SMS").check()
    page.get_by_label("Profession*", exact=True).select_option(person.profession)
    if person.gln:
        page.get_by_label("Identifiant professionnel*", exact=True).fill(person.gln)
    else:
        page.get_by_label("Type de l’identifiant professionnel*").select_option("none")
        page.get_by_label("Identifiant professionnel*", exact=True).fill("0")
        page.get_by_label("Professionnelle ou professionnel responsable").fill(DOCTOR.name)
    page.get_by_role("button", name="Créer un compte").click()
    page.wait_for_url("**/creer-un-compte/envoye")
    page.locator("details:has-text('Visioconférence') label.choice").first.click()
    page.get_by_role("button", name="Choisir ce rendez-vous").first.click()
    page.get_by_text("Rendez-vous enregistré").first.wait_for()


def prove(portal, page, person):
    """The registrar calls, and looks at the identity document. Returns the address of the case."""
    page.goto("/admin/comptes/demandes")
    page.locator("td a", has_text=f"{person.family} {person.given}").first.click()
    case = page.url
    page.get_by_role("button", name=re.compile("Envoyer le code de contrôle")).click()
    page.locator("#code").wait_for()
    text = newest(portal, person.mobile, "code de contrôle")
    page.locator("#code").fill("".join(re.findall(r"\d", text))[:6])
    page.get_by_role("button", name="Vérifier le code").click()
    page.get_by_text("Code confirmé").first.wait_for()
    page.get_by_label("Type de pièce*").select_option("passport")
    page.get_by_label("Numéro de la pièce*").fill(f"X{person.mobile[-7:]}")
    page.get_by_label("Valable jusqu’au*").fill("31.05.2031")
    page.get_by_label("Date de naissance*").fill("02.03.1984")
    page.get_by_label("Sexe selon la pièce*").select_option("female" if person.title == "Mme" else "male")
    page.get_by_label("La photo correspond à la personne").check()
    page.get_by_label("SMS de contrôle, code lu par la personne").check()
    if page.get_by_label(re.compile("Pourquoi l’écart")).count():
        page.get_by_label(re.compile("Pourquoi l’écart")).fill("Vérifié en ligne pendant l’appel.")
    page.get_by_label("Lieu de la vérification*").fill("Visioconférence")
    page.get_by_role("button", name="Valider l’identité").click()
    page.get_by_text("Identité vérifiée par vous").first.wait_for()
    return case


def activate(page, case):
    """A second person of the team."""
    page.goto(case)
    page.get_by_role("button", name="Activer le compte").click()
    page.get_by_text("Compte activé.").first.wait_for()


def confirm_address(portal, page, person):
    path = re.search(r"/confirmer-email/[0-9a-f]{64}", newest(portal, person.email, "/confirmer-email/")).group(0)
    page.goto(path)
    page.get_by_role("button", name="Confirmer mon adresse").click()
    page.get_by_text("Votre compte est actif.").first.wait_for()


def come_for_the_first_time(portal, page, person):
    """With the code that was sent to the telephone of the request."""
    since = portal.codes_sent(person.persona)
    page.goto("/connexion")
    enter_password(page, person.persona)
    page.wait_for_url("**/connexion/code**")
    enter_code(page, portal.newest_code(person.persona, since))
    page.wait_for_url(lambda url: "/connexion/code" not in url)


def leave(page):
    page.goto("/menu")
    page.locator("main button", has_text="Se déconnecter").first.click()
    page.wait_for_url("**/deconnecte")


def add_app(page):
    page.goto("/profil/securite/application")
    page.get_by_role("button", name="Commencer").click()
    secret = page.locator(".secret code").inner_text()
    page.locator("input[name=code]").fill(app_code(secret))
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("link", name="J’ai conservé les codes").click()
    return secret


def add_key(page):
    page.goto("/profil/securite")
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_label("Nom de la clé").fill("Téléphone")
    page.get_by_role("button", name="Créer la clé").click()
    page.get_by_role("heading", name="Vos codes de secours").wait_for()


def offer_delegation(page, person):
    page.goto("/profil/delegations")
    page.get_by_role("link", name="Demander une délégation").click()
    page.get_by_label("Adresse e-mail du compte").fill(person.email)
    page.get_by_role("button", name="Proposer la délégation").click()
    page.get_by_text("Délégation proposée.").wait_for()


def accept_delegation(page):
    page.goto("/profil/delegations")
    page.get_by_role("button", name=re.compile("Accepter")).click()
    page.get_by_text("En attente de validation").wait_for()


def read_the_letter(page):
    page.goto("/documents")
    links = document_links(page)
    assert len(links) == 1, links
    page.goto(links[0])
    assert LETTER in page.inner_text("main")


def test_from_creating_accounts_to_work_in_the_doctors_space(portal, hospital, open_browser, out):
    doctor, midwife, assistant = open_browser(), open_browser(with_keys=True), open_browser()
    registrar, second = open_browser(), open_browser()
    people = ((DOCTOR, doctor), (MIDWIFE, midwife), (ASSISTANT, assistant))
    come_for_the_first_time(portal, registrar, Known(portal, "Moret"))
    come_for_the_first_time(portal, second, Known(portal, "Benali"))

    # the requests; the team validates them
    for person, page in people:
        ask(page, person)
        activate(second, prove(portal, registrar, person))
        confirm_address(portal, page, person)

    # the first sign-in leads to the profile; the assistant has none, and nobody has asked for him yet
    for person, page in people:
        come_for_the_first_time(portal, page, person)
        assert ("/connexion/espace" if person is ASSISTANT else "/profil") in page.url, person.name
    assistant.screenshot(path=out / "newcomers-nobody-yet.png")
    secret = add_app(doctor)
    add_key(midwife)

    # the hospital sends the doctor a letter; he wants help with his letters
    hospital.designate(DOCTOR.gln)
    status, _, answer = hospital.publish(hospital.body(pdf.letter([LETTER]), title=LETTER, gln=DOCTOR.gln))
    assert status == 201, answer
    for person, page in ((ASSISTANT, assistant), (MIDWIFE, midwife)):
        offer_delegation(doctor, person)
        accept_delegation(page)
        second.goto("/admin/delegations")
        second.get_by_role("button", name=re.compile(f"Activer la délégation : {re.escape(person.name)}")).click()
        second.get_by_text("Délégation active.").wait_for()
        leave(page)
    leave(doctor)

    # the doctor with his app
    doctor.goto("/connexion")
    enter_password(doctor, DOCTOR.persona)
    doctor.wait_for_url("**/connexion/code**")
    time.sleep(30 - time.time() % 30)  # the code that added the app opens nothing any more
    enter_code(doctor, app_code(secret))
    doctor.wait_for_url(lambda url: "/connexion" not in url)
    read_the_letter(doctor)

    # the assistant with a code by SMS: there is one space, and he is in it
    come_for_the_first_time(portal, assistant, ASSISTANT)
    assert assistant.get_by_text(f"Vous agissez pour {DOCTOR.name}").is_visible()
    read_the_letter(assistant)
    assistant.screenshot(path=out / "newcomers-assistant.png")

    # the midwife with her passkey, in one step: she has a space of her own, and chooses
    midwife.goto("/connexion")
    midwife.get_by_role("button", name="Utiliser une clé d’accès").click()
    midwife.wait_for_url("**/connexion/espace**")
    midwife.get_by_role("button", name=re.compile(DOCTOR.name)).click()
    midwife.get_by_text(f"Vous agissez pour {DOCTOR.name}").wait_for()
    read_the_letter(midwife)
    midwife.screenshot(path=out / "newcomers-midwife.png")

    # he sees who read for him
    doctor.goto("/profil/delegations/activite")
    acts = doctor.inner_text("main")
    assert ASSISTANT.name in acts and MIDWIFE.name in acts and "Document ouvert" in acts
    doctor.screenshot(path=out / "newcomers-doctor.png")
