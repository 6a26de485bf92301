"""Split archives are known by the names of their pieces, over one mail or several."""

from __future__ import annotations

import pytest

from ketang.mailroom.pieces import Piece, Split, is_archive, joined, piece_of


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("课.zip.001", Piece("zip.001", "课", 1)),
        ("课.7Z.012", Piece("7z.001", "课", 12)),
        ("课.part03.rar", Piece("part.rar", "课", 3)),
        ("课.z02", Piece("z01", "课", 2)),
        ("课.r00", Piece("r00", "课", 1)),
        ("课.zip", None),
        ("课.mp4", None),
        ("课.001", None),
    ],
)
def test_names_of_pieces(name: str, piece: Piece | None) -> None:
    assert piece_of(name) == piece
    assert is_archive(name) is (name == "课.zip")


@pytest.mark.parametrize(
    ("sizes", "split"),
    [
        ({1: 10, 2: 10, 3: 4}, Split(("7z.001", "课"), (1, 2, 3), (), True)),
        ({1: 10, 3: 4}, Split(("7z.001", "课"), (1, 3), (2,), False)),
        ({1: 10, 2: 10}, Split(("7z.001", "课"), (1, 2), (), False)),
        ({1: 10}, Split(("7z.001", "课"), (1,), (), False)),
    ],
)
def test_what_is_here_and_what_lacks(sizes: dict[int, int], split: Split) -> None:
    assert joined((Piece("7z.001", "课", number), size) for number, size in sizes.items()) == split


def test_the_zip_ends_its_family() -> None:
    pieces = [(Piece("z01", "课", 1), 9), (Piece("z01", "课", 0), 3)]
    assert joined(pieces) == Split(("z01", "课"), (1, 0), (), True)
    assert joined(pieces[:1]) == Split(("z01", "课"), (1,), (0,), False)
