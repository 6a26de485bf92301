"""The benchmark of defects: known faults planted in clean material, encoded, and looked for by the product itself.

For whoever writes a meter or a rule (`benchmarks` on the path, `KEBAO_SHARED` set):

    import numpy as np
    from pathlib import Path
    from defects import picture, sound
    from defects.beds import speech_bed
    from defects.encoding import LOW, encode
    from defects.films import film, places, usable
    from defects.material import voices

    rng = np.random.default_rng(1)
    bed = speech_bed(voices("tuning")[0], 24, rng)          # samples at 48 kHz, words at −23 LUFS over a quiet room
    samples, planted = sound.hum(bed.samples, bed.speech_rms, -40, 4.0, 20.0, rng)
    encode(Path("hum.mp4"), LOW, samples=samples)

    made = film(usable("tuning")[0], 8, rng)
    pictures, planted = picture.flat_frame(made.pictures, 0, places(made, rng)[0], float(made.rate))
    encode(Path("black.mp4"), LOW, pictures=pictures, rate=made.rate)

The held-out half is for the table alone: nothing is tuned on it.
"""
