"""Measures the indicator engine: 6 million residents, 5,000 areas, 20 indicators.

    pip install polars pandas pyarrow
    cargo build --release
    python3 docs/bench/engine.py target/release/kvarter

Writes the same invented data each time (fixed seed) into a temporary folder, then runs in turn, on two cores:
`kvarter check --data` (all of it: catalogue, reading, placing every address in its polygon, all sums, comparisons, intervals,
disclosure control), and scripts that compute the same 20 indicators one by one in polars and in pandas, as they are usually
written. The scripts get each address's area as a column; only kvarter finds it from coordinates. Prints seconds and peak
memory of each, the cost of a further indicator, and whether all three found the same numbers.
"""

import argparse
import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CORES = "2"
COLUMNS, ROWS, SIDE = 100, 50, 4000
EAST, NORTH = 450_000, 6_050_000
AREAS = COLUMNS * ROWS

# An indicator: part and whole, each a condition over the rows (SQL; the scripts take it as polars' SQL and pandas' `query`).
CONDITIONS = {
    "residents": None,
    "children": "age BETWEEN 0 AND 17",
    "toddlers": "age BETWEEN 0 AND 5",
    "pupils": "age BETWEEN 6 AND 16",
    "young": "age BETWEEN 18 AND 29",
    "working-age": "age BETWEEN 18 AND 64",
    "middle": "age BETWEEN 30 AND 59",
    "adults": "age >= 18",
    "old": "age >= 65",
    "very-old": "age >= 80",
    "women": "sex = 1",
    "foreign": "citizenship > 0",
    "eu": "citizenship = 1",
    "alone": "age >= 18 AND household_type = 0",
    "lone-parent": "age BETWEEN 0 AND 17 AND household_type = 1",
    "large": "household_size >= 5",
    "newcomers": "lived_here < 1",
    "settled": "lived_here >= 5",
    "young-foreign": "age BETWEEN 18 AND 29 AND citizenship > 0",
    "old-alone": "age >= 65 AND household_type = 0",
    "basic": "age BETWEEN 30 AND 59 AND education = 0",
    "students": "age BETWEEN 18 AND 29 AND education = 1",
    "on-benefits": "age BETWEEN 18 AND 64 AND benefit_share > 0",
    "teenagers": "age BETWEEN 13 AND 17",
}
WEIGHTED = {"on-benefits": "benefit_share"}
SHARES = [
    ("children", "residents"), ("toddlers", "residents"), ("pupils", "residents"), ("young", "residents"),
    ("old", "residents"), ("very-old", "residents"), ("women", "residents"), ("foreign", "residents"),
    ("eu", "residents"), ("alone", "adults"), ("lone-parent", "children"), ("large", "residents"),
    ("newcomers", "residents"), ("settled", "residents"), ("young-foreign", "young"), ("old-alone", "old"),
    ("basic", "middle"), ("students", "young"), ("on-benefits", "working-age"), ("working-age", "residents"),
]
FURTHER = ("teenagers", "children")


def write_data(folder: Path, people: int) -> None:
    """Areas, addresses and residents, the same each time."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(20251)
    square = lambda x, y: [[[x, y], [x + SIDE, y], [x + SIDE, y + SIDE], [x, y + SIDE], [x, y]]]
    features = [
        {
            "type": "Feature",
            "properties": {"id": f"a{number:04}", "name": f"Område {number}"},
            "geometry": {
                "type": "Polygon",
                "coordinates": square(EAST + number % COLUMNS * SIDE, NORTH + number // COLUMNS * SIDE),
            },
        }
        for number in range(AREAS)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    areas = {"type": "FeatureCollection", "crs": crs, "features": features}
    (folder / "areas.geojson").write_text(json.dumps(areas))

    addresses = people * 9 // 20
    column, row = rng.integers(0, COLUMNS, addresses), rng.integers(0, ROWS, addresses)
    pl.DataFrame(
        {
            "address_id": rng.permutation(addresses).astype(np.int64),
            "x": EAST + (column + rng.random(addresses)) * SIDE,
            "y": NORTH + (row + rng.random(addresses)) * SIDE,
            "area": (row * COLUMNS + column).astype(np.int32),
        }
    ).write_parquet(folder / "addresses.parquet")

    address = rng.integers(0, addresses, people)
    benefit = np.where(rng.random(people) < 0.15, rng.integers(1, 53, people) / 52, np.nan)
    pl.DataFrame(
        {
            "year": np.full(people, 2025, np.int32),
            "person_id": rng.permutation(people).astype(np.int64),
            "household_id": address.astype(np.int64),
            "address_id": address.astype(np.int64),
            "age": np.minimum(rng.gamma(3.0, 14.0, people), 105).astype(np.int32),
            "sex": rng.integers(0, 2, people).astype(np.int32),
            "citizenship": rng.choice(3, people, p=[0.88, 0.06, 0.06]).astype(np.int32),
            "household_type": rng.integers(0, 5, people).astype(np.int32),
            "household_size": rng.integers(1, 8, people).astype(np.int32),
            "lived_here": np.minimum(rng.gamma(1.0, 9.0, people), 60).astype(np.int32),
            "education": rng.integers(0, 5, people).astype(np.int32),
            "benefit_share": pl.Series(benefit, nan_to_null=True),
        }
    ).write_parquet(folder / "residents.parquet")


def catalogue(shares: list, households: bool) -> str:
    """The catalogue with these indicators, and the count of residents."""
    populations = []
    for name, condition in CONDITIONS.items():
        where = f", where: {condition}" if condition else ""
        weight = f", weight: {WEIGHTED[name]}" if name in WEIGHTED else ""
        populations.append(f"  {name}: {{ from: people{where}{weight} }}")

    def entry(name: str, definition: str, rest: str) -> str:
        told = f"title: {name}, theme: all, question: 'Hvor mange?', definition: '{definition}', register: CPR, "
        told += "reference-date: 1. januar, frequency: yearly, pitfalls: [Opdigtede tal], references: [Opdigtede tal]"
        return f"  {name}: {{ {told}, higher-is: neutral, {rest} }}"

    indicators = [
        entry(
            f"{part}-share",
            f"{part} i pct. af {whole}",
            f"method: {{ share: {{ part: {part}, of: {whole} }} }}, unit: percent, decimals: 1, "
            "compare-with: [rest, municipality]",
        )
        for part, whole in shares
    ]
    return "\n".join(
        [
            "catalogue: { title: Benchmark, publisher: Kvarter, municipality: 9999, region: 1084, language: da, "
            "crs: EPSG:25832, edition: 2025-12 }",
            "areas: { areas: { title: Områder, kind-name: Område, file: areas.geojson, id: id, name: name, covers: all } }",
            "sources:",
            "  people: { title: Beboere, file: residents.parquet, period: { year: year }, "
            "located-by: { address: { source: addresses, key: address_id } }, sensitivity: person"
            + (", household: household_id" if households else "")
            + " }",
            "  addresses: { title: Adresser, file: addresses.parquet, "
            "located-by: { point: { x: x, y: y, crs: EPSG:25832 } }, sensitivity: public }",
            "populations:",
            *populations,
            "themes: { all: Alt }",
            "indicators:",
            entry("residents", "Beboere", "method: { count: { of: residents } }, unit: persons"),
            *indicators,
        ]
    )


def in_polars(folder: Path, shares: list) -> dict:
    """One by one: for each indicator the rows of part and whole, counted by area."""
    import polars as pl

    started = time.perf_counter()
    wanted = ["address_id", "age", "sex", "citizenship", "household_type", "household_size", "lived_here", "education", "benefit_share"]
    people = pl.read_parquet(folder / "residents.parquet", columns=wanted)
    addresses = pl.read_parquet(folder / "addresses.parquet", columns=["address_id", "area"])
    people = people.join(addresses, on="address_id", how="left").drop("address_id")
    read = time.perf_counter() - started

    def counted(name: str) -> "pl.DataFrame":
        rows = people.lazy()
        if CONDITIONS[name]:
            rows = rows.filter(pl.sql_expr(CONDITIONS[name]))
        what = pl.col(WEIGHTED[name]).sum() if name in WEIGHTED else pl.len()
        return rows.group_by("area").agg(what.alias("n")).collect()

    each, found = [], {}
    for part, whole in shares:
        started = time.perf_counter()
        both = counted(whole).join(counted(part), on="area", how="left", suffix="_part")
        share = both.select("area", (100 * pl.col("n_part").fill_null(0) / pl.col("n")).alias("share"))
        each.append(time.perf_counter() - started)
        found[part] = dict(share.iter_rows())
    return {"read": read, "each": each, "found": found}


def in_pandas(folder: Path, shares: list) -> dict:
    """One by one, with boolean masks and `groupby`."""
    import pandas as pd

    started = time.perf_counter()
    wanted = ["address_id", "age", "sex", "citizenship", "household_type", "household_size", "lived_here", "education", "benefit_share"]
    people = pd.read_parquet(folder / "residents.parquet", columns=wanted)
    addresses = pd.read_parquet(folder / "addresses.parquet", columns=["address_id", "area"])
    people = people.merge(addresses, on="address_id", how="left").drop(columns="address_id")
    read = time.perf_counter() - started

    def mask(condition: str) -> "pd.Series":
        masks = []
        for term in condition.replace(" AND ", "&").replace("BETWEEN", "between").split("&"):
            words = term.split()
            if masks and len(words) == 1:  # the upper limit of BETWEEN
                column, low = masks.pop()
                masks.append(people[column].between(low, float(words[0])))
            elif words[1] == "between":
                masks.append((words[0], float(words[2])))
            else:
                column, number = people[words[0]], float(words[2])
                masks.append({"=": column.eq, ">": column.gt, ">=": column.ge, "<": column.lt}[words[1]](number))
        all_of = masks[0]
        for other in masks[1:]:
            all_of &= other
        return all_of

    def counted(name: str) -> "pd.Series":
        rows = people[mask(CONDITIONS[name])] if CONDITIONS[name] else people
        groups = rows.groupby("area")
        return groups[WEIGHTED[name]].sum() if name in WEIGHTED else groups.size()

    each, found = [], {}
    for part, whole in shares:
        started = time.perf_counter()
        share = 100 * counted(part).div(counted(whole), fill_value=0)
        each.append(time.perf_counter() - started)
        found[part] = share.to_dict()
    return {"read": read, "each": each, "found": found}


def child(command: list) -> tuple:
    """Seconds and peak memory (MB) of a process of its own."""
    environment = {**os.environ, "POLARS_MAX_THREADS": CORES, "RAYON_NUM_THREADS": CORES, "OMP_NUM_THREADS": CORES}
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    output, errors = process.communicate()
    seconds = time.perf_counter() - started
    if process.returncode:
        sys.exit(f"{command}: {errors[-2000:]}")
    return seconds, output


def measured(command: list, runs: int) -> tuple:
    """The median of some runs, and the highest peak memory."""
    wrapper = [sys.executable, __file__, "--measure", *map(str, command)]
    seconds, peaks = [], []
    for _ in range(runs):
        _, output = child(wrapper)
        one, peak = output.strip().splitlines()[-1].split()
        seconds.append(float(one))
        peaks.append(float(peak))
    return statistics.median(seconds), max(peaks)


def measure(command: list) -> None:
    """Runs one command and prints its seconds and its peak memory: the only child of this process."""
    started = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    print(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def script(tool: str, folder: Path, out: Path) -> None:
    """One of the scripts in a process of its own, once with the 20 indicators and the one after them."""
    compute = {"polars": in_polars, "pandas": in_pandas}[tool]
    started = time.perf_counter()
    result = compute(folder, [*SHARES, FURTHER])
    result["seconds"] = time.perf_counter() - started
    out.write_text(json.dumps(result))


def same(values: Path, scripts: dict) -> str:
    """Do the published values agree with those of the scripts, area by area?"""
    compared = differ = 0
    found = {tool: {part: {int(k): v for k, v in areas.items()} for part, areas in result["found"].items()} for tool, result in scripts.items()}
    with values.open() as file:
        for row in csv.DictReader(file):
            if row["comparator"] or row["state"] != "shown" or not row["indicator"].endswith("-share") or row["area"] == "municipality":
                continue
            part, area = row["indicator"].removesuffix("-share"), int(row["area"][1:])
            for tool in found:
                compared += 1
                decimals = len(row["value"].partition(".")[2])
                differ += abs(float(row["value"]) - found[tool][part][area]) > 0.500001 * 10**-decimals
    return f"{compared:,} values compared, {differ} differ"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("kvarter", type=Path)
    arguments.add_argument("--people", type=int, default=6_000_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_data(folder, arguments.people)
        variants = {
            "20": catalogue(SHARES, False),
            "21": catalogue([*SHARES, FURTHER], False),
            "1": catalogue(SHARES[:1], False),
            "20-households": catalogue(SHARES, True),
        }
        taken = {}
        for variant, text in variants.items():
            file = folder / f"indicators-{variant}.yaml"
            file.write_text(text)
            command = [arguments.kvarter.resolve(), "check", "--catalogue", file, "--data", folder]
            taken[variant] = measured(command, arguments.runs)
        scripts, peaks = {}, {}
        for tool in ["polars", "pandas"]:
            out = folder / f"{tool}.json"
            _, peaks[tool] = measured([sys.executable, __file__, "--script", tool, folder, out], 1)
            scripts[tool] = json.loads(out.read_text())
        built = folder / "out"
        child([str(arguments.kvarter.resolve()), "build", "--catalogue", str(folder / "indicators-20.yaml"), "--data", name, "--out", str(built)])
        print(f"{arguments.people:,} residents, {AREAS:,} areas, 20 indicators, {CORES} cores\n")
        print("                                     seconds   peak MB   the 21st, seconds")
        further = taken["21"][0] - taken["20"][0]
        print(f"kvarter, everything                  {taken['20'][0]:7.2f}   {taken['20'][1]:7.0f}   {further:.2f}")
        print(f"  one indicator alone                {taken['1'][0]:7.2f}   {taken['1'][1]:7.0f}   {(taken['20'][0] - taken['1'][0]) / 19:.2f} (mean of the 2nd to the 20th)")
        print(f"  with whole households              {taken['20-households'][0]:7.2f}   {taken['20-households'][1]:7.0f}")
        for tool, result in scripts.items():
            total = result["read"] + sum(result["each"][:20])
            print(f"{tool}, one by one                   {total:7.2f}   {peaks[tool]:7.0f}   {result['each'][20]:.2f}")
            print(f"  of which reading and joining       {result['read']:7.2f}")
        print("\n" + same(built / "results" / "values.csv", scripts))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2:])
    elif sys.argv[1:2] == ["--script"]:
        script(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
