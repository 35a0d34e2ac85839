"""People who do not exist: names, birth years, phones and skill from a seed, the same every time."""

import random
from dataclasses import dataclass

FAMILY = ("Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng",
          "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Lương", "Mai", "Trịnh", "Quách", "Tạ")  # fmt: skip
WOMEN_MIDDLE = ("Thị", "Thị", "Thị Thu", "Thị Hồng", "Ngọc", "Thùy", "Khánh", "Thị Bích", "Diệu", "Thị Mỹ")
MEN_MIDDLE = ("Văn", "Văn", "Đức", "Minh", "Quang", "Hữu", "Công", "Xuân", "Đình", "Thành", "Trọng")
WOMEN_GIVEN = ("Ánh", "Bình", "Chi", "Dung", "Giang", "Hà", "Hạnh", "Hiền", "Hoa", "Hương", "Huyền", "Lan",
               "Liên", "Linh", "Loan", "Mai", "Nga", "Nguyệt", "Nhung", "Oanh", "Phương", "Quỳnh", "Thảo",
               "Thúy", "Thủy", "Trang", "Trâm", "Tuyết", "Uyên", "Vân", "Xuân", "Yến")  # fmt: skip
MEN_GIVEN = ("An", "Bảo", "Cường", "Chiến", "Dũng", "Duy", "Đạt", "Đức", "Giáp", "Hải", "Hiếu", "Hòa",
             "Hoàng", "Hùng", "Khoa", "Kiên", "Lâm", "Long", "Mạnh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân",
             "Sơn", "Tài", "Thắng", "Tiến", "Toàn", "Trung", "Tuấn", "Vinh")  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """One invented person. `skill` is the chance of knowing an answer, 0 to 1."""

    name: str
    birth_year: int
    phone: str
    skill: float
    publishes_name: bool


def people(count: int, seed: str) -> list[Invented]:
    """So many people; the same seed gives the same ones. Phones begin with 09000, which nobody has."""
    chance = random.Random(seed)  # noqa: S311  a demo, not a draw
    return [_person(number, chance) for number in range(count)]


def _person(number: int, chance: random.Random) -> Invented:
    woman = chance.random() < 0.54
    middle = chance.choice(WOMEN_MIDDLE if woman else MEN_MIDDLE)
    given = chance.choice(WOMEN_GIVEN if woman else MEN_GIVEN)
    return Invented(
        name=f"{chance.choice(FAMILY)} {middle} {given}",
        birth_year=int(chance.triangular(1950, 2008, 1990)),
        phone=f"09000{number:05d}",
        skill=min(0.995, max(0.25, chance.gauss(0.74, 0.17))),
        publishes_name=chance.random() < 0.88,
    )
