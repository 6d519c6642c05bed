"""Record systems that call CDS Hooks about made-up people, for Locust: each one a second."""

from __future__ import annotations

import uuid

from locust import HttpUser, constant_throughput, task

from cds_calls import HOOKS, RESPONSES, body


class System(HttpUser):
    """One call after another."""

    wait_time = constant_throughput(1)

    def on_start(self) -> None:
        self.place = id(self) % len(RESPONSES)

    @task
    def call(self) -> None:
        self.place += 1
        service = list(HOOKS)[self.place % len(HOOKS)]
        sent = body(service, self.place, str(uuid.uuid4()))
        self.client.post(f"/cds-services/{service}", json=sent)
