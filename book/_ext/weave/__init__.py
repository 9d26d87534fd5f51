"""The weave: what puts the program's own lines, outputs, numbers and pictures into the book."""

from . import (
    accessible, contents, covers, epub, exercises, finding, formulas, hand_typed, hovers, listings, live, modules,
    numbers, pictures, poster, questions, recordings, setting, sources,
)


def setup(app):
    app.add_config_value("nothing_hidden", True, "env", bool)
    for part in (
        *(contents, listings, live, recordings, exercises, modules, numbers, questions, pictures, poster, covers),
        *(setting, sources, finding, hovers, formulas, hand_typed, epub, accessible),
    ):
        part.setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}


