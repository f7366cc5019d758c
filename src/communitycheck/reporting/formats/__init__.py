"""The formats of a report.

A new format is a module in this folder, named like the format, and a line in ``FORMATS``. The module has one function::

    def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]: ...

Help texts, ``--format``, ``-o`` and ``--bundle`` list what stands here, in this order. A product may offer formats of
its own, as the circular does; ``api.formats`` puts them behind these.
"""

from communitycheck.reporting.formats.registry import Format

FORMATS = (
    Format("text", (".txt",), many=True),
    Format("xlsx", (".xlsx",), text=False, bundle="bundle-report"),
    Format("html", (".html", ".htm"), bundle="bundle-report"),
    Format("json", (".json",), bundle="bundle-report", many=True),
    Format("csv", (".csv",), bundle="bundle-report", encoding="utf-8-sig", many=True),  # Excel wants a byte-order mark
    Format("scores", (".scores.csv",), bundle="bundle-report", encoding="utf-8-sig", note="note-scores"),
    Format("markdown", (".md",), bundle="bundle-report", many=True),
    Format("junit", (".xml",)),
    Format("sarif", (".sarif",)),
    Format("github", commands=True),
    Format("concise"),
)
