"""A service sends a document by hand, follows it, and learns why somebody received nothing; everybody reads his log. On a
desktop, on a phone without scripts, in the dark and narrow."""

import pytest
from outside import pdf
from stage import faults, scrolls_sideways, sign_in

LETTER = pdf.letter(["LETTRE DE SORTIE"])
SIZES = [("desktop", {}), ("phone", {"viewport": {"width": 390, "height": 800}, "java_script_enabled": False}),
         ("dark", {"color_scheme": "dark", "viewport": {"width": 320, "height": 700}})]


def judge(page, out, name, size):
    page.screenshot(path=out / f"service-{name}-{size}.png", full_page=True)
    assert not scrolls_sideways(page), name
    if size != "phone":  # axe needs scripts
        assert not (found := faults(page)), f"{name}: " + "\n".join(found)


@pytest.mark.parametrize("size, settings", SIZES, ids=[size for size, _ in SIZES])
def test_from_the_patient_to_the_journal(portal, browse, out, size, settings):
    page = browse(**settings)
    sign_in(portal, page, "Chappuis", "/service/envois/nouveau")
    judge(page, out, "patient", size)
    page.locator("#numero").fill("000412033")
    page.locator("#sejour").fill("2026111207")
    page.locator("#nom").fill("Jaquet")
    page.locator("#prenom").fill("Hélène")
    page.locator("#naissance").fill("14.03.1958")
    page.locator("#type").select_option("373942005")
    page.locator("#cherche").fill("jeanneret")
    page.get_by_role("button", name="Continuer").click()
    judge(page, out, "recipient", size)
    page.get_by_text("Dr Paul Jeanneret").click()
    page.get_by_role("button", name="Continuer").click()
    judge(page, out, "doubt", size)
    page.locator("#motif").fill("Pédiatre de l’enfant, demandé par la mère.")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_text("L’accord explicite pour cet envoi a été donné").click()
    page.get_by_text("La patiente ou le patient", exact=True).click()
    page.get_by_text("Oral", exact=True).click()
    today = page.evaluate("() => new Date().toLocaleDateString('fr-CH')") if size != "phone" else None
    page.locator("#accord-date").fill(today or __import__("datetime").date.today().strftime("%d.%m.%Y"))
    page.set_input_files("#fichier", files=[{"name": "lettre.pdf", "mimeType": "application/pdf", "buffer": LETTER}])
    judge(page, out, "document", size)
    page.get_by_role("button", name="Envoyer le document").click()
    page.get_by_role("heading", name="Annuler l’envoi").wait_for()
    judge(page, out, "sent", size)
    page.goto("/service/envois")
    judge(page, out, "journal", size)
    page.goto("/service/pourquoi")
    page.locator("#cherche").fill("7601099000013")
    page.get_by_role("button", name="Vérifier").click()
    judge(page, out, "why", size)


@pytest.mark.parametrize("size, settings", SIZES, ids=[size for size, _ in SIZES])
def test_why_nothing_came_and_who_did_what(portal, browse, out, size, settings):
    page = browse(storage_state=portal.session(), **settings)
    for name, address in [("diagnosis", "/aide/je-ne-recois-pas"), ("log", "/profil/acces")]:
        page.goto(address)
        judge(page, out, name, size)
    page = browse(storage_state=portal.session("Vernay"), **settings)
    page.goto("/dpo/patients")
    page.locator("#numero").fill("000412033")
    page.get_by_role("button", name="Chercher").click()
    judge(page, out, "patient-accesses", size)
    page = browse(storage_state=portal.session("Benali"), **settings)
    for name, address in [("services", "/admin/services"), ("protection", "/admin/protection"),
                          ("transmissions", "/admin/transmissions"), ("queue", "/admin/transmissions?file=email")]:
        page.goto(address)
        judge(page, out, name, size)
