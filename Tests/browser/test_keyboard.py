"""Everything without a mouse: the keys alone lead from the sign-in page to an open document."""

import re

from stage import SEES_FOCUS

# while one page gives way to the next there is no body yet, and nothing in it that could be focused
AT_HEADING = "() => document.activeElement?.id === 'document-t'"


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
    # one arrives at the document's heading, past the list; what can be done with it stands just before
    page.wait_for_function(AT_HEADING)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("/fichier/.test(document.activeElement.href || '')"):
            break
    assert page.evaluate("/fichier/.test(document.activeElement.href || '')")


def test_an_open_document_is_scrolled_by_the_keys_and_left_for_its_row(portal, browse):
    page = browse(storage_state=portal.session(), viewport={"width": 1280, "height": 500})
    page.goto("/documents")
    page.locator(".row a").nth(1).click()
    page.wait_for_function(AT_HEADING)
    top = "() => document.querySelector('.doc__b').scrollTop"
    last = 0
    for key in ("PageDown", "Space", "ArrowDown", "End"):
        page.keyboard.press(key)
        page.wait_for_function(f"() => document.querySelector('.doc__b').scrollTop > {last}")
        last = page.evaluate(top)
        if last >= page.evaluate("() => { const b = document.querySelector('.doc__b'); return b.scrollHeight - b.clientHeight - 1; }"):
            break
    page.keyboard.press("Home")
    page.wait_for_function("() => document.querySelector('.doc__b').scrollTop === 0")
    assert page.locator(".doc__b[tabindex='0'][aria-label]").count() == 1

    opened = page.url
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.row a[aria-current]')") and page.url == opened
    page.keyboard.press("x")
    assert page.locator(".row:has(a[aria-current]) .sel input").is_checked()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.row a')[2]")


def test_a_mark_is_set_and_taken_back_and_one_stays_at_the_row(portal, browse):
    page = browse(storage_state=portal.session())
    page.goto("/documents")
    page.locator(".row a").nth(1).click()
    page.wait_for_function(AT_HEADING)
    identifier = page.url.split("/")[-1].split("?")[0]
    at_row = f"() => document.activeElement?.matches('.row a[href*=\"{identifier}\"]')"
    page.keyboard.press("u")
    page.wait_for_url("**/documents?**")
    page.wait_for_function(at_row)
    assert page.locator(".row--new", has=page.locator(f"a[href*='{identifier}']")).count() == 1
    page.keyboard.press("z")
    page.wait_for_function(f"() => !document.querySelector('.row--new a[href*=\"{identifier}\"]')")
    page.wait_for_function(at_row)


def test_the_first_key_offers_to_skip_the_navigation(portal, browse):
    page = browse(storage_state=portal.session())
    page.goto("/documents")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href') || ''").startswith("#")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != ""
