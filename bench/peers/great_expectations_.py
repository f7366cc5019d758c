"""The eight rules as Great Expectations over pandas: ``great_expectations_.py RETURN.csv FAILING.csv``."""

import os
import sys

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # nothing is sent, and no time is spent on it

import great_expectations as gx
import great_expectations.expectations as gxe
import numpy as np
import pandas as pd

SLACK = 1e-9
LIMITS = {
    "E-1": 400,
    "E-2": 350,
    "E-3": 30 - SLACK,
    "E-4": 0.13 - SLACK,
    "E-5": 8,
    "E-6": 0,
    "E-7": 1,
    "E-8": 10,
}

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
)
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
asset = context.data_sources.add_pandas("returns").add_dataframe_asset("communities")
batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": judged})
suite = gx.ExpectationSuite(
    "eight rules", [gxe.ExpectColumnValuesToBeBetween(column=c, min_value=x) for c, x in LIMITS.items()]
)
answer = batch.validate(suite, result_format={"result_format": "COMPLETE"})
failing = []
for found in answer.results:
    rows = frame.loc[found.result["unexpected_index_list"]]
    rows.insert(0, "rule", found.expectation_config.kwargs["column"])
    failing.append(rows)
pd.concat(failing).to_csv(sys.argv[2], index=False)
