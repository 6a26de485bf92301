"""Run as a program of its own: pictures on standard input, where each mouth stands open on standard output.

MediaPipe writes to the terminal, starts threads, loads a plotting library and may be there in two builds of OpenCV at once. All that
stays here, beside the process that checks a package. It imports nothing of kebao, so that it starts at once.

Before each picture: height and width as two unsigned integers of 32 bits, then RGB; height 0 forgets the face that was followed.
After each picture: three numbers of 32 bits, lip distance by face height, then face height of the largest face and of the next
by the height of the picture; NaN, 0 and 0 where there is none.
"""

from __future__ import annotations

import os
import struct
import sys
from typing import Any

import numpy as np

SIZE, ANSWER = "<II", "<fff"
_UPPER_LIP, _LOWER_LIP, _FOREHEAD, _CHIN = 13, 14, 10, 152
"""Points of MediaPipe's face mesh: the inner edges of the lips, the ends of the face."""


def answer(faces: Any, height: int, width: int) -> tuple[float, float, float]:
    """What is told of one picture."""
    if not faces:
        return float("nan"), 0.0, 0.0

    def apart(face: Any, one: int, other: int) -> float:
        first, second = face.landmark[one], face.landmark[other]
        return float(np.hypot((first.x - second.x) * width, (first.y - second.y) * height))

    sized = sorted(((apart(face, _FOREHEAD, _CHIN), face) for face in faces), key=lambda pair: -pair[0])
    tall, face = sized[0]
    beside = sized[1][0] if len(sized) > 1 else 0.0
    return apart(face, _UPPER_LIP, _LOWER_LIP) / max(tall, 1.0), tall / height, beside / height


def main() -> None:
    """Answer picture after picture until the input ends."""
    from mediapipe.python.solutions.face_mesh import FaceMesh

    taken, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    with FaceMesh(static_image_mode=False, max_num_faces=2, refine_landmarks=False) as mesh:
        while len(head := taken.read(struct.calcsize(SIZE))) == struct.calcsize(SIZE):
            height, width = struct.unpack(SIZE, head)
            if not height:
                mesh.reset()
                continue
            picture = np.frombuffer(taken.read(height * width * 3), np.uint8).reshape(height, width, 3)
            found = mesh.process(picture).multi_face_landmarks
            told.write(struct.pack(ANSWER, *answer(found, height, width)))
            told.flush()


if __name__ == "__main__":
    main()
