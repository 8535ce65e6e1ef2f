# SPDX-License-Identifier: MIT
"""The Python binding: what is asked, and results as values."""

import ast
import inspect
import pickle
import pydoc
from datetime import date, datetime, timedelta
from pathlib import Path

import kpi
from tap import HOUR, NINE, UTC, Case, filled


class Asking(Case):
    def test_a_result_has_a_row_for_each_group_and_metric(self):
        result = filled().measure("service_level", "csat", by="queue",
                                  every="month", zone="Europe/Berlin")
        self.assertEqual(len(result), 4)
        self.assertEqual([row.metric for row in result],
                         ["service_level", "csat"] * 2)
        support = result[2]
        self.assertEqual(support.group, {"queue": "support"})
        self.assertEqual(support.time.isoformat(),
                         "2026-10-01T00:00:00+02:00")
        self.assertEqual(support.until.isoformat(),
                         "2026-11-01T00:00:00+01:00")
        self.assertEqual((support.numerator, support.denominator), (1, 3))
        self.assertAlmostEqual(support.value, 1 / 3)
        self.assertLess(support.lower, support.value)
        self.assertLess(support.value, support.upper)
        self.assertEqual((support.state, support.unit), ("ok", "share"))
        self.assertEqual((result.by, result.every, result.zone),
                         (["queue"], "month", "Europe/Berlin"))
        self.assertEqual(result[-1], result[3])
        self.assertEqual(result[1:3], [result[1], result[2]])
        self.assertEqual(result.to_dicts()[0]["group"], {"queue": "sales"})
        self.assertIn("support", str(result))
        self.assertIn("service_level", repr(result))
        self.assertTrue(result.to_json().startswith("{"))
        self.assertEqual(len(result.to_csv().splitlines()), 5)
        with self.assertRaises(IndexError):
            result[4]
        with self.assertRaises(ValueError):
            result.value

    def test_no_data_is_none(self):
        row, = kpi.open().measure("service_level")
        self.assertIsNone(row.value)
        self.assertIsNone(row.lower)
        self.assertEqual(row.state, "no data")
        self.assertIsNone(row.time)
        self.assertIsNone(row.until)
        self.assertIsNone(kpi.open().csat().value)

    def test_what_is_left_out_is_told_by_reason(self):
        store = filled()
        store.add(started_at=NINE, queue="support")
        row, = store.service_level()
        self.assertEqual(row.excluded, {"unknown": 1})
        self.assertEqual(row.denominator, 4)

    def test_credit_in_parts_is_shown_in_units(self):
        store = kpi.open()
        store.add(started_at=NINE, csat=5, visits=[
            dict(agent=agent, wait=0, talk=1000, outcome="answered")
            for agent in ("a", "b", "c")])
        result = store.csat(by="agent", credit="equal")
        self.assertEqual(len(result), 3)
        self.assertAlmostEqual(result[0].denominator, 1 / 3)
        self.assertEqual(store.csat(credit="equal")[0].denominator, 1)

    def test_time_is_wall_time_of_the_zone(self):
        store = kpi.open()
        for day in (24, 25, 26):
            store.add(started_at=datetime(2026, 10, day, 12, tzinfo=UTC))
        self.assertEqual(
            [str(row.time.utcoffset())
             for row in store.contacts(every="day", zone="Europe/Berlin")],
            ["2:00:00", "2:00:00", "1:00:00"])

    def test_instants_are_read_and_written_in_a_zone(self):
        self.assertEqual(kpi.instant("2026-10-01T09:00:00Z"), NINE)
        self.assertEqual(kpi.instant("2026-10-01T11:00", "Europe/Berlin"),
                         NINE)
        self.assertEqual(kpi.instant_text(NINE), "2026-10-01T09:00:00+00:00")
        later = int(NINE.timestamp() * 1000) + 1
        self.assertEqual(kpi.instant_text(later, "Europe/Berlin"),
                         "2026-10-01T11:00:00.001+02:00")
        self.assertEqual(kpi.instant_text(date(2026, 10, 1)),
                         "2026-10-01T00:00:00+00:00")
        self.refused("EPARSE", kpi.instant, "yesterday")
        self.refused("ENOTFOUND", kpi.instant, "2026-10-01", "Mars/Olympus")
        self.refused("EINVAL", kpi.instant_text, 2 ** 62)
        self.refused("EINVAL", kpi.instant_text, None)
        for call in (lambda: kpi.instant(5), lambda: kpi.instant_text([])):
            with self.assertRaises(TypeError):
                call()

    def test_filters_choose_rows(self):
        store = filled()
        for number, question in (
                (3, {}),
                (2, {"where": {"channel": "voice"}}),
                (3, {"where": {"channel": ["voice", "chat"]}}),
                (1, {"where_not": {"channel": "voice"}}),
                (0, {"where": {"reason": "x"}}),
                (3, {"where": {"reason": None}}),
                (1, {"where": {"outcome": "abandoned"}}),
                (1, {"between": {"wait": (timedelta(minutes=1), None)}}),
                (2, {"between": {"wait": (None, "35 s")}}),
                (1, {"since": NINE + HOUR, "until": "2026-10-02"}),
                (2, {"since": "2026-10-01T00:00", "until": date(2026, 10, 2),
                     "zone": "Asia/Tokyo"}),
                (1, {"until": int(NINE.timestamp() * 1000) + 1})):
            self.assertEqual(store.contacts(**question).value, number,
                             question)
            self.assertEqual(len(list(store.iterate(**question))), number,
                             question)
        self.refused("EINVAL", store.contacts, since=datetime(2026, 1, 1))
        self.refused("EINVAL", store.contacts, since=5, until=4)
        self.refused("EPARSE", store.contacts, since="yesterday")
        self.refused("ENOTFOUND", store.contacts, zone="Mars/Olympus")
        self.refused("EINVAL", store.contacts, by=["queue", "queue"])
        self.refused("EINVAL", store.contacts, week_start=8)
        self.refused("ELIMIT", store.visits, by="queue", group_limit=1)
        self.refused("ENOTFOUND", store.contacts, partition="queue")

    def test_what_a_question_is_made_of_is_looked_at(self):
        store = filled()
        for keyword, wrong in (
                ("by", 5), ("by", [None]), ("every", 5), ("zone", None),
                ("zone", 5), ("where", "voice"), ("where_not", ["voice"]),
                ("between", {"wait": 5}),
                ("between", [5]), ("between", {"wait": "ab"}),
                ("group_limit", "5"), ("week_start", "monday"),
                ("since", []), ("credit", 5j)):
            with self.assertRaises(TypeError, msg=(keyword, wrong)):
                store.contacts(**{keyword: wrong})
        for keyword, wrong in (("group_limit", -1), ("group_limit", 2 ** 63),
                               ("since", 1e300)):
            error = self.refused("EINVAL", store.contacts,
                                 **{keyword: wrong})
            self.assertEqual(error.field, keyword)
        error = self.refused("ENOTFOUND", store.csat, zone="Europe/Berln")
        self.assertRegex(str(error), 'Berln; the nearest is "Europe/Berlin"')
        error = self.refused("ENOTFOUND", store.service_level, treshold=1)
        self.assertRegex(str(error), '"service_level_threshold"')
        error = self.refused("ENOTFOUND", store.csat, colour="red")
        self.assertRegex(str(error), "expected is by, .*preset, .*credit")
        self.assertNotRegex(str(error), "wait_parts")

    def test_parameters_go_to_the_metrics_that_read_them(self):
        store = filled()
        result = store.measure("service_level", "csat",
                               service_level_threshold=timedelta(seconds=6))
        self.assertEqual([str(d) for d in result.definitions],
                         ["service_level service_level_threshold=6s", "csat"])
        self.assertEqual(
            store.service_level(service_level_threshold="6s")[0], result[0])
        for wrong in ({"service_level_threshold": "6s"}, {"preset": "icmi1"}):
            error = self.refused("EINVAL", store.csat, **wrong)
            self.assertRegex(str(error), r"^csat\(\): no metric .* reads")
        with self.assertRaises(TypeError):
            store.measure()
        with self.assertRaises(TypeError):
            store.measure(5)
        self.refused("EPARSE", store.service_level,
                     service_level_threshold="soon")
        self.assertIn("service_level_denominator",
                      str(store.service_level(preset="icmi2").definitions[0]))

    def test_a_share_that_is_a_ratio_is_shown_as_the_table_shows_it(self):
        store = filled()
        share, = store.service_level()
        ratio, = result = store.service_level(preset="genesys")
        self.assertEqual((share.unit, ratio.unit), ("share", "ratio"))
        self.assertEqual((share.text, ratio.text), ("50.0 %", "0.50"))
        self.assertIn(ratio.text, str(result))
        self.assertEqual(result["unit"], ["ratio"])

    def test_a_method_that_is_none_is_told_the_nearest(self):
        store = filled()
        for wrong, right in (("servicelevel", "service_level"),
                             ("handle_time", "average_handle_time"),
                             ("mesure", "measure")):
            with self.assertRaises(AttributeError) as caught:
                getattr(store, wrong)
            self.assertEqual(str(caught.exception), f"a store has no "
                             f'{wrong!r}; the nearest is "{right}"')
        self.assertFalse(hasattr(store, "quux"))

    def test_a_duration_of_a_question_is_no_bare_number(self):
        store = filled()
        for question in ({"service_level_threshold": 30},
                         {"service_level_threshold": {"queue": {"vip": 30}}},
                         {"between": {"wait": (30, None)}}):
            error = self.refused("EINVAL", store.service_level, **question)
            self.assertRegex(str(error), f'^{error.field} is 30, a duration '
                             'without a unit: give a timedelta or a text, as '
                             r'timedelta\(seconds=30\) or "30s"$')
        error = self.refused("EINVAL", store.repeats, repeat_gap=0.5)
        self.assertRegex(str(error), r'\(seconds=0.5\) or "500ms"$')
        for wrong in ("5", "s", "5 weeks", "-5s", "5ss", "9" * 20 + "d"):
            self.refused("EINVAL", store.contacts,
                         between={"wait": (wrong, None)})
        found = store.contacts(between={"csat": (5, 5)})
        self.assertEqual(found.value, 1)

    def test_seconds_are_no_instants_of_a_question(self):
        store = filled()
        for name in ("since", "until", "as_of"):
            error = self.refused("EINVAL", store.contacts,
                                 **{name: int(NINE.timestamp())})
            self.assertEqual(error.field, name)
            self.assertRegex(str(error), "seems to be seconds")
        when = int(NINE.timestamp() * 1000)
        self.assertEqual(
            [kpi.Definition("contacts", as_of=as_of)["as_of"]
             for as_of in (when, NINE)], ["2026-10-01T09:00:00Z"] * 2)

    def test_a_definition_is_a_value(self):
        fast = kpi.Definition("service_level", service_level_threshold={
            None: "30s", "queue": {"vip": timedelta(seconds=10)}}, confidence=0.9)
        self.assertEqual(
            str(fast), "service_level confidence=0.9 "
            "service_level_threshold=30s "
            "service_level_threshold[queue=vip]=10s")
        self.assertEqual(kpi.Definition.parse(str(fast)), fast)
        self.assertEqual(pickle.loads(pickle.dumps(fast)), fast)
        self.assertEqual(len({fast, kpi.Definition.parse(str(fast))}), 1)
        self.assertNotEqual(fast, kpi.Definition("service_level"))
        self.assertEqual((fast.metric, fast["credit"]),
                         ("service_level", "last"))
        self.assertEqual(filled().measure(fast, "csat").definitions[0], fast)
        as_of = kpi.Definition("repeat_rate", as_of=NINE)
        self.assertEqual(as_of, kpi.Definition(
            "repeat_rate", as_of=int(NINE.timestamp() * 1000)))

    def test_repeats_are_listed(self):
        store = filled()
        store.add(id="0", started_at=NINE - 240 * HOUR, customer="old")
        repeat, = store.repeats(repeat_window=timedelta(days=7))
        self.assertEqual((repeat.customer, repeat.id, repeat.earlier_id),
                         ("ana", "2", "1"))
        self.assertEqual((repeat.gap, repeat.started_at),
                         (3600000, NINE + HOUR))
        self.assertEqual(store.repeats(where={"channel": "chat"}), [])
        self.refused("EINVAL", store.repeats, kpi.Definition("csat"))


class Columns(Case):
    def test_columns_are_the_rows_turned(self):
        store = filled()
        store.add(started_at=NINE, queue="support")
        for question in ({}, {"by": "queue"}, {"every": "day"},
                         {"by": ["channel", "queue"], "every": "month",
                          "zone": "Asia/Tokyo"}):
            result = store.measure("service_level", "csat",
                                   "average_handle_time", **question)
            columns, rows = result.to_dict(), list(result)
            self.assertEqual(list(columns), result.columns)
            self.assertEqual({len(c) for c in columns.values()}, {len(rows)})
            for name, column in columns.items():
                self.assertEqual(result[name], column)
                self.assertEqual(column, [
                    getattr(row, name) if name in row._fields + tuple(row.group)
                    else row.excluded.get(name, 0) for row in rows], name)
        head = result.to_csv().splitlines()[0].split(",")
        self.assertEqual([c for c in result.columns if c != "until"], head)
        self.assertEqual(str(columns["time"][0].tzinfo), "Asia/Tokyo")
        self.assertEqual(kpi.open().csat(by="queue").to_dict()["value"], [])
        self.refused("ENOTFOUND", lambda: store.csat()["time"])

    def test_a_row_has_its_group_as_attributes(self):
        row = filled().visits(by=["queue", "agent"], every="day")[0]
        self.assertEqual((row.queue, row.agent), ("sales", "bo"))
        with self.assertRaisesRegex(AttributeError, "by queue, agent"):
            row.team
        self.assertFalse(hasattr(filled().csat()[0], "queue"))

    def test_values_and_bounds_are_texts_for_people(self):
        row = filled().service_level()[0]
        self.assertRegex(row.text, r"^\d+\.\d %$")
        self.assertRegex(row.bounds, "^\\d+\\.\\d\u2013\\d+\\.\\d %$")
        self.assertEqual(filled().contacts()[0].bounds, "")
        row = kpi.open().csat()[0]
        self.assertEqual((row.text, row.bounds), ("no data", ""))

    def test_limits_of_a_control_chart(self):
        limits = kpi.control_limits([3, 4, 5])
        self.assertAlmostEqual(limits.lower, 1.340)
        self.assertAlmostEqual(limits.upper, 6.660)
        self.assertAlmostEqual(limits.range_limit, 3.268)
        limits = kpi.control_limits(
            [1, 2, None, 100, float("nan"), 7, 9], centre="median")
        self.assertEqual((limits.centre, limits.values, limits.ranges),
                         (7, 5, 2))
        with self.assertRaisesRegex(kpi.Error, "two adjacent values"):
            kpi.control_limits([5, None])
        with self.assertRaisesRegex(ValueError, "'mean' or 'median'"):
            kpi.control_limits([1, 2], "mode")
        with self.assertRaises(TypeError):
            kpi.control_limits(["one", "two"])

    def test_what_the_values_of_a_control_chart_signal(self):
        weeks = [3.1, 3.4, 2.9, 3.3, 3.0, 3.2, 6.9, 3.1, 3.5, None]
        limits = kpi.control_limits(weeks, "median")
        signals = limits.signals(weeks)
        self.assertEqual(signals[6:], [("outside", "range"), ("range",), (),
                                       ()])
        self.assertEqual(set(signals[:6]), {()})
        later = [3.3, 3.4] * 4
        self.assertEqual(limits.signals(later), [("run",)] * 8)
        self.assertEqual(limits.signals(later[:7]), [()] * 7)
        self.assertEqual(limits.signals(later[:7], chart_run=5),
                         [("run",)] * 7)
        self.assertEqual(limits.signals(iter(later[:4] + [float("nan")]
                                             + later[:4])), [()] * 9)
        self.assertEqual(limits.signals([]), [])
        self.assertEqual(limits.signals([9, -9, None, 9, -9])[1:],
                         [("outside", "range"), (), ("outside",),
                          ("outside", "range")])
        with self.assertRaisesRegex(kpi.Error, "is 4: expected is 5 to 20") as refused:
            limits.signals(later, chart_run=4)
        self.assertEqual((refused.exception.status, refused.exception.field),
                         ("EINVAL", "chart_run"))
        with self.assertRaises(kpi.Error) as refused:
            limits._replace(upper=float("nan")).signals(later)
        self.assertEqual(refused.exception.field, "upper")
        for wrong in (8.0, "8", None):
            with self.assertRaises(TypeError):
                limits.signals(later, wrong)
        with self.assertRaises(TypeError):
            limits.signals(["one"])

    def test_what_is_shown_is_short_and_says_what_it_is(self):
        store = filled()
        store.add(started_at=NINE, queue="support")
        rows = store.measure("service_level", "average_handle_time", "csat",
                             "visits", by="queue", every="day",
                             zone="Europe/Berlin")
        self.assertEqual(
            [repr(row) for row in rows[4:8]],
            ["<kpi.Row queue='support' 2026-10-01T00:00:00+02:00 "
             "service_level 50.0 % (1 of 2) 1 unknown>",
             "<kpi.Row queue='support' 2026-10-01T00:00:00+02:00 "
             "average_handle_time 1:36 (of 2) 1 not_counted>",
             "<kpi.Row queue='support' 2026-10-01T00:00:00+02:00 "
             "csat 100.0 % (1 of 1)>",
             "<kpi.Row queue='support' 2026-10-01T00:00:00+02:00 visits 3>"])
        self.assertEqual(repr(kpi.open().csat()[0]), "<kpi.Row csat no data>")
        shown = repr(rows).splitlines()
        self.assertEqual(
            shown[0], "<kpi.Result of service_level, average_handle_time, "
            "csat, visits by queue every day in Europe/Berlin: 3 groups>")
        self.assertEqual("\n".join(shown[1:]), str(rows).rstrip("\n"))
        for i in range(100):
            store.add(started_at=NINE, queue=f"q{i}")
        shown = repr(store.visits(by="queue")).splitlines()
        self.assertEqual((len(shown), shown[-1]),
                         (23, "... and 82 rows more"))
        self.assertEqual(repr(kpi.open()),
                         "<kpi.Store in memory: 0 interactions>")
        self.assertEqual(repr(kpi.Definition("csat", csat_scale=7)),
                         "kpi.Definition.parse('csat csat_scale=7')")


class Values(Case):
    def test_parts_merge_to_the_whole(self):
        whole, parts = kpi.open(), [kpi.open(), kpi.open()]
        for i in range(40):
            call = dict(customer=f"c{i % 7}", csat=i % 5 + 1,
                        started_at=NINE + i * HOUR, queue=f"q{i % 3}",
                        wait=i * 1000, outcome="answered")
            whole.add(**call)
            parts[i % 7 % 2].add(**call)
        ask = dict(by="queue", every="day", partition="customer")
        metrics = "service_level", "csat", "customers"
        first, second = (part.measure(*metrics, **ask) for part in parts)
        merged = kpi.load(second.save()).merge(first)
        self.assertEqual(list(merged), list(whole.measure(*metrics, **ask)))
        self.assertEqual(merged.save(),
                         whole.measure(*metrics, **ask).save())
        self.assertEqual(pickle.loads(pickle.dumps(merged)).save(),
                         merged.save())
        self.refused("EMISMATCH", first.merge, whole.csat())
        for other in (first, 5):
            with self.assertRaises(TypeError):
                first.merge(other)

    def test_hostile_bytes_are_refused(self):
        saved = filled().measure("service_level", by="queue").save()
        self.refused("ECORRUPT", kpi.load, b"")
        for i in range(0, len(saved), 7):
            broken = bytearray(saved)
            broken[i] ^= 1
            with self.assertRaises(kpi.Error):
                kpi.load(broken)
        with self.assertRaises(TypeError):
            kpi.load("text")

    def test_tables_describe_the_library(self):
        for name in ("fields", "dimensions", "metrics", "parameters",
                     "presets", "outcomes", "buckets", "states",
                     "directions", "transfers", "activities",
                     "verdicts", "roles"):
            self.assertTrue(kpi.catalogue(name)[0]["name"])
        self.assertRegex(kpi.version, r"^\d+\.\d+\.\d+$")



class Documented(Case):
    def stubs(self):
        """The names that each class of the stubs has."""
        found = {}
        for path in sorted(Path(kpi.__file__).parent.glob("*.pyi")):
            stub = path.read_text()
            for node in ast.parse(stub).body:
                if isinstance(node, ast.ClassDef):
                    found[node.name] = {
                        item.target.id if isinstance(item, ast.AnnAssign)
                        else item.name for item in node.body
                        if isinstance(item, (ast.AnnAssign, ast.FunctionDef))}
        return found

    def named(self, table):
        return {line["name"] for line in kpi.catalogue(table)}

    def test_every_metric_is_a_method_with_what_the_tables_say(self):
        store = filled()
        for metric in kpi.catalogue("metrics"):
            method = getattr(store, metric["name"])
            self.assertIn(metric["sentence"], method.__doc__)
            self.assertEqual(method()[0].metric, metric["name"])
            keywords = inspect.signature(method).parameters
            read = kpi.Definition(metric["name"]).parameters
            self.assertEqual(
                set(keywords), {*read, *inspect.signature(
                    store.contacts).parameters} -
                ({*kpi.Definition("contacts").parameters} - {*read}))
            for name, parameter in read.items():
                own = method.__doc__.count(f"\n    {name} = ")
                common = method.__doc__.count(f" {name}=")
                self.assertEqual(own + common, 1)
                self.assertEqual(kpi.Definition.__doc__.count(
                    f"\n        {name} = "), common)
                self.assertIn(name, keywords)
        for preset in kpi.catalogue("presets"):
            for metric in preset["relation"].replace(",", " ").split():
                self.assertRegex(getattr(store, metric).__doc__,
                                 rf"\s{preset['name']}[,.]")

    def test_the_stubs_name_what_is_there(self):
        stubs = self.stubs()
        self.assertEqual(stubs["Metrics"], self.named("metrics"))
        self.assertEqual(stubs["Parameters"], self.named("parameters"))
        self.assertEqual(stubs["Fields"], self.named("fields"))
        asked = {*inspect.signature(filled().csat).parameters}
        self.assertEqual(stubs["Question"] | stubs["Rows"],
                         asked - self.named("parameters"))
        for name in ("Definition", "Repeat", "Result", "Row", "Staffing",
                     "Store"):
            public = {item for item in dir(getattr(kpi, name))
                      if item[0] != "_"} - {"count", "index"}
            if name == "Store":
                public -= stubs["Metrics"]
            self.assertEqual({item for item in stubs[name]
                              if item[0] != "_"}, public)

    def test_everything_public_is_documented(self):
        for name in kpi.__all__:
            thing = getattr(kpi, name)
            if name == "version":
                continue
            self.assertTrue(thing.__doc__, name)
            for item, member in vars(thing).items() if isinstance(
                    thing, type) else ():
                if item[0] != "_" and name not in ("Row", "Repeat", "Error"):
                    self.assertTrue(inspect.getdoc(getattr(thing, item)),
                                    f"{name}.{item}")
        manual = pydoc.render_doc(kpi, renderer=pydoc.plaintext)
        for words in ("OPENING", "ADDING", "ASKING", "RESULTS", "ERRORS",
                      "service_level("):
            self.assertIn(words, manual)
