"""What keys are called on the screen: labels out of the vault of a workspace, read when they are shown and kept nowhere else."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roi_core.spine.build import customer_names
from roi_core.workspace import Workspace

_VAULT_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "customer id": ("customer_id",),
        "account id": ("account_id",),
        "e-mail": ("email",),
        "company name": ("company", "name"),
        "phone": ("phone",),
        "domain": ("domain",),
    }
)


@dataclass(frozen=True, slots=True)
class Names:
    """Labels by kind and key, and one label for each customer who can be followed, in the order of their numbers; no two are the same."""

    labels: Mapping[str, Mapping[str, str]]
    customers: Mapping[str, str]

    def key(self, kind: str, key: str) -> str:
        """What a key of a ticket is called; an order number is itself, an unknown key nothing."""
        return key if kind == "order number" else self.labels.get(kind, {}).get(key, "")

    def customer(self, key: str) -> str:
        """What a customer is called; nothing where it is not in the files any more."""
        return self.customers.get(key, "")

    def search(self, words: str, most: int = 50) -> dict[str, str]:
        """The first customers whose label has all words, whatever their case: label by key."""
        wanted = words.casefold().split()
        found = ((key, label) for key, label in self.customers.items() if all(word in label.casefold() for word in wanted))
        return dict(pair for pair, _ in zip(found, range(most), strict=False))


def names_of(workspace: Workspace) -> Names:
    """The names of a workspace. Raises NothingToAnalyse where no customer can be followed."""
    vault = workspace.vault
    labels = {kind: {k: v for name in reversed(held) for k, v in vault.labels(name).items()} for kind, held in _VAULT_KINDS.items()}
    rows = customer_names(workspace.tables()).to_pylist()
    called = {row["customer_key"]: _called(labels, row) for row in rows}
    return Names(labels, _told_apart(called))


def _called(labels: Mapping[str, Mapping[str, str]], row: Mapping[str, str | None]) -> str:
    """Company and e-mail address, else the id."""
    said = [labels[kind].get(row[column] or "") for kind, column in (("company name", "company"), ("e-mail", "email"))]
    return ", ".join(text for text in said if text) or labels["customer id"].get(row["customer_key"] or "", "")


def _told_apart(called: Mapping[str, str]) -> dict[str, str]:
    """Numbers behind labels that several customers share."""
    shared = {label for label, n in Counter(called.values()).items() if n > 1}
    seen: Counter[str] = Counter()
    apart: dict[str, str] = {}
    for key, label in called.items():
        seen[label] += 1
        apart[key] = f"{label} ({seen[label]})".strip() if label in shared else label
    return apart
