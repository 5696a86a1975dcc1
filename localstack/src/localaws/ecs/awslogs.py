"""The awslogs driver: sends a container's output lines to CloudWatch Logs in batches."""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Mapping
from typing import Any

LOG = logging.getLogger(__name__)
BATCH_SECONDS = 0.5
BATCH_LINES = 500
LINE_CHARACTERS = 250_000
CLOSE_SECONDS = 10


class AwsLogs:
    """One log stream, named <prefix>/<container>/<task> as on AWS. Its log group must exist."""

    def __init__(self, client: Any, options: Mapping[str, str], container: str, task: str) -> None:
        self.client = client
        self.group = options["awslogs-group"]
        self.stream = f"{options.get('awslogs-stream-prefix', 'ecs')}/{container}/{task}"
        if str(options.get("awslogs-create-group")).lower() == "true":
            with contextlib.suppress(client.exceptions.ResourceAlreadyExistsException):
                client.create_log_group(logGroupName=self.group)
        client.create_log_stream(logGroupName=self.group, logStreamName=self.stream)
        self.lines: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.thread = threading.Thread(target=self._ship, name=f"awslogs-{container}", daemon=True)
        self.thread.start()

    def line(self, text: str) -> None:
        if text:
            self.lines.put({"timestamp": int(time.time() * 1000), "message": text[:LINE_CHARACTERS]})

    def close(self) -> None:
        """Returns when every line has been delivered."""
        self.lines.put(None)
        self.thread.join(timeout=CLOSE_SECONDS)

    def _ship(self) -> None:
        ended = False
        while not ended:
            batch = [self.lines.get()]
            deadline = time.monotonic() + BATCH_SECONDS
            with contextlib.suppress(queue.Empty):
                while batch[-1] is not None and len(batch) < BATCH_LINES:
                    batch.append(self.lines.get(timeout=max(0.0, deadline - time.monotonic())))
            ended = batch[-1] is None
            events = [event for event in batch if event]
            try:
                if events:
                    self.client.put_log_events(logGroupName=self.group, logStreamName=self.stream, logEvents=events)
            except Exception:  # a deleted group must not end the container
                LOG.warning("lost %d lines of %s", len(events), self.stream, exc_info=True)
