"""Packs what a page computes with into one script: pack.py MODULE.JS MODULE.WASM WORKER.JS RECORD ENGINE.JS.

From file:// a page may fetch nothing and start no worker from a file. A script it may load: so the module
travels in one, compressed and as text, and a worker is made of it in the page."""

import base64
import gzip
import json
import sys
from pathlib import Path


def packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


module, wasm, worker, record, engine = map(Path, sys.argv[1:])
parts = {
    "worker": packed(module.read_bytes() + b"\n" + worker.read_bytes()),
    "wasm": packed(wasm.read_bytes()),
    "record": packed(record.read_bytes()),
}
engine.write_text(f"microgptEngine = {json.dumps(parts)};\n")
