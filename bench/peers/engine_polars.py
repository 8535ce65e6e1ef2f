# SPDX-License-Identifier: MIT
"""Polars, in memory: it has no store."""

import os

from question import (AGENT, DAY, JUNE, MAY, MINUTE, PER_CENT, TUESDAY,
                      window_of)

SMALL = ("csat", "nps", "ces")
NAMES = ("agent", "queue", "channel", "direction", "reason", "outcome",
         "resolved", "transfer")
QUARTER = 15 * MINUTE


class Engine:
    name = "Polars"

    def __init__(self, folder, threads):
        os.environ["POLARS_MAX_THREADS"] = str(threads)
        import polars
        self.pl = polars
        self.version = polars.__version__

    def load(self, csv):
        pl = self.pl
        types = {name: pl.Categorical for name in NAMES}
        types |= {name: pl.UInt8 for name in SMALL}
        types |= {name: pl.Int32 for name in ("wait", "talk", "hold",
                                              "after_call", "cost")}
        types |= {"id": pl.String, "customer": pl.String,
                  "started_at": pl.Int64}
        self.frame = pl.read_csv(csv, schema_overrides=types)
        self.frame = self.frame.with_columns(
            pl.col("customer").str.slice(1).cast(pl.UInt32))
        self.month = (pl.from_epoch("started_at", time_unit="ms")
                      .dt.truncate("1mo").dt.epoch("ms").alias("m"))

    def size(self):
        return None

    def _panel(self, keys, *where):
        pl = self.pl
        answered = pl.col("outcome") == "answered"
        lost = (pl.col("outcome") == "abandoned") & (pl.col("wait") >= 5000)
        yes, no = pl.col("resolved") == "yes", pl.col("resolved") == "no"
        wait = pl.col("wait").cast(pl.Int64)
        handle = (pl.col("talk") + pl.col("hold")
                  + pl.col("after_call")).cast(pl.Int64)
        a, b = answered.sum(), lost.sum()
        known = (answered & (yes | no)).sum()
        csat, nps, ces = pl.col("csat"), pl.col("nps"), pl.col("ces")
        columns = (
            pl.len().cast(pl.Float64).alias("contacts"),
            ((answered & (pl.col("wait") <= 20000)).sum() / (a + b))
            .alias("service_level"),
            (b / (a + b)).alias("abandonment_rate"),
            (a / (a + b)).alias("answer_rate"),
            (wait.filter(answered).sum() / a).alias("wait_mean"),
            (handle.filter(answered).sum() / a).alias("handle_mean"),
            (pl.col("after_call").cast(pl.Int64).filter(answered).sum() / a)
            .alias("after_call_mean"),
            ((answered & yes).sum() / known).alias("resolution"),
            ((csat >= 4).sum() / csat.count()).alias("csat_top"),
            (csat.cast(pl.Int64).sum() / csat.count()).alias("csat_mean"),
            (100.0 * ((nps >= 9).sum().cast(pl.Int64)
                      - (nps <= 6).sum().cast(pl.Int64)) / nps.count())
            .alias("nps_balance"),
            (ces.cast(pl.Int64).sum() / ces.count()).alias("ces_mean"),
            ((answered & (pl.col("transfer") != "none")).sum() / a)
            .alias("transfers"))
        rows = self.frame.lazy()
        for condition in where:
            rows = rows.filter(condition)
        if keys:
            return rows.group_by(keys).agg(columns).collect()
        return rows.select(columns).collect()

    def _gaps(self):
        pl = self.pl
        at = pl.col("started_at")
        return (self.frame.lazy().sort("customer", "started_at", "id")
                .with_columns(gp=(at - at.shift(1)).over("customer"),
                              gn=(at.shift(-1) - at).over("customer")))

    def prepare(self):
        self.gaps = self._gaps().collect()

    def _repeats(self, keys, rows, window):
        pl = self.pl
        came = pl.col("gp") <= window
        first = pl.col("gp").is_null() | (pl.col("gp") > window)
        alone = first & (pl.col("gn").is_null() | (pl.col("gn") > window))
        columns = ((came.sum() / pl.len()).alias("repeat_rate"),
                   (alone.sum() / first.sum()).alias("fcr"))
        if keys:
            return rows.group_by(keys).agg(columns).collect()
        return rows.select(columns).collect()

    def _quantiles(self):
        pl = self.pl
        times = (pl.col("wait"), pl.col("talk") + pl.col("hold")
                 + pl.col("after_call"))
        return (self.frame.lazy().filter(pl.col("outcome") == "answered")
                .group_by("queue")
                .agg(time.quantile(part / 100, "equiprobable")
                     .alias(f"{place} {part}")
                     for place, time in enumerate(times)
                     for part in PER_CENT)
                .collect())

    def ask(self, question, turn):
        pl = self.pl
        at = pl.col("started_at")
        by_agent = (pl.col("agent"), self.month)
        if question == "W2":
            return self._panel(())
        if question == "W3":
            return self._panel(by_agent, pl.col("agent").is_not_null())
        if question == "W4":
            return self._panel((pl.col("queue"), at // QUARTER * QUARTER),
                               at >= MAY, at < JUNE)
        if question == "W5":
            return self._panel((), pl.col("agent") == AGENT, at >= TUESDAY,
                               at < TUESDAY + DAY)
        if question.startswith("W6"):
            keys = by_agent if "agent" in question else ()
            rows = self.gaps.lazy() if "again" in question else self._gaps()
            return self._repeats(keys, rows, window_of(question, turn))
        if question == "W7":
            return self._quantiles()
        return (self.frame.lazy().group_by(self.month)
                .agg(pl.col("customer").n_unique().cast(pl.Float64))
                .collect())

    def rows(self, question, result):
        keys = {"W3": 2, "W4": 2, "W6 by agent and month": 2,
                "W6 again by agent and month": 2, "W7": 1, "W8": 1}
        count = keys.get(question, 0)
        return [(list(row[:count]),
                 [None if value is None or value != value else float(value)
                  for value in row[count:]])
                for row in result.iter_rows()]
