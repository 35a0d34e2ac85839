"""What the demo's people learn from: two reading pages with their legal source, and eight questions to practise on."""

from datetime import datetime

from contest.banks import actions as banks
from contest.banks.actions import NewQuestion
from contest.contests.models import Contest
from contest.database import write_transaction
from contest.learning import actions
from contest.learning.actions import TypedPage
from contest.permissions import Actor
from contest.rules.grading import Kind
from contest.rules.parsed import ParsedChoice, ParsedQuestion

PROGRAMME, ONE_DOOR = (
    "Chương trình cải cách hành chính nhà nước",
    "Thủ tục hành chính, một cửa, một cửa liên thông",
)
RESOLUTION_76 = "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ"
DECREE_118 = "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ"
DECREE_63 = "Điều 8 Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ"
RESOLUTIONS = "Quyết định số 136/2001/QĐ-TTg; Nghị quyết số 30c/NQ-CP; Nghị quyết số 76/NQ-CP năm 2021"

PAGES = (
    TypedPage(
        "Cải cách hành chính giai đoạn 2021-2030 gồm những gì",
        """Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021-2030 được ban hành ngày 15/7/2021.

## Sáu nội dung

1. Cải cách thể chế
2. Cải cách thủ tục hành chính
3. Cải cách tổ chức bộ máy hành chính nhà nước
4. Cải cách chế độ công vụ
5. Cải cách tài chính công
6. Xây dựng, phát triển Chính phủ điện tử, Chính phủ số

## Ba trọng tâm

- Cải cách thể chế.
- Xây dựng đội ngũ cán bộ, công chức, viên chức chuyên nghiệp, có năng lực, phẩm chất, trong đó chú trọng cải cách chính sách tiền lương.
- Xây dựng và phát triển Chính phủ điện tử, Chính phủ số.

## Mức độ hài lòng của người dân, doanh nghiệp

| Nội dung | Năm 2025 | Năm 2030 |
|---|---|---|
| Sự phục vụ của cơ quan hành chính nhà nước | tối thiểu 90 % | tối thiểu 95 % |
| Dịch vụ y tế, giáo dục công lập | tối thiểu 85 % | tối thiểu 90 % |

**Căn cứ:** Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ.""",
        (PROGRAMME,),
    ),
    TypedPage(
        "Làm thủ tục ở Bộ phận Một cửa từ ngày 01/7/2025",
        """Nghị định về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông tại Bộ phận Một cửa và
Cổng Dịch vụ công quốc gia được ban hành ngày 09/6/2025, có hiệu lực từ ngày 01/7/2025.

## Đến đâu để nộp hồ sơ

- Bộ phận Một cửa ở cấp tỉnh và cấp xã được tổ chức theo mô hình **Trung tâm Phục vụ hành chính công**.
- Trung tâm tiếp nhận thủ tục **không phụ thuộc vào địa giới hành chính** trong phạm vi cấp tỉnh.
- Trung tâm Phục vụ hành chính công cấp xã là tổ chức hành chính thuộc Ủy ban nhân dân cấp xã, có con dấu và tài khoản riêng.

**Căn cứ:** Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ (được sửa đổi, bổ sung bởi
Nghị định số 367/2025/NĐ-CP ngày 31/12/2025).

## Một thủ tục hành chính được quy định đủ khi nào

Khi đủ tám bộ phận cơ bản: tên thủ tục; trình tự thực hiện; cách thức thực hiện; thành phần, số lượng hồ sơ;
thời hạn giải quyết; đối tượng thực hiện; cơ quan thực hiện; kết quả thực hiện.

**Căn cứ:** Điều 8 Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ.""",
        (ONE_DOOR,),
    ),
)

# Kind, text, choices (with "*" before what is right, and "=" before what belongs to it), topic, source, explanation.
QUESTIONS: tuple[tuple[Kind, str, str, str, str, str], ...] = (
    (Kind.ORDERING, "Xếp các văn bản về cải cách hành chính theo thời gian ban hành, sớm nhất đứng trước.",
     "Nghị quyết số 38/CP|Quyết định số 136/2001/QĐ-TTg|Nghị quyết số 30c/NQ-CP|Nghị quyết số 76/NQ-CP (về giai đoạn 2021-2030)",
     PROGRAMME, f"Nghị quyết số 38/CP ngày 04/5/1994; {RESOLUTIONS}",
     "Các văn bản lần lượt ban hành ngày 04/5/1994, 17/9/2001, 08/11/2011 và 15/7/2021."),
    (Kind.MATCHING, "Ghép mỗi chương trình tổng thể với giai đoạn của nó.",
     "Quyết định số 136/2001/QĐ-TTg=2001-2010|Nghị quyết số 30c/NQ-CP=2011-2020|Nghị quyết số 76/NQ-CP năm 2021=2021-2030",
     PROGRAMME, RESOLUTIONS, "Mỗi chương trình tổng thể kéo dài mười năm."),
    (Kind.MULTIPLE, "Nghị quyết số 76/NQ-CP năm 2021 xác định những trọng tâm nào cho mười năm 2021-2030?",
     "*Cải cách thể chế|*Xây dựng đội ngũ chuyên nghiệp, chú trọng cải cách chính sách tiền lương|"
     "*Chính phủ điện tử, Chính phủ số|Cải cách tài chính công",
     PROGRAMME, RESOLUTION_76, "Cải cách tài chính công là một trong sáu nội dung, không nằm trong ba trọng tâm."),
    (Kind.NUMBER, "Đến năm 2030, mức độ hài lòng của người dân, doanh nghiệp đối với sự phục vụ của cơ quan hành chính "
     "nhà nước đạt tối thiểu bao nhiêu phần trăm?", "*95", PROGRAMME, RESOLUTION_76,
     "Tối thiểu 90 % vào năm 2025 và tối thiểu 95 % vào năm 2030."),
    (Kind.SHORT_TEXT, "Theo Nghị quyết số 76/NQ-CP năm 2021, bộ nào là cơ quan thường trực tổ chức triển khai Chương trình "
     "tổng thể cải cách hành chính nhà nước?", "*Bộ Nội vụ|*Nội vụ", PROGRAMME, RESOLUTION_76,
     "Bộ Nội vụ là cơ quan thường trực; các bộ khác chủ trì từng nội dung."),
    (Kind.SINGLE, "Việc quy định một thủ tục hành chính chỉ hoàn thành khi đủ mấy bộ phận cơ bản?",
     "Năm|Sáu|Bảy|*Tám", ONE_DOOR, DECREE_63,
     "Tên; trình tự; cách thức; thành phần, số lượng hồ sơ; thời hạn; đối tượng; cơ quan; kết quả."),
    (Kind.TRUE_FALSE, "Trung tâm Phục vụ hành chính công cấp xã có con dấu và tài khoản riêng.", "*Đúng|Sai", ONE_DOOR,
     DECREE_118, "Trung tâm là tổ chức hành chính thuộc Ủy ban nhân dân cấp xã, có con dấu và tài khoản riêng."),
    (Kind.SINGLE, "Người dân nộp hồ sơ ở Trung tâm Phục vụ hành chính công nào trong tỉnh?",
     "Chỉ trung tâm của xã nơi thường trú|Chỉ trung tâm cấp tỉnh|*Trung tâm cấp tỉnh hoặc cấp xã bất kỳ trong tỉnh|"
     "Chỉ trung tâm của xã nơi sinh", ONE_DOOR, DECREE_118,
     "Trung tâm tiếp nhận thủ tục không phụ thuộc vào địa giới hành chính trong phạm vi cấp tỉnh."),
)  # fmt: skip


def learning(contest: Contest, now: datetime, by: Actor) -> None:
    """Publish the pages and open the questions, which stand in a bank of their own: no round draws from it."""
    with write_transaction():
        for typed in PAGES:
            page = actions.add_page(contest, typed, now, by)
            actions.publish_page(page, True, now, by)
        bank = banks.create_bank(
            "Câu hỏi thi thử", "Tám câu, đủ bảy loại, không dùng trong đề.", now, by.signature
        )
        for question in QUESTIONS:
            banks.write_question(bank.id, NewQuestion(_parsed(*question)), now, by, approve=True)
        made = actions.add_set(contest, bank, "Ôn tập trước khi thi", now, by)
        actions.open_set(made, True, now, by)


def _parsed(
    kind: Kind, text: str, written: str, topic: str, citation: str, explanation: str
) -> ParsedQuestion:
    choices = []
    for label, each in zip("ABCDEFGH", written.split("|"), strict=False):
        said, _, match = each.partition("=")
        right = said.startswith("*") or kind in (Kind.ORDERING, Kind.MATCHING)
        choices.append(ParsedChoice(label, said.removeprefix("*"), right, match))
    return ParsedQuestion(
        number="",
        place="",
        kind=kind,
        text=text,
        choices=tuple(choices),
        topic=topic,
        level="Thông hiểu",
        citation=citation,
        explanation=explanation,
    )
