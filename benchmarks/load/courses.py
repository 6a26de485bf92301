"""Fills an instance with public courses as the product's own models hold them: `python courses.py COUNT [MEGABYTES]`.

Each has one lesson with a transcript of 2000 characters: words of training courses, the common ones common, in sentences that
are different everywhere; single characters as common as in any text. All are synthetic and say so (示例). With MEGABYTES the first
lesson has a film of that size. Prints JSON: a clerk's cookie, and the address of the first course.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from load.rows import PARTS, TOPICS, _people

BATCH = 1000
BEGAN = datetime(2026, 1, 1, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
CHARACTERS, LINE = 2000, 14
HANZI = (
    "的一是了我不在有人这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前"
    "所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切钟尤食温护床洗按摩布针剪纸泥塑皂粉刀案蒸烤"
)
ABOUT = (
    "照护", "护理", "试水温", "喂水", "翻身", "按摩", "穴位", "消毒", "血压", "体温", "面点", "和面", "发酵", "剪纸", "编织", "客服", "直播", "物流", "收纳",
    "安全用电", "职业守则", "无障碍", "轮椅", "助听器", "盲文", "手语", "沟通", "心理", "急救", "营养", "婴儿", "老年人",
)  # fmt: skip
OCCUPATIONS = (
    "养老护理员",
    "保健按摩师",
    "西式面点师",
    "家政服务员",
    "电子商务师",
    "育婴员",
    "客户服务管理员",
    "手工编织工",
)
LEVELS = ("五级", "五级", "四级", "三级", "不分级")
CATEGORIES = ("现代服务业", "新业态新技术", "非遗文创", "法律法规及政策解读")


def main() -> None:
    """Fill up to the count that is asked for."""
    import django

    django.setup()
    from django.db import connection

    from interface.places import session_of
    from ketang.classroom.catalogue.indexing import rebuild
    from ketang.classroom.catalogue.models import Course

    people = _people()
    _courses(int(sys.argv[1]))
    rebuild()
    if len(sys.argv) > 2:
        _film(int(sys.argv[2]))
    with connection.cursor() as cursor:  # what PostgreSQL's autovacuum does within a minute of such a change
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
    first = Course.objects.order_by("id").values_list("uuid", flat=True)[0]
    print(
        json.dumps(
            {"sessions": {"clerk": session_of(people["clerk"])}, "slug": people["call"].slug, "course": str(first)}
        )
    )


def _courses(wanted: int) -> None:
    from django.db import transaction

    from ketang.classroom.catalogue.models import Course, Edition, Lesson

    for start in range(0, wanted, BATCH):
        numbers = range(start, min(start + BATCH, wanted))
        with transaction.atomic():
            courses = Course.objects.bulk_create([Course(**_shown(n)) for n in numbers])
            editions = Edition.objects.bulk_create(
                [
                    Edition(course=course, number=1, name="课.zip", digest=f"{n:064x}", state="current", **_shown(n))
                    for n, course in zip(numbers, courses, strict=True)
                ]
            )
            Lesson.objects.bulk_create([_lesson(n, edition) for n, edition in zip(numbers, editions, strict=True)])
            for n, course, edition in zip(numbers, courses, editions, strict=True):
                course.current, course.state, course.published_at = edition, "published", BEGAN + timedelta(minutes=n)
            Course.objects.bulk_update(courses, ["current", "state", "published_at"], batch_size=200)


def _shown(n: int) -> dict[str, Any]:
    name = CATEGORIES[n % 4]
    return {
        "title": f"{TOPICS[n % 10]}{PARTS[n % 6]} {n % 977}", "supplier": f"示例第{n % 499}职业培训中心", "level": LEVELS[n % 5],
        "introduction": f"本课讲{ABOUT[n % 32]}和{ABOUT[n * 7 % 31]}，适合初学的人。" * 3, "occupation": OCCUPATIONS[n % 8],
        "category": f"P2({n % 4 + 1})", "category_name": {"zh": name, "en": f"Category {n % 4}"},
        "counts_ms": 270_000 * (1 + n * 7919 % 600), "has_captions": n % 3 > 0, "has_transcript": True, "has_sign": n % 7 == 0,
        "has_descriptions": n % 5 == 0,
    }  # fmt: skip


_WEIGHTS = list(accumulate(1 / (place + 8) for place in range(len(HANZI))))


def transcript(n: int) -> list[str]:
    """Lines of so many characters each, the same for the same number."""
    drawn = random.Random(n)
    letters = drawn.choices(HANZI, cum_weights=_WEIGHTS, k=CHARACTERS)
    for place in range(0, CHARACTERS - 10, 40):
        word = drawn.choice(ABOUT)
        letters[place : place + len(word)] = word
    text = "".join(letters)[:CHARACTERS]
    return [text[start : start + LINE] for start in range(0, CHARACTERS, LINE)]


def _lesson(n: int, edition: Any) -> Any:
    from ketang.classroom.catalogue.models import Lesson

    lines = [
        {"start": f"{place * 3}.000", "end": f"{place * 3 + 3}.000", "text": words}
        for place, words in enumerate(transcript(n))
    ]
    return Lesson(
        edition=edition, kind="text", order=1, title=f"{ABOUT[n % 32]}要点", text="示例", transcript=lines, counts_ms=270_000
    )  # fmt: skip


def _film(megabytes: int) -> None:
    """Bytes of that size as the film of the first course; no browser plays them, and no server looks into them."""
    import tempfile
    from pathlib import Path

    from ketang.classroom.catalogue.models import Lesson
    from ketang.platform.storage.actions import put_path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with path.open("wb") as film:
            for _ in range(megabytes):
                film.write(random.randbytes(2**20))
        stored = put_path(path)
    first = Lesson.objects.order_by("id").first()
    assert first is not None
    Lesson.objects.filter(pk=first.pk).update(media=stored, content_type="video/mp4", kind="video")


if __name__ == "__main__":
    main()
