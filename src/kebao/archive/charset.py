"""Which encoding a stranger's bytes are in, by how plausible the text is.

Chinese archivers write file names, and editors write text, in UTF-8, GB18030 or Big5 without saying so. Each candidate
is decoded and scored by its characters: frequent hanzi, other hanzi of the standard's first level, the second level,
everything else that exists, and what no name or text holds (private use, controls). Western single-byte names (from
German or Czech archivers) are held against that, since any bytes are *some* hanzi.

Undecidable in principle: bytes that are frequent hanzi in both GB 2312 and Big5 (every lead byte in B0–C6, every trail
byte in A1–FE), which happens for one or two hanzi; they are read as GB 18030, the mainland's encoding.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The five hundred most frequent hanzi of modern Chinese, with those words' traditional forms after the bar.
_FREQUENT = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严课视频章练卷答案试培训护理急救介绍版介绍附件急职业介资源网络音字幕说"
    "|這為個國時來們於會對發動說產種後學經進著電裡現實體機當點從業應開還義樣與關線數質氣變條沒結問無係軍黨員總設長頭資邊級圖統將組見計別論運農幾區強決幹戰則據處隊給門規熱領東導壓爭濟階術極聯認權證轉單風帶場車務萬達積議聲報鬥類離華張馬節話況溫傳許廣記觀織裝書複兒際驗連斷難礦備辦習響約勞團歷構稱準號維劃選標寫親養層專狀廠識適屬圓調滿縣參紅細聽該鐵價嚴課視頻練試訓護紹職資源網絡題庫"
)
_PUNCTUATION = frozenset("—‘’“”…·×÷√°℃№①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ")
_ACCENTED_RUN = re.compile("[\u00c0-\u017f]{3,}")  # three accented letters in a row are no Western word
_SAMPLE = 2000
_CHINESE = ("gb18030", "big5")
_WESTERN = ("cp437", "cp850", "cp852", "cp1252")


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    """Weight of each hanzi under each encoding; what is not listed counts little or against it."""
    frequent = frozenset(_FREQUENT)
    tables: dict[str, dict[str, float]] = {}
    for encoding, codec, levels in (
        ("gb18030", "gb2312", ((0xB0, 0xD7, 0.75), (0xD8, 0xF7, 0.4))),
        ("big5", "big5", ((0xA4, 0xC6, 0.7), (0xC9, 0xF9, 0.2))),
    ):
        table = {}
        for first, last, weight in levels:
            for lead in range(first, last + 1):
                for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
                    char = bytes((lead, trail)).decode(codec, "ignore")
                    if len(char) == 1 and char > "\u00ff":
                        table[char] = 1.0 if char in frequent else weight
        tables[encoding] = table
    return tables


def _chinese_score(text: str, encoding: str) -> float:
    """Mean weight of the characters beyond ASCII, from about −1 (nonsense) to 1 (everyday Chinese)."""
    table = _weights()[encoding]
    total, count = 0.0, 0
    for index, char in enumerate(text):
        if char < "\x80":
            if char < " " and char not in "\t\r\n\f\v\x1a":
                return -1.0
            continue
        count += 1
        known = table.get(char)
        if known is not None:
            total += known * (0.5 if _between_letters(text, index) else 1.0)
        elif "\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff5e" or char in _PUNCTUATION:
            total += 0.8
        elif "\u3041" <= char <= "\u30fe":
            total += 0.4
        elif "\u4e00" <= char <= "\u9fff":
            total += 0.12
        elif "\U0001f300" <= char <= "\U0001faff":
            total += 0.3
        elif unicodedata.category(char) in {"Co", "Cn", "Cc", "Cs"}:
            total -= 2.0
        else:
            total -= 0.1
    return total / count if count else 1.0


def _between_letters(text: str, index: int) -> bool:
    """A lone character inside a Latin word: `Pr?fung`."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before and after) and before.isascii() and after.isascii() and before.isalpha() and after.isalpha()


def _western_score(text: str) -> float:
    """Mean weight of the characters beyond ASCII: letters inside or beside Latin words count, signs do not."""
    total, count = 0.0, 0
    for index, char in enumerate(text):
        if char < "\x80":
            continue
        count += 1
        latin = char <= "\u017f" and unicodedata.category(char) in {"Ll", "Lu"}
        if unicodedata.combining(char) and index and text[index - 1].isalpha():
            total += 0.9
            continue
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        if not latin:
            fellows = sum(1 for near in (before, after) if near and "\u0370" <= near <= "\u04ff")
            total += (0.0, 0.35, 0.5)[fellows] if "\u0370" <= char <= "\u04ff" else -0.5
            continue
        beside = sum(1 for near in (before, after) if near and near <= "\u024f" and near.isalpha())
        shouting = char.isupper() and before.islower()
        total += (0.2, 0.6, 0.8)[beside] * (0.3 if shouting else 1.0)
    total -= sum(0.8 * len(run) for run in _ACCENTED_RUN.findall(text))
    return total / count if count else 1.0


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def ranked(raw: bytes, *, western: tuple[str, ...] = _WESTERN) -> list[tuple[float, str, str]]:
    """Every reading of `raw` that decodes, most plausible first: (score, text, encoding)."""
    if raw.isascii():
        return [(1.0, raw.decode("ascii"), "ascii")]
    readings: list[tuple[float, str, str]] = []
    text = _decoded(raw, "utf-8")
    if text is not None:
        wide = any(char > "\u07ff" for char in _sample(text))
        readings.append((2.0 if wide else _western_score(_sample(text)) + 0.15, text, "utf-8"))
    for preference, encoding in enumerate(_CHINESE):
        text = _decoded(raw, encoding)
        if text is not None:
            readings.append((_chinese_score(_sample(text), encoding) - 0.15 * preference, text, encoding))
    for preference, encoding in enumerate(western):
        text = _decoded(raw, encoding)
        if text is not None:
            readings.append((_western_score(_sample(text)) - 0.25 - 0.01 * preference, text, encoding))
    return sorted(readings, key=lambda reading: -reading[0])


def _sample(text: str) -> str:
    """Enough of a long text to judge it; the judged stretch begins at the first character beyond ASCII."""
    if len(text) <= _SAMPLE:
        return text
    first = next((index for index, char in enumerate(text) if char > "\x7f"), 0)
    return text[max(0, first - 1) : first + _SAMPLE]
