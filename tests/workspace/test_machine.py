"""Any sequence of steps on a workspace gives what the same steps give on a plain model of it."""

import copy
import shutil
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from roi_core.errors import StaleSave, WorkspaceLocked
from roi_core.workspace import Workspace, copy_of, forget_older
from tests.nightly.share import part_of

NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.none() | st.integers(0, 4) | st.lists(st.text(max_size=3), max_size=2)


class Model:
    """The same, without a disk: values, parts, and the states before and after each step."""

    def __init__(self):
        self.values, self.parts, self.done, self.undone, self.locked, self.stamps, self.clock = {}, (), [], [], False, {}, 0

    def change(self, before, after):
        """`before` and `after` are what differs, by name; the parts are one of the names."""
        self.put(after)
        self.done.append((before, after, self.clock))
        self.undone.clear()

    def joins(self, name):
        """Whether a step goes on with the last change: of that name alone, and nothing has touched it since."""
        last = self.done[-1] if self.done and not self.undone else None
        return last is not None and set(last[1]) == {name} and self.stamps[name] == last[2]

    def put(self, values):
        self.clock += 1
        for name, value in values.items():
            self.stamps[name] = self.clock
            if name == "parts":
                self.parts = value
            elif value is None:
                self.values.pop(name, None)
            else:
                self.values[name] = value


class Machine(RuleBasedStateMachine):
    seen = Bundle("seen")

    @initialize()
    def start(self):
        self.folder = Path(tempfile.mkdtemp())
        self.workspace, self.model = Workspace.create(self.folder / "home"), Model()

    def teardown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def _changes(self, act):
        """Refused where it is locked; the model is then left as it is."""
        if self.model.locked:
            with pytest.raises(WorkspaceLocked):
                act()
            return False
        act()
        return True

    @rule(name=NAMES, value=VALUES)
    def remember(self, name, value):
        before = self.model.values.get(name)
        if self._changes(lambda: self.workspace.remember(name, value)) and before != value:
            self.model.change({name: before}, {name: value})

    @rule(values=st.dictionaries(NAMES, VALUES, min_size=1))
    def remember_all(self, values):
        before = {name: self.model.values.get(name) for name in values}
        if self._changes(lambda: self.workspace.remember_all(values)) and before != values:
            self.model.change(before, values)

    @rule(name=NAMES, value=st.integers(0, 20))
    def step(self, name, value):
        before = self.model.values.get(name)
        if not self._changes(lambda: self.workspace.remember(name, value, steps=True)) or before == value:
            return
        if self.model.joins(name):
            before = self.model.done.pop()[0][name]
        self.model.change({name: before}, {name: value})

    @rule(target=seen)
    def look(self):
        return dict(self.workspace.root.stamps), dict(self.model.stamps)

    @rule(looked=seen, name=NAMES, value=st.integers(5, 9))
    def save_stale(self, looked, name, value):
        stamps, models = looked
        before = self.model.values.get(name)
        if self.model.locked or before == value:
            return
        if self.model.stamps.get(name, 0) > models.get(name, 0):
            with pytest.raises(StaleSave):
                self.workspace.remember(name, value, stamps)
        else:
            self.workspace.remember(name, value, stamps)
            self.model.change({name: before}, {name: value})

    @rule(number=st.integers(0, 3))
    def publish(self, number):
        path = self.folder / f"{number}.parquet"
        pq.write_table(pa.table({"n": [number]}), path)
        before = self.model.parts
        after = before if number in before else (*before, number)
        if self._changes(lambda: self.workspace.publish("tickets", path, {"n": number})) and after != before:
            self.model.change({"parts": before}, {"parts": after})

    @rule(number=st.integers(0, 3))
    def withdraw(self, number):
        before = self.model.parts
        gone = [part.digest for part in self.workspace.manifest() if part.meta["n"] == number]
        if self._changes(lambda: self.workspace.advance(without=gone)) and number in before:
            self.model.change({"parts": before}, {"parts": tuple(n for n in before if n != number)})

    @precondition(lambda self: self.model.done)
    @rule()
    def undo(self):
        if self._changes(lambda: self.workspace.undo(self.workspace.root.done[-1])):
            self.model.undone.append(self.model.done.pop())
            self.model.put(self.model.undone[-1][0])

    @precondition(lambda self: self.model.undone)
    @rule()
    def redo(self):
        if self._changes(lambda: self.workspace.redo(self.workspace.root.undone[-1])):
            self.model.done.append(self.model.undone.pop())
            self.model.put(self.model.done[-1][1])

    @rule()
    def lock_or_unlock(self):
        self.model.locked = not self.model.locked
        self.workspace.lock(locked=self.model.locked)

    @rule()
    def forget(self):
        if self._changes(lambda: forget_older(self.workspace)):
            self.model.done.clear()
            self.model.undone.clear()

    @rule()
    def go_on_with_a_copy(self):
        self.workspace, self.model = copy_of(self.workspace), copy.deepcopy(self.model)
        self.model.locked = False

    @rule()
    def open_again(self):
        self.workspace = Workspace.open(self.workspace.home, self.workspace.id)
        self.workspace.verify()

    @invariant()
    def is_as_the_model(self):
        now = self.workspace.root
        values = {name: value for name, value in now.values.items() if name != "files"}
        assert (values, len(now.done), len(now.undone), now.locked) == (
            self.model.values, len(self.model.done), len(self.model.undone), self.model.locked,
        )  # fmt: skip
        assert tuple(part.meta["n"] for part in self.workspace.manifest()) == self.model.parts


NIGHTLY = not settings.default.derandomize
EXAMPLES, STEPS = (part_of(500), 50) if NIGHTLY else (10, 25)
Machine.TestCase.settings = settings(max_examples=EXAMPLES, stateful_step_count=STEPS)
test_machine = Machine.TestCase
