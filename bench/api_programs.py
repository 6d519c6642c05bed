"""Programs that ask the API for assessments of made-up people, for Locust: each one a second."""

from __future__ import annotations

from locust import HttpUser, constant_throughput, task

from rugkompas.catalogue import load
from rugkompas.people.made_up import people

PEOPLE = list(people(500, 20261125, load()))


class Program(HttpUser):
    """One assessment after another."""

    wait_time = constant_throughput(1)

    def on_start(self) -> None:
        self.place = id(self) % len(PEOPLE)

    @task
    def assess(self) -> None:
        self.place = (self.place + 1) % len(PEOPLE)
        self.client.post("/api/v1/assess", json=PEOPLE[self.place])
