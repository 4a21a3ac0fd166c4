"""Small PDFs written by hand: valid, different from each other, and of any size wanted."""

import os
import zlib


def letter(lines, size=0):
    """A one-page letter of `lines`, padded with noise to about `size` bytes."""
    words = "".join(f"({_escaped(line)}) '\n" for line in lines)
    stream = f"BT /F1 11 Tf 56 780 Td 16 TL\n{words}ET\n".encode("cp1252", "replace")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(fr-CH)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%sendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    if size > 1200:
        noise = zlib.compress(os.urandom(size - 1100), 0)
        parts.append(b"<</Type/Noise/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(noise), noise))
    return _assembled(parts)


def with_objects(objects, catalog=b""):
    """A one-page letter with more objects, from number 6 on, and more entries in its catalog."""
    stream = b"BT /F1 11 Tf 56 780 Td (Lettre) Tj ET\n"
    return _assembled([
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%sendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *objects])


def with_content(stream):
    """A page with these operators, and nothing else."""
    return _assembled([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%sendstream" % (len(stream), stream)])


def _assembled(parts):
    body, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    for place in places:
        body += b"%010d 00000 n \n" % place
    body += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    return bytes(body)


def _escaped(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
