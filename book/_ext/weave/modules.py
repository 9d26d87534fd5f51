"""`modules`: a chapter's modules for the API reference, each with what its header is for and its names; those
`:under:` some folders or all `:but:` those. As a role, {modules}`05`, it says their names only, each with a link to its header."""

import re
from pathlib import Path
from xml.etree import ElementTree

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes

from .project import WeaveDirective, root
from .sources import source_link


def modules_of(listing: str, chapter: str) -> list[str]:
    return re.search(rf"set\(modules_{chapter} ([^)]*)\)", listing)[1].split()


class Modules(WeaveDirective):
    required_arguments = 1
    option_spec = {"under": directives.unchanged_required, "but": directives.unchanged_required}

    def run(self):
        listing = "src/CMakeLists.txt"
        self.depends_on(listing)
        text = []
        under = tuple(self.options.get("under", "").split()) or ("",)
        but = tuple(self.options.get("but", "").split())
        for module in modules_of((self.root / listing).read_text(), self.arguments[0]):
            if not module.startswith(under) or module.startswith(but):
                continue
            header = f"src/microgpt/{module}.hpp"
            self.depends_on(header)
            purpose = (self.root / header).read_text().splitlines()[0].removeprefix("// ")
            name = Path(module).name
            text += [f"## {name}", purpose, f"```{{doxygenfile}} {name}.hpp\n```"]
        return self.parse_text_to_nodes("\n\n".join(text), allow_section_headings=True)


def names_role(name, rawtext, text, lineno, inliner, options=None, content=None):
    env = inliner.document.settings.env
    listing = root(env.app) / "src/CMakeLists.txt"
    env.note_dependency(str(listing))
    said = []
    for module in modules_of(listing.read_text(), text):
        path = f"src/microgpt/{module}.hpp"
        said += [nodes.Text(", "), source_link("", "", nodes.literal("", Path(module).name), path=path, line=1)]
    return said[1:], []


def tidy(app, doctree):
    """Takes out what Breathe says too often: the namespace, which each header opens anew, in the page and
    in the index, and ids that are on a page many times. The page's own contents are its modules."""
    said = set()
    for rubric in doctree.findall(nodes.rubric):
        rubric["ids"] = []
    for declared in list(doctree.findall(addnodes.desc)):
        declared["no-contents-entry"] = True
        name = declared[0].astext()
        if name.startswith("namespace ") and name in said:
            at = declared.parent.index(declared)
            if isinstance(declared.parent[at - 1], addnodes.index):
                declared.parent.remove(declared.parent[at - 1])
            declared.replace_self(declared[-1].children)
        said.add(name)
    index = app.env.get_domain("index").entries
    kept = dict.fromkeys(index.get(app.env.current_document.docname, []))
    index[app.env.current_document.docname] = list(kept)


def drop_private(app):
    """Doxygen writes private members into its XML whatever it is told."""
    for path in sorted((root(app) / "build/doxygen/xml").glob("*.xml")):
        tree = ElementTree.parse(path)
        private = [
            (parent, child)
            for parent in tree.iter()
            for child in parent
            if child.get("prot") == "private" and child.tag in ("memberdef", "innerclass")
        ]
        for parent, child in private:
            parent.remove(child)
        if private:
            tree.write(path, encoding="utf-8", xml_declaration=True)


def setup(app):
    app.connect("builder-inited", drop_private)
    app.connect("doctree-read", tidy, priority=400)  # before the contents are collected
    app.add_directive("modules", Modules)
    app.add_role("modules", names_role)
