"""The e-book: Sphinx's own, with what its manifest has to say of pages that hold formulas or drawings."""

import re
from pathlib import Path

from sphinx.builders.epub3 import Epub3Builder


class BookEpub(Epub3Builder):
    def build_content(self):
        super().build_content()
        manifest = Path(self.outdir) / "content.opf"
        manifest.write_text(re.sub(r'<item href="([^"]+\.xhtml)"([^>]*?) ?/>', self.item, manifest.read_text()))

    def item(self, found):
        page = (Path(self.outdir) / found[1]).read_text()
        properties = [name for name, tag in (("mathml", "<math"), ("svg", "<svg")) if tag in page]
        if not properties or "properties=" in found[2]:
            return found[0]
        return f'<item href="{found[1]}"{found[2]} properties="{" ".join(properties)}"/>'


def setup(app):
    app.add_builder(BookEpub, override=True)
