"""The contents move from the disk into an S3 store while the portal serves; then the store goes away and comes back."""

import re
import subprocess

import pytest
import requests
from conftest import PASSWORD, ROOT, Installation, consent, document, eventually
from outside import pdf
from outside import server as outside

LETTERS = [pdf.letter([f"Lettre de sortie {number}"]) for number in range(4)]
MASTER = "urn:oid:2.16.756.5.30.1.999.3.9"


class Moving(Installation):
    """An installation whose place of contents is changed from test to test."""

    def __init__(self, folder):
        super().__init__(folder)
        self.contents = self.data / "contents"
        self.place = {}
        self.browser = requests.Session()
        self.browser.verify, self.browser.trust_env = str(self.ca), False
        self.s3 = outside.free_ports(4)
        self.bucket = f"s3://127.0.0.1:{self.s3}/letters/hul"
        self.keys = {"s3-region": "eu-central-2", "s3-access-key": "portal:app", "s3-secret-key": "s3cret",
                     "s3-tls": "off"}

    def settings(self):
        return {**super().settings(), **self.place}

    def serve_from(self, **place):
        """Again, with other places."""
        self.browser.close()  # or it waits for open connections
        if "portal" in self.servers:
            assert self.stop("portal") == 0
        self.place = {**{name.replace("_", "-"): value for name, value in place.items()}, **self.keys}
        self.serve()

    def start_store(self):
        self.start("s3", "bash", ROOT / "Tests/infra/s3.sh", self.s3, self.folder / "s3")
        ready = self.folder / "s3.log"
        count = self.starts = getattr(self, "starts", 0) + 1
        eventually(lambda: ready.read_text(errors="replace").count("ready") == count, 60)

    def objects(self):
        listed = subprocess.run(
            [ROOT / ".venv-s3/bin/python", ROOT / "Tests/infra/s3_bucket.py", str(self.s3), "letters"],
            check=True, capture_output=True, text=True)
        return {name.removeprefix("hul/") for name in listed.stdout.split()}

    def files(self):
        return {path.name for path in self.contents.iterdir()}

    def move(self, *options, check=True):
        keys = [word for name, value in self.keys.items() for word in (f"--{name}", value)]
        return self.run(
            "store", "move", "--from", str(self.contents), "--to", self.bucket, *options, *keys, check=check)

    def publish(self, number):
        return self.fhir("POST", "/DocumentReference", document(LETTERS[number], f"{MASTER}.{number}"))

    def sign_in(self):
        page = self.browser.get(self.base + "/documents", timeout=10)
        page = self.browser.post(self.base + "/connexion", timeout=30, data={
            "_jeton": hidden(page.text), "email": "claire.favre@cabinet-lac.example", "password": PASSWORD,
            "retour": "/documents"})
        page = self.browser.post(self.base + "/connexion/code", timeout=10, data={
            "_jeton": hidden(page.text), "code": eventually(self.newest_code), "retour": "/documents"})
        assert page.url.endswith("/documents")

    def documents(self):
        page = self.browser.get(self.base + "/documents", timeout=10).text
        return sorted(set(re.findall(r'href="(/documents/[0-9a-f]{32})', page)))

    def downloads(self):
        """What she downloads, of all that is in her inbox."""
        return sorted(
            self.browser.get(f"{self.base}{path}/fichier", timeout=30).content for path in self.documents())


def hidden(page):
    return re.search(r'name="_jeton" value="([^"]*)"', page).group(1)


@pytest.fixture(scope="module")
def moving(tmp_path_factory):
    place = Moving(tmp_path_factory.mktemp("s3"))
    place.run(
        "practitioner", "--email", "claire.favre@cabinet-lac.example", "--honorific", "Dre", "--family-name", "Favre",
        "--given-name", "Claire", "--mobile", "+41790000001", "--gln", "7601099000013", text=PASSWORD + "\n")
    place.run("communicant", "--type", "373942005")
    place.make_client()
    place.start_carrier()
    place.start_store()
    place.serve()
    yield place
    place.end()


def test_it_begins_on_the_disk(moving):
    address = "/Consent?identifier=urn:oid:2.16.756.5.30.1.999.6%7CCONS-1"
    assert moving.fhir("PUT", address, consent()).status_code == 201
    assert moving.publish(0).status_code == 201
    eventually(lambda: len(moving.files()) == 3)  # with page image and text
    moving.sign_in()
    assert moving.downloads() == LETTERS[:1]


def test_both_places_serve_while_the_contents_move(moving):
    moving.serve_from(store=moving.bucket, store_fallback=moving.contents)
    assert moving.downloads() == LETTERS[:1], "from the old place"
    assert moving.publish(1).status_code == 201
    eventually(lambda: len(moving.objects()) == 3)
    assert len(moving.files()) == 3, "the new ones go to the new place"
    assert moving.downloads() == sorted(LETTERS[:2])


def test_the_move_is_verified_and_may_run_again(moving):
    done = moving.move()
    assert re.search(r"^3 copied \(\d+ bytes\) and 0 already there, all verified; "
                     r"3 only in the new place; 0 missing; 0 removed$", done.stdout, re.M), done.stdout
    assert moving.files() < moving.objects() and len(moving.objects()) == 6
    done = moving.move("--remove")
    assert "0 copied (0 bytes) and 3 already there, all verified; 3 only in the new place; 0 missing; 3 removed" \
        in done.stdout, done.stdout
    assert moving.files() == set()


def test_a_mistyped_folder_is_not_made(moving):
    keys = [word for name, value in moving.keys.items() for word in (f"--{name}", value)]
    folder = moving.data / "content"
    done = moving.run("store", "move", "--from", str(folder), "--to", moving.bucket, *keys, check=False)
    assert done.returncode == 78 and "no folder" in done.stderr and not folder.exists()


def test_the_new_place_alone_has_everything(moving):
    moving.serve_from(store=moving.bucket)
    assert moving.downloads() == sorted(LETTERS[:2])
    path = moving.documents()[0]
    page = moving.browser.get(moving.base + path, timeout=10).text
    image = re.search(r'src="(/documents/[0-9a-f]{32}/pages/1[^"]*)"', page).group(1)
    assert moving.browser.get(moving.base + image, timeout=10).content.startswith(b"\x89PNG")
    part = moving.browser.get(moving.base + path + "/fichier", headers={"Range": "bytes=5-14"}, timeout=10)
    assert part.status_code == 206 and part.content in [letter[5:15] for letter in LETTERS[:2]]


def test_a_store_that_is_down_means_try_later_and_nothing_is_half_there(moving):
    known = moving.objects()
    moving.stop("s3")
    refused = moving.publish(2)
    assert refused.status_code == 503 and int(refused.headers["Retry-After"]) > 0
    page = moving.browser.get(moving.base + moving.documents()[0] + "/fichier", timeout=30)
    assert page.status_code == 503 and int(page.headers["Retry-After"]) > 0
    assert len(moving.documents()) == 2, "who is signed in goes on"
    stopped = moving.move(check=False)
    assert stopped.returncode == 1 and stopped.stdout.startswith("stopped: the store cannot be reached")
    moving.start_store()
    assert moving.objects() == known
    assert moving.publish(2).status_code == 201
    eventually(lambda: len(moving.objects()) == 9)
    assert moving.downloads() == sorted(LETTERS[:3])


def test_the_portal_starts_without_its_store(moving):
    moving.stop("s3")
    moving.serve_from(store=moving.bucket)
    assert moving.publish(3).status_code == 503
    moving.start_store()
    assert moving.publish(3).status_code == 201
    assert moving.downloads() == sorted(LETTERS)


REFUSED = {
    "a wrong secret": ({"s3-secret-key": "wrong"}, "--s3-secret-key"),
    "a wrong region": ({"s3-region": "us-east-1"}, "--s3-region"),
    "a bucket that is not there": ({"store": "s3://127.0.0.1:PORT/nowhere"}, "make the bucket"),
    "a store without TLS elsewhere": ({"store": "s3://store.example/letters"}, "on this machine"),
    "no key": ({"s3-access-key": ""}, "--s3-access-key"),
    "half TLS": ({"s3-tls": "maybe"}, "--s3-tls"),
    "no bucket": ({"store": "s3://127.0.0.1:PORT"}, "bucket"),
    "another scheme": ({"store-fallback": "https://store.example/letters"}, "s3://"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_serve_refuses(moving, name):
    changes, word = REFUSED[name]
    settings = {**moving.settings(), "store": moving.bucket, **moving.keys, "port": outside.free_port(), **changes}
    arguments = [
        word for key, value in settings.items() for word in (f"--{key}", str(value).replace("PORT", str(moving.s3)))]
    done = moving.run("serve", *arguments, check=False)
    assert done.returncode == 78 and word in done.stderr, done.stderr
    assert "s3cret" not in done.stderr


def test_it_ends_in_order(moving):
    moving.browser.close()
    assert moving.stop("portal") == 0
