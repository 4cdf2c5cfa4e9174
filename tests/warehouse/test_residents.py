"""Who is who: the SQL against a union-find written for the test."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from lingti.warehouse import persons

Keys = tuple[str, str | None, str | None, str | None]  # community, id, name, phone


def residents(rows: list[Keys]) -> dict[Keys, tuple[str, bool]]:
    with duckdb.connect() as con:
        con.execute(
            "create table people (community varchar, id_key varchar, name_key varchar,"
            " phone_key varchar)"
        )
        con.executemany("insert into people values (?, ?, ?, ?)", rows)
        persons.tell_apart(persons.keeping(con))
        found = con.execute("from residents").fetchall()
    return {(c, i, n, p): (resident, alone) for c, i, n, p, resident, alone in found}


def same(rows: list[Keys], *positions: int) -> bool:
    found = residents(rows)
    return len({found[rows[position]][0] for position in positions}) == 1


def test_one_id_is_one_person_in_every_community() -> None:
    assert same([("a", "i1", "n1", "p1"), ("b", "i1", "n2", None)], 0, 1)


def test_one_phone_with_one_name_is_one_person_and_joins_their_ids() -> None:
    rows: list[Keys] = [("a", "i1", "n1", "p1"), ("b", None, "n1", "p1"), ("c", "i1", None, None)]
    assert same(rows, 0, 1, 2)


def test_a_phone_shared_by_two_names_is_two_people() -> None:
    assert not same([("a", None, "n1", "p1"), ("a", None, "n2", "p1")], 0, 1)


def test_a_name_joins_the_one_known_person_of_its_community() -> None:
    rows: list[Keys] = [("a", "i1", "n1", None), ("a", None, "n1", None), ("b", None, "n1", None)]
    found = residents(rows)
    assert found[rows[0]][0] == found[rows[1]][0] != found[rows[2]][0]
    assert [found[row][1] for row in rows] == [False, False, True]


def test_a_name_that_two_known_people_bear_stands_alone() -> None:
    rows: list[Keys] = [("a", "i1", "n1", None), ("a", "i2", "n1", None), ("a", None, "n1", None)]
    found = residents(rows)
    assert len({resident for resident, _alone in found.values()}) == 3
    assert found[rows[2]][1]


KEYS = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.none() | st.sampled_from(["i1", "i2", "i3"]),
        st.none() | st.sampled_from(["n1", "n2"]),
        st.none() | st.sampled_from(["p1", "p2", "p3"]),
    ).filter(lambda row: any(row[1:])),
    min_size=1,
    max_size=12,
    unique=True,
)


def union_find(rows: list[Keys]) -> dict[Keys, object]:
    """The rule in words: rows with an ID, or a name and phone, joined as long as links are left."""
    groups: list[set[Keys]] = [{row} for row in rows if row[1] or (row[2] and row[3])]
    links = [lambda r: r[1] and ("id", r[1]), lambda r: r[2] and r[3] and (r[2], r[3])]
    changed = True
    while changed:
        changed = False
        for one in groups:
            for two in groups:
                if one is not two and any(
                    {link(r) for r in one} & {link(r) for r in two} - {None} for link in links
                ):
                    one |= two
                    groups.remove(two)
                    changed = True
                    break
            if changed:
                break
    return {row: number for number, group in enumerate(groups) for row in group}


@settings(max_examples=60, deadline=None)
@given(KEYS)
def test_known_people_are_joined_exactly_by_the_rule(rows: list[Keys]) -> None:
    found, expected = residents(rows), union_find(rows)
    for one in expected:
        for two in expected:
            assert (found[one][0] == found[two][0]) == (expected[one] == expected[two])


@settings(max_examples=30, deadline=None)
@given(KEYS, st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[Keys], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis types its randoms loosely
    assert residents(mixed) == residents(rows)
