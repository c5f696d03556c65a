"""Twenty people at once on the pages of a province of 177 communes: seconds to the answer, at the server's door.

Each person asks one page after the other without a pause, from a process on the same two cores. Rival: the same server
that keeps no page (CHUNGSUC_KEEP_SECONDS=0), as most sites do. The limit is 150 ms at the 95th percentile.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator

PEOPLE, SECONDS, LIMIT = 20, 12, 0.150
AT = "at=2019-12-31"


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from chungsuc.config.command import main; main()", *words]


@contextlib.contextmanager
def served(home: str, keep: str) -> Iterator[int]:
    """The demo on a free port with two workers."""
    surroundings = {**os.environ, "CHUNGSUC_HOME": home, "CHUNGSUC_KEEP_SECONDS": keep, "CHUNGSUC_DEMO": "1"}
    subprocess.run(command("demo", "load"), env=surroundings, check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command("serve", "--port", str(port)), env=surroundings, **quiet)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def addresses(port: int) -> list[str]:
    """What people open: the province, the matrix, the map, the board, every district, commune and criterion."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/map/data.json?{AT}") as answer:
        units = [one["code"] for one in json.load(answer)["shapes"]]
    often = [f"/?{AT}", f"/matrix?{AT}", f"/map?{AT}", f"/board?{AT}"] * 12
    communes = [f"/units/{code}?{AT}" for code in units]
    criteria = [f"/criteria/xa-ntm-2016-2020/criteria/{number}?{AT}" for number in range(1, 20)]
    districts = [f"/units/{code:03d}?{AT}" for code in (40, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53)]
    return often + communes + criteria + districts


def people(port: int, pages: list[str]) -> list[float]:
    """All of them at work for some seconds; how long each answer took."""
    taken: list[float] = []
    end = time.monotonic() + SECONDS

    def one(seed: int) -> None:
        line, chance = http.client.HTTPConnection("127.0.0.1", port), random.Random(seed)
        while time.monotonic() < end:
            begun = time.monotonic()
            line.request("GET", chance.choice(pages), headers={"Accept-Encoding": "gzip"})
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            taken.append(time.monotonic() - begun)

    threads = [threading.Thread(target=one, args=(seed,)) for seed in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(taken)


def at(taken: list[float], share: float) -> float:
    return taken[min(int(len(taken) * share), len(taken) - 1)]


def main() -> None:
    """Print both, and the ratio."""
    print(f"{PEOPLE} people, no pause, {SECONDS} s, 2 workers; milliseconds")
    print(f"{'':30}{'answers/s':>10}{'median':>8}{'p95':>8}{'p99':>8}{'worst':>8}")
    found = {}
    with tempfile.TemporaryDirectory() as home:
        for name, keep in (("pages kept while unchanged", "60"), ("rival: every page made anew", "0")):
            with served(home, keep) as port:
                pages = addresses(port)
                runs = [("first visits, ", people(port, pages)), ("", people(port, pages))] if keep != "0" else [
                    ("", people(port, pages))
                ]
                for which, taken in runs:
                    found[which + name] = at(taken, 0.95)
                    numbers = [1000 * at(taken, share) for share in (0.5, 0.95, 0.99, 1)]
                    print(f"{which + name:30.30}{len(taken) / SECONDS:>10.0f}" + "".join(f"{n:>8.0f}" for n in numbers))
        subprocess.run(command("db", "stop"), env={**os.environ, "CHUNGSUC_HOME": home}, check=False)
    ours, rival = found["pages kept while unchanged"], found["rival: every page made anew"]
    print(f"p95 {1000 * ours:.0f} ms, limit {1000 * LIMIT:.0f} ms; the rival takes {rival / ours:.1f} times as long")


if __name__ == "__main__":
    main()
