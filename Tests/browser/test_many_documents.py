"""Working with many documents: new ones without reloading, keys, selection, search, saved views."""

import re
import zipfile

import pytest
from outside import pdf
from stage import document_links, faults, scrolls_sideways

LINK = re.compile(r"/documents/[0-9a-f]{32}")


# whether something lies over the words of the first day
COVERED = """() => {
  const day = document.querySelector(".day");
  const words = document.createRange();
  words.selectNodeContents(day);
  const { left, right, top, height } = words.getBoundingClientRect();
  return [left + 2, right - 2].some((x) => document.elementFromPoint(x, top + height / 2) !== day);
}"""


def publish(hospital, words):
    status, headers, answer = hospital.publish(hospital.body(pdf.letter([words])))
    assert status == 201, answer
    return headers


def unread(page):
    """The numbers a reader sees: in the title, beside the list's name, in the views."""
    title = re.match(r"\((\d+)\)", page.title())
    count = int(title.group(1)) if title else 0
    badge = page.locator(".nav .badge [aria-hidden]").first
    beside = badge.inner_text() if badge.is_visible() else "0"
    return [
        count,
        count if beside == "99+" and count > 99 else int(beside),
        int(page.locator(".pills b").first.inner_text()),
    ]


def test_two_windows_hear_of_a_letter_and_of_its_reading(portal, hospital, browse, out):
    one = browse(storage_state=portal.session())
    two = one.context.new_page()
    other = browse(storage_state=portal.session())
    for page in (one, two, other):
        page.goto("/documents")
    before = unread(one)[0]
    assert unread(one) == [before] * 3
    first_row = one.locator(".row").first.bounding_box()
    publish(hospital, "Une nouvelle lettre")
    for page in (one, two, other):
        page.locator(".arrived a").wait_for(state="visible")
        assert unread(page) == [before + 1] * 3
    assert one.locator(".arrived a").inner_text() == "1 nouveau document. Afficher"
    assert one.locator(".row").first.bounding_box() == first_row, "no row moves"
    assert one.evaluate(COVERED) is False, "the day can still be read"
    assert faults(one) == []
    one.screenshot(path=out / "arrived.png")
    one.locator(".arrived a").click()
    one.locator(".row--new a").first.click()
    for page in (two, other):
        page.wait_for_function(f"() => (document.title.match(/^\\((\\d+)\\)/)?.[1] ?? 0) == {before}")
        assert unread(page) == [before] * 3


def test_a_narrower_list_announces_nothing_of_which_it_does_not_know_whether_it_belongs(portal, hospital, browse):
    narrow = browse(storage_state=portal.session())
    plain = narrow.context.new_page()
    narrow.goto("/documents?type=373942005")
    plain.goto("/documents?vue=nonlus")
    publish(hospital, "Encore une lettre")
    plain.locator(".arrived a").wait_for(state="visible")
    assert plain.locator(".arrived a").get_attribute("href") == "/documents?vue=nonlus"
    assert narrow.locator(".arrived").count() == 0
    narrow.wait_for_function(f"() => document.title.startsWith('({unread(plain)[0]})')")


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_nothing_is_cut_and_the_actions_stand_in_one_row(portal, browse, width, out):
    page = browse(storage_state=portal.session(), viewport={"width": width, "height": 800})
    page.goto("/documents")
    for number in range(3):
        page.locator(".sel input").nth(number).check()
    page.screenshot(path=out / f"chosen-{width}.png")
    assert page.evaluate("(b => b.scrollWidth <= b.clientWidth)(document.querySelector('.bulk b'))")
    assert not scrolls_sideways(page)
    page.goto("/patients")
    assert page.evaluate("[...document.querySelectorAll('.row__p')].every(p => p.scrollWidth <= p.clientWidth)")
    page.goto("/documents")
    page.locator(".row a").nth(1).click()
    page.wait_for_url(LINK)
    tops = page.locator(".doc__row > .doc__back, .doc__row > .mark, .doc__row > .doc__nav").evaluate_all(
        "all => all.map(one => { const r = one.getBoundingClientRect(); return Math.round(r.top + r.height / 2); })")
    assert len(tops) == 3 and max(tops) - min(tops) <= 2, tops
    assert not scrolls_sideways(page)
    page.locator(".doc__page").first.click()
    page.wait_for_url("**/plein-ecran**")
    assert page.locator(".full__b .paper").first.bounding_box()["width"] > width
    assert not scrolls_sideways(page)


def test_a_document_that_is_taken_back_leaves_the_screen(portal, hospital, browse):
    page = browse(storage_state=portal.session())
    page.goto("/documents")
    publish(hospital, "Une lettre rappelée")
    page.locator(".arrived a").wait_for(state="visible")
    page.locator(".arrived a").click()
    page.locator(".row--new a").first.click()
    page.wait_for_url(LINK)
    # what the page hears when the hospital takes it back: every open page of the browser is told by one of them
    page.wait_for_timeout(1500)
    space = page.locator("[data-boot=live]").get_attribute("data-place").split(" ")[0]
    identifier = page.url.split("/")[-1].split("?")[0]
    teller = page.context.new_page()
    teller.goto("/raccourcis")
    teller.evaluate(
        "([space, id]) => new BroadcastChannel('passerelle').postMessage({ space, name: 'retrait', value: { id } })",
        [space, identifier])
    page.get_by_role("alert").filter(has_text="retiré par l’hôpital").wait_for()
    assert page.locator("#document .paper, #document h1, #document .textual").count() == 0
    assert page.locator(f".row a[href*='{identifier}']").count() == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_all_rows_of_a_page_are_chosen_at_once(portal, browse, scripts):
    page = browse(storage_state=portal.session(), java_script_enabled=scripts)
    page.goto("/documents")
    rows = page.locator(".row").count()
    if scripts:
        page.wait_for_load_state("networkidle")
    page.locator(".sel input").first.check()
    page.get_by_role("link", name="Tout choisir sur cette page").click()
    page.wait_for_load_state()
    assert page.locator(".sel input:checked").count() == rows
    if scripts:
        assert page.locator(".bulk b").inner_text() == f"{rows} choisis"
        assert "coche" not in page.url


def press(page, key, until):
    """Scripts come after the page: until they listen, a key does nothing."""
    for _ in range(30):
        page.keyboard.press(key)
        for _ in range(5):
            if until():
                return
            page.wait_for_timeout(100)
    raise AssertionError(f"{key} does nothing")


def test_the_keys_do_what_the_page_about_them_says(portal, browse):
    page = browse(storage_state=portal.session())
    page.goto("/documents")
    press(page, "j", lambda: page.evaluate("!!document.activeElement.closest('.row')"))
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    assert LINK.match(second) and second == page.locator(".row a").nth(1).get_attribute("href")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    assert page.locator(".sel input:checked").count() == 3
    assert page.locator(".bulk b").inner_text() == "3 choisis"
    page.keyboard.press("Escape")
    assert page.locator(".sel input:checked").count() == 0
    page.locator(".row a").nth(0).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(LINK)
    opened = page.url
    press(page, "j", lambda: LINK.search(page.url) and page.url != opened)
    page.wait_for_load_state()
    press(page, "u", lambda: "/documents?" in page.url)
    page.wait_for_load_state()
    assert page.get_by_role("status").filter(has_text="Marqué comme non lu.").is_visible()
    press(page, "/", lambda: page.evaluate("document.activeElement.id") == "q")
    page.keyboard.type("gd?")
    assert page.input_value("#q") == "gd?"
    page.locator(".rows").focus()
    press(page, "?", lambda: page.url.endswith("/raccourcis"))
    page.get_by_role("button", name="Désactiver").click()
    page.goto("/documents")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.row')") is None
    page.goto("/raccourcis")
    page.get_by_role("button", name="Activer").click()


def test_keys_lead_to_the_service_to_the_spaces_and_through_the_patients(portal, browse):
    page = browse(storage_state=portal.session())
    page.goto("/documents")
    page.locator(".row a").first.click()
    page.wait_for_url(LINK)
    press(page, "r", lambda: page.evaluate("document.activeElement.id") == "contact-service")
    page.goto("/documents")
    press(page, "j", lambda: page.evaluate("!!document.activeElement.closest('.row')"))
    press(page, "r", lambda: page.url.endswith("#contact-service"))
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.id") != "document-t", "the place in the address is not left"
    page.goto("/patients")
    press(page, "j", lambda: page.evaluate("document.activeElement === document.querySelector('.row a')"))
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.row a')[1]")
    press(page, "/", lambda: page.evaluate("document.activeElement.id") == "p-q")
    page.locator(".row a").first.focus()
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url("**/delegation")


def test_a_lost_connection_is_said_until_it_is_back(portal, browse):
    page = browse(storage_state=portal.session())
    page.context.route("**/evenements*", lambda route: route.fulfill(status=503))
    page.context.route("**/compteurs", lambda route: route.abort())
    page.goto("/documents")
    band = page.get_by_role("status").filter(has_text="Connexion interrompue. Nouvelle tentative…")
    band.wait_for(state="visible")
    page.context.unroute("**/compteurs")
    page.context.unroute("**/evenements*")
    band.wait_for(state="hidden")


def test_who_was_refused_events_asks_for_them_again_after_a_while(portal, browse):
    page = browse(storage_state=portal.session())
    refused = []

    def refuse(route):
        refused.append(route.request.url)
        route.fulfill(status=503)

    page.context.route("**/evenements*", refuse)
    page.clock.install()
    page.goto("/documents")
    page.wait_for_load_state("networkidle")
    for _ in range(60):
        page.clock.fast_forward(61_000)
        page.wait_for_timeout(100)
        if len(refused) > 3:
            break
    assert len(refused) > 3, "three refusals are not for ever"
    assert page.locator(".ending").is_hidden(), "the numbers could be asked for all the while"


def test_results_come_while_one_types_and_no_name_stands_in_an_address(portal, browse):
    page = browse(storage_state=portal.session())
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/documents")
    everything = len(document_links(page))
    page.locator("#q").press_sequentially("jaquét")
    page.wait_for_function(f"() => document.querySelectorAll('.row').length < {everything}")
    names = page.locator(".row__p b").all_inner_texts()
    assert names and all("Jaquet" in name for name in names)
    assert "r=" in page.url and page.evaluate("document.activeElement.id") == "q"
    page.reload()
    assert page.input_value("#q") == "jaquét" and page.locator(".row__p b").all_inner_texts() == names
    page.locator(".row a").first.click()
    page.wait_for_url(LINK)
    assert page.locator(".row__p b").all_inner_texts() == names, "the list beside it is the same"
    page.goto("/patients")
    page.locator("#p-q").press_sequentially("14.3.58")
    page.wait_for_function("() => document.querySelectorAll('.row').length === 1")
    assert not [url for url in asked if re.search(r"jaqu|14\.3", url, re.I)]


def test_what_was_typed_before_the_script_came_is_searched_too(portal, browse):
    page = browse(storage_state=portal.session())
    scripts = []
    page.route(re.compile(r"/search[^/]*\.js"), lambda route: scripts.append(route))
    page.goto("/documents")
    everything = len(document_links(page))
    page.locator("#q").press_sequentially("jaquet")
    assert scripts and len(document_links(page)) == everything
    scripts[0].continue_()
    page.wait_for_function(f"() => document.querySelectorAll('.row').length < {everything}")
    assert all("Jaquet" in name for name in page.locator(".row__p b").all_inner_texts())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_archive_of_several_letters(portal, browse, scripts, tmp_path):
    page = browse(storage_state=portal.session(), java_script_enabled=scripts)
    page.goto("/documents")
    for number in range(2):
        page.locator(".sel input").nth(number).check()
    with page.expect_download() as download:
        page.locator(".bulk [value=zip]").click()
    assert re.fullmatch(r"documents-\d{4}-\d\d-\d\d\.zip", download.value.suggested_filename)
    download.value.save_as(tmp_path / "archive.zip")
    with zipfile.ZipFile(tmp_path / "archive.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        table = archive.read("index.csv").decode("utf-8-sig")
    names.remove("index.csv")
    names.remove("LISEZ-MOI.txt")
    assert len(set(names)) == 2
    for name in names:
        assert table.count(f'"{name}";') == 1, table
        assert re.fullmatch(r"patient-\d\d/\d{4}-\d\d-\d\d_[A-Za-z0-9-]+_[A-Za-z0-9_-]+\.pdf", name), name


def test_a_view_is_saved_and_opens_first(portal, browse):
    page = browse(storage_state=portal.session(), java_script_enabled=False)
    page.goto("/documents?vue=nonlus")
    page.goto("/documents/vues?type=373942005&tri=anciens")
    page.get_by_label("Nom de la vue").fill("Lettres de sortie")
    page.get_by_label("Ouvrir mes documents avec cette vue").check()
    page.get_by_role("button", name="Enregistrer la vue").click()
    page.goto("/documents")
    assert page.url.endswith("/documents?type=373942005&tri=anciens")
    assert page.locator(".pills [aria-current]").inner_text() == "Lettres de sortie"
    page.get_by_role("link", name="Tous", exact=True).click()
    page.goto("/documents/vues")
    page.get_by_role("button", name="Supprimer la vue").click()
    page.goto("/documents")
    assert page.url.endswith("/documents")


def test_the_list_with_a_selection_holds_on_every_screen(portal, browse, out):
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light"), (320, "dark")):
        page = browse(
            storage_state=portal.session(), viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.goto("/documents")
        page.screenshot(path=out / f"list-{width}-{scheme}.png")
        page.locator(".sel input").nth(0).check()
        page.locator(".sel input").nth(2).check()
        assert not scrolls_sideways(page)
        assert faults(page) == []
        page.screenshot(path=out / f"selection-{width}-{scheme}.png")
        page.goto("/raccourcis")
        assert not scrolls_sideways(page) and faults(page) == []
        page.goto("/documents/vues?type=373942005")
        assert not scrolls_sideways(page) and faults(page) == []
        page.screenshot(path=out / f"views-{width}-{scheme}.png")
