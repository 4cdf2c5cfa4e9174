"""What follows from the same things is worked out once: words, tables, frames and pictures.

Most runs of a page change nothing, or one thing on it. What is kept is found by everything that a
function was given and by the language, so that it can never be another's answer. What else a
function depends on, such as what people entered, it must be given. What holds much, as a district
or a warehouse, is `keyed`: its `cache_key` stands for it. Who gets what is kept cannot change it.
"""

from __future__ import annotations

import copy
import copyreg
import hashlib
import io
import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from threading import Lock, RLock
from typing import Any, ParamSpec, TypeVar

from lingti import language

MOST_BYTES = 64 * 2**20
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Kind = TypeVar("Kind")


class Turns:
    """Who wants the same thing as somebody at work waits, and finds it made."""

    def __init__(self) -> None:
        self._at_work: dict[Hashable, tuple[RLock, list[None]]] = {}
        self._lock = Lock()

    @contextmanager
    def of(self, key: Hashable) -> Iterator[None]:
        """One thread at a time works on the key."""
        with self._lock:
            turn, waiting = self._at_work.setdefault(key, (RLock(), []))
            waiting.append(None)
        try:
            with turn:
                yield
        finally:
            with self._lock:
                waiting.pop()
                if not waiting:
                    del self._at_work[key]


class Shelf:
    """Keeps what was made, each under a key; beyond `most_bytes` what was not asked for longest."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._lent: OrderedDict[bytes, tuple[Callable[[], Any], int]] = OrderedDict()
        self._lock = Lock()
        self._turns = Turns()

    def get(self, key: bytes, make: Callable[[], Any]) -> Any:
        """What is kept under the key, made if need be, as `lender` gives it."""
        lent = self._look_up(key)
        if lent is not None:
            return lent[0]()
        with self._turns.of(key):
            lent = self._look_up(key)  # another may have made it meanwhile
            if lent is not None:
                return lent[0]()
            value = make()
            lend, size = lender(value), len(key) + len(_pickled(value) or b"")
            with self._lock:
                self.bytes += size - self._lent.pop(key, (None, 0))[1]
                self._lent[key] = lend, size
                while self.bytes > self.most_bytes:
                    self.bytes -= self._lent.popitem(last=False)[1][1]
            return lend()

    def _look_up(self, key: bytes) -> tuple[Callable[[], Any], int] | None:
        with self._lock:
            if key in self._lent:
                self._lent.move_to_end(key)
            return self._lent.get(key)


_shelf = Shelf()
kept = _shelf.get


def memoised(work: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Keeps what a function returned, and gives it as `lender` does.

    A call with what cannot be compared, such as a function made on the spot, is carried out.
    """

    @wraps(work)
    def result(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        key = key_of(work, args, kwargs)
        if key is None:
            return work(*args, **kwargs)
        value: Result = kept(key, lambda: work(*args, **kwargs))
        return value

    return result


def key_of(work: Callable[..., Any], args: Any, kwargs: dict[str, Any]) -> bytes | None:
    """What stands for a call in the current language; None where its arguments say not enough."""
    named = (work.__module__, work.__qualname__, language.current(), args, sorted(kwargs.items()))
    pickled = _pickled(named)
    return None if pickled is None else hashlib.blake2b(pickled, digest_size=24).digest()


def keyed(kind: type[Kind]) -> type[Kind]:
    """Lets the `cache_key` of things of a class stand for them in keys."""
    _Pickler.dispatch_table[kind] = lambda thing: (str, (thing.cache_key,))
    return kind


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table.copy()


def _pickled(things: Any) -> bytes | None:
    out = io.BytesIO()
    try:
        _Pickler(out, 5).dump(things)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None
    return out.getvalue()


def lender(value: Any) -> Callable[[], Any]:
    """What gives a thing out again and again so that nobody changes what another gets.

    What can be hashed cannot be changed and is given itself; lists, dictionaries and frames are
    copied, with what is in them.
    """
    if _is_frozen(value):
        return lambda: value
    if isinstance(value, list):
        if all(map(_is_frozen, value)):
            return value.copy
        lenders = [lender(part) for part in value]
        return lambda: [lend() for lend in lenders]
    if isinstance(value, dict):
        if all(map(_is_frozen, value.values())):
            return value.copy
        named = {name: lender(part) for name, part in value.items()}
        return lambda: {name: lend() for name, lend in named.items()}
    return partial(copy.copy if hasattr(value, "__copy__") else copy.deepcopy, value)


def _is_frozen(thing: Any) -> bool:
    try:
        hash(thing)
    except TypeError:
        return False
    return True
