"""Measures what a report costs, beside the `typst` command line on the same payload.

    cargo build --release
    python3 docs/bench/typst.py target/release/kvarter

Builds the demonstration on one thread: with one report (cold: fonts, templates and the first layout are in it) and with all of
its kind (warm: the difference, over the others), and takes the time of the stage `reports` from `timings.json`, so that reading
data and computing are not in it. If `typst` 0.15.1 is on the path (`cargo install typst-cli --version 0.15.1 --locked`), it
compiles the same payload and drawings with the same templates, fonts and PDF standards, each time as a process of its own. If it
is not, and Python's package is installed (`pip install typst`), that compiles them: the same compiler, started by Python, whose
start is in the time. The package cannot switch `a11y-extras` on, so the heads of rows are plain cells there.
"""

import importlib.util
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
# Folder, template, standards: what a process of Python's package does.
PACKAGE = """
import sys, typst
work, template, standards = sys.argv[1:]
typst.compile(f"{work}/{template}", output=f"{work}/report.pdf", root=work, font_paths=[f"{work}/fonts"],
              ignore_system_fonts=True, pdf_standards=standards.split(","))
"""
ROW_HEAD = 'pdf.header-cell(scope: "row", cell)'


def build(kvarter, out, names, formats):
    subprocess.run(
        [kvarter, "build", *names, "--catalogue", ROOT / "indicators.yaml", "--data", ROOT, "--out", out,
         "--jobs", "1", "--format", formats, "--quiet"],
        check=True,
    )
    return json.loads((out / "timings.json").read_text())["milliseconds"]["reports"]


def compiled(typst, out, work):
    """The seconds of one run: of the command line, or of Python's package where there is no `typst`."""
    shutil.copytree(ROOT / "templates", work, dirs_exist_ok=True)
    payload = out / "results" / "payload" / REPORT
    shutil.copy(payload / f"{AREA}.json", work / "data.json")
    for drawing in (payload / AREA).iterdir():
        shutil.copy(drawing, work)
    if typst is None:
        theme = work / "parts" / "theme.typ"
        theme.write_text(theme.read_text(encoding="utf-8").replace(ROW_HEAD, "cell"), encoding="utf-8")
        command = [sys.executable, "-c", PACKAGE, work, f"{REPORT}.typ", STANDARDS]
    else:
        command = [typst, "compile", "--root", work, "--font-path", work / "fonts", "--ignore-system-fonts", "--features",
                   "a11y-extras", "--pdf-standard", STANDARDS, work / f"{REPORT}.typ", work / "report.pdf"]
    started = time.perf_counter()
    subprocess.run(command, check=True)
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
        if typst is not None:
            print(subprocess.run([typst, "--version"], capture_output=True, text=True, check=True).stdout.strip())
        elif importlib.util.find_spec("typst") is not None:
            print("typst is not on the path: Python's package compiles instead")
        else:
            print("neither typst nor Python's package is installed: the comparison was not run")
            return
        build(kvarter, folder / "payload", [AREA], "json")
        times = [compiled(typst, folder / "payload", folder / f"typst-{run}") for run in range(RUNS)]
        print(f"typst, the same report in a process of its own: {1000 * statistics.median(times):.0f} ms")


main()
