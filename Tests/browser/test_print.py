"""On paper: title, patient and page numbers on the sheet, nothing of the screen's furniture."""

import re
import subprocess

from outside import hospital as record_system
from outside import pdf
from stage import first_document
from test_journey import wait_for_preview


def printed(page, file):
    page.pdf(path=file, format="A4")
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.split())


def test_the_print_page_has_title_patient_and_page_numbers(portal, browse, hospital, out, tmp_path):
    status, headers, _ = hospital.publish(hospital.body(pdf.letter(["À imprimer"])))
    assert status == 201
    document = record_system.document_id(headers)
    page = browse(storage_state=portal.session())
    page.goto(f"/documents/{document}")
    wait_for_preview(page)
    page.goto(f"/documents/{document}/imprimer")
    text = printed(page, out / "print.pdf")
    assert "Lettre de sortie" in text
    assert "Jaquet" in text and "14.03.1958" in text
    assert re.search(r"\b1\s*/\s*1\b", text), text
    assert re.search(r"Imprimé le .* par Dre Claire Favre", text)
    assert not re.search("Se déconnecter|Mes patients", text), "no furniture on the sheet"


def test_an_ordinary_page_prints_without_navigation(portal, browse, out):
    page = browse(storage_state=portal.session())
    page.goto(first_document(page))
    text = printed(page, out / "print-document.pdf")
    assert not re.search("Se déconnecter", text)
