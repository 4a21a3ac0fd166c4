"""The ways in through HIN, which the demo plays: the doctor's, and those that end with a reason."""

import pytest
from stage import faults, scrolls_sideways

PEOPLE = {
    "cabport": ("identité d’équipe", "Une identité d’équipe n’ouvre pas de compte professionnel."),
    "lberthoud": ("sans compte", "Aucun compte avec cette identité"),
    "pjeanneret": ("ne connaît pas encore", "Cette identité n’est pas encore associée à votre compte."),
    "": ("n’est pas actif", "HIN n’a pas confirmé votre identité."),
}


def come(page, words):
    page.goto("/connexion")
    page.get_by_role("link", name="Identité HIN").click()
    page.wait_for_url("**/demo/hin/connexion**")
    page.get_by_role("link", name=words).click()


def test_the_doctor_comes_and_goes_with_hin(browse, out):
    page = browse()
    page.goto("/connexion?retour=/documents")
    page.screenshot(path=out / "hin-connexion.png", full_page=True)
    page.get_by_role("link", name="Identité HIN").click()
    page.wait_for_url("**/demo/hin/connexion**")
    page.screenshot(path=out / "hin-demo.png", full_page=True)
    page.get_by_role("link", name="Dre Claire Favre").click()
    page.wait_for_url("**/documents**")
    assert "Dre Claire Favre" in page.content()
    page.locator("summary.user__s").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("link", name="Terminer aussi la session chez HIN").wait_for()
    page.screenshot(path=out / "hin-deconnecte.png", full_page=True)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda name: name or "inactive")
@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 320)])
def test_who_does_not_get_in_reads_why(browse, out, person, scheme, width):
    page = browse(color_scheme=scheme, viewport={"width": width, "height": 800})
    words, reason = PEOPLE[person]
    come(page, words)
    page.get_by_text(reason).first.wait_for()
    assert faults(page) == []
    assert not scrolls_sideways(page)
    page.screenshot(path=out / f"hin-{person or 'inactif'}-{scheme}-{width}.png", full_page=True)


def test_it_works_without_javascript(browse):
    page = browse(java_script_enabled=False)
    come(page, "Dre Claire Favre")
    page.wait_for_url("**/accueil")
