"""The eight rules as a pandera schema over polars: ``pandera_polars.py RETURN.csv FAILING.csv``."""

import sys

import pandera.polars as pa
import polars as pl

SLACK = 1e-9


def at_least(limit: float) -> pa.Column:
    return pa.Column(float, pa.Check.ge(limit), nullable=True)


frame = pl.read_csv(sys.argv[1])
urban, rural = pl.col("社区类型") == "城市社区", pl.col("社区类型") == "农村社区"
area, windows = pl.col("综合服务设施面积(㎡)"), pl.col("综合服务窗口数")
judged = frame.select(
    pl.when(urban).then(area).alias("E-1"),
    pl.when(rural).then(area).alias("E-2"),
    (area / pl.col("户数") * 100).alias("E-3"),
    (pl.col("注册志愿者") / pl.col("常住人口")).alias("E-4"),
    pl.col("开放时间(小时/天)").alias("E-5"),
    (windows - pl.max_horizontal(1, (pl.col("常住人口") / 5000).ceil())).alias("E-6"),
    (pl.col("工作人员数") - windows).alias("E-7"),
    pl.when(urban).then(pl.col("社区社会组织数")).alias("E-8"),
).cast(pl.Float64)
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
    failing = frame.clear().select(pl.lit("").alias("rule"), pl.all())
except pa.errors.SchemaErrors as errors:
    cases = errors.failure_cases
    failing = frame[cases["index"].to_list()].select(cases["column"].alias("rule"), pl.all())
failing.write_csv(sys.argv[2])
