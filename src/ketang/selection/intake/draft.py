"""What a supplier fills in on the web: form F, the rights list and the agreement to free use, in the manifest's own shape."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kebao.package.manifest import Form, FreeUse, Manifest, RightsEntry

ROWS = 500
"""Most rows of a rights list that are filled in by hand."""


class Draft(BaseModel):
    """Everything filled in so far; empty parts leave the package's own words as they are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: Form = Form()
    rights: Annotated[tuple[RightsEntry, ...], Field(max_length=ROWS)] = ()
    free_use: FreeUse = FreeUse()

    def laid_over(self, manifest: Manifest) -> Manifest:
        """The package's manifest with what was filled in here put in the place of its own."""
        changes = {
            name: part
            for name, part in (("form", self.form), ("rights", self.rights), ("free_use", self.free_use))
            if part not in ((), Form(), FreeUse())
        }
        return manifest.model_copy(update=changes)


def read_draft(stored: dict[str, object]) -> Draft:
    """The draft as it was kept; an empty one before anything was."""
    return Draft.model_validate(stored) if stored else Draft()
