"""Measures the flows of all areas: persons followed over nine years, and the same in polars (Python).

    pip install polars numpy
    cargo build --release
    python3 docs/bench/moves.py target/release/kvarter [PERSONS/AREAS]...

Writes invented residents of nine years (fixed seed): each year some move within the municipality, some leave and others come,
and some change whether they are on benefits. `kvarter check --data` reads them, places every address, follows every person,
counts all flows of all areas and publishes them (disclosure control included); it is run with and without `moves:` in the
catalogue, so that the difference is what moves cost: following and counting grow with the persons, disclosure control with the
areas. The script links the same persons by joins in polars and counts persons
and cases of nine flows by area and year, without placing, intervals or disclosure control. Prints seconds and the most memory of each.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

YEARS = range(2017, 2026)
SIDE, COLUMNS = 1000, 25
EAST, NORTH = 500_000, 6_100_000

CATALOGUE = """catalogue: { title: Bench, publisher: Bench, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas: { areas: { title: Areas, kind-name: Area, file: areas.geojson, id: id, name: id, covers: all } }
sources:
  residents:
    title: Residents
    file: residents.parquet
    period: { year: year }
    located-by: { address: { source: addresses, key: address_id } }
    sensitivity: person
    person: person_id
    came-from: { column: came_from, abroad: [abroad] }
    left-for: { column: left_for, abroad: [abroad], died: [died] }
  addresses: { title: Addresses, file: addresses.parquet, located-by: { point: { x: x, y: y, crs: EPSG:25832 } }, sensitivity: public }
populations:
  everybody: { from: residents }
  grown: { within: everybody, where: age BETWEEN 18 AND 64 }
  benefits: { within: grown, where: benefit }
themes: { all: Alt }
indicators:
  residents: { title: Residents, definition: Beboere, TOLD, method: { count: { of: everybody } }, unit: persons, higher-is: neutral }
  share: { title: Share, definition: Andel, TOLD, method: { share: { part: benefits, of: grown } }, unit: percent, higher-is: worse }
""".replace("TOLD", "theme: all, question: 'Hvor mange?', register: CPR, reference-date: 1. januar, "
            "frequency: yearly, pitfalls: [Opdigtede tal], references: [Opdigtede tal]")
MOVES = "moves: { jobs: { indicator: share, layers: [areas] } }\n"


def write(folder, people, areas):
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(9)
    square = lambda x, y: [[[x, y], [x + SIDE, y], [x + SIDE, y + SIDE], [x, y + SIDE], [x, y]]]
    corner = lambda area: (EAST + area % COLUMNS * SIDE, NORTH + area // COLUMNS * SIDE)
    features = [
        {"type": "Feature", "properties": {"id": f"a{area}"}, "geometry": {"type": "Polygon", "coordinates": square(*corner(area))}}
        for area in range(areas)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    (folder / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
    addresses = people // 3
    of_area = rng.integers(0, areas, addresses)
    pl.DataFrame({
        "address_id": np.arange(addresses, dtype=np.int64),
        "x": EAST + of_area % COLUMNS * SIDE + 1 + rng.random(addresses) * (SIDE - 2),
        "y": NORTH + of_area // COLUMNS * SIDE + 1 + rng.random(addresses) * (SIDE - 2),
    }).write_parquet(folder / "addresses.parquet")

    person = np.arange(people, dtype=np.int64)
    address = rng.integers(0, addresses, people)
    born = 2017 - rng.integers(0, 90, people)
    benefit = rng.random(people) < 0.2
    came = np.zeros(people, dtype=np.int8)
    next_person, frames = people, []
    words = pl.Series(["", "elsewhere", "abroad", "died"])
    named = lambda codes: words.gather(pl.Series(codes.astype(np.uint32))).replace("", None)
    for year in YEARS:
        left = np.zeros(people, dtype=np.int8)
        leaves = rng.random(people) < 0.07
        left[leaves] = rng.choice([1, 2, 3], leaves.sum(), p=[0.75, 0.1, 0.15])
        frames.append(pl.DataFrame({
            "year": np.full(people, year, np.int32), "person_id": person, "address_id": address, "area": of_area[address].astype(np.int32),
            "age": (year - born).astype(np.int32), "benefit": benefit,
            "came_from": named(came), "left_for": named(left),
        }))
        person, address, born, benefit = person.copy(), address.copy(), born.copy(), benefit.copy()
        moves = rng.random(people) < 0.06
        address[moves] = rng.integers(0, addresses, moves.sum())
        turns = rng.random(people) < 0.05
        benefit[turns] = ~benefit[turns]
        count = int(leaves.sum())
        person[leaves] = np.arange(next_person, next_person + count)
        next_person += count
        address[leaves] = rng.integers(0, addresses, count)
        born[leaves] = year + 1 - rng.integers(1, 60, count)
        benefit[leaves] = rng.random(count) < 0.3
        came = np.zeros(people, dtype=np.int8)
        came[leaves] = rng.choice([1, 2], count, p=[0.85, 0.15])
    pl.concat(frames).sort("person_id", "year").write_parquet(folder / "residents.parquet")


def in_polars(folder):
    """Persons and cases of nine flows by area and year, by joining every year with the one before."""
    import polars as pl

    rows = pl.read_parquet(folder / "residents.parquet")
    grown = pl.col("age").is_between(18, 64)
    now = rows.with_columns(grown.alias("grown"))
    then = now.select("person_id", (pl.col("year") + 1).alias("year"), pl.col("area").alias("area0"), pl.col("grown").alias("grown0"), pl.col("benefit").alias("benefit0"))
    later = now.select("person_id", (pl.col("year") - 1).alias("year"), pl.col("area").alias("area1"), pl.col("grown").alias("grown1"))
    came = now.join(then, on=["person_id", "year"], how="left").filter(pl.col("grown") & (pl.col("year") > 2017))
    flow = (
        pl.when(pl.col("area0").is_null()).then(pl.when(pl.col("came_from") == "abroad").then(pl.lit("in-abroad")).otherwise(pl.lit("in-elsewhere")))
        .when(pl.col("area0") != pl.col("area")).then(pl.lit("in-municipality"))
        .when(~pl.col("grown0")).then(pl.lit("entered"))
        .when(pl.col("benefit") & ~pl.col("benefit0")).then(pl.lit("up"))
        .when(~pl.col("benefit") & pl.col("benefit0")).then(pl.lit("down"))
        .otherwise(pl.lit("same"))
    )
    of_came = came.group_by("area", "year", flow.alias("flow")).agg(pl.len(), pl.col("benefit").sum())
    went = now.join(later, on=["person_id", "year"], how="left").filter(pl.col("grown") & (pl.col("year") < 2025))
    flow = (
        pl.when(pl.col("area1").is_null()).then(pl.col("left_for"))
        .when(pl.col("area1") != pl.col("area")).then(pl.lit("out-municipality"))
        .when(~pl.col("grown1")).then(pl.lit("left")).otherwise(pl.lit("stays"))
    )
    of_went = went.group_by("area", "year", flow.alias("flow")).agg(pl.len(), pl.col("benefit").sum())
    return int(of_came.filter(pl.col("flow").str.starts_with("in-"))["len"].sum()), of_went.height


def timed(command, folder):
    """Seconds, the most memory (GB), state and output of a command, in a process of its own so that the memory is its own."""
    code = (
        "import resource, subprocess, sys, time\n"
        "started = time.perf_counter()\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6\n"
        "print(time.perf_counter() - started, most, done.returncode, done.stdout)\n"
    )
    found = subprocess.run([sys.executable, "-c", code, *command], cwd=folder, capture_output=True, text=True, check=True)
    seconds, most, state, output = found.stdout.split(" ", 3)
    return float(seconds), float(most), state, output


def main():
    program, *sizes = sys.argv[1:]
    if program == "--polars":
        return print(*in_polars(Path(sizes[0])))
    program = str(Path(program).resolve())
    for size in sizes or ["600000/25", "600000/300", "6000000/25"]:
        people, areas = map(int, size.split("/"))
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            write(folder, people, areas)
            print(f"{people} persons, {areas} areas, {len(YEARS)} years", flush=True)
            for name, tail in [("without moves", ""), ("with moves", MOVES)]:
                (folder / "indicators.yaml").write_text(CATALOGUE + tail)
                seconds, most, state, _ = timed([program, "check", "--data"], folder)
                print(f"  kvarter, {name}: {seconds:.1f} s, {most:.1f} GB, exit {state}", flush=True)
            script = [sys.executable, str(Path(__file__).resolve()), "--polars", str(folder)]
            seconds, most, _, output = timed(script, folder)
            print(f"  polars: {seconds:.1f} s, {most:.1f} GB, {output.split()[0]} movers in", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("POLARS_MAX_THREADS", "2")
    main()
