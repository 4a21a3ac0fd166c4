"""Everything without a mouse: the keys alone lead from the sign-in page to an open document."""

import re

from stage import SEES_FOCUS


def tab_to(page, wanted, keys=80):
    """Presses Tab until the focused element satisfies `wanted`, a function in JavaScript; it must be visibly so."""
    for _ in range(keys):
        page.keyboard.press("Tab")
        if page.evaluate(f"({wanted})(document.activeElement)"):
            assert page.evaluate(SEES_FOCUS), "the focus can be seen"
            return
    raise AssertionError(f"not reached within {keys} keys: {wanted}")


def test_signing_in_and_opening_a_document_with_the_keys_alone(portal, browse):
    person = portal.persona()
    since = portal.codes_sent(person)
    page = browse()
    page.goto("/connexion")
    if page.evaluate("document.activeElement.name") != "email":
        tab_to(page, "one => one.name === 'email'")
    page.keyboard.type(person["email"])
    tab_to(page, "one => one.name === 'password'")
    page.keyboard.type(person["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion/code**")

    code = portal.newest_code(person, since)
    if page.evaluate("document.activeElement.name") != "code":
        tab_to(page, "one => one.name === 'code'")
    page.keyboard.type(f"{code[:3]} {code[3:]}")
    page.wait_for_timeout(500)
    if "/connexion/code" in page.url:
        page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/connexion" not in url)

    tab_to(page, "one => one.tagName === 'A' && new URL(one.href).pathname === '/documents'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents")
    tab_to(page, "one => one.tagName === 'A' && /^.documents.[A-Za-z0-9_-]{16,}$/.test(new URL(one.href).pathname)")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/documents/[A-Za-z0-9_-]{16,}"))
    # past the list beside it, as the page offers
    tab_to(page, "one => one.getAttribute('href') === '#document'", keys=3)
    page.keyboard.press("Enter")
    tab_to(page, "one => /fichier/.test(one.href || '')")


def test_the_first_key_offers_to_skip_the_navigation(portal, browse):
    page = browse(storage_state=portal.session())
    page.goto("/documents")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href') || ''").startswith("#")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != ""
