#!/usr/bin/env python3
"""One factor at a time: the rungs between the flat engine and the fast one, each timed in turn with the others.

    make bench-factors
    factors.py FILE      writes a row for each rung: microseconds a step, and the last loss

A rung is a program of its own, a thousand steps of the reference's run. In double precision all rungs end with
the same loss, and that is checked.
"""
import os
import pathlib
import statistics
import subprocess
import sys

PROGRAMS = pathlib.Path(__file__).parent.parent / "build" / "bench"
ROUNDS = 41
RUNGS = [  # a name, how many lanes, and what is run
    ("flat-one", 1, "bench-factors-one-lane flat"),  # derived by hand, and no vectors
    ("flat", 2, "bench-factors flat"),  # as chapter 8 has it
    ("flat-four", 4, "bench-factors-four-lanes flat"),  # the compiler told of the processor
    ("flat-eight", 8, "bench-factors-eight-lanes flat"),
    ("panels-one", 1, "bench-factors-one-lane apart"),  # the fast engine's kernels, Adam apart
    ("panels", 2, "bench-factors apart SSE4"),
    ("four", 4, "bench-factors-unfused apart AVX2"),
    ("fused", 4, "bench-factors apart AVX2"),
    ("eight", 8, "bench-factors apart AVX3"),
    ("adam", 8, "bench-factors fast AVX3"),  # Adam's step while a gradient is in registers
    ("single", 16, "bench-factors f32 AVX3"),
]
PEAKS = [  # what the core can do with each
    ("peak-panels", 2, "bench-factors peak SSE4"),
    ("peak-four", 4, "bench-factors-unfused peak AVX2"),
    ("peak-fused", 4, "bench-factors peak AVX2"),
    ("peak-eight", 8, "bench-factors peak AVX3"),
]


def run(command):
    """The figures that a program says, by their names; none where the processor hasn't what it takes."""
    program, *arguments = command.split()
    said = subprocess.run([PROGRAMS / program, *arguments], capture_output=True, text=True, check=False)
    words = said.stdout.split() if said.returncode == 0 else []
    return dict(zip(words[::2], map(float, words[1::2])))


def measure():
    rungs = {name: (lanes, command) for name, lanes, command in RUNGS if run(command)}
    rounds = [{name: run(command) for name, (_, command) in rungs.items()} for _ in range(ROUNDS)]
    for name, (lanes, _) in rungs.items():
        us = statistics.median(found[name]["us"] for found in rounds)
        loss = rounds[0][name]["loss"]
        if name != "single" and abs(loss - rounds[0]["flat"]["loss"]) > 1e-9:
            sys.exit(f"{name} ends with a loss of {loss}: another training")
        yield f"{name} lanes {lanes} us {us:.2f} loss {loss:.12f}"
    for name, lanes, command in PEAKS:
        if peak := run(command):
            yield f"{name} lanes {lanes} gflops {peak['gflops']}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("say factors.py, and a file")
    load = os.getloadavg()[0]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rows = [f"run rounds {ROUNDS} load {load:.2f}", *measure()]
    print("\n".join(rows))
    pathlib.Path(sys.argv[1]).write_text("\n".join(rows) + "\n")
