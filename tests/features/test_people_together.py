"""Many at once: a hall that comes in together, a finger that taps twice, letters given by chance twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from contest.contests.models import Block, Contest
from contest.database import db, write_transaction
from contest.people import actions, queries, return_codes
from contest.people.actions import AlreadyEntered, Declaration
from contest.people.models import Entry, Person
from tests.features.test_people import rows

KEY = b"key"


@pytest.fixture
def contest(make):
    return make.contest()


def declared(app, contest: Contest, name: str = "Nguyễn Thị Hoà", identity: str | None = None) -> Declaration:
    with app.app_context():
        block_id = db.session.query(Block.id).filter(Block.contest_id == contest.id).first()[0]
    return Declaration(name, name, 1955, None, None, identity, None, block_id, False, ())


def come_in(app, make, contest: Contest, declaration: Declaration, form: str) -> str | None:
    """The code that was shown, or None for somebody who had entered already."""
    with app.app_context():
        try:
            with write_transaction():
                here = db.session.get_one(Contest, contest.id)
                return actions.enter(here, declaration, None, form, KEY, make.now).code
        except AlreadyEntered:
            return None


def together(count: int, work) -> list[str | None]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, range(count)))


def test_a_form_that_arrives_eight_times_at_once_is_one_person(app, make, contest):
    one = declared(app, contest)
    codes = together(8, lambda _n: come_in(app, make, contest, one, "form"))
    assert len(set(codes)) == 1
    assert codes[0] is not None
    assert len(rows(app, Person)) == len(rows(app, Entry)) == 1


def test_of_eight_with_the_same_phone_at_once_one_comes_in(app, make, contest):
    same_phone = [declared(app, contest, f"Người {'ABCDEGHK'[n]}", "phone:0912345678") for n in range(8)]
    codes = together(8, lambda n: come_in(app, make, contest, same_phone[n], f"form {n}"))
    assert sum(code is not None for code in codes) == 1
    assert len(rows(app, Person)) == len(rows(app, Entry)) == 1


def test_eight_different_people_at_once_all_come_in(app, make, contest):
    hall = [declared(app, contest, f"Người {'ABCDEGHK'[n]}", f"phone:091234567{n}") for n in range(8)]
    codes = together(8, lambda n: come_in(app, make, contest, hall[n], f"form {n}"))
    assert len(set(codes)) == 8
    assert len(rows(app, Entry)) == 8


def test_a_known_person_who_taps_twice_has_one_entry(app, make, contest):
    person_id = make.entry(make.contest("cuoc-thi-khac")).person_id
    one = declared(app, contest)

    def tap(_n: int) -> None:
        with app.app_context(), write_transaction():
            actions.enter(db.session.get_one(Contest, contest.id), one, person_id, "form", KEY, make.now)

    together(4, tap)
    assert len([entry for entry in rows(app, Entry) if entry.contest_id == contest.id]) == 1


def test_letters_that_somebody_else_has_by_chance_are_not_given_again(app, make, contest):
    one = declared(app, contest)
    first = come_in(app, make, contest, one, "form")
    with make.writing():
        # The same letters now belong to somebody who has nothing to do with this contest.
        db.session.query(Entry).delete()
    second = come_in(app, make, contest, one, "form")
    assert first != second
    with app.app_context():
        assert queries.person_with_code(return_codes.hashed(first, KEY)) is not None
        assert queries.person_with_code(return_codes.hashed(second, KEY)) is not None


def test_a_new_code_is_one_that_nobody_has(app, make):
    taken = return_codes.made_from(b"entropy" + bytes([0]))
    with make.writing():
        make.add(Person(return_code_hash=return_codes.hashed(taken, KEY), created_at=make.now))
        mine = Person(return_code_hash="lost", created_at=make.now)
        make.add(mine)
        code = actions.new_code(mine, b"entropy", KEY)
    assert code not in (taken, "")
    with app.app_context():
        assert queries.person_with_code(return_codes.hashed(code, KEY)).id == mine.id
