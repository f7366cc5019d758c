"""Tables written as markup and named .xls: HTML, web archives (MHTML) and the XML of Excel 2003.

The parsers of HTML, XML and mail take longer to load than most returns to read: they wait for the first such file.
"""

from __future__ import annotations

from pathlib import Path

from communitycheck.returns.files.formats.file_format import Content, FileFormat, Sample

_PAGE = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<body", b"<div")
_XML = (b"<?xml", b"<workbook", b"<ss:workbook")
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"


def _is_html(sample: Sample) -> bool:
    if sample.plain.startswith(_XML):
        return _SPREADSHEET not in sample.plain and (b"<html" in sample.plain or b"<table" in sample.plain)
    return sample.plain.startswith(_PAGE)


def _is_web_archive(sample: Sample) -> bool:
    return sample.plain.startswith(b"mime-version:")


def _is_spreadsheet_xml(sample: Sample) -> bool:
    return sample.plain.startswith(_XML) and _SPREADSHEET in sample.plain


def _read_html(file: Path, shown: str) -> Content:
    from communitycheck.returns.files.formats.markup_tables import read_html  # slow to load

    return read_html(file, shown)


def _read_web_archive(file: Path, shown: str) -> Content:
    from communitycheck.returns.files.formats.markup_tables import read_web_archive  # slow to load

    return read_web_archive(file, shown)


def _read_spreadsheet_xml(file: Path, shown: str) -> Content:
    from communitycheck.returns.files.formats.markup_tables import read_spreadsheet_xml  # slow to load

    return read_spreadsheet_xml(file, shown)


HTML = FileFormat("html", (), (), _is_html, _read_html)
MHTML = FileFormat("mhtml", (), (), _is_web_archive, _read_web_archive)
SPREADSHEET_XML = FileFormat("xml", (), (), _is_spreadsheet_xml, _read_spreadsheet_xml)
