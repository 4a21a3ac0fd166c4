"""Asking for an account and becoming its holder, through the real pages: by keyboard and mouse, on a desktop, on a phone,
in the dark, and once without any script."""

import re
import time

import pytest
from outside import pdf, reader
from stage import faults, scrolls_sideways, sign_in

PASSPORT = pdf.letter(["PASSEPORT"])
PASSWORD = "lanterne-verte-jeudi"


def judge(page, out, name, size):
    page.screenshot(path=out / f"enrolment-{name}-{size}.png", full_page=True)
    assert not scrolls_sideways(page), name
    # axe needs scripts
    if not getattr(page.context, "without_scripts", False):
        assert not (found := faults(page)), f"{name}: " + "\n".join(found)


def fill_request(page, number):
    page.goto("/creer-un-compte")
    page.get_by_label("Titre*").fill("M.")
    page.get_by_label("Nom*", exact=True).fill("Aubert")
    page.get_by_label("Prénom*").fill("Julien")
    page.get_by_label("Adresse e-mail*").fill(f"julien.aubert{number}@physio-lac.example")
    page.get_by_label("Numéro de téléphone*").fill(f"+41 79 000 01 0{number}")
    page.locator("#password").fill(PASSWORD)
    page.locator("#confirmation").fill(PASSWORD)
    page.get_by_label("Recevoir le code par SMS").check()
    page.get_by_label("Profession*", exact=True).select_option("physiotherapist")
    page.get_by_label("Identifiant professionnel*", exact=True).fill(["7601999000052", "7601999000069", "7601999000076", "7601999000083"][number])
    page.get_by_label("Cabinet ou organisation (facultatif)").fill("Physio du Lac")


def newest(portal, to, word):
    """The newest message to an address that holds a word."""
    for _ in range(100):
        for message in reader.messages(portal.port):
            if message["to"] == to and word in message["text"]:
                return message["text"]
        time.sleep(0.2)
    raise AssertionError(f"no message to {to}")


SIZES = [("desktop", {}), ("phone", {"viewport": {"width": 390, "height": 800}}),
         ("dark", {"color_scheme": "dark", "viewport": {"width": 320, "height": 700}})]


@pytest.mark.parametrize("number, size, settings", [(i, *one) for i, one in enumerate(SIZES)], ids=[s for s, _ in SIZES])
def test_from_the_request_to_the_first_sign_in(portal, browse, out, number, size, settings):
    email, mobile = f"julien.aubert{number}@physio-lac.example", f"+417900001 0{number}".replace(" ", "")
    page = browse(java_script_enabled=size != "phone", **settings)
    page.context.without_scripts = size == "phone"
    page.goto("/connexion")
    page.get_by_role("link", name="Créer un compte").click()
    judge(page, out, "request", size)
    page.get_by_role("button", name="Créer un compte").evaluate("button => button.form.noValidate = true") if size != "phone" else None
    if size != "phone":
        page.get_by_role("button", name="Créer un compte").click()
        assert "Il y a" in page.inner_text(".errsum")
        judge(page, out, "request-mistakes", size)
    fill_request(page, number)
    page.get_by_role("button", name="Créer un compte").click()
    page.wait_for_url("**/creer-un-compte/envoye")
    assert "Demande envoyée" in page.inner_text("h1")
    judge(page, out, "sent", size)
    page.locator("details:has-text('Visioconférence') label.choice").first.click()
    page.get_by_role("button", name="Choisir ce rendez-vous").first.click()
    assert "Rendez-vous enregistré" in page.inner_text("main")
    page.locator("input[type=file]").set_input_files({"name": "passeport.pdf", "mimeType": "application/pdf", "buffer": PASSPORT})
    page.get_by_role("button", name="Envoyer la copie").click()
    assert "Copie reçue." in page.inner_text("main")
    judge(page, out, "followed", size)

    check = browse(storage_state=portal.session("Moret"), **settings)
    check.goto("/admin")
    judge(check, out, "dashboard", size)
    check.goto("/admin/comptes/demandes")
    judge(check, out, "queue", size)
    check.goto("/admin/rendez-vous")
    judge(check, out, "appointments", size)
    check.goto("/admin/rendez-vous/lieux")
    judge(check, out, "sites", size)
    check.goto("/admin/comptes/demandes")
    check.locator("td a", has_text="Aubert Julien").last.click()
    judge(check, out, "case", size)
    case = check.url
    with check.expect_download() as download:
        check.get_by_role("link", name="Télécharger la copie").click()
    assert download.value.suggested_filename.endswith(".pdf")
    check.get_by_role("button", name=re.compile("Envoyer le code de contrôle")).click()
    text = newest(portal, mobile, "code de contrôle")
    check.get_by_label("Code lu par la personne", exact=True).fill("".join(re.findall(r"\d", text))[:6])
    check.get_by_role("button", name="Vérifier le code").click()
    assert "Code confirmé" in check.inner_text("main")
    check.get_by_label("Type de pièce*").select_option("passport")
    check.get_by_label("Numéro de la pièce*").fill(f"X123456{number}")
    check.get_by_label("Valable jusqu’au*").fill("31.05.2031")
    check.get_by_label("Date de naissance*").fill("02.03.1984")
    check.get_by_label("Sexe selon la pièce*").select_option("male")
    check.get_by_label("La photo correspond à la personne").check()
    check.get_by_label("SMS de contrôle, code lu par la personne").check()
    check.get_by_label(re.compile("Pourquoi l’écart")).fill("GLN vérifié en ligne.")
    check.get_by_label("Lieu de la vérification*").fill("Visioconférence")
    check.get_by_role("button", name="Valider l’identité").click()
    assert "Identité vérifiée par vous" in check.inner_text("main")
    judge(check, out, "proved", size)

    approve = browse(storage_state=portal.session("Benali"), **settings)
    approve.goto(case)
    judge(approve, out, "approval", size)
    approve.get_by_role("button", name="Activer le compte").click()
    assert "Compte activé." in approve.inner_text("main")

    link = re.search(r"/confirmer-email/[0-9a-f]{64}", newest(portal, email, "/confirmer-email/")).group(0)
    page.goto(link)
    judge(page, out, "confirm", size)
    page.get_by_role("button", name="Confirmer mon adresse").click()
    assert "Votre compte est actif." in page.inner_text("main")
    judge(page, out, "confirmed", size)


DESK = ["/admin", "/admin/comptes", "/admin/comptes?etat=suspended", "/admin/equipe", "/admin/domaines", "/admin/professions",
        "/admin/registre", "/admin/journal", "/admin/comptes/demandes?vue=closes"]


@pytest.mark.parametrize("path", DESK)
@pytest.mark.parametrize("size, settings", SIZES, ids=[s for s, _ in SIZES])
def test_the_pages_of_the_portal_team(portal, browse, out, path, size, settings):
    page = browse(storage_state=portal.session("Benali"), **settings)
    page.goto(path)
    name = re.sub(r"\W+", "-", path.strip("/"))
    judge(page, out, name, size)
    text = page.inner_text("body").lower()
    assert not [word for word in ("jaquet", "lettre de sortie", "nguyen") if word in text]


def test_one_account_and_its_suspension(portal, browse, out):
    page = browse(storage_state=portal.session("Benali"))
    page.goto("/admin/comptes?q=monnier")
    page.get_by_role("link", name="Monnier Léa").click()
    judge(page, out, "account", "desktop")
    page.get_by_text("Suspendre le compte").first.click()
    page.locator("#motif-suspended").fill("Demande du cabinet")
    page.get_by_role("button", name="Suspendre le compte").click()
    assert "Compte suspendu." in page.inner_text("main")
    page.get_by_text("Réactiver le compte").first.click()
    page.locator("#motif-active").fill("Levée")
    page.get_by_role("button", name="Réactiver le compte").click()
    assert "Compte réactivé." in page.inner_text("main")


@pytest.mark.parametrize("size, settings", SIZES, ids=[s for s, _ in SIZES])
def test_the_registers_ask_whether_it_is_you(browse, out, size, settings):
    page = browse(**settings)
    page.goto("/creer-un-compte")
    number = page.get_by_label("Identifiant professionnel*", exact=True)
    number.fill("7601999000038")
    page.get_by_text("Est-ce vous ? Julien Aubert, Physiothérapeute").wait_for()
    assert page.get_by_label("Nom*", exact=True).input_value() == "", "it fills in nothing"
    judge(page, out, "register", size)
    number.fill("7601999000007")
    page.get_by_text("Aucun registre ne connaît ce GLN.").wait_for()
    # Enter in a field sends the request and does not look up
    page.get_by_label("Nom*", exact=True).press("Enter")
    assert page.url.endswith("/creer-un-compte")


def test_a_number_typed_before_the_script_came_is_looked_up_too(browse):
    page = browse()
    scripts = []
    page.route(re.compile(r"/lookup[^/]*\.js"), lambda route: scripts.append(route))
    page.goto("/creer-un-compte")
    page.get_by_label("Identifiant professionnel*", exact=True).fill("7601999000038")
    page.wait_for_timeout(100)
    scripts[0].continue_()
    page.get_by_text("Est-ce vous ? Julien Aubert, Physiothérapeute").wait_for()


def test_who_waits_for_an_account_reads_so_at_the_sign_in(browse, out):
    page = browse(viewport={"width": 390, "height": 800})
    fill_request(page, 3)
    page.get_by_role("button", name="Créer un compte").click()
    page.wait_for_url("**/creer-un-compte/envoye")
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill("julien.aubert3@physio-lac.example")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Connexion", exact=True).click()
    assert "Votre compte n’est pas encore actif." in page.inner_text("main")
    judge(page, out, "pending", "phone")
    page.get_by_role("link", name="Suivi de la demande").click()
    assert "Votre demande de compte" in page.inner_text("h1")


def test_an_account_is_asked_for_with_hin(portal, browse, out):
    page = browse(viewport={"width": 390, "height": 800})
    page.goto("/creer-un-compte")
    page.get_by_role("link", name="Créer mon compte avec HIN").click()
    page.get_by_role("link", name=re.compile("sans compte dans le portail")).or_(
        page.get_by_role("button", name=re.compile("sans compte dans le portail"))).click()
    page.wait_for_url("**/connexion/hin/compte")
    judge(page, out, "hin", "phone")
    page.get_by_label("Numéro de téléphone*").fill("079 000 00 45")
    page.get_by_role("button", name="Créer mon compte avec HIN").click()
    page.wait_for_url("**/creer-un-compte/envoye")
    for name, size, settings in [("Moret", "desktop", {}), ("Benali", "dark", SIZES[2][1])]:
        check = browse(storage_state=portal.session(name), **settings)
        check.goto("/admin/comptes/demandes")
        check.locator("td a", has_text="Berthoud Luc").click()
        assert "DEP (le plus élevé)" in check.inner_text("main") and "Type de pièce" not in check.inner_text("main")
        judge(check, out, "hin-case", size)


@pytest.mark.parametrize("size, settings", SIZES, ids=[s for s, _ in SIZES])
def test_second_factors_are_taken_away_by_two(portal, browse, out, size, settings):
    page = browse(storage_state=portal.session("Benali"), **settings)
    page.goto("/admin/comptes?q=jeanneret")
    page.get_by_role("link", name="Jeanneret Paul").click()
    account = page.url
    page.get_by_text("Réinitialiser les seconds facteurs").first.click()
    page.get_by_role("button", name="Proposer la réinitialisation").click()
    assert "Réinitialisation proposée." in page.inner_text("main")
    judge(page, out, "reset", size)
    other = browse(storage_state=portal.session("Perret"), **settings)
    other.goto("/admin")
    other.get_by_role("link", name=re.compile("Seconds facteurs à réinitialiser : Dr Paul Jeanneret")).click()
    assert other.url == account
    assert other.get_by_role("button", name="Approuver la réinitialisation").count() == 0, "the holder has a day to stop it"
    other.get_by_role("button", name="Retirer la proposition").click()
    assert "Proposition retirée." in other.inner_text("main")
