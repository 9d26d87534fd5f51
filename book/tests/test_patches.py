"""Patches: each hunk names the line at which what it changes stands."""
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATCHES = sorted(path.relative_to(ROOT) for path in ROOT.glob("chapters/**/*.patch"))
HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@[^\n]*\n((?:[ +-][^\n]*\n|\n)+)")


def hunks(patch):
    """The file that each hunk changes, the lines it names there before and after, and its own lines."""
    for part in re.split(r"^--- ", patch, flags=re.MULTILINE)[1:]:
        changed = part.split("\n")[0].split("\t")[0].removeprefix("a/")
        for before, after, body in HUNK.findall(part):
            yield changed, int(before), int(after), body.splitlines()


@pytest.mark.parametrize("patch", PATCHES, ids=str)
def test_a_patch_says_the_lines_where_its_text_is(patch):
    moved = {}
    found = list(hunks((ROOT / patch).read_text()))
    assert found
    for changed, before, after, body in found:
        old = [line[1:] for line in body if not line.startswith("+")]
        there = (ROOT / changed).read_text().splitlines()[before - 1:before - 1 + len(old)]
        assert there == old, f"{changed} has other lines at {before}"
        assert after == before + moved.get(changed, 0)
        moved[changed] = moved.get(changed, 0) + sum({"+": 1, "-": -1}.get(line[:1], 0) for line in body)
