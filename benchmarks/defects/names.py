"""What the table calls each defect, in Chinese and English, with the unit of its magnitude."""

from __future__ import annotations

NAMES: dict[str, tuple[str, str, str]] = {
    "hum": ("电流声", "mains hum", "{:+.0f} dB re speech"),
    "clipping": ("削波失真", "clipping", "{:+.0f} dB over full scale"),
    "level-step": ("音量突变", "level step", "{:.0f} LU"),
    "level-ramp": ("音量渐变", "level ramp, 4 s", "{:.0f} LU"),
    "noise": ("杂音", "broadband noise", "SNR {:.0f} dB"),
    "dropout": ("声音中断", "dropout", "{:g} s"),
    "one-sided": ("单侧有声", "one-sided stereo", "{:.0f} s"),
    "phase-inverted": ("反相", "phase-inverted stereo", "{:.0f} s"),
    "music-balance": ("音乐过响", "music against speech", "{:.0f} LU"),
    "live-balance": ("现场声过响", "live sound against narration", "{:.0f} LU"),
    "sync": ("声画不同步", "sound early (+) or late (−)", "{:+.0f} ms"),
    "foreign-frame": ("夹帧", "one foreign frame", ""),
    "black-frame": ("黑帧", "one black frame", ""),
    "flash-frame": ("白帧", "one white frame", ""),
    "repeated-frame": ("重复帧", "one repeated frame", ""),
    "dropped-frame": ("丢帧", "dropped frames", "{:.0f}"),
    "frozen": ("画面定格", "frozen picture", "{:.0f} s"),
    "field-leftover": ("剪接点残场", "field leftover at a cut", ""),
    "half-leftover": ("剪接点残半帧", "half-frame leftover at a cut", ""),
    "position-bump": ("单帧跳动", "one-frame bump of position", "{:.1%} of width"),
    "exposure-jump": ("曝光突变", "exposure jump inside a shot", "k = {:g}"),
    "colour-jump": ("色彩突变", "colour jump inside a shot", "k = {:g}"),
    "shake": ("抖动", "shake", "{:.1%} of width RMS"),
    "aba-mismatch": ("镜头间色差", "A-B-A colour mismatch", "k = {:g}"),
    "cast": ("偏色", "colour cast of the whole film", "k = {:g}"),
    "flashing": ("闪烁", "flashing", "{:.0f} Hz"),
}


def called(defect: str) -> str:
    """Chinese and English."""
    zh, en, _ = NAMES[defect]
    return f"{zh} · {en}"


def sized(defect: str, magnitude: float) -> str:
    """The magnitude with its unit; a dash for what has none."""
    return NAMES[defect][2].format(magnitude) or "—"
