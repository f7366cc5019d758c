"""The eight rules in plain pandas: ``plain_pandas.py RETURN.csv FAILING.csv``."""

import sys

import numpy as np
import pandas as pd

SLACK = 1e-9  # of a ratio: 30.0 may come out as 29.999999999999996

frame = pd.read_csv(sys.argv[1])
urban, rural = frame["社区类型"] == "城市社区", frame["社区类型"] == "农村社区"
area, population, windows = frame["综合服务设施面积(㎡)"], frame["常住人口"], frame["综合服务窗口数"]
fails = {  # a blank compares as false, so it fails nothing
    "E-1": urban & (area < 400),
    "E-2": rural & (area < 350),
    "E-3": area / frame["户数"] * 100 < 30 - SLACK,
    "E-4": frame["注册志愿者"] / population < 0.13 - SLACK,
    "E-5": frame["开放时间(小时/天)"] < 8,
    "E-6": windows < np.maximum(1, np.ceil(population / 5000)),
    "E-7": frame["工作人员数"] < windows + 1,
    "E-8": urban & (frame["社区社会组织数"] < 10),
}
failing = pd.concat({rule: frame[fail] for rule, fail in fails.items()}, names=["rule", None])
failing.reset_index("rule").to_csv(sys.argv[2], index=False)
