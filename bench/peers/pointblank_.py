"""The eight rules in pointblank over polars: ``pointblank_.py RETURN.csv FAILING.csv``.

``extract_limit`` is raised: left alone, a step keeps 500 of its failing rows and says nothing of the others.
"""

import sys

import pointblank as pb
import polars as pl

SLACK = 1e-9
TYPE, AREA, WINDOWS = "社区类型", "综合服务设施面积(㎡)", "综合服务窗口数"

frame = pl.read_csv(sys.argv[1])
made = frame.with_columns(
    (pl.col(AREA) / pl.col("户数") * 100).alias("_area_per_100"),
    (pl.col("注册志愿者") / pl.col("常住人口")).alias("_volunteers"),
    pl.max_horizontal(1, (pl.col("常住人口") / 5000).ceil()).alias("_windows"),
    (pl.col(WINDOWS) + 1).alias("_staff"),
)


def of_type(kind: str):
    return lambda table: table.filter(pl.col(TYPE) == kind)


steps = (
    pb.Validate(made)
    .col_vals_ge(AREA, 400, na_pass=True, pre=of_type("城市社区"), brief="E-1")
    .col_vals_ge(AREA, 350, na_pass=True, pre=of_type("农村社区"), brief="E-2")
    .col_vals_ge("_area_per_100", 30 - SLACK, na_pass=True, brief="E-3")
    .col_vals_ge("_volunteers", 0.13 - SLACK, na_pass=True, brief="E-4")
    .col_vals_ge("开放时间(小时/天)", 8, na_pass=True, brief="E-5")
    .col_vals_ge(WINDOWS, pb.col("_windows"), na_pass=True, brief="E-6")
    .col_vals_ge("工作人员数", pb.col("_staff"), na_pass=True, brief="E-7")
    .col_vals_ge("社区社会组织数", 10, na_pass=True, pre=of_type("城市社区"), brief="E-8")
    .interrogate(extract_limit=max(1, len(frame)))
)
failing = [
    rows.select(pl.lit(f"E-{step}").alias("rule"), pl.col(frame.columns))
    for step, rows in steps.get_data_extracts().items()
    if rows is not None
]
pl.concat(failing).write_csv(sys.argv[2])
