"""Files of prices: read, and refused with file, line and key.

costs:
  - lever: facility_area
    method: {zh: 新建, en: new building}
    price: 3500 yuan/m2
    running: 60 yuan/m2/year          # optional
"""

from __future__ import annotations

from pathlib import Path

from communitycheck.errors import ExpressionError, RuleFileError, together
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.text import Text
from communitycheck.model.units.compound import measure_of, parse_unit
from communitycheck.nearest import nearest
from communitycheck.planning.costs import Costs, Price
from communitycheck.standards import parse_quantity
from communitycheck.standards.files.cost_shapes import CostsIn, PriceIn
from communitycheck.standards.files.faults import check_shape
from communitycheck.standards.files.yaml_file import YamlFile, dotted, read_yaml


def load_costs(path: str | Path, dictionary: Dictionary) -> Costs:
    """The prices of a file.

    Raises:
        RuleFileError: its faults, each with file, line and key: a wrong shape, an unknown lever, a price in another
            unit than money for one unit of the lever, a method twice.
    """
    file = read_yaml(Path(path))
    held = check_shape(file, CostsIn)
    faults: list[RuleFileError] = []
    prices, seen = [], set()
    for number, raw in enumerate(held.costs):
        field = dictionary.find(raw.lever)
        if field is None or not field.is_number:
            near = nearest(raw.lever, [key for key, one in dictionary.fields.items() if one.is_number]) or ""
            faults.append(_fault("costs-lever", file, number, "lever", lever=raw.lever, near=near))
            continue
        found = [_price(raw, field, file, number, key) for key in ("price", "running")]
        faults += [one for one in found if isinstance(one, RuleFileError)]
        method = Text(raw.method.zh or raw.method.en, raw.method.en or raw.method.zh)
        if (field.key, method) in seen:
            faults.append(_fault("costs-twice", file, number, "method", lever=field.key, method=method))
        seen.add((field.key, method))
        price, running = (None if isinstance(one, RuleFileError) else one for one in found)
        if price is not None:
            prices.append(Price(field.key, method, price, running))
    if faults:
        raise together(faults)
    return Costs(tuple(prices))


def _price(raw: PriceIn, field: Field, file: YamlFile, number: int, key: str) -> float | RuleFileError | None:
    """Yuan for one unit of the lever, by the year where it is the running cost."""
    written = raw.price if key == "price" else raw.running
    if written is None:
        return None
    wanted = f"yuan/{field.unit}" + ("/year" if key == "running" else "")
    unit = parse_unit(wanted, {}) if field.unit else None
    try:
        stated = parse_quantity(written)
    except ExpressionError:
        stated = None
    values = {"written": written, "right": f"3500 {wanted}" if unit is not None else "—", "lever": field.key}
    if stated is None or stated.dimension is None or unit is None:
        return _fault("costs-unit", file, number, key, **values)
    dimension, factor = measure_of(stated.dimension, {})
    if dimension != unit.dimension or stated.value < 0:
        return _fault("costs-unit", file, number, key, **values)
    return float(f"{stated.value * factor / unit.factor:.12g}")  # 0.3万元 is 3000 yuan


def _fault(code: str, file: YamlFile, number: int, key: str, **values: object) -> RuleFileError:
    path = ("costs", number, key)
    return RuleFileError(code, file=file.name, line=file.line(path), key=dotted(path), **values)
