"""What a request costs in instructions: a figure that other programs on the machine do not change.

    python3 bench/instructions.py               list, download, and the bare server beside them
    python3 bench/instructions.py --build DIR   another release build

Runs a release server inside valgrind's callgrind and asks for the same pages one after the other on one connection. Two
runs differ by less than a hundredth, so a change of two hundredths is seen that processor time would hide. It is no
measure of time: what the kernel does is not in it, an instruction of a cipher counts as much as any, and `rep movsb` counts
once for each byte that it copies. The profiles lie in bench/out/ for callgrind_annotate.
"""

import argparse
import http.client
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "scripts")]

import stage  # noqa: E402
from outside.server import Server, copy_data, free_port  # noqa: E402

OUT = pathlib.Path(__file__).parent / "out"
CORPUS, WARM = 80, 40  # documents to download in turn; requests before it counts


def stripped(build, folder):
    """A copy of the build without its debugging information, of which valgrind cannot read all; names stay."""
    folder.mkdir()
    for one in build.iterdir():
        if one.suffix == ".resources":
            shutil.copytree(one, folder / one.name)
        elif one.name in ("passerelle", "bench"):
            subprocess.run(["objcopy", "--strip-debug", one, folder / one.name], check=True)
        elif one.name == "passerelle-pdf" or one.suffix == ".so":
            shutil.copy2(one, folder / one.name)
    return folder


class Watched:
    """A server inside callgrind, which counts nothing until it is told to."""

    def __init__(self, name, spawn):
        OUT.mkdir(exist_ok=True)
        self.file = OUT / f"callgrind.{name}"
        for one in OUT.glob(f"{self.file.name}*"):
            one.unlink()
        self.process = spawn(["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={self.file}"])

    def control(self, *words):
        subprocess.run(["callgrind_control", *words, str(self.process.pid)], check=True, capture_output=True)
        time.sleep(1)

    def count(self, port, paths, cookie, requests):
        """Instructions for each request."""
        try:
            return self._count(port, paths, {"Cookie": cookie} if cookie else {}, requests)
        finally:
            self.process.kill()
            self.process.wait()

    def _count(self, port, paths, headers, requests):
        connection = connected(port, paths[0], headers)
        ask(connection, paths, headers, WARM)
        self.control("-i", "on")
        ask(connection, paths, headers, requests)
        self.control("-d", "counted")
        dumps = [int(re.search(r"^summary: (\d+)", one.read_text(), re.M).group(1))
                 for one in OUT.glob(f"{self.file.name}.*")]
        return max(dumps) / requests


def connected(port, path, headers, seconds=120):
    """A connection on which the server has answered."""
    end = time.monotonic() + seconds
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            ask(connection, [path], headers, 1)
            return connection
        except (OSError, RuntimeError):  # not there yet, or not ready
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def ask(connection, paths, headers, count):
    for number in range(count):
        connection.request("GET", paths[number % len(paths)], headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{paths[number % len(paths)]}: {answer.status}")


def bare(build, path, requests):
    port = free_port()
    watched = Watched(f"bare{path.replace('/', '-')}", lambda prefix: subprocess.Popen(
        [*prefix, build / "bench", "hello", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    return watched.count(port, [path], None, requests)


def portal(build, folder, name, paths, requests):
    """On a copy of the corpus. Signed in before: a sign-in inside valgrind takes minutes."""
    data = folder / name
    copy_data(folder / "seed", data)
    server = Server(data, program=str(build / "passerelle"))
    server.start()
    cookie = stage.signed_in(server).cookie_header()
    server.stop()

    def spawn(prefix):
        server.prefix = prefix
        server.spawn()
        return server.process

    return Watched(name, spawn).count(server.port, paths, cookie, requests)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, default=stage.PROGRAMS.build)
    parser.add_argument("--requests", type=int, default=100)
    asked = parser.parse_args()
    for program in ("valgrind", "objcopy"):
        if shutil.which(program) is None:
            raise SystemExit(f"{program} is missing: scripts/setup-bench.sh installs it.")
    with tempfile.TemporaryDirectory(prefix="passerelle-instructions-") as name:
        folder = pathlib.Path(name)
        build = stripped(asked.build.resolve(), folder / "build")
        stage.PROGRAMS.build = build
        corpus = stage.Stage(folder, corpus=CORPUS)
        corpus.make_corpus()
        downloads = [f"/documents/{one}/fichier" for one in corpus.ids[:20]]
        figures = {
            "hello": bare(build, "/", asked.requests),
            "bare 100 KB": bare(build, "/document", asked.requests),
            "list": portal(build, folder, "list", ["/documents"], asked.requests),
            "download": portal(build, folder, "download", downloads, asked.requests),
        }
    for name, figure in figures.items():
        print(f"{name:12} {figure / 1000:8,.0f} thousand instructions")
    print(f"list / hello {figures['list'] / figures['hello']:.2f}, "
          f"download / bare 100 KB {figures['download'] / figures['bare 100 KB']:.2f}")


if __name__ == "__main__":
    main()
