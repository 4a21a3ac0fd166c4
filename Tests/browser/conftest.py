"""The stage of the browser tests: one seeded hospital, a portal per test file, Debian's Chromium.

Each test file gets its own server on a copy of the same data, because an account receives few codes in a quarter of
an hour. Nothing is downloaded, no host but 127.0.0.1 is reached. Under `DURABLE=1 Tests/infra/with_postgres.sh` the rows
lie in PostgreSQL, in a database for each file.

Two workers share the files out (`-n 2`): the tests of one file stay together and in order, since they tell a story; only
the pages that are judged one by one may be anywhere.
"""

import contextlib
import fcntl
import os
import pathlib
import sys

import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(pathlib.Path(__file__).parent)]

from outside.hospital import Hospital  # noqa: E402
from outside.server import Server, binary, copy_data, fresh_database  # noqa: E402
from stage import Portal  # noqa: E402

OUT = pathlib.Path(__file__).parent / "out"


@pytest.hookimpl(tryfirst=True)  # before the workers read the groups
def pytest_collection_modifyitems(items):
    for number, item in enumerate(items):
        file = item.path.stem
        group = f"{file}-{number % 4}" if file == "test_every_page" else file
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def seed(tmp_path_factory, worker_id):
    """The demo's data, made once, with all page images."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "seed" / "data"
    with alone(folder.parent):
        if not (made := folder.parent / "made").exists():
            server = Server(folder, binary())
            server.start()
            server.wait_for_previews()
            server.stop()
            made.touch()
    return folder


@contextlib.contextmanager
def alone(folder):
    """Only one worker at a time is inside."""
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="module")
def portal(request, tmp_path_factory, chromium):
    folder = tmp_path_factory.mktemp("portal") / "data"
    if "TEST_POSTGRES" in os.environ:
        server = Server(folder, binary(), database=fresh_database())
    else:
        copy_data(request.getfixturevalue("seed"), folder)
        server = Server(folder, binary())
    try:
        server.start()
        yield Portal(server, chromium)
    finally:
        server.end()


@pytest.fixture(scope="module")
def hospital(portal):
    return Hospital(portal.server)


@pytest.fixture(scope="session")
def chromium():
    arguments = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def browse(portal):
    """`page = browse()` opens a fresh browser; whatever it asked of other hosts fails the test at its end."""
    opened = []

    def open_page(**settings):
        context, strangers = portal.context(**settings)
        opened.append((context, strangers))
        return context.new_page()

    yield open_page
    strangers = [url for _, asked in opened for url in asked]
    for context, _ in opened:
        context.close()
    assert strangers == [], "requests left for other hosts"


@pytest.fixture(scope="session")
def out():
    OUT.mkdir(exist_ok=True)
    return OUT
