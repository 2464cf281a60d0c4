from typing import Literal

VoiceKind = Literal["anonymous", "document", "named", "office"]

VOICE_KIND_VALUES: set[VoiceKind] = {
    "anonymous",
    "document",
    "named",
    "office",
}


def check_voice_kind(value: str) -> VoiceKind:
    if value in VOICE_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VOICE_KIND_VALUES!r}")
