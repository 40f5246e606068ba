"""How long disclosure control takes, and how much memory: so many areas, 9 years, 45 indicators.

    python3 docs/bench/disclosure.py target/release/kvarter [--edition] [30 300 3000]

Writes a municipality of square areas in districts of thirty, with a table of areas' figures (an invented count of 45 traits of
everybody, some of them under five), builds one report, and prints the time of the whole computation, the most memory and how many
figures are shown. Needs only the standard library.
"""

import csv
import json
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

YEARS, TRAITS, DISTRICT = range(2017, 2026), 45, 30

HEAD = """catalogue: {{ title: Bench, publisher: Bench, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }}
theme: {{ primary: "#005A78", tint: "#DCEAF0", name: Bench, contact: Bench }}
areas:
  areas:     {{ title: Areas, kind-name: Area, file: areas.geojson, id: id, name: id }}
  districts: {{ title: Districts, kind-name: District, file: districts.geojson, id: id, name: id, covers: all }}
sources:
  figures: {{ title: Figures, provider: Bench, file: figures.csv, period: {{ year: year }}, located-by: {{ area: area }}, sensitivity: aggregate }}
populations:
  everybody: {{ from: figures, sum: everybody }}
{populations}
themes: {{ t: Theme }}
indicators:
  residents: {{ title: Residents, theme: t, method: {{ count: {{ of: everybody }} }}, unit: persons, higher-is: neutral }}
{indicators}
reports:
  area-status: {{ title: Status, template: area-status.typ, one-per: [areas], min-residents: 0, indicators: [i0] }}
"""


def square(x, y, width, height, name):
    ring = [[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]]
    return {"type": "Feature", "properties": {"id": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(features):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})


def write(folder, areas):
    numbers = random.Random(areas)
    districts = [range(at, min(at + DISTRICT, areas)) for at in range(0, areas, DISTRICT)]
    x = lambda area: 500_000 + 100 * (area % DISTRICT)
    y = lambda area: 6_100_000 + 100 * (area // DISTRICT)
    (folder / "areas.geojson").write_text(collection([square(x(a), y(a), 100, 100, f"a{a}") for a in range(areas)]))
    (folder / "districts.geojson").write_text(
        collection([square(x(d[0]), y(d[0]), 100 * len(d), 100, f"d{n}") for n, d in enumerate(districts)])
    )
    with (folder / "figures.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["area", "year", "everybody", *(f"t{t}" for t in range(TRAITS))])
        for year in YEARS:
            size = [numbers.randint(120, 1500) for _ in range(areas)]
            traits = [[sum(numbers.random() < 0.02 * (t % 9 + 1) for _ in range(12)) * n // 40 for t in range(TRAITS)] for n in size]
            for area in range(areas):
                rows.writerow([f"a{area}", year, size[area], *traits[area]])
            for number, district in enumerate(districts):
                of = lambda t: sum(traits[area][t] for area in district)
                rows.writerow([f"d{number}", year, sum(size[area] for area in district), *map(of, range(TRAITS))])
    populations = "\n".join(f"  t{t}: {{ from: figures, sum: t{t} }}" for t in range(TRAITS))
    entry = "  i{0}: {{ title: I{0}, theme: t, method: {{ share: {{ part: t{0}, of: everybody }} }}, unit: percent, higher-is: neutral }}"
    indicators = "\n".join(entry.format(t) for t in range(TRAITS))
    (folder / "indicators.yaml").write_text(HEAD.format(populations=populations, indicators=indicators))


def main():
    program, *sizes = sys.argv[1:]
    program = str(pathlib.Path(program).resolve())
    edition = ["--edition", "1"] if "--edition" in sizes else []
    print(f"{'areas':>6} {'compute':>9} {'wall':>9} {'memory':>9} {'shown':>8} {'hidden':>8}")
    for areas in [int(size) for size in sizes if size != "--edition"] or (30, 300, 3000):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write(folder, areas)
            started = time.monotonic()
            subprocess.run([program, "build", "a0", "--quiet", *edition], cwd=folder, check=True)
            wall = time.monotonic() - started
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            took = json.loads((folder / "out/timings.json").read_text())["milliseconds"]
            states = {"shown": 0, "hidden": 0, "missing": 0}
            with (folder / "out/results/values.csv").open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    states[row["state"]] += not row["comparator"]
            print(f"{areas:>6} {took['compute']:>7}ms {wall:>8.1f}s {memory:>7.0f}MB {states['shown']:>8} {states['hidden']:>8}")


if __name__ == "__main__":
    main()
