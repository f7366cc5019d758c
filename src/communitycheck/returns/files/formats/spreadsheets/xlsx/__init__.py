"""Reads an xlsx: the same facts of it whatever its size and whoever wrote it.

What the markup of a sheet means is said by ``sheet.py``, to which its elements come as events. Large sheets are read
by arrays, several times faster; they say the same, and leave to ``sheet.py`` whatever is unusual.

    events.py     markup as events, in whatever encoding
    package.py    which part of the file holds what, by relationships
    styles.py     which cell styles show percentages, dates, times
    cells.py      one cell as text
    strings.py    the table of shared strings
    sheet.py      one sheet
    tokens.py     the cells of a stretch of rows, found in its bytes at once
    columns.py    such cells by column
    growing.py    columns that grow from them
    large.py      a large sheet, stretch by stretch
    content.py    what is known of a sheet, as it is handed over
    written_over.py  comments, and what is struck through
    reader.py     all of a file
"""
