"""The main job: a document travels from the hospital to the doctor's screen."""

import json
import re
import shlex
import sqlite3
import subprocess
import time

from outside import hospital as record_system
from outside import pdf, reader
from outside.server import environment
from stage import sign_in

PATIENT_DATA = ["Jaquet", "Hélène", "1958", "000412033", "sortie", "ardiologie", "2026111207"]


def publish_with_the_printed_line(server, folder, content):
    """The line that the demo prints, run by a shell as a stranger would."""
    file = folder / "lettre.pdf"
    file.write_bytes(content)
    program, data = shlex.quote(server.program), shlex.quote(server.data)
    line = (
        f"{program} compose {shlex.quote(str(file))} --data {data} | "
        f"curl -sS -D - -o /dev/null -X POST {server.base}/fhir/DocumentReference "
        f"-H 'Content-Type: application/fhir+json' "
        f'-H "Authorization: Bearer $({program} token --client demo --data {data})" --data-binary @-')
    answer = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, timeout=60, env=environment()).stdout
    assert re.search(r"^HTTP/1.1 201", answer, re.M), answer
    headers = dict(
        (name.lower(), value.strip()) for name, _, value in (row.partition(":") for row in answer.splitlines()))
    return record_system.document_id(headers)


def wait_for_notice(portal, person, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for message in reader.messages(portal.port):
            if message["kind"] == "email" and message["to"] == person["email"]:
                return message
        time.sleep(0.1)
    raise AssertionError("no notice on the capture page")


def test_a_document_travels_from_the_hospital_to_the_doctor(portal, browse, tmp_path, out):
    content = pdf.letter(["Hôpital universitaire du Lac", "Lettre de sortie", "Chère consœur, cher confrère"], 40_000)
    document = publish_with_the_printed_line(portal.server, tmp_path, content)

    notice = wait_for_notice(portal, portal.persona())
    told = notice["subject"] + notice["text"]
    assert [word for word in PATIENT_DATA if word in told] == []
    page = browse()
    page.goto("/demo/messages")
    assert page.get_by_text(notice["subject"]).first.is_visible()

    sign_in(portal, page)
    page.goto("/documents")
    row = page.locator(f"a[href^='/documents/{document}']").first
    assert row.is_visible(), "the new document is in the inbox"
    assert "Jaquet" in page.inner_text("main")
    page.screenshot(path=out / "journey-inbox.png")

    page.goto(f"/documents/{document}")
    wait_for_preview(page)
    assert "Lettre de sortie" in page.inner_text("main")
    page.screenshot(path=out / "journey-document.png")

    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Télécharger")).first.click()
    saved = tmp_path / "saved.pdf"
    download.value.save_as(saved)
    assert saved.read_bytes() == content, "byte for byte"
    assert download.value.suggested_filename.endswith(".pdf")

    page.goto(f"/documents/{document}/imprimer")
    assert re.search(r"Imprimé le .* par Dre Claire Favre", page.inner_text("body"))
    page.goto(f"/documents/{document}/acces")
    told = page.inner_text("main")
    assert "Accès à ce document" in page.inner_text("h1")
    assert "Favre" in told
    for act in ("uvert", "éléchargé", "mprim"):
        assert act in told, f"«…{act}…» is missing from the accesses"
    page.screenshot(path=out / "journey-accesses.png")


def wait_for_preview(page, seconds=20):
    """The page images are made after the publication: they may take some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if page.locator("main img").count() and page.evaluate(
                "[...document.querySelectorAll('main img')].some(one => one.complete && one.naturalWidth > 100)"):
            return
        page.wait_for_timeout(300)
        page.reload()
    raise AssertionError("no page image")


def test_the_text_version_says_what_the_pdf_says(portal, browse, hospital):
    body = hospital.body(pdf.letter(["Phrase lisible pour toutes et tous"]))
    status, headers, _ = hospital.publish(body)
    assert status == 201
    page = browse(storage_state=portal.session())
    page.goto(f"/documents/{record_system.document_id(headers)}")
    wait_for_preview(page)
    assert "Phrase lisible pour toutes et tous" in page.locator("main").evaluate("one => one.textContent")


def test_a_corrected_document_says_so_and_leads_to_the_old_one(portal, browse, hospital):
    first = record_system.new_master()
    status, headers, _ = hospital.publish(hospital.body(pdf.letter(["Version une"]), first))
    assert status == 201
    old = record_system.document_id(headers)
    resource = json.loads(hospital.body(pdf.letter(["Version deux"])))
    resource["relatesTo"] = [
        {"code": "replaces", "target": {"identifier": {"system": "urn:ietf:rfc:3986", "value": first}}}]
    status, headers, answer = hospital.publish(json.dumps(resource).encode())
    assert status == 201, answer
    page = browse(storage_state=portal.session())
    page.goto(f"/documents/{record_system.document_id(headers)}")
    assert "Corrigé" in page.inner_text("main")
    assert page.locator(f"a[href*='{old}']").count() > 0, "the old version can be found"
    assert page.goto(f"/documents/{old}").status == 200


def test_every_document_of_the_demo_has_its_page_images(portal):
    states = {}
    for _ in range(300):  # they are drawn after the start, one by one
        with sqlite3.connect(f"file:{portal.server.data}/passerelle.sqlite?mode=ro", uri=True) as database:
            states = dict(database.execute("SELECT preview, count(*) FROM document GROUP BY 1").fetchall())
        if "waiting" not in states and set(states) == {"ready"}:
            break
        time.sleep(1)
    assert set(states) == {"ready"}, states
