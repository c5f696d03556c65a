"""The matrix in the browser: scroll, sort, filter with 177 and 1,000 communes on a phone.

Chromium at 390 px, its processor throttled 4× (`Emulation.setCPUThrottlingRate`). Scroll: 60 px a frame, 180 frames.
"busy" is the work of the page's main thread for one frame (its own processor time, `Performance.getMetrics` in thread
ticks, so that other work on the machine does not count); at 60 frames a second a frame has 16.7 ms. "frame" is the time
between frames by the clock (requestAnimationFrame, median). Sort, filter: busy time of one.
Rival, in the same browser in the same run: the same table drawn from JSON, listeners on every cell, drawn anew for each
order and filter, every card laid out though out of sight, as a table widget with cell callbacks does it.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.desk._made import naive_page, our_page
from tests.chromium import FLAGS, chromium

ROOT = Path(__file__).resolve().parent.parent.parent
SLOWER, WIDTH, HEIGHT = 4, 390, 844
FRAMES, STEP = 180, 60
SCROLL = """async ([frames, step]) => {
  const times = [];
  window.scrollTo(0, document.querySelector("table").getBoundingClientRect().top + scrollY);
  await new Promise((done) => setTimeout(done, 300));
  await new Promise((done) => {
    let last = performance.now(), count = 0;
    requestAnimationFrame(function next(now) {
      if (count) times.push(now - last);
      last = now;
      window.scrollBy(0, step);
      if (++count > frames) done(); else requestAnimationFrame(next);
    });
  });
  return times;
}"""
ACT = """async (act) => {
  const begun = performance.now();
  act === "sort" ? SORT : FILTER;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
  return performance.now() - begun;
}"""
OURS = ACT.replace("SORT", "document.querySelector('[data-sort=c9]').click()").replace(
    "FILTER",
    """(
  document.querySelector('[name=q]').value = 'so 1',
  document.querySelector('[data-choose]').dispatchEvent(new Event('input')))""",
)
THEIRS = ACT.replace("SORT", "document.getElementById('sort').click()").replace(
    "FILTER",
    """(
  document.getElementById('q').value = 'số 1',
  document.getElementById('q').dispatchEvent(new Event('input')))""",
)


class Pages(SimpleHTTPRequestHandler):
    """Serves the pages of this run and the built scripts and styles."""

    pages: dict[str, bytes] = {}

    def do_GET(self) -> None:
        """A page of this run, or a static file."""
        body = self.pages.get(self.path)
        if body is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *said: Any) -> None:
        """Quiet."""


@contextmanager
def served(pages: dict[str, str]) -> Iterator[str]:
    """The pages on a free port of the loopback."""
    Pages.pages = {path: text.encode() for path, text in pages.items()}
    folder = ROOT / "chungsuc" / "doors" / "ui"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def measure(browser: Any, address: str, script: str) -> dict[str, float]:
    """Frames of a scroll, and the median of sorts and filters, on a throttled phone."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.goto(address, wait_until="load")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def busy(act: Callable[[], Any]) -> tuple[float, Any]:
        before = _worked(session)
        answer = act()
        return _worked(session) - before, answer

    scrolled, times = busy(lambda: sorted(page.evaluate(SCROLL, [FRAMES, STEP])))
    sorts = [busy(lambda: page.evaluate(script, "sort"))[0] for _ in range(5)]
    filters = [busy(lambda: page.evaluate(script, "filter"))[0] for _ in range(3)]
    page.close()
    return {
        "busy": scrolled / FRAMES,
        "frame": statistics.median(times),
        "sort": statistics.median(sorts),
        "filter": statistics.median(filters),
    }


def _worked(session: Any) -> float:
    """Milliseconds of processor time that the main thread of the page has spent in tasks."""
    found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(found["TaskDuration"]) * 1000


def main() -> int:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    path, why = chromium()
    if path is None:
        print(why)
        return 1
    makers: dict[str, tuple[Callable[[int], str], str]] = {"ours": (our_page, OURS), "naive": (naive_page, THEIRS)}
    pages = {f"/{name}-{count}": make(count) for count in (177, 1000) for name, (make, _) in makers.items()}
    heads = ("communes", "page", "gzip kB", "busy ms", "frame ms", "sort ms", "filter ms")
    print("{:>8} {:>6} {:>8} {:>8} {:>9} {:>8} {:>10}".format(*heads))
    with served(pages) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for count in (177, 1000):
            for name, (_, script) in makers.items():
                found = measure(browser, f"{address}/{name}-{count}", script)
                size = len(gzip.compress(pages[f"/{name}-{count}"].encode(), 6)) / 1000
                print(
                    f"{count:>8} {name:>6} {size:>8.1f} {found['busy']:>8.1f} {found['frame']:>9.1f}"
                    f" {found['sort']:>8.0f} {found['filter']:>10.0f}",
                    flush=True,
                )
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
