"""The profile in a real browser: saved with and without scripts, looked up while typed, nothing lost."""

import pytest
from stage import faults, scrolls_sideways, sign_in


@pytest.fixture
def visit(browse, portal):
    def go(path, **settings):
        page = browse(storage_state=portal.session(), **settings)
        page.goto(path)
        return page

    return go


def test_the_menu_leads_to_the_profile_and_its_tabs_lead_on(visit):
    page = visit("/accueil")
    page.locator("details.user summary").click()
    page.get_by_role("link", name="Voir mon profil").first.click()
    page.wait_for_url("**/profil")
    for name, address in (
            ("Vos adresses", "/profil/adresses"), ("Votre organisation / cabinet", "/profil/organisation"),
            ("Préférences pour le portail", "/profil/preferences"), ("Informations personnelles", "/profil")):
        page.locator("nav.tabs").get_by_role("link", name=name).click()
        page.wait_for_url(f"**{address}")
        assert page.locator("nav.tabs [aria-current=page]").inner_text() == name


def test_the_mail_for_documents_is_looked_up_while_it_is_typed(visit, out):
    page = visit("/profil/preferences")
    field = page.locator("#documentEmail")
    state = page.locator("#documentEmail-etat")
    field.fill("claire.favre@hin.example")
    page.locator("#documentEmail-etat[data-state=secured]").wait_for()
    assert state.inner_text() == "Adresse sécurisée par HIN."
    page.screenshot(path=out / "profil-preferences-secured.png")
    field.fill("claire.favre@inconnu.example")
    page.locator("#documentEmail-etat[data-state=unknown]").wait_for()
    assert not (found := faults(page)), "\n".join(found)


def test_a_refused_form_says_so_first_and_keeps_what_was_typed(visit, out):
    page = visit("/profil")
    page.locator("#phone").fill("079-000-00-01")
    page.get_by_role("button", name="Sauvegarder").click()
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.classList.contains('errsum')")
    assert page.locator("#phone").input_value() == "079-000-00-01"
    page.screenshot(path=out / "profil-refused.png", full_page=True)
    assert not (found := faults(page)), "\n".join(found)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_everything_is_saved_without_scripts(visit, out, width):
    page = visit("/profil/adresses/nouvelle?genre=practice", java_script_enabled=False,
                 viewport={"width": width, "height": 800})
    page.locator("#street").fill(f"Rue des Tanneurs {width}")
    page.locator("#postalCode").fill("1205")
    page.locator("#city").fill("Ville du Lac")
    page.get_by_role("button", name="Sauvegarder").click()
    page.wait_for_url("**/profil/adresses?fait=adresse")
    assert page.get_by_text(f"Rue des Tanneurs {width}").is_visible()
    page.screenshot(path=out / f"profil-adresses-filled-{width}.png", full_page=True)
    page.goto("/profil/organisation")
    page.locator("#organizationPhone").fill("022 555 01 00")
    page.get_by_role("button", name="Sauvegarder").click()
    page.wait_for_url("**/profil/organisation?fait=profil")
    assert page.locator("#organizationPhone").input_value() == "+41 22 555 01 00"
    page.goto("/profil/preferences")
    page.locator("#displayedTypes summary").click()
    page.locator("label.check", has_text="Rapport d’imagerie").click()
    page.get_by_role("button", name="Sauvegarder").click()
    page.wait_for_url("**/profil/preferences?fait=preferences")
    assert "1 type" in page.locator("#displayedTypes summary").inner_text()
    page.goto("/documents")
    assert page.get_by_text("ne sont pas affichés").is_visible()
    page.screenshot(path=out / f"documents-hidden-{width}.png")
    page.goto("/profil/preferences")
    page.locator("#displayedTypes summary").click()
    page.locator("label.check", has_text="Rapport d’imagerie").click()
    page.get_by_role("button", name="Sauvegarder").click()
    page.wait_for_url("**/profil/preferences?fait=preferences")


def test_no_documents_passes_by_a_page_of_its_own(visit, out):
    page = visit("/profil/preferences", viewport={"width": 390, "height": 800})
    page.get_by_text("Ne pas envoyer les documents").click()
    page.get_by_role("button", name="Sauvegarder").click()
    page.get_by_role("heading", name="Ne plus recevoir de documents").wait_for()
    page.screenshot(path=out / "profil-stop-390.png", full_page=True)
    assert not (found := faults(page)), "\n".join(found)
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Revenir").click()
    page.wait_for_load_state()
    assert page.locator("#deliveryMode-none").is_checked(), "what was chosen is not lost"


def test_what_was_typed_is_not_lost_without_a_question(visit):
    page = visit("/profil/organisation")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#organizationName").press_sequentially("x")
    page.get_by_role("link", name="Rétablir").click()
    page.wait_for_load_state()
    assert asked == [], "one field only, and it is meant"
    page.locator("#organizationName").press_sequentially("x")
    page.locator("nav.tabs").get_by_role("link", name="Vos adresses").click()
    page.wait_for_url("**/profil/adresses")
    assert asked == ["beforeunload"]


def test_everything_is_reached_by_the_keyboard(visit):
    page = visit("/profil/preferences")
    page.locator("#notificationPolicy-sinceLastSignIn").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "notificationPolicy-daily"
    card = page.locator("label[for=notificationPolicy-daily]")
    assert card.evaluate("one => getComputedStyle(one).outlineStyle") != "none"


def test_the_start_page_is_the_one_of_ones_choice(portal, browse):
    page = browse()
    sign_in(portal, page, "Jeanneret")
    page.goto("/profil/preferences")
    page.locator("#startPage").select_option("patients")
    page.locator("#theme").select_option("dark")
    page.get_by_role("button", name="Sauvegarder").click()
    page.wait_for_url("**/profil/preferences?fait=preferences")
    page.goto("/")
    page.wait_for_url("**/patients")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
