"""The eight rules in plain polars: ``plain_polars.py RETURN.csv FAILING.csv``."""

import sys

import polars as pl

TYPE, AREA, HOUSEHOLDS, POPULATION = "社区类型", "综合服务设施面积(㎡)", "户数", "常住人口"
HOURS, WINDOWS, STAFF, VOLUNTEERS = "开放时间(小时/天)", "综合服务窗口数", "工作人员数", "注册志愿者"
ORGANISATIONS = "社区社会组织数"
SLACK = 1e-9  # of a ratio: 30.0 may come out as 29.999999999999996

urban, rural = pl.col(TYPE) == "城市社区", pl.col(TYPE) == "农村社区"
fails = {
    "E-1": urban & (pl.col(AREA) < 400),
    "E-2": rural & (pl.col(AREA) < 350),
    "E-3": pl.col(AREA) / pl.col(HOUSEHOLDS) * 100 < 30 - SLACK,
    "E-4": pl.col(VOLUNTEERS) / pl.col(POPULATION) < 0.13 - SLACK,
    "E-5": pl.col(HOURS) < 8,
    "E-6": pl.col(WINDOWS) < pl.max_horizontal(1, (pl.col(POPULATION) / 5000).ceil()),
    "E-7": pl.col(STAFF) < pl.col(WINDOWS) + 1,
    "E-8": urban & (pl.col(ORGANISATIONS) < 10),
}
frame = pl.read_csv(sys.argv[1])
failing = [frame.filter(fail).select(pl.lit(rule).alias("rule"), pl.all()) for rule, fail in fails.items()]
pl.concat(failing).write_csv(sys.argv[2])
