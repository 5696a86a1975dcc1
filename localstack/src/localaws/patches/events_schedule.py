"""Every PutTargets on a scheduled rule adds a timer without cancelling the old one, so an updated rule fires twice, and
a deleted rule continues to fire. In addition, a timer fires at any time in the sixty seconds before it is due, which
for a daily rule at midnight is the day before, and sometimes twice.

Here a rule has one timer, which is cancelled with the rule and fires once when it is due.

Not needed once RuleService.create_schedule_job cancels the rule's previous job, and JobScheduler.loop has done its
"TODO: we should keep track of jobs execution times".
"""

import logging
import threading
import time
from typing import Any

from crontab import CronTab
from localstack.services.events.provider import EventsProvider
from localstack.services.events.rule import RuleService
from localstack.services.events.scheduler import Job, JobScheduler

LOG = logging.getLogger(__name__)
POLL_SECONDS = 0.5


def due(job: Job, now: float) -> float | None:
    """The time of the job's next run; None if there is none."""
    wait = CronTab(job.schedule).next(now=now, default_utc=True)
    return None if wait is None else now + wait


def run_due(jobs: list[Job], now: float) -> None:
    """Runs each job that became due since the last call; several due times while the machine slept count as one."""
    for job in jobs:
        if not hasattr(job, "localaws_due"):
            job.localaws_due = due(job, now)
        if job.localaws_due is not None and job.localaws_due <= now:
            job.localaws_due = due(job, now)
            if job.is_enabled:
                job.do_run()


def loop(self: JobScheduler, *_: Any) -> None:
    while not self._stop_event.wait(POLL_SECONDS):
        try:
            run_due(list(self.jobs), time.time())
        except Exception:
            LOG.exception("events: cannot run the scheduled rules")


def apply() -> None:
    original, jobs, lock = RuleService.create_schedule_job, {}, threading.Lock()

    def cancel(arn: str) -> None:
        with lock:
            if former := jobs.pop(arn, None):
                JobScheduler.instance().cancel_job(job_id=former)

    def create_schedule_job(self: RuleService, sender: Any) -> None:
        cancel(str(self.rule.arn))
        original(self, sender)
        with lock:
            jobs[str(self.rule.arn)] = self.job_id

    original_delete = EventsProvider.delete_rule

    def delete_rule(self: EventsProvider, context: Any, name: str, *args: Any, **kwargs: Any) -> None:
        original_delete(self, context, name, *args, **kwargs)
        cancel(f"arn:aws:events:{context.region}:{context.account_id}:rule/{name}")

    RuleService.create_schedule_job, JobScheduler.loop = create_schedule_job, loop
    EventsProvider.delete_rule = delete_rule
