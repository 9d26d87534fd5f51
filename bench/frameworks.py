#!/usr/bin/env python3
"""The same model trained by a framework, beside ours and in turn: how long a step takes, and the ratio.

    make bench-frameworks    JAX in an environment of its own, and PyTorch where the system has it
    frameworks.py jax FILE   or torch: one of them, in the Python that runs this; what was measured is added
                             to a JSON file

Both begin with the same weights and read the same names in the same order, in single precision and on one
core. So the first losses have to agree; later ones drift apart, as roundings do, and it is said how far. JAX
compiles all steps into one program, its fastest way. PyTorch does what one types.
"""
import array
import json
import math
import os
import pathlib
import random
import re
import statistics
import struct
import subprocess
import sys
import tempfile
import time

# Before JAX is loaded: one thread, as ours has.
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
PROGRAM = pathlib.Path(__file__).parent.parent / "build" / "microgpt"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
NAMES = pathlib.Path(os.environ.get("MICROGPT_NAMES") or CACHE / "microgpt" / "names.txt")
SIZES = [(16, 1, 1, 4000), (16, 1, 16, 1000), (64, 4, 16, 60), (128, 4, 16, 40), (256, 4, 16, 16)]
BLOCK, HEADS, ROUNDS = 16, 4, 5
RATE, BETA1, BETA2, EPSILON = 0.001, 0.85, 0.99, 1e-8


# ---- Ours: a run with few steps and one with many, and what lies between


def microgpt(n_embd, n_layer, batch, steps, *more):
    sizes = [("n-embd", n_embd), ("n-layer", n_layer), ("batch", batch), ("steps", steps), ("samples", 0),
             ("learning-rate", RATE)]
    flags = [word for name, value in sizes for word in (f"--{name}", str(value))]
    subprocess.run([PROGRAM, "--dtype", "f32", *flags, *more], check=True, stdout=subprocess.DEVNULL)


def time_ours(n_embd, n_layer, batch, steps):
    def seconds(count):
        start = time.perf_counter()
        microgpt(n_embd, n_layer, batch, count)
        return time.perf_counter() - start

    few = steps // 4
    return (seconds(few + steps) - seconds(few)) / steps


def begin(n_embd, n_layer, batch, steps):
    """Our weights before the first step, by name, and our losses."""
    with tempfile.TemporaryDirectory() as folder:
        model, log = f"{folder}/m.safetensors", f"{folder}/log.csv"
        microgpt(n_embd, n_layer, batch, 0, "--save", model)
        microgpt(n_embd, n_layer, batch, steps, "--log", log)
        content = pathlib.Path(model).read_bytes()
        losses = [float(line.split(",")[1]) for line in pathlib.Path(log).read_text().split()[1:]]
    size, = struct.unpack("<Q", content[:8])
    weights = {}
    for name, entry in json.loads(content[8:8 + size]).items():
        if name == "__metadata__" or name.startswith("adam.") or name == "losses":
            continue
        first, last = (8 + size + offset for offset in entry["data_offsets"])
        numbers = array.array("f" if entry["dtype"] == "F32" else "d", content[first:last])
        rows, columns = entry["shape"]
        weights[name] = [numbers[i * columns:(i + 1) * columns].tolist() for i in range(rows)]
    return weights, losses


def read_batches(batch, steps):
    """For each step inputs, targets and their weights in the loss, padded to BLOCK positions."""
    documents = [line.strip() for line in NAMES.read_text().split("\n") if line.strip()]
    random.seed(42)
    random.shuffle(documents)
    letters = sorted(set("".join(documents)))
    batches = []
    for step in range(steps):
        inputs, targets, shares = [], [], []
        for i in range(batch):
            word = documents[(step * batch + i) % len(documents)]
            tokens = [len(letters), *map(letters.index, word), len(letters)]
            n = min(len(tokens) - 1, BLOCK)
            inputs.append((tokens[:n] + [0] * BLOCK)[:BLOCK])
            targets.append((tokens[1:n + 1] + [0] * BLOCK)[:BLOCK])
            shares.append(([1 / n / batch] * n + [0] * BLOCK)[:BLOCK])
        batches.append((inputs, targets, shares))
    return batches


# ---- Theirs: a function that trains from the beginning, and returns all losses


def with_jax(weights, n_layer, batches):
    import jax
    import jax.numpy as jnp

    start = {name: jnp.array(rows, dtype=jnp.float32) for name, rows in weights.items()}
    inputs = jnp.array([batch[0] for batch in batches])
    targets = jnp.array([batch[1] for batch in batches])
    shares = jnp.array([batch[2] for batch in batches], dtype=jnp.float32)
    steps = len(batches)
    unseen = jnp.triu(jnp.full((BLOCK, BLOCK), -jnp.inf, dtype=jnp.float32), 1)

    def rmsnorm(x):
        return x / jnp.sqrt(jnp.mean(x * x, axis=-1, keepdims=True) + 1e-5)

    def loss(w, inputs, targets, shares):
        x = rmsnorm(w["wte"][inputs] + w["wpe"])
        split = (*x.shape[:2], HEADS, -1)
        for i in range(n_layer):
            normed = rmsnorm(x)
            q, k, v = (jnp.reshape(normed @ w[f"layer{i}.attn_w{which}"].T, split) for which in "qkv")
            scores = jnp.einsum("bqhd,bkhd->bhqk", q, k) / math.sqrt(q.shape[-1]) + unseen
            mixed = jnp.einsum("bhqk,bkhd->bqhd", jax.nn.softmax(scores), v).reshape(x.shape)
            x = x + mixed @ w[f"layer{i}.attn_wo"].T
            features = jax.nn.relu(rmsnorm(x) @ w[f"layer{i}.mlp_fc1"].T)
            x = x + features @ w[f"layer{i}.mlp_fc2"].T
        surprise = -jax.nn.log_softmax(x @ w["lm_head"].T)
        return jnp.sum(shares * jnp.take_along_axis(surprise, targets[..., None], -1)[..., 0])

    def step(state, batch):
        w, m, v, t = state
        value, g = jax.value_and_grad(loss)(w, *batch)
        m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, m, g)
        v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, g)
        rate = RATE * (1 - t / steps)

        def moved(w, m, v):
            return w - rate * m / (1 - BETA1 ** (t + 1)) / (jnp.sqrt(v / (1 - BETA2 ** (t + 1))) + EPSILON)

        return (jax.tree.map(moved, w, m, v), m, v, t + 1), value

    zeros = jax.tree.map(jnp.zeros_like, start)
    all_steps = jax.jit(lambda: jax.lax.scan(step, (start, zeros, zeros, 0.0), (inputs, targets, shares))[1])
    return lambda: all_steps().tolist()


def with_torch(weights, n_layer, batches):
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    data = [(torch.tensor(a), torch.tensor(b), torch.tensor(c)) for a, b, c in batches]
    unseen = torch.triu(torch.full((BLOCK, BLOCK), -math.inf), 1)

    def rmsnorm(x):
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-5)

    def loss(w, inputs, targets, shares):
        x = rmsnorm(w["wte"][inputs] + w["wpe"])
        for i in range(n_layer):
            normed = rmsnorm(x)
            q, k, v = ((normed @ w[f"layer{i}.attn_w{which}"].T).unflatten(-1, (HEADS, -1)).transpose(1, 2)
                       for which in "qkv")
            scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1]) + unseen
            x = x + (scores.softmax(-1) @ v).transpose(1, 2).flatten(2) @ w[f"layer{i}.attn_wo"].T
            x = x + torch.relu(rmsnorm(x) @ w[f"layer{i}.mlp_fc1"].T) @ w[f"layer{i}.mlp_fc2"].T
        logits = (x @ w["lm_head"].T).flatten(0, 1)
        return (functional.cross_entropy(logits, targets.flatten(), reduction="none") * shares.flatten()).sum()

    def all_steps():
        w = {name: torch.tensor(rows).requires_grad_() for name, rows in weights.items()}
        adam = torch.optim.Adam(w.values(), lr=RATE, betas=(BETA1, BETA2), eps=EPSILON)
        losses = []
        for number, batch in enumerate(data):
            adam.param_groups[0]["lr"] = RATE * (1 - number / len(data))
            adam.zero_grad()
            value = loss(w, *batch)
            value.backward()
            adam.step()
            losses.append(value.item())
        return losses

    return all_steps


# ---- In turn


def describe(kind):
    """The framework's version, its threads, and what it multiplies matrices with, if it says."""
    if kind == "jax":
        import jax

        return {"version": jax.__version__, "threads": 1, "blas": "XLA"}
    import torch

    info = dict(re.findall(r"(\w+)=(\w+)", torch.__config__.show()))
    return {"version": torch.__version__, "threads": torch.get_num_threads(), "blas": info.get("BLAS_INFO", "?")}


def require_same_model(ours, theirs):
    """The largest differences of the first loss, of the first three and of the first ten."""
    apart = [abs(a - b) for a, b in zip(ours[:10], theirs)]
    if not (apart[0] < 1e-5 and max(apart[:3]) < 1e-3):
        sys.exit(f"not the same model: the first losses differ by {apart[:3]}")
    return apart[0], max(apart[:3]), max(apart)


def compare(kind):
    train_with = {"jax": with_jax, "torch": with_torch}[kind]
    rows = []
    for n_embd, n_layer, batch, steps in SIZES:
        weights, ours = begin(n_embd, n_layer, batch, steps)
        train = train_with(weights, n_layer, read_batches(batch, steps))
        apart = require_same_model(ours, train())  # and what is to be compiled, is
        if not rows:
            about = describe(kind)
            print(f"{kind} {about['version']}, f32, threads {about['threads']}, products by {about['blas']}: "
                  f"a step in microseconds, the median of {ROUNDS} rounds in turn")
            print("n_embd  layers  names      ours    theirs   ratio   losses differ: the first, 3, 10")
        rounds = []
        for _ in range(ROUNDS):
            mine = time_ours(n_embd, n_layer, batch, steps)
            start = time.perf_counter()
            train()
            rounds.append((mine, (time.perf_counter() - start) / steps))
        mine, theirs = (1e6 * statistics.median(times) for times in zip(*rounds))
        print(f"{n_embd:6} {n_layer:7} {batch:6} {mine:9.1f} {theirs:9.1f} {theirs / mine:7.1f}   "
              + "  ".join(f"{difference:.0e}" for difference in apart), flush=True)
        parameters = sum(len(matrix) * len(matrix[0]) for matrix in weights.values())
        rows.append({"n_embd": n_embd, "n_layer": n_layer, "batch": batch, "parameters": parameters,
                     "ours": round(mine, 2), "theirs": round(theirs, 2), "apart": apart})
    return {**about, "sizes": rows}


def keep(kind, measured, file):
    """Beside what the file has of the other."""
    kept = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps({**kept, kind: measured}, indent=1) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("jax", "torch"):
        sys.exit("say frameworks.py jax, or torch, and a file")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    keep(sys.argv[1], compare(sys.argv[1]), pathlib.Path(sys.argv[2]))
