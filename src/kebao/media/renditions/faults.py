"""What is wrong with a film of which no rendition can be made, in words for the office."""

from __future__ import annotations

from kebao.model.errors import Unreadable
from kebao.model.text import Text


class Strange(Unreadable):
    """It can be opened, but not be made again."""

    @classmethod
    def clock(cls) -> Strange:
        """Its times jump by more than anybody pauses."""
        zh, en = (
            "视频的时间码乱跳，无法转换。请重新导出。",
            "Its times jump about; it cannot be made again. Export it anew.",
        )
        return cls("truncated", Text(zh=zh, en=en))

    @classmethod
    def nothing(cls) -> Strange:
        """Not one picture or sample could be decoded."""
        return cls(
            "truncated",
            Text(
                zh="画面和声音都解不出来。文件可能只下载了一半，或者编码方式太少见。请重新导出成 MP4。",
                en="Neither picture nor sound can be decoded: cut off, or of a rare codec. Export it again as MP4.",
            ),
        )
