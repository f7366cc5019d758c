"""Columns of a table -> fields of the dictionary.

    headers/     a header taken apart: its names, the unit it states, the level of places it names
    meaning/     which column carries which field, by headers and cells; what can be read two ways is a question
    mapping/     what a person says of tables in a mapping file, and a table read by it
    transposed/  tables whose indicators run down the rows

``guidance`` tells sheets that hold no records. Mapping and transposed stand on meaning, and meaning on headers.
"""
