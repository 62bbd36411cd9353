"""Measure how smoothly the presenter screen moves while answers pour in: frames, long tasks and memory, in Chromium.

`python bench/screen.py` starts a server on a fresh database, opens the screen of a meeting at 1920 x 1080 with a slowed
processor, and feeds it the `results` messages that 500 answers a second make, through the page's own socket code. For
bars, a word cloud, cards and a band of answers it prints percentiles of the time between frames, what the messages cost the
page, and the tasks over 50 ms; with `--hour` also the memory before and after an hour's worth of messages, sent as fast as it
goes. `--json FILE` saves the figures, so that two commits can be compared. It needs Chromium and takes about three minutes.
"""

import argparse
import json
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.needs import CHROMIUM_ARGUMENTS, WITH_WINDOWS, browser_path  # noqa: E402  # the project is not installed as a package
from tests.people import Desk  # noqa: E402
from tests.real_server import RealServer  # noqa: E402

FEEDER = (Path(__file__).parent / "screen_feeder.js").read_text(encoding="utf-8")
SIZE: ViewportSize = {"width": 1920, "height": 1080}
SLIDES: dict[str, tuple[str, dict[str, str]]] = {
    "bars": (
        "choice",
        {"least": "1", "most": "1", "unit": "percent"} | {f"options-{n}-label": f"Option {n + 1}" for n in range(5)},
    ),
    "cloud": ("word_cloud", {"entries": "3"}),
    "cards": ("open_text", {"entries": "1", "limit": "500", "display": "cards"}),
    "band": ("open_text", {"entries": "1", "limit": "500", "display": "ticker"}),
}
MOST_SECONDS = 60
HOUR = 36_000
"""Messages of an hour, at ten a second."""


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seconds", type=int, default=12, help="how long answers pour in, per kind of slide (at most 60)")
    ask.add_argument("--slower", type=float, default=4, help="how many times slower the processor is made")
    ask.add_argument("--only", choices=SLIDES, action="append", help="measure these alone")
    ask.add_argument("--hour", action="store_true", help="measure memory over an hour's worth of messages")
    ask.add_argument("--json", type=Path, help="save the figures in this file")
    options = ask.parse_args()
    figures: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = RealServer(Path(folder) / "data")
        server.start()
        path = browser_path(playwright.chromium.executable_path, WITH_WINDOWS)
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        try:
            desk = Desk(server.url)
            desk.start_with(server.first_link())
            for name in options.only or SLIDES:
                page = browser.new_page(viewport=SIZE)
                open_screen(page, desk, name)
                figures[name] = measure(page, name, min(options.seconds, MOST_SECONDS), options.slower)
                print(sentence(name, figures[name]), flush=True)
                if options.hour:
                    figures[name] |= remember(page, name)
                    print(f"       memory after an hour's messages: {figures[name]['grown_kb']:+.0f} KB", flush=True)
                page.close()
        finally:
            browser.close()
            server.kill()
    if options.json:
        told = {"machine": platform.processor() or platform.machine(), "slower": options.slower, "screens": figures}
        options.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


def open_screen(page: Page, desk: Desk, name: str) -> None:
    """Open the screen of a new meeting at its only slide."""
    kind, settings = SLIDES[name]
    meeting = desk.make_meeting(name, "standard")
    desk.add_slide(meeting, kind, "Why did you join today?", **settings)
    cookies = desk.browser.cookies
    page.context.add_cookies([{"name": one.name, "value": one.value or "", "url": desk.url} for one in cookies])
    page.add_init_script(FEEDER)
    page.goto(f"{desk.url}/present/{meeting}")
    page.get_by_text("Join with your phone").wait_for()
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="Why did you join today?").first.wait_for()


def measure(page: Page, name: str, seconds: int, slower: float) -> dict[str, Any]:
    """Let answers pour in for some seconds; return what the frames were like."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    idle = page.evaluate("() => feeder.watch(2000)")
    found: dict[str, Any] = page.evaluate("([name, ms]) => feeder.pour(name, ms)", [name, seconds * 1000])
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return found | {"idle": idle}


def remember(page: Page, name: str) -> dict[str, Any]:
    """Return the memory that stays taken after an hour's worth of messages."""
    cdp = page.context.new_cdp_session(page)
    page.evaluate("([name, count]) => feeder.rush(name, count)", [name, HOUR // 20])
    before = taken(cdp)
    page.evaluate("([name, count]) => feeder.rush(name, count)", [name, HOUR])
    after = taken(cdp)
    return {
        "heap_kb": after["heap"] / 1024,
        "grown_kb": (after["heap"] - before["heap"]) / 1024,
        "nodes": after["nodes"],
    }


def taken(cdp: CDPSession) -> dict[str, int]:
    """Return bytes of JavaScript's heap and the number of nodes, with no garbage left."""
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
    return {
        "heap": int(cdp.send("Runtime.getHeapUsage")["usedSize"]),
        "nodes": int(cdp.send("Memory.getDOMCounters")["nodes"]),
    }


def sentence(name: str, found: dict[str, Any]) -> str:
    """Tell it in one line; times are milliseconds."""
    frames, tasks, cost = found["frames"], found["tasks"], found["cost"]
    return (
        f"{name:6} {found['messages']} messages, {frames['count']} frames ({frames['rate']:.1f}/s; idle {found['idle']['frames']['rate']:.1f}/s)"
        f"  between frames p50 {frames['p50']:.1f} p95 {frames['p95']:.1f} p99 {frames['p99']:.1f} max {frames['max']:.1f}"
        f"  late {frames['late']:.1%}  script p50 {cost['p50']:.1f} p95 {cost['p95']:.1f} max {cost['max']:.1f}"
        f"  long tasks {tasks['count']}, longest {tasks['longest']:.0f}"
    )


if __name__ == "__main__":
    main()
