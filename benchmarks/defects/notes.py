"""The words around the figures."""

from __future__ import annotations

HEAD = """# 声音和画面的检查有多可信 · How far the checks of sound and picture can be trusted

在干净的素材里按已知的大小和位置植入缺陷，编码成 H.264 和 AAC 的两种码率，再由本软件自己的规则（附带的限值，不为试验另调）去查。只有“不合格”且规则、
位置都对才算查出；“提请看”（cantTell）算漏，但单独计数。数字照实列出，未达到的也在内。

Known defects are planted in clean material, encoded with H.264 and AAC at two bit rates, and looked for by the product's own
rules with the limits they ship with. Only a failed finding of the right rule at the right place counts as caught; a cantTell
counts as missed and is counted beside. The figures stand as they came out.

用这条命令做成 · Made by:

```
{command}
```

本表是 {half} 一半的结果 · This table is of the half: {half}."""

METHOD = """## 怎样读这些数字 · How to read these figures

- **分两半 · Two halves.** 按说话人、镜头来源族和曲目分，不按文件分；调试只用 tuning 一半。没有署名的同语种嗓音算一个人。
  Split by speaker, family of clips and piece of music, never by file; only the tuning half was developed on. Unnamed voices of one
  language count as one speaker.
- **试验、片段、来源 · Trials, clips, sources.** 同一片段里植入多处、同一处编码两次，都各算一次试验，它们并不相互独立；所以另列片段数和来源数（说话人或来源族）。区间把试验当作独立的。
  Several places in a clip and two encodings of a place are trials of their own and not independent: clips and sources (speakers or
  families) stand beside them. The interval treats trials as independent.
- **真人语音 · Real speech.** 多为一条条单独录的短句，句间是数字静音，各条音量最多差 24 分贝。讲课是一次录完的：每条先调到相差不超过 1.5 分贝，
  有数字静音的在全部语音下面铺画出来的房间底噪（低于语音 45–55 dB），统一到 −23 LUFS；峰值高于 −4 dBFS 的再调低。不足 20 秒的循环补足，“循环”列有数。
  Mostly prompts recorded one by one and joined over digital silence, up to 24 dB apart. A lesson is recorded in one go: every take is
  set to within 1.5 dB of the others, a drawn room tone 45–55 dB under the words is laid beneath all where there is digital silence, and
  the words are set to −23 LUFS, or lower so that no peak exceeds −4 dBFS. Shorter than 20 s they repeat, counted under 'looped'.
  There is no real Chinese lecture footage in the material.
- **音量突变植入在哪里 · Where a step is planted.** 前后各 3 秒里至少各有 1 秒在讲话：没人讲话的地方，谁也听不出音量变了。
  Where the 3 s before and behind hold 1 s of words each: amid silence nobody hears a step.
- **画面 · Picture.** 真实镜头缩到至多 480 像素宽，2.4–9.5 秒；合成画面是画出来的幻灯片，或一帧真实画面定住再加画出来的噪点。
  Real shots are scaled to at most 480 pixels across, 2.4–9.5 s; synthetic ones are drawn slides, or one real picture held under drawn
  grain.
- **抖动 · Shake.** 只植入固定机位；不足 6 秒的镜头来回播放补足（算循环）。 Planted where the camera stands; shots under 6 s are
  played to and fro (counted as looped).
- **有动作才植入 · Amid motion.** 重复帧、丢帧、定格只植入相邻帧平均差别不小于 0.8 级的地方：静止处多一帧少一帧没有人看得出。
  Repeated, dropped and frozen pictures are planted only where neighbouring pictures differ by 0.8 codes or more on average.
- **限值以内的行 · Rows within the limits.** 扫过的大小有些本在规则册的限值以内（如声音早 40 毫秒、每秒闪 3 次、信噪比 30 dB、音乐低 15 LU），
  不该判不合格；偏色按写明的准则只提请看。列出它们是为了看从多大起判。
  Some sizes of the sweep lie within the rulebook's limits (sound 40 ms early, three flashes a second, SNR 30 dB, music 15 LU under):
  they should not fail; a cast only asks, by its written criteria. They show where the verdict begins.
- **干净 · Clean.** 素材自带的毛病不算误报：源文件到过满幅的语音不算削波的干净素材，手持镜头不算抖动的干净素材；这两条都不靠本软件的量表判断。
  What a source already has is no false alarm: speech that reaches full scale at its source is not clean of clipping, a hand-held
  shot is not clean of shake; neither was decided by the product's own meters. Peaks, music and drawn films are counted as they are.
- **有读数 · With a reading.** 语音与背景之比无论是否开具问题都取读数；读不出的不在误差之内，但列了个数。
  The ratio of speech to its background is read whether or not a rule speaks of it; where it cannot be read it is not in the error, but
  the count is there.
- **没有说明的 · Not shown.** 没有真实的中文课堂录像；少于 6 小时的干净素材说明不了误报率。
  No real Chinese lecture was at hand; fewer than 6 clean hours show nothing about an alarm rate."""
