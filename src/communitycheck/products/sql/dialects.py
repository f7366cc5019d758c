"""The four dialects, and in what they differ beyond what sqlglot knows."""

from __future__ import annotations

from functools import cache

from msgspec import Struct
from sqlglot import Dialect, ErrorLevel, Generator, exp

from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.terms import Sql

_WIDE = 110  # signs


class SqlDialect(Struct, frozen=True):
    """One dialect.

    Attributes:
        name: as sqlglot and the option have it.
        view: the words before a view's name.
        drops: whether a view of that name is dropped first, where replacing it keeps its old columns.
        nan_is_equal: NaN equals NaN, and there is no function that asks for it.
        apart: what stands at the end of a step, so that the planner leaves it a step of its own: put into each other
            steps that use a column twice grow beyond all bounds.
        number, text, truth, day: types of columns, for the list of them.
    """

    name: str
    view: str = "CREATE OR REPLACE VIEW"
    drops: bool = False
    nan_is_equal: bool = False
    apart: str = ""
    number: str = "DOUBLE"
    text: str = "VARCHAR"
    truth: str = "BOOLEAN"
    day: str = "DATE"

    def without_nan(self, value: Sql) -> Sql:
        """NULL in place of NaN."""
        if self.nan_is_equal:
            return exp.Nullif(this=value, expression=exp.cast(t.text("NaN"), t.DOUBLE))
        return t.choose((exp.IsNan(this=value), exp.Null()), default=value)

    def days(self, value: Sql) -> Sql:
        """A date as the number of days since 1970-01-01, a DOUBLE."""
        day = exp.cast(value, exp.DataType.Type.DATE)
        first = exp.cast(t.text("1970-01-01"), exp.DataType.Type.DATE)
        if self.name == "postgres":
            return exp.cast(exp.Paren(this=exp.Sub(this=day, expression=first)), t.DOUBLE)
        return exp.cast(exp.DateDiff(this=day, expression=first, unit=exp.var("DAY")), t.DOUBLE)

    def ends_with(self, value: Sql, end: str) -> Sql:
        """Whether a text ends so."""
        if self.name == "postgres":
            return t.same(exp.Right(this=value, expression=t.whole(len(end))), t.text(end))
        return exp.EndsWith(this=value, expression=t.text(end))

    def line(self, expression: Sql) -> str:
        return generator(self.name, pretty=False).generate(expression, copy=False)

    def sql(self, expression: Sql) -> str:
        """On one line where it is short, else over several."""
        line = self.line(expression)
        return line if len(line) <= _WIDE else generator(self.name, pretty=True).generate(expression, copy=False)


@cache
def generator(name: str, *, pretty: bool) -> Generator:
    """What writes SQL in that dialect."""
    found: Generator = Dialect.get_or_raise(name).generator(
        pretty=pretty, unsupported_level=ErrorLevel.RAISE, max_text_width=_WIDE
    )
    return found


DIALECTS = {
    one.name: one
    for one in (
        SqlDialect("duckdb"),
        SqlDialect(
            "postgres", "CREATE VIEW", drops=True, nan_is_equal=True, apart="OFFSET 0", number="DOUBLE PRECISION",
            text="TEXT",
        ),
        SqlDialect("spark", "CREATE OR REPLACE TEMPORARY VIEW", text="STRING"),
        SqlDialect(
            "clickhouse", number="Nullable(Float64)", text="Nullable(String)", truth="Nullable(Bool)",
            day="Nullable(Date32)",
        ),
    )
}  # fmt: skip
