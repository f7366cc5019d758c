"""A standard as SQL: which of its rules are covered, and the views that judge by them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from sqlglot import exp

from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.expression import Node, names_in, rules_in, unanswerable
from communitycheck.model.expression.folding import Parameters
from communitycheck.model.places.regions import levels_to
from communitycheck.model.standard import Rule, Standard
from communitycheck.products.sql.dialects import DIALECTS, SqlDialect
from communitycheck.products.sql.groups.group_query import GroupQuery
from communitycheck.products.sql.groups.group_rules import division_level, group_rule, regions_missing
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.terms import Sql
from communitycheck.products.sql.other_views import (
    coverage_view,
    doubled_view,
    formula_of,
    note_of,
    source,
    verdicts_view,
)
from communitycheck.products.sql.records.record_query import SOURCE, RecordQuery
from communitycheck.products.sql.records.record_rules import record_rule, take_out_impossible
from communitycheck.products.sql.records.tidy_tables import TidyTables
from communitycheck.products.sql.records.verdict_columns import VerdictColumns
from communitycheck.products.sql.refusals import NotCovered
from communitycheck.products.sql.views import Cte, SqlView, chained, drop, rule_columns, view_text


class SqlScript(Struct):
    """The views of a standard.

    Attributes:
        dictionary: with the fields of the standard.
        views: those with verdicts, in the order in which they are made; groups behind the records of their kind.
        others: all verdicts in one, what is covered, and who is listed more than once.
        asked: kind of subject -> column of its table -> what it holds: ``number``, ``truth``, ``text`` or ``date``.
        refused: rule -> why it is not covered.
        lacking: rule -> the columns without which it cannot be judged.
        manual: rules that nothing but a person can judge.
    """

    standard: Standard
    dialect: SqlDialect
    tables: TidyTables
    as_of: date
    dictionary: Dictionary
    views: list[SqlView] = field(default_factory=list)
    others: list[SqlView] = field(default_factory=list)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: dict[str, NotCovered] = field(default_factory=dict)
    lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)
    manual: list[Rule] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        return "".join(sign if sign.isalnum() else "_" for sign in self.standard.id)

    @property
    def statements(self) -> list[str]:
        """What is to be run one after another; views of an earlier run are dropped first, where the dialect would keep
        their columns, those that are built on others before those."""
        views = [*self.views, *self.others]
        drops = [drop(view.name, self.dialect) for view in reversed(views)] if self.dialect.drops else []
        return [*drops, *(view.text for view in views)]

    def views_of(self, rule: str) -> list[SqlView]:
        """The views with the verdicts of a rule: that of records, or one for each level of its groups."""
        return [view for view in self.views if rule in view.rules]


def compile_script(
    standard: Standard,
    dictionary: Dictionary,
    dialect: str,
    tables: TidyTables,
    as_of: date,
    wanted: Collection[str] | None = None,
) -> SqlScript:
    """Put the rules of a standard into SQL.

    Args:
        dictionary: the base one; fields of the standard are added here.
        dialect: one of ``DIALECTS``.
        wanted: the rules that are to have a place in the views; None is all.
    """
    own = standard.dictionary_on(dictionary)
    script = SqlScript(standard, DIALECTS[dialect], tables, as_of, own)
    rules = {rule.id: rule.folded(_parameter(standard, as_of)) for rule in standard.rules}
    script.manual = [rule for rule in rules.values() if rule.manual is not None]
    judged = [rule for rule in rules.values() if rule.manual is None and (wanted is None or rule.id in wanted)]
    script.lacking = {rule.id: lacks for rule in judged if (lacks := _lacking(rule, rules, own, tables, as_of))}
    judged = [rule for rule in judged if rule.id not in script.lacking]
    for entity in dict.fromkeys(rule.applies_to for rule in judged):
        own_rules = [rule for rule in judged if rule.applies_to == entity]
        _records(script, own, [rule for rule in own_rules if not rule.by], entity)
        for level in sorted({level for rule in own_rules for level in rule.by}, key=REGION_LEVELS.index, reverse=True):
            _groups(script, own, [rule for rule in own_rules if level in rule.by], rules, entity, level)
    if script.views:
        _others(script)
    return script


def _others(script: SqlScript) -> None:
    prefix, dialect, rules = script.prefix, script.dialect, {rule.id: rule for rule in script.standard.rules}
    covered = {rule for view in script.views for rule in view.rules} - set(script.refused)
    states = {rule: ("covered", "") for rule in rules if rule in covered}
    states |= {rule: ("not_covered", why.code) for rule, why in script.refused.items()}
    states |= {rule: ("not_checked", ", ".join(names)) for rule, names in script.lacking.items()}
    states |= {rule.id: ("manual", "") for rule in script.manual}
    subjects = {view.entity: view.subject for view in script.views if not view.level}
    script.others = [
        verdicts_view(f"{prefix}_verdicts", script.views, rules, dialect),
        coverage_view(f"{prefix}_coverage", {rule: states[rule] for rule in rules if rule in states}, dialect),
    ]
    if subjects:
        script.others.append(doubled_view(f"{prefix}_doubled", subjects, script.tables, dialect))


def _parameter(standard: Standard, as_of: date) -> Parameters:
    def value(name: str) -> float | None:
        found = standard.parameters.get(name)
        return None if found is None else found.at(as_of)

    return value


def _lacking(
    rule: Rule, rules: Mapping[str, Rule], dictionary: Dictionary, tables: TidyTables, as_of: date
) -> tuple[str, ...]:
    """Columns without which the rule cannot be judged."""
    if tables.columns is None:
        return ()
    have = set(tables.columns) | (set(REGION_LEVELS) if rule.by else set())
    while new := {
        key
        for key, one in dictionary.fields.items()
        if key not in have and one.derived is not None and not unanswerable(one.derived, have)
    }:
        have |= new
    nodes = _nodes(rule, as_of)
    found = [name for node in nodes for name in sorted(unanswerable(node, have))]
    for other in dict.fromkeys(i for node in nodes for i in rules_in(node)):
        found += _lacking(rules[other], rules, dictionary, tables, as_of)
    return tuple(dict.fromkeys(found))


def _nodes(rule: Rule, as_of: date) -> list[Node]:
    limit = None if rule.threshold is None else rule.threshold.at(as_of)
    upper = None if rule.threshold is None else rule.threshold.upper
    found = [rule.indicator, rule.where, None if limit is None else limit.value, upper]
    return [node for node in found if node is not None]


def _source(script: SqlScript, entity: str) -> Sql:
    table = source(script.tables.table(entity))
    table.set("alias", exp.TableAlias(this=exp.to_identifier(SOURCE)))
    return table


def _query(script: SqlScript, dictionary: Dictionary, entity: str) -> tuple[RecordQuery, dict[str, NotCovered]]:
    """The records of one kind, without figures that cannot be, and the fields of which nobody knows that."""
    query = RecordQuery(entity, dictionary, script.dialect, script.tables, script.as_of)
    query.stands = _stands(script, dictionary, entity)
    value = _parameter(script.standard, script.as_of)
    own = [rule.folded(value) for rule in script.standard.rules if rule.applies_to == entity and rule.manual is None]
    return query, take_out_impossible(own, query)


def _refuse_doubtful(rule: Rule, lost: Mapping[str, NotCovered], as_of: date) -> None:
    for node in _nodes(rule, as_of):
        for name in names_in(node):
            if name in lost:
                raise lost[name]


def _records(script: SqlScript, dictionary: Dictionary, rules: Iterable[Rule], entity: str) -> None:
    """The view of the records of one kind."""
    query, lost = _query(script, dictionary, entity)
    verdicts: list[VerdictColumns] = []
    for rule in rules:
        try:
            _refuse_doubtful(rule, lost, script.as_of)
            verdicts.append(record_rule(rule, query))
        except NotCovered as why:
            script.refused[rule.id] = why
    if not verdicts:
        return
    subject = _subject(script, dictionary, entity)
    names = rule_columns(verdicts)
    columns: dict[str, Sql] = {name: query.take(name, "text") for name in subject}
    columns |= {name: query.passed(name) for name in script.tables.passed}
    for one in verdicts:
        columns |= {names[one.rule.id][part]: sql for part, sql in one.parts.items()}
    given = Cte("given", query.given, _source(script, entity))
    ctes = chained(
        given,
        query.steps,
        ("records", "worked_out"),
        Cte("judged", columns, given.source, notes=_notes(verdicts, names)),
    )
    name = f"{script.prefix}_{entity}"
    script.asked.setdefault(entity, {}).update(query.asked)
    script.views.append(
        SqlView(name, entity, "", subject, names, view_text(name, ctes, script.dialect), "sql-view-records")
    )


def _groups(
    script: SqlScript, dictionary: Dictionary, rules: Iterable[Rule], named: Mapping[str, Rule], entity: str, level: str
) -> None:
    """The view of the groups of one level."""
    query, lost = _query(script, dictionary, entity)
    place = script.standard.jurisdiction
    keys: dict[str, Sql] = {level: t.text(place.name)}
    if place.level != level:
        keys = {one: query.take(one, "text") for one in _levels_to(script, level)}
        if level not in keys:  # no column tells the groups apart
            script.refused |= {rule.id: NotCovered("no-field", field=level) for rule in rules}
            return
    groups = GroupQuery(query, keys)
    below = division_level(script.standard)
    counted = bool(below) and below != entity and script.tables.has(below)
    missing = regions_missing(script.standard, level, groups, query.take(below, "text") if counted else None)
    verdicts: list[VerdictColumns] = []
    for rule in rules:
        try:
            _refuse_doubtful(rule, lost, script.as_of)
            for other in dict.fromkeys(i for node in _nodes(rule, script.as_of) for i in rules_in(node)):
                _refuse_doubtful(named[other], lost, script.as_of)
                if other not in query.reasons:
                    record_rule(named[other], query)
            verdicts.append(group_rule(rule, groups, missing))
        except NotCovered as why:
            script.refused[rule.id] = why
    if not verdicts:
        return
    names = rule_columns(verdicts)
    columns: dict[str, Sql] = {name: t.column(name) for name in keys}
    for one in verdicts:
        columns |= {names[one.rule.id][part]: sql for part, sql in one.parts.items()}
    given = Cte("given", query.given, _source(script, entity))
    parts = [key for key in keys.values() if isinstance(key, exp.Column)]
    filtered = t.is_known(keys[level]) if parts else None
    having = None if parts else t.more(exp.Count(this=exp.Star()), 0)
    grouped = Cte("grouped", {**keys, **groups.sums}, given.source, (), parts, filtered, having)
    above = chained(
        grouped,
        groups.steps,
        ("measured", "measured"),
        Cte("judged", columns, given.source, notes=_notes(verdicts, names)),
    )
    ctes = [*chained(given, query.steps, ("records", "worked_out"), above[0]), *above[1:]]
    name = f"{script.prefix}_{entity}_by_{level}"
    script.asked.setdefault(entity, {}).update(query.asked)
    script.views.append(
        SqlView(name, entity, level, tuple(keys), names, view_text(name, ctes, script.dialect), "sql-view-groups")
    )


def _notes(verdicts: Sequence[VerdictColumns], names: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """What stands over the columns of each rule: its clause, and what it asks."""
    return {names[one.rule.id]["outcome"]: (note_of(one.rule), formula_of(one.rule)) for one in verdicts}


def _levels_to(script: SqlScript, level: str) -> list[str]:
    """The levels by which groups are told apart: two counties of one name lie in two cities."""
    levels = levels_to(level)
    if script.tables.columns is not None:
        return [one for one in levels if script.tables.has(one)]
    own = script.standard.jurisdiction.level
    above = levels.index(own) + 1 if own in levels else 0
    return list(levels[above:])


def _stands(script: SqlScript, dictionary: Dictionary, entity: str) -> tuple[str, ...]:
    """The columns of the table that say whether its premises are there."""
    names = script.tables.columns
    if names is None:
        rules = [rule for rule in script.standard.rules if rule.applies_to == entity]
        names = frozenset(name for rule in rules for node in rule.expressions for name in names_in(node))
    fields = [dictionary.fields[name] for name in sorted(names) if name in dictionary.fields]
    return tuple(one.key for one in fields if (one.premises, one.states, one.type) == ("whole", "thing", "truth"))


def _subject(script: SqlScript, dictionary: Dictionary, entity: str) -> tuple[str, ...]:
    about = dictionary.entity(entity)
    levels = [level for level in REGION_LEVELS if level in about.within and level != about.name_field]
    if script.tables.columns is None:
        asked = {
            one
            for rule in script.standard.rules
            if rule.applies_to == entity
            for level in rule.by
            if level != script.standard.jurisdiction.level
            for one in _levels_to(script, level)
        }
        levels = [level for level in levels if level in asked]
    else:
        levels = [level for level in levels if script.tables.has(level)]
    return (*levels, about.name_field)


__all__ = ["SqlScript", "compile_script"]
