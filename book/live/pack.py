"""Packs what a page computes with into one script: pack.py MODULE.WASM WORKER.JS RECORD ENGINE.JS.

From file:// a page may fetch nothing and start no worker from a file. A script it may load: so the module
travels in one, compressed and as text, and a worker is made of it in the page."""

import base64
import gzip
import json
import re
import sys
from pathlib import Path


def packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


def plain(record: str) -> str:
    """The losses and the names alone, which the page puts into their sentences again."""
    return "\n".join(found[1] for found in re.finditer(r"^(?:step.*loss|sample.*:) (.*)$", record, re.M))


wasm, worker, record, engine = map(Path, sys.argv[1:])
parts = {
    "worker": packed(worker.read_bytes()),
    "wasm": packed(wasm.read_bytes()),
    "record": packed(plain(record.read_text()).encode()),
}
engine.write_text(f"microgptEngine = {json.dumps(parts)};\n")
