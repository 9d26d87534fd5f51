"""The e-book: Sphinx's own, with what its manifest has to say of pages that hold formulas or drawings."""

import re
from pathlib import Path

from sphinx.builders.epub3 import Epub3Builder

ITEM = re.compile(r'<item id="([^"]+)" href="([^"]+\.xhtml)"([^>]*?) */>')
COVER = re.compile(r'(<item [^>]*href="_static/cover\.svg"[^>]*?) */>')
ITEMREF = re.compile(r' *<itemref idref="([^"]+)"[^>]*/>\n')


class BookEpub(Epub3Builder):
    html_tag = Epub3Builder.html_tag.replace("<html", '<html lang="en-GB" xml:lang="en-GB"')

    def build_content(self):
        super().build_content()
        manifest = Path(self.outdir) / "content.opf"
        text = ITEM.sub(self.item, manifest.read_text())
        text = COVER.sub(r'\1 properties="cover-image" />', text)
        seen: set[str] = set()  # cover and index have their places, and Sphinx appends them once more
        text = ITEMREF.sub(lambda found: "" if found[1] in seen or seen.add(found[1]) else found[0], text)
        manifest.write_text(text)

    def item(self, found):
        if "properties=" in found[3]:  # the contents themselves, which are written later
            return found[0]
        page = (Path(self.outdir) / found[2]).read_text()
        properties = [name for name, tag in (("mathml", "<math"), ("svg", "<svg")) if tag in page]
        if not properties:
            return found[0]
        return f'<item id="{found[1]}" href="{found[2]}"{found[3]} properties="{" ".join(properties)}" />'


def setup(app):
    app.add_builder(BookEpub, override=True)
