"""The places in which records lie: each different combination of what they say of it has a number and a first row."""

from __future__ import annotations

from communitycheck.errors import UsageError
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.products.sql.engine.columns import Columns
from communitycheck.products.sql.engine.connection import Engine, quoted

# So many places are told apart; the smallest regions are left out where there are more.
MOST_PLACES = 20_000
# Digits of a code that say where its subject lies.
_PREFIX = 6


class NumberedPlaces:
    """The table ``places``, and ``tidy``: the fields of the records with the number of their place, and ``strange``.

    Args:
        strange: where the reader of returns has something to say of a record.

    Attributes:
        untold: levels that are left out, because they have too many regions.
    """

    def __init__(self, engine: Engine, columns: Columns, strange: str, path: str) -> None:
        self._engine, self._columns, self._strange = engine, columns, strange
        told = {one.key: one.sql for one in columns.with_role("region") if one.key in REGION_LEVELS}
        self._levels = {level: told[level] for level in REGION_LEVELS if level in told}
        self._codes = {one.key: f"left({one.sql}, {_PREFIX})" for one in columns.with_role("code")}
        self.untold: tuple[str, ...] = ()
        self._refuse_mixed(path)
        while not self._number():
            if not self._levels:
                raise UsageError("engine-places", path=path, most=MOST_PLACES)
            self._levels.popitem()
            self.untold = tuple(level for level in REGION_LEVELS if level in told and level not in self._levels)
        self._tidy()

    @property
    def _keys(self) -> dict[str, str]:
        return self._codes | self._levels

    def _number(self) -> bool:
        """Make ``places``; whether they are not too many."""
        keys = ", ".join(f"{sql} AS {quoted(key)}" for key, sql in self._keys.items())
        grouped = ", ".join(map(quoted, self._keys))
        each = f'SELECT {keys or "1 AS place_key"}, "row" FROM given'
        self._engine.run(
            f"CREATE OR REPLACE TABLE places AS SELECT row_number() OVER (ORDER BY first) - 1 AS place, * FROM ("
            f'SELECT {grouped or "place_key"}, min("row") AS first, count(*) AS records FROM ({each}) '
            f"GROUP BY {grouped or 'place_key'} LIMIT {MOST_PLACES + 1})"
        )
        return bool(self._engine.row("SELECT count(*) FROM places")[0] <= MOST_PLACES)

    def _refuse_mixed(self, path: str) -> None:
        """Codes of two places under the same names: which of the two is meant is asked by the reader of returns."""
        for key, code in self._codes.items():
            names = ", ".join(sql for level, sql in self._levels.items() if level != "street")
            if "county" not in self._levels:
                continue
            found = self._engine.rows(
                f"SELECT min({code}), max({code}) FROM given GROUP BY {names} HAVING min({code}) <> max({code}) LIMIT 1"
            )
            if found:
                where = self._columns.where(self._columns.typed[key])
                raise UsageError("engine-codes", **where, first=found[0][0], second=found[0][1])

    def _tidy(self) -> None:
        fields = ", ".join(f"{one.sql} AS {quoted(one.key)}" for one in self._columns)
        keys = {key: f"key_{k}" for k, key in enumerate(self._keys)}
        more = "".join(f", {self._keys[key]} AS {name}" for key, name in keys.items())
        on = " AND ".join(f"tidied.{name} = places.{quoted(key)}" for key, name in keys.items()) or "true"
        self._engine.run(
            f"CREATE VIEW tidy AS SELECT tidied.*, places.place FROM "
            f'(SELECT "row", ({self._strange}) AS strange, {fields}{more} FROM given) AS tidied JOIN places ON {on}'
        )

    def each(self) -> list[tuple[int, int, int]]:
        """Number, first row and records of each place."""
        found: list[tuple[int, int, int]] = self._engine.rows("SELECT place, first, records FROM places ORDER BY place")
        return found
