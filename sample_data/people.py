"""Invented residents. Their names, ID numbers and phones are plainly no real person's.

A given name is one of 测试样例 ("test", "sample") and a character of the sixty-year cycle; an ID
number has the region code 999999, which no place has, and a correct check digit (GB 11643); a
phone begins with 1990000.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
_GIVEN_FIRST = "测试样例"
_GIVEN_LAST = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


@dataclass(frozen=True)
class Person:
    """One invented resident."""

    name: str
    id_number: str
    phone: str
    born: date
    woman: bool
    address: str

    def age_on(self, day: date) -> int:
        """Completed years on a day."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def born_on(self, day: date) -> Person:
        """The same name and phone with another birthday, and so another ID number."""
        first_17 = f"{self.id_number[:6]}{day:%Y%m%d}{self.id_number[14:17]}"
        return replace(self, born=day, id_number=first_17 + check_digit(first_17))


def check_digit(first_17: str) -> str:
    """The 18th character of an ID number, by GB 11643."""
    total = sum(int(digit) * factor for digit, factor in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


class Town:
    """Hands out people, no two alike unless asked for by `namesake`."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._number = 0
        self._names = [s + f + g for s in _SURNAMES for f in _GIVEN_FIRST for g in _GIVEN_LAST]
        random.shuffle(self._names)

    def people(self, count: int, ages: tuple[int, int], estate: str) -> list[Person]:
        """New people of the estate whose age at the end of 2023 lies in `ages`."""
        return [self._person(self._names.pop(), ages, estate) for _ in range(count)]

    def namesake(self, other: Person, estate: str) -> Person:
        """Another person of the same name."""
        return self._person(other.name, (30, 60), estate)

    def _person(self, name: str, ages: tuple[int, int], estate: str) -> Person:
        random = self._random
        self._number += 1
        year = 2023 - random.randint(*ages)
        born = date(year, random.randint(1, 12), random.randint(1, 28))
        # Even for women, odd for men, as the standard has it.
        first_17 = f"999999{born:%Y%m%d}{self._number % 1000:03d}"
        return Person(
            name=name,
            id_number=first_17 + check_digit(first_17),
            phone=f"1990000{self._number:04d}",
            born=born,
            woman=int(first_17[-1]) % 2 == 0,
            address=f"{estate}{random.randint(1, 18)}号楼{random.randint(1, 3)}单元"
            f"{random.randint(1, 11)}0{random.randint(1, 4)}室",
        )
