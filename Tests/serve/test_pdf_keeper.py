"""The programs for PDFs by themselves, without walls around them: what their own limits and their filter hold."""

import os
import pathlib
import random
import signal
import socket
import struct
import subprocess
import tempfile
import zlib

import pytest
from outside import pdf
from outside.server import binary

REQUEST, ANSWER = "<QQQIIIIQ", "<QIi"  # Sources/CPDFKeeper/protocol.h
EXITED, KILLED, TOO_LONG, REFUSED = 1, 2, 3, 4


def beside(name):
    return pathlib.Path(binary()).with_name(name)


class Keeper:
    def __init__(self, name="qpdf"):
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.name = name
        program = beside("passerelle-pdf") if name == "qpdf" else f"/usr/bin/{name}"
        library = {} if name == "qpdf" else {"LD_PRELOAD": beside("libpasserelle-poppler.so"), "LD_BIND_NOW": "1"}
        self.process = subprocess.Popen([program], stdin=theirs, env=library)
        theirs.close()
        self.socket.settimeout(60)  # what draws pages gives way to whatever else runs

    def run(self, *arguments, file=b"", seconds=10, clock=None, memory=512 << 20, output=65536):
        """((outcome, value), what was written); without a file, its child waits for one that does not come. `clock`:
        seconds by the clock, if not as many as of the processor."""
        target, waits = os.memfd_create("output"), []
        if file is None:
            source, *waits = os.pipe()
        else:
            source = os.memfd_create("file")
        try:
            if file is not None:
                os.write(source, file)
            texts = b"".join(text.encode() + b"\0" for text in [self.name, *arguments])
            clock = seconds if clock is None else clock
            request = struct.pack(REQUEST, 7, memory, output, 1, seconds, clock, 1, len(texts))
            socket.send_fds(self.socket, [request + texts], [source, target])
            number, *answer = struct.unpack(ANSWER, self.socket.recv(100))
            assert number == 7
            return tuple(answer), os.pread(target, 1 << 23, 0)
        finally:
            for each in [source, target, *waits]:
                os.close(each)


@pytest.fixture
def keeper(request):
    keeper = Keeper(getattr(request, "param", "qpdf"))
    yield keeper
    keeper.socket.close()
    assert keeper.process.wait(10) == 0  # it ends with its socket


def test_it_says_what_qpdf_says(keeper):
    answer, text = keeper.run("--check", "--show-npages", "/dev/stdin", file=pdf.letter(["Lettre"], 50_000))
    assert answer == (EXITED, 0)
    assert b"File is not encrypted" in text and text.endswith(b"\n1\n")


def test_a_child_writes_no_file_even_without_walls(keeper, tmp_path):
    there = tmp_path / "there.pdf"
    there.write_bytes(b"not to be touched")
    for target in [tmp_path / "new.pdf", there]:
        answer, text = keeper.run("/dev/stdin", str(target), file=pdf.letter(["Lettre"]))
        assert answer == (EXITED, 2) and b"Operation not permitted" in text
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"not to be touched"]


def test_limits_end_a_child_and_not_the_keeper(keeper):
    letter = pdf.letter(["Lettre"], 50_000)
    check = ["--check", "/dev/stdin"]
    assert keeper.run(*check, file=letter, output=20)[0] == (KILLED, signal.SIGXFSZ)
    # it cannot end before its time is over, however busy the machine is
    assert keeper.run("--password-file=-", "x.pdf", file=None, seconds=0)[0] == (TOO_LONG, signal.SIGKILL)
    # nor, by the clock alone, what uses no time of the processor
    assert keeper.run("--password-file=-", "x.pdf", file=None, clock=1)[0] == (TOO_LONG, signal.SIGKILL)
    answer, text = keeper.run(*check, file=letter, memory=8 << 20)
    assert answer != (EXITED, 0), text
    assert keeper.run(*check, file=letter)[0] == (EXITED, 0)


def test_what_is_no_request_starts_no_child(keeper):
    keeper.socket.send(struct.pack(REQUEST, 9, 1, 1, 1, 1, 1, 1, 5) + b"qpdf\0")  # without files
    assert struct.unpack(ANSWER, keeper.socket.recv(100))[:2] == (9, REFUSED)
    keeper.socket.send(struct.pack(REQUEST, 9, 1, 1, 2, 1, 1, 1, 0))  # to stop what does not run
    assert keeper.run("--version")[0] == (EXITED, 0)


def test_without_a_socket_it_does_not_start():
    library = {"LD_PRELOAD": beside("libpasserelle-poppler.so")}
    for program, variables in [(beside("passerelle-pdf"), {}), ("/usr/bin/pdftoppm", library)]:
        ended = subprocess.run([program], stdin=subprocess.DEVNULL, env=variables, capture_output=True, timeout=10)
        assert ended.returncode == 1 and b"by the portal" in ended.stderr


def as_netpbm(png):
    """The picture as pdftoppm writes it; the PNG has a palette and no filters, as that of a letter."""
    chunks, at = {}, 8
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at:at + 8])
        chunks[name] = chunks.get(name, b"") + png[at + 8:at + 8 + size]
        at += 12 + size
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    rows = zlib.decompress(chunks[b"IDAT"])
    colours = [chunks[b"PLTE"][3 * entry:3 * entry + 3] for entry in range(len(chunks[b"PLTE"]) // 3)]
    pixels = (colours[entry] for row in range(height) for entry in rows[row * (width + 1) + 1:(row + 1) * (width + 1)])
    return b"P6\n%d %d\n255\n" % (width, height) + b"".join(pixels)


DRAW = ["-f", "1", "-l", "1", "-r", "110", "-singlefile", "/dev/stdin"]
poppler = pytest.mark.parametrize("keeper", ["pdftoppm", "pdftotext"], indirect=True)
draws = pytest.mark.parametrize("keeper", ["pdftoppm"], indirect=True)


@poppler
def test_it_gives_what_poppler_gives(keeper):
    letter = pdf.letter(["Lettre de sortie", "Dre Claire Favre"], 50_000)
    arguments = DRAW if keeper.name == "pdftoppm" else ["-layout", "-enc", "UTF-8", "/dev/stdin", "-"]
    with tempfile.TemporaryFile() as file:
        file.write(letter)
        file.seek(0)
        alone = subprocess.run(
            [f"/usr/bin/{keeper.name}", *arguments], stdin=file, capture_output=True, check=True).stdout
    answer, output = keeper.run(*arguments, file=letter, output=32 << 20)
    assert answer == (EXITED, 0)
    assert (as_netpbm(output) if keeper.name == "pdftoppm" else output) == alone


@poppler
def test_a_child_of_poppler_writes_no_file_even_without_walls(keeper, tmp_path):
    there = tmp_path / "there.txt"
    there.write_bytes(b"not to be touched")
    for target in [tmp_path / "new", there]:  # pdftoppm would write new-1.ppm
        keeper.run("/dev/stdin", str(target), file=pdf.letter(["Lettre"]))
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"not to be touched"]


@draws
def test_limits_end_a_drawing_child_and_not_the_keeper(keeper):
    letter = pdf.letter(["Lettre"], 50_000)
    assert keeper.run(*DRAW, file=letter, output=5000)[0] == (KILLED, signal.SIGXFSZ)
    # a picture that compression makes larger, and the kernel's own limit
    chance = random.Random(1)
    noise = b"".join(b"%.4f %.4f %.4f rg %d %d 1 1 re f " % (chance.random(), chance.random(), chance.random(), x, y)
                     for x in range(595) for y in range(0, 842))
    assert keeper.run("-r", "72", "-singlefile", "/dev/stdin", file=pdf.with_content(noise), output=595 * 842 * 3 + 15)[0] == (
        KILLED, signal.SIGXFSZ)
    slow = pdf.with_content(b"0 0 m 595 842 l 0 842 l 595 0 l S " * 500_000)
    assert keeper.run(*DRAW, file=slow, output=32 << 20, seconds=0)[0] == (TOO_LONG, signal.SIGKILL)
    answer, output = keeper.run(*DRAW, file=letter, output=32 << 20, memory=8 << 20)
    assert answer != (EXITED, 0) or len(output) < 100
    crashed, _ = keeper.run(*DRAW, file=pdf.with_content(b"q " * 500_000), output=32 << 20)
    assert crashed[0] == KILLED
    answer, output = keeper.run(*DRAW, file=letter, output=32 << 20)
    assert answer == (EXITED, 0) and as_netpbm(output).startswith(b"P6\n910 1287\n255\n")
