"""The pictures of the documentation, made by the tests so that they cannot lie."""

import os

import pytest
from outside.server import ROOT
from stage import first_document
from test_journey import wait_for_preview

LIMIT = 300_000


@pytest.mark.skipif(os.environ.get("PASSERELLE_SCREENSHOTS") != "1", reason="set PASSERELLE_SCREENSHOTS=1 to renew")
def test_the_picture_of_the_readme(portal, browse):
    page = browse(storage_state=portal.session(), viewport={"width": 1280, "height": 800})
    page.goto(first_document(page))
    wait_for_preview(page)
    target = ROOT / "docs/images/inbox.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    assert target.stat().st_size <= LIMIT
