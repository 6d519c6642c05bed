"""Argon2 with as little work as it takes: tests make many passwords."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 8
    parallelism = 1
