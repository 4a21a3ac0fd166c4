"""Each page does its whole job in plain HTML."""

import re

from stage import document_links, sign_in


def test_the_whole_way_without_javascript(portal, browse, tmp_path, out):
    page = browse(java_script_enabled=False)
    sign_in(portal, page)
    page.goto("/documents")
    document = document_links(page)[0]
    page.locator(f"a[href^='{document}']").first.click()
    page.wait_for_url(f"**{document}*")
    assert page.locator("h1, h2").first.is_visible()
    page.screenshot(path=out / "no-javascript-document.png")

    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Télécharger")).first.click()
    download.value.save_as(tmp_path / "saved.pdf")
    assert (tmp_path / "saved.pdf").read_bytes().startswith(b"%PDF-")

    page.goto(f"{document}/imprimer")
    assert re.search(r"Imprimé le .* par Dre Claire Favre", page.inner_text("body"))
    page.goto("/patients")
    page.get_by_role("link", name="Avec nouveautés").click()
    page.wait_for_url("**/patients?vue=nouveautes")
    assert page.get_by_role("link", name="Avec nouveautés").get_attribute("aria-current") is not None
    page.get_by_role("navigation", name="Vues").get_by_role("link", name="Tous").click()
    page.wait_for_url("**/patients")
    page.locator("main a[href^='/patients/']").first.click()
    page.wait_for_url(re.compile(r"/patients/.+"))
    assert document_links(page) != []

    page.goto("/menu")
    leave(page)
    page.wait_for_url("**/deconnecte")
    page.goto("/documents")
    assert "/connexion" in page.url


def leave(page):
    """The sign-out button, wherever the page shows it."""
    buttons = page.locator("button", has_text=re.compile("Se déconnecter|Déconnexion"))
    for number in range(buttons.count()):
        if buttons.nth(number).is_visible():
            buttons.nth(number).click()
            return
    raise AssertionError("no way out")


def test_the_filters_work_without_javascript(portal, browse):
    page = browse(java_script_enabled=False, storage_state=portal.session())
    page.goto("/documents")
    everything = len(document_links(page))
    search(page, "aucun-patient-de-ce-nom")
    assert document_links(page) == []
    search(page, "jaquet")
    assert "jaquet" not in page.url
    some = document_links(page)
    assert 0 < len(some) <= everything
    assert "Jaquet" in page.inner_text("main")


def search(page, words):
    """Sends the form and waits for the page it leads to: pressing Enter alone returns while the old one still stands."""
    page.fill("#q", words)
    with page.expect_navigation():
        page.press("#q", "Enter")

