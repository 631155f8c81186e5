from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Speed is never tested by the clock; what CI looks at does not change from run to run, what developers look at does.
settings.register_profile("specwright", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("specwright")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write what is expected anew, then compare as always"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update writes what is expected anew: not in CI")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))
