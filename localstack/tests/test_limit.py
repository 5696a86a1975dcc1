"""The queue for the environments of a function."""

import threading

import pytest
from account import PATIENCE_SECONDS, until

from localaws import settings
from localaws.lambda_process import limit
from localaws.lambda_process.limit import EnvironmentLimit, Places, capacity


class Waiting:
    """Takes a place in a thread of its own."""

    def __init__(self, places: Places, most: int, seconds: float = PATIENCE_SECONDS) -> None:
        self.place: bool | None = None
        before = len(places.waiting)
        self.thread = threading.Thread(target=self._take, args=(places, most, seconds))
        self.thread.start()
        until("it waits or has ended", lambda: len(places.waiting) > before or not self.thread.is_alive())

    def _take(self, places: Places, most: int, seconds: float) -> None:
        self.place = places.take(most, seconds)

    def end(self) -> bool | None:
        self.thread.join(PATIENCE_SECONDS)
        return self.place


def test_places_are_given_in_the_order_of_arrival() -> None:
    places = Places()
    assert places.take(1, 0)
    first, second = Waiting(places, 1), Waiting(places, 1)
    places.leave(1)
    assert first.end() is True
    assert second.place is None
    places.leave(1)
    assert second.end() is True
    places.leave(1)
    assert places.taken == 0


def test_who_arrives_later_does_not_overtake() -> None:
    places = Places()
    assert places.take(1, 0)
    waiting = Waiting(places, 1)
    assert not places.take(1, 0)
    places.leave(1)
    assert waiting.end() is True


def test_who_waited_for_too_long_takes_no_place() -> None:
    places = Places()
    assert places.take(1, 0)
    assert not places.take(1, 0)
    assert Waiting(places, 1, 0.01).end() is False
    places.leave(1)
    assert (places.taken, len(places.waiting)) == (0, 0)


def test_a_capacity_that_grows_or_shrinks_holds_from_the_next_change_on() -> None:
    places = Places()
    assert places.take(1, 0)
    waiting = Waiting(places, 1)
    assert not places.take(1, 0)
    assert places.take(3, PATIENCE_SECONDS)
    assert waiting.end() is True
    later = Waiting(places, 1)
    places.leave(1)
    places.leave(1)
    assert later.place is None
    places.leave(1)
    assert later.end() is True


def test_first_invocations_at_the_same_time_share_the_functions_places(monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2, timeout=PATIENCE_SECONDS)

    class MadeAtTheSameTime(Places):
        def __init__(self) -> None:
            super().__init__()
            both.wait()

    monkeypatch.setattr(limit, "Places", MadeAtTheSameTime)
    environments = EnvironmentLimit(lambda *_: None)
    found: list[Places] = []
    threads = [threading.Thread(target=lambda: found.append(environments.places_of("arn"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)

    assert len(found) == 2
    assert found[0] is found[1]


@pytest.mark.parametrize(("reserved", "most"), [(None, 2), (1, 1), (2, 2), (50, 2)])
def test_a_reserved_concurrency_does_not_make_this_machine_larger(
    monkeypatch: pytest.MonkeyPatch, reserved: int | None, most: int
) -> None:
    monkeypatch.setattr(settings, "FUNCTION_ENVIRONMENTS", 2)
    assert capacity(reserved) == most
