"""What forty-odd rules of the rule book ask, written anew from their clauses."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from independent.arithmetic import (
    NO,
    NOT_APPLICABLE,
    UNKNOWN,
    YES,
    Answer,
    Member,
    Num,
    add,
    between,
    both,
    count,
    greatest_ratio,
    largest,
    least_ratio,
    number,
    plus,
    quotient,
    reaches,
    rounded_up,
    same,
    share,
    stays_within,
    times,
)

END_OF_PLAN = date(2020, 12, 31)


@dataclass(frozen=True)
class Record:
    """A record: its numbers, its answers, the items of its lists; and the names of the regions it lies in."""

    name: str
    county: str
    numbers: dict[str, Num]
    answers: dict[str, Answer]
    items: dict[str, frozenset[str] | None]


@dataclass(frozen=True)
class Expected:
    """None in the figures: not held against the report (it depends on what is unknown)."""

    outcome: str
    observed: tuple[Fraction, Fraction | None] | None = None
    required: Fraction | None = None
    shortfall: Fraction | None = None
    lever: Fraction | None = None


NOT_IN_SCOPE = Expected("not_applicable")
NO_DATA = Expected("no_data")

# Pairs whose first number is a part of the second.
PARTS = (
    ("party_volunteers", "party_members"),
    ("resident_volunteers", "population"),
    ("registered_volunteers", "population"),
    ("agreements", "resident_units"),
    ("elders_served", "elders_home"),
    ("branches_seven_plus_grouped", "branches_seven_plus"),
    ("items_on_platform", "items_total"),
    ("legal_aid_granted", "legal_aid_eligible"),
)
# Numbers that cannot be higher than so many.
MOST_ITEMS = {"five_mechanisms": 5, "three_inventories": 3, "party_tiers": 4, "joint_meeting_levels": 4}


def impossible(record: Record, part: str, whole: str) -> bool:
    x, y = record.numbers[part], record.numbers[whole]
    return x.given and y.given and x.applies and y.applies and y.top is not None and x.low > y.top


def without_doubtful(record: Record, unknown: Callable[[str], Num]) -> Record:
    """The record without the figures of which one must be wrong."""
    doubtful = {
        name for pair in PARTS if set(pair) <= set(record.numbers) and impossible(record, *pair) for name in pair
    }
    return replace(record, numbers={k: unknown(k) if k in doubtful else v for k, v in record.numbers.items()})


Where = Callable[[Record], Answer]
Number = Callable[[Record], Num]
# Whether it is met, the indicator, the limit, and what must be added where both are exact.
Judged = tuple[Answer, Num, Num | None, Fraction | None]
Judge = Callable[[Record], Judged]
# Whether it is met, the ends of the indicator, the limit, and what must be added in all.
GroupJudged = tuple[Answer, tuple[Fraction, Fraction | None] | None, Fraction, Fraction | None]
Grouped = Callable[[Sequence[Record], Where], GroupJudged]


def everywhere(_: Record) -> Answer:
    return YES


def is_(field: str) -> Where:
    return lambda r: r.answers[field]


def is_not(field: str) -> Where:
    return lambda r: Answer(r.answers[field].no, r.answers[field].yes)


def of(field: str) -> Number:
    return lambda r: r.numbers[field]


def constant(value: int | Fraction) -> Number:
    return lambda _: number(value)


def windows_needed(r: Record) -> Num:
    return largest(number(1), rounded_up(times_fraction(r.numbers["population"], Fraction(1, 5000))))


def times_fraction(value: Num, factor: Fraction) -> Num:
    top = None if value.top is None else value.top * factor
    return replace(value, low=value.low * factor, top=top)


# --- rules about one record


@dataclass(frozen=True)
class RecordRule:
    """``add``: what must be added, from record and limit, where both sides are exact."""

    where: Where
    judge: Judge
    due: date | None = None

    def expect(self, record: Record, as_of: date) -> Expected:
        within = self.where(record)
        if within in (NO, NOT_APPLICABLE):
            return NOT_IN_SCOPE
        if within == UNKNOWN:
            return NO_DATA
        met, observed, required, lever = self.judge(record)
        if not met.applies:
            return NOT_IN_SCOPE
        if not met.known:
            return NO_DATA
        seen = (observed.low, observed.top) if observed.given else None
        limit = required.low if required is not None and required.exact else None
        if met == YES:
            return Expected("pass", seen, limit)
        outcome = "not_due" if self.due and self.due > as_of else "fail"
        missed = None
        if limit is not None and observed.exact:
            missed = abs(limit - observed.low)
        return Expected(outcome, seen, limit, missed, lever)


def at_least(indicator: Number, limit: Number, lever: bool = False, whole: bool = True) -> Judge:
    def judge(r: Record) -> Judged:
        x, y = indicator(r), limit(r)
        met = reaches(x, y)
        if not x.given and not y.given and met.known:
            met = UNKNOWN
        by = None
        if lever and met == NO and x.exact and y.exact:
            by = y.low - x.low
            by = Fraction(math.ceil(by)) if whole else by
        return met, x, y, by

    return judge


def at_most(indicator: Number, limit: int) -> Judge:
    def judge(r: Record) -> Judged:
        x = indicator(r)
        return stays_within(x, number(limit)), x, number(limit), None

    return judge


def within_most(field: str, limit: int, most: int) -> Judge:
    """At least a number of kinds, of which there are so many and no more."""

    def judge(r: Record) -> Judged:
        x = r.numbers[field]
        if x.given and x.applies and x.low > most:
            return UNKNOWN, x, None, None
        met = reaches(x, number(limit))
        return met, x, number(limit), limit - x.low if met == NO and x.exact else None

    return judge


def says(field: str, wanted: Answer = YES) -> Judge:
    def judge(r: Record) -> Judged:
        a = r.answers[field]
        met = a if wanted == YES or not a.known else Answer(a.no, a.yes)
        return met, Num(Fraction(0), None, given=False), None, None

    return judge


def parts(fields: Sequence[str]) -> Judge:
    """Each of some things is there."""

    def judge(r: Record) -> Judged:
        x = count([r.answers[f] for f in fields])
        limit = number(len(fields))
        if not x.applies:
            return NOT_APPLICABLE, x, limit, None
        met = reaches(x, limit)
        answers = [r.answers[f] for f in fields]
        if not met.known and not any(a == UNKNOWN for a in answers):
            return NOT_APPLICABLE, x, limit, None
        return met, x, limit, None

    return judge


def ratio_at_least(
    part: str, whole: str, limit: Fraction, *, is_part: bool = True, count_of_people: bool = True
) -> Judge:
    def judge(r: Record) -> Judged:
        x, y = r.numbers[part], r.numbers[whole]
        wanted = number(limit)
        if not (x.applies and y.applies):
            return NOT_APPLICABLE, x, wanted, None
        if is_part and impossible(r, part, whole):
            return UNKNOWN, x, wanted, None
        if y.exact and y.low == 0:
            return NOT_APPLICABLE, x, wanted, None
        if not (x.given and y.given):
            if not x.given and not y.given:
                return UNKNOWN, x, wanted, None
            # One of them unknown: certain only where every value that it can have decides alike.
            least = x.low / y.top if y.top else Fraction(0)
            most = x.top / y.low if x.top is not None and y.low else None
            rate = Num(least, most, given=False)
            return reaches(rate, wanted), rate, wanted, None
        rate = quotient(x, y)
        met = reaches(rate, wanted)
        lever = None
        if met == NO and x.exact and y.exact:
            lever = limit * y.low - x.low
            lever = Fraction(math.ceil(lever)) if count_of_people else lever
        return met, rate, wanted, lever

    return judge


def covers(field: str, wanted: frozenset[str]) -> Judge:
    def judge(r: Record) -> Judged:
        held = r.items[field]
        there = Num(Fraction(0), Fraction(len(wanted)), given=False) if held is None else number(len(held & wanted))
        return (UNKNOWN if held is None else reaches(there, number(len(wanted)))), there, number(len(wanted)), None

    return judge


# --- rules about a group


@dataclass(frozen=True)
class GroupRule:
    where: Where
    expect_of: Callable[[Sequence[Record], Where], GroupJudged]
    levels: tuple[str, ...] = ("city",)
    due: date | None = None

    def expect(self, records: Sequence[Record], as_of: date) -> Expected:
        met, seen, limit, lever = self.expect_of(records, self.where)
        if not met.applies:
            return NOT_IN_SCOPE
        if not met.known:
            return NO_DATA
        if met == YES:
            return Expected("pass", seen, limit)
        outcome = "not_due" if self.due and self.due > as_of else "fail"
        missed = limit - seen[1] if seen is not None and seen[1] is not None else None
        return Expected(outcome, seen, limit, missed, lever)


def share_at_least(meets: Where, limit: Fraction) -> Grouped:
    def judge(records: Sequence[Record], where: Where) -> GroupJudged:
        found = share([Member(where(r), meets(r)) for r in records])
        if found.low is None or found.top is None:
            return NOT_APPLICABLE, None, limit, None
        if not found.sure_of and all(where(r) != YES for r in records):
            return (UNKNOWN if any(where(r) == UNKNOWN for r in records) else NOT_APPLICABLE), None, limit, None
        met = reaches(Num(found.low, found.top), number(limit))
        lever = math.ceil(limit * (found.sure_of + found.perhaps_unmet)) - found.sure_met
        return met, (found.low, found.top), limit, Fraction(lever)

    return judge


def pooled_at_least(part: str, whole: str, limit: Fraction, *, is_part: bool = True, hundred: int = 1) -> Grouped:
    """sum(part) / sum(whole) * hundred; parts of a whole are people and items, other numbers areas."""

    def choices(r: Record) -> list[tuple[Fraction, Fraction]]:
        x, y = r.numbers[part], r.numbers[whole]
        x_top = x.top if x.top is not None else Fraction(10**9)
        assert y.top is not None
        pairs = [(a, b) for a in (x.low, x_top) for b in (y.low, y.top)]
        if is_part:
            pairs = [(min(a, b), b) for a, b in pairs] + [(a, a) for a in (x.low, x_top) if y.low <= a <= y.top]
            pairs = [(a, b) for a, b in pairs if x.low <= a <= x_top]
        return pairs

    def judge(records: Sequence[Record], where: Where) -> GroupJudged:
        taken = [r for r in records if where(r).yes and r.numbers[part].applies and r.numbers[whole].applies]
        sure = [choices(r) for r in taken if where(r) == YES]
        maybe = [choices(r) for r in taken if where(r) == UNKNOWN]
        if not taken:
            return NOT_APPLICABLE, None, limit, None
        options = sure + [[*pairs, (Fraction(0), Fraction(0))] for pairs in maybe]
        if all(y == 0 for pairs in options for _, y in pairs):
            return NOT_APPLICABLE, None, limit, None
        if sum(min(y for _, y in pairs) for pairs in options) == 0:
            return UNKNOWN, None, limit, None
        low, top = least_ratio(options) * hundred, greatest_ratio(options) * hundred
        met = reaches(Num(low, top), number(limit))
        per = limit / hundred
        lever = sum((max(per * y - x for x, y in pairs) for pairs in options), Fraction(0))
        if any(not r.numbers[whole].given for r in taken):
            return met, (low, top), limit, None  # what it would take hangs on a whole that nobody knows
        return met, (low, top), limit, Fraction(math.ceil(lever)) if is_part else lever

    return judge


def total_at_least(field: str, limit: int) -> Grouped:
    def judge(records: Sequence[Record], where: Where) -> GroupJudged:
        taken = [r for r in records if where(r).yes and r.numbers[field].applies]
        if not taken:
            return NOT_APPLICABLE, None, Fraction(limit), None
        low = sum((r.numbers[field].low for r in taken if where(r) == YES), Fraction(0))
        tops = [r.numbers[field].top for r in taken]
        top = None if None in tops else sum((t for t in tops if t is not None), Fraction(0))
        met = reaches(Num(low, top), number(limit))
        return met, (low, top), Fraction(limit), Fraction(limit) - low

    return judge


def number_of(field: str, wanted: int) -> Grouped:
    """Exactly so many records say yes."""

    def judge(records: Sequence[Record], where: Where) -> GroupJudged:
        taken = [r for r in records if where(r).yes and r.answers[field].applies]
        if not taken:
            return NOT_APPLICABLE, None, Fraction(wanted), None
        low = sum(where(r) == YES and r.answers[field] == YES for r in taken)
        top = sum(r.answers[field].yes for r in taken)
        met = same(Num(Fraction(low), Fraction(top)), number(wanted))
        return met, (Fraction(low), Fraction(top)), Fraction(wanted), None

    return judge


# --- the rules

urban, rural = is_("urban"), is_not("urban")


def rural_community(r: Record) -> Answer:
    return both(rural(r), r.answers["organised"])


def per_100_households(r: Record) -> Num:
    return times(quotient(r.numbers["facility_area"], r.numbers["households"]), 100)


def area_rate(r: Record) -> Judged:
    area, homes = r.numbers["facility_area"], r.numbers["households"]
    wanted = number(30)
    if not (area.applies and homes.applies):
        return NOT_APPLICABLE, area, wanted, None
    rate = per_100_households(r)
    if not (area.given or homes.given):
        return UNKNOWN, rate, wanted, None
    met = reaches(rate, wanted)
    if met == NO and homes.refused:
        met = UNKNOWN  # where nobody lives nothing is asked
    lever = Fraction(30) * homes.low / 100 - area.low if met == NO and area.exact and homes.exact else None
    return met, rate, wanted, lever


def area_of_station(r: Record) -> Num:
    """The station's own area; where the return has no column for it, that of the facility."""
    if "station_area" in r.numbers:
        return r.numbers["station_area"]
    area = r.numbers["facility_area"]
    # That a facility does not apply says nothing of a station.
    return area if area.applies else Num(Fraction(0), Fraction(50_000), given=False)


def has_facility(r: Record) -> Answer:
    """Shown by an area above zero, where no column says so."""
    area = r.numbers["facility_area"]
    if not area.applies:
        return UNKNOWN
    if area.low > 0 or (area.open_low and area.given):
        return YES
    return NO if area.top == 0 else UNKNOWN


def areas_met(r: Record) -> Answer:
    rate, station = area_rate(r)[0], reaches(area_of_station(r), number(400))
    if r.answers["urban"] == UNKNOWN:
        rate = UNKNOWN  # PZ-03 asks it of urban communities alone, so it is open whether this one meets it
    if NO in (rate, station):
        return NO
    return both(rate, station)


def trained_by_two(r: Record) -> Judged:
    answers = [reaches(r.numbers[f], number(1)) for f in ("worker_trainings_county", "worker_trainings_street")]
    x = count(answers)
    if not x.applies:
        return NOT_APPLICABLE, x, number(2), None
    met = reaches(x, number(2))
    if not met.known and UNKNOWN not in answers:
        return NOT_APPLICABLE, x, number(2), None
    return met, x, number(2), None


def equal_to(indicator: Number, other: Number) -> Judge:
    def judge(r: Record) -> Judged:
        x, y = indicator(r), other(r)
        met = same(x, y)
        if met.known and not (x.given or y.given):
            met = UNKNOWN
        return met, x, y, None

    return judge


def households_per_grid(r: Record) -> Judged:
    homes, grids = r.numbers["households"], r.numbers["grids"]
    if not (homes.applies and grids.applies):
        return NOT_APPLICABLE, homes, None, None
    grids = largest(grids, number(1))
    rate = quotient(homes, grids)
    if not (homes.given or r.numbers["grids"].given):
        return UNKNOWN, rate, None, None
    return between(rate, Fraction(240), Fraction(360)), rate, None, None


def percent(value: int) -> Fraction:
    return Fraction(value, 100)


def staff_needed(r: Record) -> Num:
    return plus(r.numbers["service_windows"], 1)


def registered_and_filed(r: Record) -> Num:
    return add(r.numbers["social_orgs_registered"], r.numbers["social_orgs_filed"])


outdoor_area_each = ratio_at_least("outdoor_area", "population", Fraction(5, 2), is_part=False, count_of_people=False)
P = END_OF_PLAN
BOTH = ("county", "city")
PANZHIHUA: dict[str, RecordRule] = {
    "PZ-03": RecordRule(urban, area_rate, P),
    "PZ-05": RecordRule(rural, outdoor_area_each, P),
    "PZ-06": RecordRule(everywhere, at_least(area_of_station, constant(400), lever=True, whole=False), P),
    "PZ-11": RecordRule(everywhere, at_least(of("graduate_staff"), constant(1), lever=True), P),
    "PZ-12": RecordRule(everywhere, at_least(of("social_workers"), constant(1), lever=True), P),
    "PZ-14c": RecordRule(everywhere, ratio_at_least("party_volunteers", "party_members", percent(80)), P),
    "PZ-15c": RecordRule(everywhere, ratio_at_least("resident_volunteers", "population", percent(30)), P),
    "PZ-57c": RecordRule(everywhere, ratio_at_least("registered_volunteers", "population", percent(13)), P),
    "PZ-18c": RecordRule(everywhere, ratio_at_least("agreements", "resident_units", percent(80)), P),
    "PZ-16": RecordRule(urban, at_least(of("social_orgs"), constant(10), lever=True), P),
    "PZ-17": RecordRule(rural, at_least(of("social_orgs"), constant(5), lever=True), P),
    "PZ-21": RecordRule(everywhere, at_least(of("service_windows"), windows_needed, lever=True)),
    "PZ-22": RecordRule(everywhere, at_least(of("service_staff"), staff_needed, lever=True)),
    "PZ-23": RecordRule(everywhere, at_least(of("open_days_per_year"), constant(365), lever=True)),
    "PZ-25": RecordRule(everywhere, parts(("unified_name", "unified_vi"))),
    "PZ-26": RecordRule(everywhere, says("open_recruitment")),
    "PZ-29": RecordRule(everywhere, parts(("state_asset", "free_use"))),
    "PZ-41": RecordRule(everywhere, at_least(of("family_guidance_sessions"), constant(2), lever=True)),
    "PZ-54": RecordRule(everywhere, at_most(of("walk_minutes"), 15)),
    "PZ-64": RecordRule(everywhere, trained_by_two),
}  # fmt: skip
PANZHIHUA_GROUPS: dict[str, GroupRule] = {
    "PZ-01": GroupRule(urban, share_at_least(has_facility, percent(100)), due=P),
    "PZ-02": GroupRule(urban, share_at_least(areas_met, percent(100)), due=P),
    "PZ-03g": GroupRule(
        urban, pooled_at_least("facility_area", "households", Fraction(30), is_part=False, hundred=100), due=P
    ),
    "PZ-04": GroupRule(rural, share_at_least(has_facility, percent(50)), due=P),
    "PZ-08": GroupRule(everywhere, share_at_least(is_("has_basic_services"), percent(100)), due=P),
    "PZ-13g": GroupRule(everywhere, total_at_least("social_workers", 1000), due=P),
    "PZ-14": GroupRule(everywhere, pooled_at_least("party_volunteers", "party_members", percent(80)), BOTH, P),
    "PZ-15": GroupRule(everywhere, pooled_at_least("resident_volunteers", "population", percent(30)), BOTH, P),
    "PZ-57": GroupRule(everywhere, pooled_at_least("registered_volunteers", "population", percent(13)), BOTH, P),
    "PZ-18": GroupRule(everywhere, pooled_at_least("agreements", "resident_units", percent(80)), BOTH, P),
    "PZ-19": GroupRule(rural, number_of("is_pilot_village", 37), due=P),
    "PZ-32": GroupRule(everywhere, pooled_at_least("elders_served", "elders_home", percent(100)), due=P),
    "PZ-39": GroupRule(everywhere, share_at_least(is_("has_childrens_home"), percent(90))),
    "PZ-44": GroupRule(rural_community, share_at_least(is_("has_fitness_site"), percent(60)), due=P),
}  # fmt: skip
SHENYANG: dict[str, RecordRule] = {
    "LN-01": RecordRule(urban, at_least(of("facility_area"), constant(600), lever=True, whole=False)),
    "LN-02": RecordRule(rural, at_least(of("facility_area"), constant(350), lever=True, whole=False)),
    "LN-03": RecordRule(everywhere, area_rate),
    "LN-07c": RecordRule(everywhere, says("duties_transferred", NO)),
    "SY-03": RecordRule(urban, households_per_grid),
    "SY-04": RecordRule(urban, at_least(of("deliberation_meetings"), constant(12), lever=True)),
    "SY-05": RecordRule(urban, within_most("five_mechanisms", 5, 5)),
    "SY-06": RecordRule(urban, ratio_at_least("branches_seven_plus_grouped", "branches_seven_plus", percent(100))),
    "SY-07": RecordRule(rural, equal_to(of("grid_workers"), of("grids"))),
    "SY-08": RecordRule(urban, parts(("elder_steward", "elder_corner", "elder_alliance"))),
    "SY-C1": RecordRule(everywhere, equal_to(of("social_orgs"), registered_and_filed)),
}  # fmt: skip
SHENYANG_GROUPS: dict[str, GroupRule] = {
    "SY-10": GroupRule(everywhere, share_at_least(is_("has_family_doctor"), percent(100))),
    "SY-12": GroupRule(everywhere, share_at_least(is_("has_emblem"), percent(100))),
}
WANGCHENG: dict[str, RecordRule] = {
    "WC-01": RecordRule(urban, at_least(of("operating_budget"), constant(100), lever=True, whole=False)),
    "WC-02": RecordRule(is_("is_new_community"), at_least(of("startup_fund"), constant(30), lever=True, whole=False)),
    "WC-09": RecordRule(urban, within_most("three_inventories", 3, 3)),
}


def pilot(r: Record) -> Answer:
    """Where no column says which estates are pilots, all that are listed are."""
    return r.answers.get("is_pilot_estate", YES)


SCENARIOS = frozenset(("智能监控", "智能门禁", "智能安防", "智能车棚", "智能家居", "生活缴费", "报事报修"))
ESTATES: dict[str, RecordRule] = {
    "WC-06": RecordRule(pilot, covers("smart_scenarios", SCENARIOS), date(2021, 12, 31)),
}
