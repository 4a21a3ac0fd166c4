"""A hospital's integration engine: HL7 v2.5 MDM messages over MLLP, one after the other on one connection."""

import base64
import socket

SENDER = ("DPI", "HUL")
DOCUMENTS = "2.16.756.5.30.1.999.3"
AUTHOR = "7601099000020^Aebischer^Marc^^^Dr^^^GLN&2.51.1.3&ISO^L^^^GLN"
PID = "PID|1||000412033^^^HUL&2.16.756.5.30.1.999.1&ISO^MR||Jaquet^Hélène^^^^^L||19580314|F"
PV1 = "PV1|1|I|CARDIO^201^1^HUL" + "|" * 16 + "2026111207^^^HUL&2.16.756.5.30.1.999.2&ISO^VN"


class Engine:
    """One connection; opened again when the portal closed it."""

    def __init__(self, port):
        self.port, self.line, self.rest = port, None, b""

    def send(self, message):
        """The answer's segments as lists of fields. Raises OSError when there is none."""
        if self.line is None:
            self.line, self.rest = socket.create_connection(("127.0.0.1", self.port), timeout=60), b""
        try:
            self.line.sendall(b"\x0b" + message + b"\x1c\r")
            while b"\x1c\r" not in self.rest:
                if not (piece := self.line.recv(65536)):
                    raise ConnectionError("closed without an answer")
                self.rest += piece
        except OSError:
            self.close()
            raise
        answer, self.rest = self.rest.split(b"\x1c\r", 1)
        return [line.split("|") for line in answer.strip(b"\x0b\r").decode().split("\r")]

    def close(self):
        if self.line is not None:
            self.line.close()
        self.line = None


def document(number, control, gln, content=None, event="T02", replaces=None, reason=""):
    """A message about the document of this number, for whom, by GLN; with its content, unless it is taken back."""
    withdrawn = event == "T11"
    parent = f"{replaces}^DPI^{DOCUMENTS}^ISO" if replaces else ""
    structure = "MDM_T01" if content is None else "MDM_T02"
    lines = [
        f"MSH|^~\\&|{SENDER[0]}|{SENDER[1]}|PASSERELLE|HUL|20261120091200+0100||MDM^{event}^{structure}|{control}|P|2.5|||||CHE"
        "|UNICODE UTF-8",
        f"EVN|{event}|20261120091200+0100", PID, PV1,
        f"TXA|1|DS|AP|20261119164000||20261120091000|||{AUTHOR}|||{number}^DPI^{DOCUMENTS}^ISO|{parent}|||{number}.pdf|LA|U"
        f"|{'CA' if withdrawn else 'AV'}|AC|{reason}||{gln}^^^^^^^^GLN&2.51.1.3&ISO^L^^^GLN",
    ]
    if content is not None:
        data = base64.b64encode(content).decode()
        lines.append(
            f"OBX|1|ED|373942005^Lettre de sortie^SCT|1|DPI^application^pdf^Base64^{data}||||||F|||20261119164000")
    return ("\r".join(lines) + "\r").encode()


def master(number):
    """The same document's identifier in FHIR."""
    return f"urn:oid:{DOCUMENTS}.{number}"
