"""Measures what a report costs, beside the `typst` command line on the same payload.

    cargo build --release
    python3 docs/bench/typst.py target/release/kvarter

Builds the demonstration on one thread: with one report (cold: fonts, templates and the first layout are in it) and with all of
its kind (warm: the difference, over the others), and takes the time of the stage `reports` from `timings.json`, so that reading
data and computing are not in it. If `typst` 0.15.1 is on the path (`cargo install typst-cli --version 0.15.1 --locked`), it
compiles the same payload and drawings with the same templates, fonts and PDF standards, each time as a process of its own.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORT, AREA, RUNS = "area-status", "gronnevang", 3
STANDARDS = "ua-1,a-3a"


def build(kvarter, out, names, formats):
    subprocess.run(
        [kvarter, "build", *names, "--catalogue", ROOT / "indicators.yaml", "--data", ROOT, "--out", out,
         "--jobs", "1", "--format", formats, "--quiet"],
        check=True,
    )
    return json.loads((out / "timings.json").read_text())["milliseconds"]["reports"]


def compiled(typst, out, work):
    """The seconds of one run of the command line."""
    shutil.copytree(ROOT / "templates", work, dirs_exist_ok=True)
    payload = out / "results" / "payload" / REPORT
    shutil.copy(payload / f"{AREA}.json", work / "data.json")
    for drawing in (payload / AREA).iterdir():
        shutil.copy(drawing, work)
    started = time.perf_counter()
    subprocess.run(
        [typst, "compile", "--root", work, "--font-path", work / "fonts", "--ignore-system-fonts", "--features",
         "a11y-extras", "--pdf-standard", STANDARDS, work / f"{REPORT}.typ", work / "report.pdf"],
        check=True,
    )
    return time.perf_counter() - started


def main():
    kvarter = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        one = [build(kvarter, folder / f"one-{run}", [AREA], "pdf") for run in range(RUNS)]
        every = [build(kvarter, folder / f"all-{run}", [REPORT], "pdf") for run in range(RUNS)]
        reports = len(list((folder / "all-0" / REPORT).glob("*.pdf")))
        cold, total = statistics.median(one), statistics.median(every)
        print(f"kvarter, first report: {cold:.0f} ms")
        print(f"kvarter, each further report: {(total - cold) / (reports - 1):.0f} ms ({reports} reports in {total:.0f} ms)")
        typst = shutil.which("typst")
        if typst is None:
            print("typst is not on the path: the comparison was not run")
            return
        print(subprocess.run([typst, "--version"], capture_output=True, text=True, check=True).stdout.strip())
        build(kvarter, folder / "payload", [AREA], "json")
        times = [compiled(typst, folder / "payload", folder / f"typst-{run}") for run in range(RUNS)]
        print(f"typst, the same report in a process of its own: {1000 * statistics.median(times):.0f} ms")


main()
