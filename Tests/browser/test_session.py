"""Coming in and going out."""

import re

from stage import document_links, enter_code, enter_password, faults, first_document, sign_in
from test_without_javascript import leave


def test_a_deep_link_survives_the_sign_in(portal, browse):
    known = browse(storage_state=portal.session())
    document = first_document(known)
    page = browse()
    page.goto(f"{document}?de=courriel")
    assert "/connexion" in page.url
    sign_in(portal, page, "Favre", page.url.removeprefix(portal.base))
    assert page.url.removeprefix(portal.base).startswith(document)


def test_enter_after_the_sixth_digit_sends_the_code_once(portal, browse):
    page, person = browse(), portal.persona("Rochat")
    since = portal.codes_sent(person)
    sent = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" and "/code" in one.url else None)
    page.goto("/connexion")
    enter_password(page, person)
    page.wait_for_url("**/connexion/code**")
    page.locator("input[name=code]").fill(portal.newest_code(person, since))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/connexion/code" not in url)
    assert "fin=" not in page.url
    assert len(sent) == 1


def test_after_signing_out_the_back_button_shows_nothing(portal, browse):
    page = browse()
    sign_in(portal, page, "Jeanneret")
    page.goto("/documents")
    assert document_links(page) != []
    page.goto("/menu")
    leave(page)
    page.wait_for_url("**/deconnecte")
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert document_links(page) == [], f"{page.url} still shows documents"


def test_ending_another_session_ends_it(portal, browse):
    here, there = browse(), browse()
    sign_in(portal, there, "Monnier")
    there.goto("/profil/securite")
    assert "/connexion" not in there.url
    sign_in(portal, here, "Monnier")
    here.goto("/profil/securite")
    buttons = here.get_by_role("button", name=re.compile("Fermer|Terminer|Déconnecter|Mettre fin", re.I))
    ending = [one for one in buttons.all() if one.is_visible()]
    assert ending, "a button that ends the other session"
    ending[0].click()
    here.wait_for_load_state()
    there.goto("/profil/securite")
    assert "/connexion" in there.url
    here.goto("/profil/securite")
    assert "/connexion" not in here.url, "one's own session goes on"


def test_the_words_for_wrong_passwords_and_codes(portal, browse):
    person = portal.persona("Jeanneret")
    page = browse()
    page.goto("/connexion")
    enter_password(page, person, "pas-le-bon-mot-de-passe")
    assert "L’adresse e-mail ou le mot de passe ne correspond pas." in page.inner_text("main")
    assert faults(page) == []
    stranger = dict(person, email="personne@cabinet-lac.example")
    enter_password(page, stranger)
    assert "L’adresse e-mail ou le mot de passe ne correspond pas." in page.inner_text("main")

    since = portal.codes_sent(person)
    enter_password(page, person)
    page.wait_for_url("**/connexion/code**")
    code = portal.newest_code(person, since)
    wrong = "000000" if code != "000000" else "111111"
    enter_code(page, "12345")
    assert "Le code comporte 6 chiffres." in page.inner_text("main")
    enter_code(page, wrong)
    page.get_by_text("Ce code ne correspond pas").first.wait_for()
    words = page.inner_text("main").replace("\u00a0", " ").replace("\u202f", " ")
    assert re.search(r"Ce code ne correspond pas\. Il vous reste [34] essais\.", words), words
    assert faults(page) == []
    enter_code(page, code)
    page.wait_for_url(lambda url: "/connexion" not in url)


def test_someone_elses_document_is_like_an_unknown_one(portal, browse):
    document = first_document(browse(storage_state=portal.session()))
    page = browse(storage_state=portal.session("Jeanneret"))
    seen = []
    for address in (document, document[:-4] + "0000"):
        assert page.goto(address).status == 404
        seen.append(re.sub(r"[0-9A-F]{8}|\d\d[:.]\d\d", "", page.inner_text("body")))
    assert seen[0] == seen[1]


def test_a_search_after_the_end_of_the_session_leads_to_the_sign_in(portal, browse):
    page = browse()
    sign_in(portal, page, "Jeanneret")
    page.goto("/documents")
    page.context.clear_cookies(name="__Host-session")
    page.locator("#q").press_sequentially("jaq", delay=60)
    page.wait_for_url("**/connexion**")
    assert "retour=%2Fdocuments" in page.url or "retour=/documents" in page.url


def test_a_search_without_an_answer_says_so(portal, browse):
    page = browse(storage_state=portal.session())
    page.goto("/documents")
    page.route("**/documents/recherche", lambda route: route.fulfill(status=503, body="occupé"))
    page.locator("#q").press_sequentially("jaq", delay=60)
    page.get_by_text("La recherche n’a pas abouti").wait_for()
    assert document_links(page) == [], "no unfiltered list under the word"
    assert faults(page) == []
    page.unroute("**/documents/recherche")
    page.route("**/documents/recherche", lambda route: route.abort())
    page.locator("#q").press_sequentially("u")
    page.get_by_text("La recherche n’a pas abouti").wait_for()
