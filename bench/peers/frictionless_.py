"""The eight rules as frictionless checks: ``frictionless_.py RETURN.csv FAILING.csv``.

A formula that meets a blank is reported as a fault of the row, so each formula lets blanks pass; there is no ceil and
no max, so rule E-6 is written without them. Decimals are exact, and no slack is needed.
"""

import csv
import sys
from pathlib import Path

from frictionless import Checklist, Dialect, Resource, Schema, checks, fields, system

FORMULAS = {
    "E-1": "社区类型 != '城市社区' or area == None or area >= 400",
    "E-2": "社区类型 != '农村社区' or area == None or area >= 350",
    "E-3": "area == None or households == None or area * 100 >= 30 * households",
    "E-4": "volunteers == None or population == None or volunteers * 100 >= 13 * population",
    "E-5": "hours == None or hours >= 8",
    "E-6": "windows == None or population == None or (windows >= 1 and windows * 5000 >= population)",
    "E-7": "staff == None or windows == None or staff >= windows + 1",
    "E-8": "社区类型 != '城市社区' or organisations == None or organisations >= 10",
}
NUMBERS = {  # in a formula a name has no brackets, so the columns get names of their own
    "户数": "households",
    "常住人口": "population",
    "综合服务设施面积(㎡)": "area",
    "开放时间(小时/天)": "hours",
    "综合服务窗口数": "windows",
    "工作人员数": "staff",
    "注册志愿者": "volunteers",
    "社区社会组织数": "organisations",
}

source, target = sys.argv[1:]
with Path(source).open(encoding="utf-8", newline="") as file:
    header = next(csv.reader(file))
columns = [
    fields.NumberField(name=NUMBERS[label]) if label in NUMBERS else fields.StringField(name=label) for label in header
]
resource = Resource(
    path=source,
    schema=Schema(fields=columns),
    dialect=Dialect(header=False, comment_rows=[1]),
    encoding="utf-8",
)
checklist = Checklist(checks=[checks.row_constraint(formula=formula) for formula in FORMULAS.values()])
with system.use_context(trusted=True):  # else a path from the root is refused
    report = resource.validate(checklist, limit_errors=10**9)
rules = {formula: rule for rule, formula in FORMULAS.items()}
with Path(target).open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["rule", *header])
    for error in report.tasks[0].errors:
        writer.writerow([rules[error.note.split('"')[1]], *error.cells])
