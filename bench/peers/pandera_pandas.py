"""The eight rules as a pandera schema over pandas: ``pandera_pandas.py RETURN.csv FAILING.csv``.

What a rule compares is made a column first, for a check of a column reports failing cells and a check of the whole
frame reports every cell of the row.
"""

import sys

import numpy as np
import pandas as pd
import pandera.pandas as pa

SLACK = 1e-9


def at_least(limit: float) -> pa.Column:
    return pa.Column(float, pa.Check.ge(limit), nullable=True)


frame = pd.read_csv(sys.argv[1])
urban, rural = frame["社区类型"] == "城市社区", frame["社区类型"] == "农村社区"
area, windows = frame["综合服务设施面积(㎡)"], frame["综合服务窗口数"]
judged = pd.DataFrame(
    {
        "E-1": area.where(urban),
        "E-2": area.where(rural),
        "E-3": area / frame["户数"] * 100,
        "E-4": frame["注册志愿者"] / frame["常住人口"],
        "E-5": frame["开放时间(小时/天)"],
        "E-6": windows - np.maximum(1, np.ceil(frame["常住人口"] / 5000)),
        "E-7": frame["工作人员数"] - windows,
        "E-8": frame["社区社会组织数"].where(urban),
    }
).astype(float)
schema = pa.DataFrameSchema(
    {
        "E-1": at_least(400),
        "E-2": at_least(350),
        "E-3": at_least(30 - SLACK),
        "E-4": at_least(0.13 - SLACK),
        "E-5": at_least(8),
        "E-6": at_least(0),
        "E-7": at_least(1),
        "E-8": at_least(10),
    }
)
try:
    schema.validate(judged, lazy=True)
    failing = frame[:0].assign(rule="")
except pa.errors.SchemaErrors as errors:
    cases = errors.failure_cases
    failing = frame.loc[cases["index"].astype(int)]
    failing.insert(0, "rule", cases["column"].to_numpy())
failing.to_csv(sys.argv[2], index=False)
