"""With the system's own few colours, what is current, unread and focused can still be told."""

from stage import SEES_FOCUS, first_document


def test_the_inbox_in_forced_colours(portal, browse, out):
    page = browse(storage_state=portal.session(), forced_colors="active")
    page.goto("/documents")
    page.keyboard.press("Tab")
    page.screenshot(path=out / "documents-forced-colours.png", full_page=True)
    page.goto(first_document(page))
    page.screenshot(path=out / "document-forced-colours.png", full_page=True)
    assert page.locator("[aria-current]").count() > 0, "the current place is said, not only coloured"


def test_the_focus_is_seen_in_forced_colours(portal, browse):
    page = browse(storage_state=portal.session(), forced_colors="active")
    page.goto("/documents")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(SEES_FOCUS), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
