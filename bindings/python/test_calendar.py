# SPDX-License-Identifier: MIT
"""The Python binding: business hours of queues."""

from datetime import datetime, timedelta, timezone

import kpi
from tap import Case

FRIDAY = datetime(2026, 10, 23, 17, 30, tzinfo=timezone(timedelta(hours=2)))
MONDAY = datetime(2026, 10, 26, 8, 45, tzinfo=timezone(timedelta(hours=1)))


class Calendars(Case):
    def test_calendars_are_kept_by_queue_and_taken_back(self):
        store = kpi.Store()
        store.add_calendar(queue="mail", time_zone="Europe/Berlin",
                           hours="mo-fr 8:00-18:00; Dec 25,26 off")
        store.add_calendar(hours="24/7")
        self.assertEqual(store.calendars(), [
            {"time_zone": "UTC", "hours": "24/7"},
            {"queue": "mail", "time_zone": "Europe/Berlin",
             "hours": "Mo-Fr 08:00-18:00; Dec 25,Dec 26 off"}])
        self.assertEqual(store.info()["calendars"], 2)
        for calendar in store.calendars():
            store.add_calendar(**calendar)
        error = self.refused("EPARSE", store.add_calendar, hours="Mo-Fr 8-17")
        self.assertEqual(error.field, "hours")
        self.assertEqual(error.column, 7)
        self.assertIn('as in 08:00-17:30, not "8-17"', str(error))
        store.add_calendar(hours=None)
        self.assertEqual(store.info()["calendars"], 1)

    def test_times_are_measured_in_business_hours(self):
        store = kpi.Store()
        store.add_calendar(queue="mail", time_zone="Europe/Berlin",
                           hours="Mo-Fr 08:00-18:00")
        store.add(started_at=FRIDAY, queue="mail", first_response_at=MONDAY)
        self.assertEqual(
            float(store.first_response_time(business_hours="calendar")),
            75 * 60000)
