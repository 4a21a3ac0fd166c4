"""Reading what the kernel says of a process tree, and driving wrk.

Processor time is the figure to trust: user and system time of the whole tree, the reaped children included, over
completed requests. Rates move tenfold with the load of a machine and are used only as ratios inside one run.
"""

import os
import pathlib
import re
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")


def roots(pid):
    """One process, or several, such as the server and its database."""
    return pid if isinstance(pid, tuple) else (pid,)


def tree(pid):
    """A process and its descendants; several trees for several roots."""
    if isinstance(pid, tuple):
        return [one for root in pid for one in tree(root)]
    found = [pid]
    for path in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in path.read_text().split():
                found += tree(int(child))
        except OSError:
            pass
    return found


def cpu(pid):
    """Seconds of user and system time: live processes, and what they have reaped."""
    total = 0
    for one in tree(pid):
        try:
            fields = pathlib.Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15])
    return total / TICK


def settled_cpu(pid, quiet=0.5, limit=120):
    """The same once the server has nothing left to do."""
    end, last = time.monotonic() + limit, cpu(pid)
    while time.monotonic() < end:
        time.sleep(quiet)
        now = cpu(pid)
        if now - last <= 0.02 * quiet + 1.5 / TICK:
            return now
        last = now
    return last


def pss_kb(pid):
    total = 0
    for one in tree(pid):
        try:
            text = pathlib.Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1))
    return total


def load1():
    return os.getloadavg()[0]


def wrk(url, pid, connections, seconds, cookie=None, script=None, pin=()):
    """One run against the server `pid`: rate, latency, CPU per request, errors."""
    command = [*pin, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    if cookie:
        command += ["-H", f"Cookie: {cookie}"]
    if script:
        command += ["-s", script]
    before = settled_cpu(pid, 0.2, 20)
    text = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    after = settled_cpu(pid, 0.2, 20)
    count = int(re.search(r"(\d+) requests in", text).group(1))
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    socket = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    errors = int(wrong.group(1)) if wrong else 0
    errors += sum(int(number) for number in socket.groups()) if socket else 0
    return {
        "n": count, "rps": float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)),
        "p50_us": _latency(text, "50%"), "p99_us": _latency(text, "99%"),
        "cpu_us_per_req": (after - before) / max(count, 1) * 1e6, "errors": errors,
    }


def _latency(text, share):
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", text)
    scale = {"us": 1, "ms": 1e3, "s": 1e6}
    return float(found.group(1)) * scale[found.group(2)] if found else None


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else None


class SyncLog:
    """Notes the moment of every sync of a process tree while it is open."""

    def __init__(self, pid, file):
        self.file = file
        pids = [word for one in tree(pid) for word in ("-p", str(one))]
        self.strace = subprocess.Popen(
            ["strace", "-f", "-ttt", "-e", "trace=fsync,fdatasync,sync_file_range", "-o", file, *pids],
            stderr=subprocess.PIPE, text=True)
        time.sleep(1)

    def close(self):
        """The moments, seconds since 1970; None where strace may not attach."""
        if self.strace.poll() is None:
            self.strace.send_signal(2)
        _, said = self.strace.communicate(timeout=30)
        if "ptrace" in said or "not permitted" in said:
            return None
        lines = pathlib.Path(self.file).read_text().splitlines()
        return [float(line.split()[1]) for line in lines if re.search(r"\d (fsync|fdatasync|sync_file_range)\(", line)]
