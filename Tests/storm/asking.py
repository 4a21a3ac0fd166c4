"""After the storm both sides ask, each as it would: the sender's system through FHIR, the hospital's staff on
« Pourquoi rien reçu ? », the recipients in their spaces. What they are told must be what was done."""

import collections
import html
import json
import re

from outside import mllp, reader

DOCTORS = {"7601099000013": "Favre", "7601999000014": "Jeanneret", "7601999000021": "Monnier"}
STATUS = {"current": "current", "superseded": "superseded", "withdrawn": "entered-in-error"}
FILE = "Le fichier n’a pas passé le contrôle."
REASONS = {"pdf-structure": FILE, "pdf-header": FILE,
           "document.otherContent": "L’identifiant du document désigne déjà un autre contenu.",
           "document.replacesUnknown": "La version à remplacer n’a pas pu l’être.",
           "recipient.unknown": "Aucun compte n’a ce GLN"}
NEWER = "Une version plus récente le remplace."
NOTHING = "Aucun document de vos services n’a cet identifiant pour cette personne."


class Asking:
    def __init__(self, storm, sample):
        """Before the storm: what waits for each doctor already."""
        self.storm, self.sample = storm, sample
        self.system, self.port = storm.system, storm.server.port
        self.questions = 0
        self.waiting = {}
        for gln in DOCTORS:
            doctor = self.visitor(DOCTORS[gln])
            self.waiting[gln] = json.loads(doctor.get("/compteurs")[2])["non_lus"]

    def ask(self):
        """How many questions were asked; wrong answers are faults of the storm."""
        self.journal = self.told()
        for number, wanted in self.storm.expected.items():  # of each document, and not of a sample only
            self.events(number, wanted, self.journal[mllp.master(number)])
        counts, chosen = collections.Counter(), {}
        for number, wanted in self.storm.expected.items():
            counts[kind := (wanted.fate, wanted.state)] += 1
            if counts[kind] <= self.sample:
                chosen[number] = wanted
        doctors = {gln: self.visitor(name) for gln, name in DOCTORS.items()}
        for gln, doctor in doctors.items():
            self.diagnosis(gln, doctor)
        service = self.visitor("Chappuis")
        for number, wanted in chosen.items():
            resource = self.sender(number, wanted)
            self.service(service, number, wanted)
            if resource:
                self.recipient(doctors[wanted.doctor], number, wanted, resource["id"])
        return self.questions

    def visitor(self, name):
        visitor = reader.Reader(self.port)
        visitor.sign_in(reader.persona(self.port, name))
        return visitor

    def expect(self, holds, number, wanted, said):
        self.questions += 1
        if not holds:
            self.storm.note(f"{number} ({wanted.fate}, {wanted.state or wanted.rule or 'held back'}): {said}")

    # The sender

    def told(self):
        """What the sender's system is told when it polls all (ITI-81), by document: act, whether it was done, rule, who."""
        told = collections.defaultdict(list)
        for event in self.system.search("AuditEvent?_lastUpdated=gt2020&_count=100"):
            told[master_of(event)].append(event)
        return told

    def events(self, number, wanted, events):
        acts = collections.Counter(
            (event["subtype"][-1]["code"], event["outcome"] == "0", event.get("outcomeDesc")) for event in events)
        acts = {act: count for act, count in acts.items() if act[0] != "noticeSent"}
        right = {}
        if wanted.state:
            right[("documentPublished", True, None)] = 1
        if wanted.state == "superseded":
            right[("documentReplaced", True, None)] = 1
        if wanted.state == "withdrawn":
            right[("documentWithdrawn", True, None)] = 1
        if wanted.rule:
            act = "documentWithdrawn" if wanted.rule == "dispatch.notFound" else "documentPublished"
            right[(act, False, wanted.rule)] = 1
        self.expect(acts == right, number, wanted, f"the sender is told {acts}")
        for event in events:
            if event["subtype"][-1]["code"] == "documentPublished" and event["outcome"] == "0":
                self.expect(wanted.doctor in json.dumps(event["agent"]), number, wanted, "told without the recipient")

    def sender(self, number, wanted):
        """Asks for one document under his own number, and what became of it."""
        master = mllp.master(number)
        polled = self.system.search(f"AuditEvent?entity.identifier=urn:ietf:rfc:3986%7C{master}")
        missing = {event["id"] for event in self.journal[master]} - {event["id"] for event in polled}
        strange = [event["id"] for event in polled if master_of(event) != master]
        self.expect(not missing and not strange, number, wanted, f"asked for by number, {len(missing)} events are missing, "
                    f"{len(strange)} another's")
        found = self.system.find(master)
        self.expect(len(found) == (1 if wanted.state else 0), number, wanted, f"the sender finds {len(found)}")
        if not found or not wanted.state:
            return None
        self.expect(found[0]["status"] == STATUS[wanted.state], number, wanted, f"its status is {found[0]['status']}")
        state = self.delivery(found[0]["id"], wanted)
        right = ["withdrawn"] if wanted.state == "withdrawn" else ["deposited", "notified"]
        self.expect(state in right, number, wanted, f"its delivery-state is {state}")
        return found[0]

    def delivery(self, document, wanted):
        status, _, resource = self.system.read(document)
        if status != 200:
            return status
        for extension in resource.get("extension", []):
            if extension["url"].endswith("/delivery-state"):
                parts = {part["url"]: part for part in extension["extension"]}
                if parts["recipient"]["valueReference"]["identifier"]["value"] == wanted.doctor:
                    return parts["state"]["valueCode"]
        return None

    # The hospital's staff

    def service(self, visitor, number, wanted):
        form = reader.hidden_fields(visitor.get("/service/pourquoi")[2], typed=("cherche",))
        form.update(cherche=wanted.doctor, numero="", sejour="", document=mllp.master(number))
        _, _, body = visitor.request("POST", "/service/pourquoi", form)
        said = words(body)
        if wanted.state:
            right = "Annulé par l’hôpital." if wanted.state == "withdrawn" else "Disponible"
        else:
            right = REASONS.get(wanted.rule, NOTHING)
        line = re.search(r"Ce document (.*?) Compte ", said)
        self.expect(right in (line.group(1) if line else said), number, wanted, f"the hospital reads: {said[-700:]}")

    # The recipients

    def diagnosis(self, gln, visitor):
        said = words(visitor.get("/aide/je-ne-recois-pas")[2])
        mine = [wanted for wanted in self.storm.expected.values() if wanted.doctor == gln]
        waiting = self.waiting[gln] + sum(wanted.state == "current" for wanted in mine)
        number = re.search(r"(\d[\d’]*\+?) documents? vous atten", said)
        count = number.group(1).replace("’", "") if number else "0"
        self.questions += 1
        if count != ("1000+" if waiting > 1000 else str(waiting)):  # more are not counted
            self.storm.note(f"{DOCTORS[gln]} is told of {count} unread documents, {waiting} there are")
        for rule in {wanted.rule for wanted in mine} & REASONS.keys():
            self.questions += 1
            if REASONS[rule] not in said:
                self.storm.note(f"{DOCTORS[gln]} is not told of {rule}: {said[:800]}")

    def recipient(self, visitor, number, wanted, document):
        status, _, body = visitor.get(f"/documents/{document}")
        said = words(body)
        if wanted.state == "withdrawn":
            self.expect(status == 410 and "Ce document a été retiré par l’hôpital le" in said, number, wanted,
                        f"its recipient reads {status}: {said[-700:]}")
            file = visitor.get(f"/documents/{document}/fichier")[0]
            return self.expect(file == 410, number, wanted, f"its file answers {file}")
        corrected = wanted.state == "superseded" and wanted.fate != "corrected, then taken back"
        self.expect(status == 200 and (NEWER in said) == corrected, number, wanted,
                    f"its recipient reads {status}: {said[-700:]}")
        state = self.delivery(document, wanted)
        self.expect(state == "opened", number, wanted, f"was opened, and its sender reads {state}")


def master_of(event):
    """The document of an event under its sender's number; empty where it names none."""
    values = [entity.get("what", {}).get("identifier", {}).get("value", "") for entity in event.get("entity", [])]
    return next((value for value in values if value.startswith(mllp.master(""))), "")


def words(page):
    text = page.decode(errors="replace")
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", text[text.find("<main"):], flags=re.S)
    return " ".join(html.unescape(text).split())
