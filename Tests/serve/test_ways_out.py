"""Ways out beside the portal, as an operator runs them: a document by mail that comes back, and letters on paper."""

import email
import email.policy
import io
import zipfile

from conftest import consent, document, eventually
from outside import pdf

MASTER = "urn:oid:2.16.756.5.30.1.999.3.5"
LETTER = pdf.letter(["Lettre de sortie"])
MAILBOX = "claire.favre@hin.example"

REPORT = """\
From: MAILER-DAEMON@mail.hin.example (Mail Delivery System)
To: {to}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"
Subject: Undelivered Mail Returned to Sender

--b1
Content-Type: text/plain

The mail could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.hin.example

Final-Recipient: rfc822; claire.favre@hin.example
Action: failed
Status: 5.1.1

--b1--
"""


def publish(installation, number):
    return installation.fhir("POST", "/DocumentReference", document(LETTER, f"{MASTER}.{number}"))


def dispatched(installation):
    answer = installation.rows("SELECT event FROM audit_event WHERE event LIKE 'dispatch%' ORDER BY id")
    return [event for (event,) in answer]


def test_a_document_goes_by_mail_to_whom_chose_it(installation):
    installation.start_relay()
    installation.run("domain", "--name", "hin.example", "--provenance", "HIN", "--by", "test")
    installation.rows("UPDATE practitioner SET delivery_mode = 'securedMail'")
    installation.rows(
        "INSERT INTO profile (account_id, document_email) SELECT account_id, ? FROM practitioner", MAILBOX)
    assert installation.fhir(
        "PUT", "/Consent?identifier=urn:oid:2.16.756.5.30.1.999.6%7CCONS-1", consent()).status_code == 201
    answer = publish(installation, 1)
    assert answer.status_code == 201, answer.text
    mail = email.message_from_bytes(
        eventually(installation.mails)[0].read_bytes(), policy=email.policy.default)
    assert mail["to"].strip("<>") == MAILBOX
    files = list(mail.iter_attachments())
    assert [file.get_filename() for file in files] == ["document.pdf"]
    assert files[0].get_content() == LETTER
    words = str(mail["subject"]) + mail.get_body(("plain",)).get_content()
    assert not [word for word in ("Jaquet", "sortie", "Cardiologie", "412033") if word in words]


def test_what_comes_back_is_in_the_portal(installation):
    mail = email.message_from_bytes(installation.mails()[0].read_bytes(), policy=email.policy.default)
    token = mail["message-id"].strip("<>").split("@")[0]
    eventually(lambda: "dispatchMailed" in dispatched(installation))
    nobody = installation.run("bounce", text="Subject: Absence\n\nJe suis absente.\n")
    assert nobody.stdout == "no report on a mail of this portal\n"
    other = installation.run("bounce", text=REPORT.format(to="retours+" + "f" * 32 + "@hul.example"))
    assert other.stdout == "failed 5.1.1: unknown\n"
    mine = installation.run(
        "bounce", "--recipient", f"retours+{token}@hul.example", text=REPORT.format(to="x@hul.example"))
    assert mine.stdout == "failed 5.1.1: fellBack\n"
    assert dispatched(installation)[-1] == "dispatchFellBack"
    # she is told at the address of her account
    told = eventually(lambda: [path for path in installation.mails() if b"cabinet-lac.example" in path.read_bytes()])
    assert len(told) == 1


def test_a_mail_system_is_asked_to_try_again_while_the_data_are_away(installation):
    gone = installation.run(
        "bounce", "--recipient", "retours+" + "a" * 32 + "@hul.example", "--key", "bad",
        text=REPORT.format(to="x"), check=False)
    assert gone.returncode != 0


def test_letters_are_exported_for_the_printers(installation, tmp_path):
    installation.rows("UPDATE practitioner SET delivery_mode = 'none'")
    assert publish(installation, 2).status_code == 422, "refused: nobody posts letters here"
    archive = tmp_path / "letters.zip"
    assert installation.run("post", "--to", str(archive)).stdout == "nothing waits\n"
    (document_id,) = installation.rows("SELECT id FROM document LIMIT 1")[0]
    installation.rows(
        "INSERT INTO post_item (id, document_id, request_key, address, reason, state, queued_at) "
        "VALUES (?, ?, 'k', 'Dr Paul Jeanneret\nRue du Lac 3\n1200 Ville du Lac', 'asked', 'waiting', 1)",
        "c" * 32, document_id)
    done = installation.run("post", "--to", str(archive))
    assert done.stdout.startswith("exported: 1 letters"), done.stdout
    assert archive.stat().st_mode & 0o77 == 0
    files = zipfile.ZipFile(io.BytesIO(archive.read_bytes()))
    assert files.testzip() is None
    assert sorted(files.namelist()) == ["0001-adresse.pdf", "0001-document.pdf", "courrier.csv"]
    assert files.read("0001-document.pdf") == LETTER
    assert installation.run("post", "--to", str(archive), check=False).returncode != 0, "it is there already"
    export = done.stdout.split("export ")[1].split(";")[0].strip()
    again = tmp_path / "again.zip"
    installation.run("post", "--to", str(again), "--again", export)
    assert again.read_bytes() == archive.read_bytes()
