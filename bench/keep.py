#!/usr/bin/env python3
"""Keeps what was measured last, for the book: of `make bench` the medians, without what names the machine.

    make bench-keep
"""
import json
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).parent
MEASURED = HERE.parent / "build" / "bench"
CONTEXT = ["num_cpus", "mhz_per_cpu", "cpu_scaling_enabled", "caches"]
FIGURES = ["name", "real_time", "cpu_time", "time_unit", "FLOP/s", "of_peak", "parameters", "tokens/s", "bytes/s"]


def medians(results):
    rows = [row for row in results["benchmarks"] if row["name"].endswith("_median")]
    if not rows:
        sys.exit("no medians: make bench ARGS=--benchmark_repetitions=3")
    return {"context": {key: results["context"][key] for key in CONTEXT},
            "benchmarks": [{key: row[key] for key in FIGURES if key in row} for row in rows]}


if __name__ == "__main__":
    for name in ["results.json", "cost.svg", "factors.txt", "frameworks.json"]:
        if not (MEASURED / name).exists():
            continue
        if name == "results.json":
            kept = medians(json.loads((MEASURED / name).read_text()))
            (HERE / name).write_text(json.dumps(kept, indent=1) + "\n")
        else:
            shutil.copy(MEASURED / name, HERE / name)
        print(f"kept: bench/{name}")
