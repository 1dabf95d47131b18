"""The form of manifest.json, checked when it is read back: a reader may rely on every field."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=1)]


class Form(BaseModel):
    """Nothing is converted, nothing unknown is taken."""

    model_config = ConfigDict(strict=True, extra="forbid")


class FileForm(Form):
    """A stored file: what it was when it was written."""

    sha256: Sha256
    bytes: Annotated[int, Field(ge=0)]


class HashesForm(Form):
    """What the result depends on."""

    scenario: Sha256
    data: Sha256
    rules: Sha256
    digest: Sha256


class StudyHashesForm(Form):
    """What the study depends on: its design is in the digest."""

    data: Sha256
    rules: Sha256
    digest: Sha256


class CommonForm(Form):
    """What stands in every manifest."""

    format: int
    name: str
    seed: int
    start: str
    workers: Count
    panel: list[str]
    years: Annotated[list[int], Field(min_length=1)]
    runs: Count
    units: Count
    versions: dict[str, str]
    files: dict[str, FileForm]
    timings: dict[str, float]


class ManifestForm(CommonForm):
    """The manifest of a result; what has a default here came later than the format."""

    parameters: str = "default"
    verified: bool = False
    begun_with: dict[str, dict[str, str]] | None = None
    hashes: HashesForm


class StudyManifestForm(CommonForm):
    """The manifest of a study."""

    kind: Literal["study"]
    summary: list[str]
    points: Count
    hashes: StudyHashesForm


def checked(manifest: Any) -> dict[str, Any]:
    """The manifest as a dict with every field; ValueError with the first field that does not fit, and why."""
    form = StudyManifestForm if isinstance(manifest, dict) and "kind" in manifest else ManifestForm
    try:
        return form.model_validate(manifest).model_dump()
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        raise ValueError(f"{'.'.join(map(str, first['loc'])) or 'it'}: {first['msg']}") from None
