"""How Sphinx makes the book. `make book` calls it; book/_ext/weave is what is special about it."""

import os
import re
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here / "_ext"))

project = "microgpt in C++"
author = "the authors of microgpt in C++"
copyright = author
version = release = re.search(r"project\(.* VERSION ([\d.]+)", (here.parent / "CMakeLists.txt").read_text())[1]
language = "en"
root_doc = "index"
templates_path = ["_templates"]
exclude_patterns = [
    *("_build", "_templates", "_ext", "tests", "numbers", "pictures", "figures", "live", "node_modules"),
]

extensions = [
    "myst_parser",
    "sphinx_copybutton",
    "breathe",
    "weave",
]

# ---- The text
myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence", "deflist", "attrs_inline", "smartquotes"]
myst_heading_anchors = 3
smartquotes = True
html_math_renderer = "mathml"
highlight_language = "cpp"
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "github-dark"
copybutton_prompt_text = "$ "
copybutton_exclude = ".linenos, .rail"

# ---- The library's names
breathe_projects = {"microgpt": str(here.parent / "build/doxygen/xml")}
breathe_default_project = "microgpt"
breathe_domain_by_extension = {"hpp": "cpp"}
breathe_show_include = False
suppress_warnings = ["duplicate_declaration.cpp"]  # each header opens namespace microgpt again
nitpick_ignore_regex = [(r"cpp:.*", r"(std|nlohmann|hwy)(::.*)?"), (r"cpp:.*", r"u?int\d+_t|stat|microgpt|SIZE_MAX|Node|BasicGpt<.*|curl_.*")]

# ---- Pages
html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_search_scorer = str(here / "_static/scorer.js")
html_favicon = "_static/favicon.svg"
html_js_files = ["book.js", "written.js", "questions.js", ("hovers.js", {"defer": "defer"})]
html_baseurl = os.environ.get("BOOK_URL", "")  # for pictures that other sites show
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = True
html_theme_options = {"navigation_with_keys": True, "sidebar_hide_name": False}

# ---- E-book and paper
epub_basename = "microgpt-in-cpp"
epub_show_urls = "no"
epub_language = "en-GB"
epub_css_files = ["book.css", "e-book.css"]
epub_cover = ("_static/cover.svg", "epub-cover.html")
epub_identifier = epub_uid = "microgpt-in-cpp"
epub_scheme = "name"
epub_description = "A GPT you can read: nine chapters, each a program that runs, and the whole algorithm in two hundred lines of C++."
epub_contributor = author
epub_publisher = author
today_fmt = "%d %B %Y"
epub_exclude_files = ["search.html", ".buildinfo.bak"]
latex_engine = "xelatex"
latex_use_xindy = False
latex_show_urls = "footnote"
latex_show_pagerefs = True
latex_documents = [(root_doc, "microgpt-in-cpp.tex", project, author, "manual")]
latex_elements = {
    "papersize": "a4paper",
    "pointsize": "11pt",
    "extraclassoptions": "openany,oneside",
    "geometry": r"\usepackage[left=28mm,right=22mm,top=25mm,bottom=28mm,headheight=14pt]{geometry}",
    "figure_align": "H",  # where it is spoken of
    "maketitle": r"""
\begin{titlepage}
\thispagestyle{empty}
\noindent\makebox[\textwidth]{\includegraphics[height=\textheight]{cover.pdf}}
\clearpage
\thispagestyle{empty}
\vspace*{\fill}
\noindent\makeatletter\@title, version \version, \@date.\makeatother\par
\noindent Woven from the sources that it describes: every listing was compiled, every output printed, every picture drawn by a program.\par
\end{titlepage}
""".replace(r"\version", version),
    "fontpkg": r"""
\setmainfont{TeX Gyre Pagella}
\setsansfont{TeX Gyre Heros}
\setmonofont[Scale=0.9]{DejaVu Sans Mono}
\usepackage{unicode-math}
\setmathfont{TeX Gyre Pagella Math}
% What a terminal draws with dots is in no font of even width.
\usepackage[BraillePatterns]{ucharclasses}
\newfontfamily\braille{DejaVu Sans}[Scale=0.674]
\setTransitionsFor{BraillePatterns}{\begingroup\braille}{\endgroup}
\newfontfamily\elsewhere{DejaVu Serif}[Scale=MatchLowercase]
\usepackage{newunicodechar}
"""
    # Signs that Pagella lacks; the mathematics, which has some of its own, is set up before them.
    + "".join(rf'\AtBeginDocument{{\newunicodechar{{{sign}}}{{{{\elsewhere\char"{ord(sign):X}}}}}}}' for sign in "ᵀ⁻⁵⁶⁷⁸⁹⅓⅔⅕⅗⅛"),
    # A hundred columns of code fit between the margins.
    "fvset": r"\fvset{fontsize=\fontsize{8.1}{10}\selectfont}",
    "fncychap": "",
    "cmappkg": "",  # it is pdfTeX's
    "preamble": r"""
\setcounter{secnumdepth}{-1}  % the titles of chapters have their numbers
\setcounter{tocdepth}{0}
\AtBeginDocument{\renewcommand{\contentsname}{Contents}\addto\captionsenglish{\renewcommand{\contentsname}{Contents}}}
\widowpenalty=10000
\clubpenalty=10000
% A page says which chapter it is of.
\fancypagestyle{normal}{\fancyhf{}\fancyhead[L]{\small\nouppercase{\leftmark}}\fancyhead[R]{\small\thepage}\renewcommand{\headrulewidth}{.3pt}}
\fancypagestyle{plain}{\fancyhf{}\fancyfoot[R]{\small\thepage}\renewcommand{\headrulewidth}{0pt}}
\usepackage[font=small]{caption}
\usepackage{xurl}  % an address may be broken anywhere
% A listing is known by where it is from, and has no number.
\makeatletter
\renewcommand*\sphinxSetupCaptionForVerbatim[1]{\Needspace{\sphinxliteralblockneedspace}\def\sphinxVerbatimTitle{%
  \py@NormalColor\captionsetup{labelformat=empty, labelsep=none, justification=raggedright, singlelinecheck=false}%
  \sphinxcaption{\sphinxLiteralBlockLabel #1}}}
\makeatother
% A picture shares its page with text where it can, and no column of a table is narrower than a word.
\renewcommand{\topfraction}{.85}
\renewcommand{\bottomfraction}{.7}
\renewcommand{\textfraction}{.1}
\renewcommand{\floatpagefraction}{.75}
% The other, \needspace, would rather leave half a page empty than the last line of one.
\AddToHook{cmd/section/before}{\Needspace{9\baselineskip}}
\AtBeginDocument{\hbadness=10000 \vbadness=10000 \hfuzz=2.5pt \vfuzz=3pt}  % what no eye sees
% A line of the program: its chapter's colour, its number, the code, and the page that explains it.
\newcommand{\posterfont}{\parindent0pt\parskip0pt\fontsize{7}{8.6}\selectfont}
\newcommand{\posterline}[4]{\leavevmode\hbox to\textwidth{\textcolor[HTML]{#1}{\rule[-2.1pt]{3pt}{8.6pt}}%
  \makebox[2.4em][r]{\textcolor[HTML]{59636E}{#2}}\hskip.8em{\ttfamily\textcolor[HTML]{#1}{#3}}\hfil #4}\par}
% The contents fit on a page, and a chapter begins no further down than it has to.
\usepackage{etoolbox}
\makeatletter
\patchcmd{\l@chapter}{1.0em}{.4em}{}{}
\patchcmd{\@makechapterhead}{50\p@}{16\p@}{}{}
\patchcmd{\@makechapterhead}{40\p@}{28\p@}{}{}
\patchcmd{\@makeschapterhead}{50\p@}{16\p@}{}{}
\patchcmd{\@makeschapterhead}{40\p@}{28\p@}{}{}
\makeatother
\pretocmd{\sphinxbeforeendvarwidth}{\raggedright}{}{}  % words in a table are not stretched
\setlength{\tymin}{4.5em}
\setlength{\tymax}{1.2\textwidth}
""",
    "sphinxsetup": "verbatimwrapslines=false, VerbatimColor={rgb}{1,1,1}, VerbatimBorderColor={rgb}{.8,.8,.8}, VerbatimHighlightColor={rgb}{.92,.97,.92},"
    " TitleColor={rgb}{0,0,0}, InnerLinkColor={rgb}{0,.27,.55}, OuterLinkColor={rgb}{0,.27,.55}",
    "printindex": r"\footnotesize\raggedright\printindex",
}
