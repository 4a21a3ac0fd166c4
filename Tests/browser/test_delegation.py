"""An assistant of two doctors: she chooses at the sign-in, sees for whom she works, and changes; with and without
scripts, on a wide screen and on a phone."""

import re

import pytest
from stage import document_links, enter_code, enter_password, faults, scrolls_sideways

SIZES = {
    "wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844},
    "narrow": {"width": 320, "height": 640}}


def start(portal, page, name="Rochat"):
    """Until the page after the code, whatever it is."""
    person = portal.persona(name)
    since = portal.codes_sent(person)
    page.goto("/connexion")
    enter_password(page, person)
    page.wait_for_url("**/connexion/code**")
    enter_code(page, portal.newest_code(person, since))
    page.wait_for_url(lambda url: "/connexion/code" not in url)


def judge(page, out, name):
    assert faults(page) == []
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert not scrolls_sideways(page), f"{name} {size}"
            page.wait_for_timeout(250)  # colours fade
            page.screenshot(path=out / f"delegation-{name}-{size}-{scheme}.png")
            assert faults(page) == [], f"{name} {size} {scheme}"
    page.set_viewport_size(SIZES["wide"])
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_assistant_chooses_for_whom_she_works(portal, browse, out, scripts):
    page = browse(java_script_enabled=scripts)
    start(portal, page) if scripts else start_without_scripts(portal, page)
    assert page.url.endswith("/connexion/espace")
    assert page.get_by_role("heading", name="Sous quelle responsabilité vous connectez-vous ?").is_visible()
    if scripts:
        judge(page, out, "choose")
    page.get_by_role("button", name=re.compile("Dre Claire Favre")).click()
    page.wait_for_url("**/accueil")
    assert page.title().startswith("(") and "Pour Dre Claire Favre" in page.title()
    assert page.get_by_text("Vous agissez pour Dre Claire Favre").is_visible()
    if scripts:
        judge(page, out, "home")
    page.goto("/documents")
    hers = document_links_of(page)
    assert hers
    page.goto("/delegation")
    page.get_by_role("button", name=re.compile("Dr Paul Jeanneret")).click()
    page.wait_for_url("**/accueil")
    assert page.get_by_text("Vous agissez pour Dr Paul Jeanneret").is_visible()
    page.goto("/documents")
    assert not set(hers) & set(document_links_of(page))
    page.goto(hers[0])
    assert page.get_by_role("heading", name="Document d’un autre espace").is_visible()
    page.get_by_role("button", name="Changer d’espace et ouvrir le document").click()
    page.wait_for_url(f"**{hers[0]}")
    assert page.get_by_text("Vous agissez pour Dre Claire Favre").is_visible()


def test_the_whole_life_of_a_delegation(portal, browse, out):
    monnier, favre, benali = browse(), browse(), browse()
    start(portal, favre, "Favre")
    favre.goto("/profil/delegations")
    judge(favre, out, "list")
    favre.get_by_role("link", name="Demander une délégation").click()
    judge(favre, out, "offer")
    favre.get_by_label("Adresse e-mail du compte").fill("personne@cabinet-lac.example")
    favre.get_by_role("button", name="Proposer la délégation").click()
    favre.get_by_role("heading", name="Il y a une erreur").wait_for()
    judge(favre, out, "offer-error")
    favre.get_by_label("Adresse e-mail du compte").fill(portal.persona("Monnier")["email"])
    favre.get_by_role("button", name="Proposer la délégation").click()
    favre.get_by_text("Délégation proposée.").wait_for()

    start(portal, monnier, "Monnier")
    monnier.goto("/profil/delegations")
    monnier.get_by_role("button", name=re.compile("Accepter")).click()
    monnier.get_by_text("En attente de validation").wait_for()

    start(portal, benali, "Benali")
    benali.goto("/admin/delegations")
    judge(benali, out, "desk")
    benali.get_by_role("button", name=re.compile("Activer la délégation : Mme Léa Monnier")).click()
    benali.get_by_text("Délégation active.").wait_for()

    # who has a space of her own and another's changes between them
    monnier.goto("/delegation")
    monnier.get_by_role("button", name=re.compile("Dre Claire Favre")).click()
    monnier.get_by_text("Vous agissez pour Dre Claire Favre").wait_for()
    document = document_links(monnier) or (monnier.goto("/documents"), document_links(monnier))[1]
    monnier.goto(document[0])
    favre.goto("/profil/delegations/activite")
    assert favre.get_by_role("cell", name="Document ouvert").first.is_visible()
    judge(favre, out, "acts")

    favre.goto("/profil/delegations")
    favre.get_by_role("button", name="Terminer : Mme Léa Monnier").click()
    favre.get_by_text("Délégation terminée").wait_for()
    monnier.goto(document[0])
    assert "/connexion/espace" in monnier.url


def start_without_scripts(portal, page):
    person = portal.persona("Rochat")
    since = portal.codes_sent(person)
    page.goto("/connexion")
    enter_password(page, person)
    page.wait_for_url("**/connexion/code**")
    page.locator("input[name=code]").fill(portal.newest_code(person, since))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(lambda url: "/connexion/code" not in url)


def document_links_of(page):
    links = [one.get_attribute("href") for one in page.locator("a[href^='/documents/']").all()]
    found = [re.match(r"/documents/[A-Za-z0-9_-]{16,}(?=$|[?#])", link) for link in links]
    return list(dict.fromkeys(match.group(0) for match in found if match))
