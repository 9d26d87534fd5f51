"""The contents stand beside the first page's sections, not in the last: on paper they become its chapters."""

from docutils import nodes
from sphinx import addnodes


def lift(app, doctree):
    if app.env.docname != app.config.root_doc:
        return
    page = next(doctree.findall(nodes.section))
    for contents in list(doctree.findall(addnodes.toctree)):
        block = contents.parent
        if isinstance(block.parent, addnodes.only):
            block = block.parent
        block.parent.remove(block)
        page += block


def allow_index(app):
    """The index is a page of its own in HTML alone; Sphinx asks for it before it looks who is asking."""
    if app.builder.format == "latex":
        app.config.suppress_warnings = [*app.config.suppress_warnings, "toc.not_readable"]


def setup(app):
    app.connect("doctree-read", lift, priority=400)  # before the contents are collected
    app.connect("builder-inited", allow_index)
