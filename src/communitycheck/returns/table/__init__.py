"""Text cells of matched columns -> a ``Table`` of values, ready to be judged.

    doubts/   what the table says of its own figures: planned, not built, given up

``assemble`` makes a table, ``refused`` says what becomes of one that cannot be judged, and ``join``, ``merge`` and
``shared_figures`` put together those of one return that belong together.
"""
