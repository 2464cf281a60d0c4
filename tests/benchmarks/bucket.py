"""As much of S3 as the plan step uses, over real sockets: documents that are made when they are asked for.

What is put below `reprocess/` is kept in a folder; everything else but the documents is not there, and nothing is
listed: no answers are kept.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

from infra.local.ports import HOST

_SENTENCES = {
    "en": (
        "On {day} May {year} the council of {town} agreed to renew {count} kilometres of mains before the winter.",
        "Mayor Ellen {name} said that the work would cost {count} million euros and be finished by next year.",
        "Three people who know the plans doubt it, because two of the contractors withdrew in late {year}.",
        "The regional auditor had warned about the state of the pipes as early as the spring of {year}.",
        "A spokesman of the ministry declined to comment on the figures that the newspaper published yesterday.",
    ),
    "de": (
        "Am {day}. Mai {year} beschloss der Stadtrat von {town}, {count} Kilometer Wasserleitungen zu erneuern.",
        "Bürgermeisterin Ellen {name} sagte, die Arbeiten kosteten {count} Millionen Euro und endeten kommendes Jahr.",
        "Drei mit den Plänen vertraute Personen bezweifeln das, weil zwei der Baufirmen Ende {year} ausstiegen.",
        "Schon im Frühjahr {year} hatte der Rechnungshof vor dem Zustand der Rohre gewarnt.",
        "Ein Sprecher des Ministeriums wollte sich zu den gestern veröffentlichten Zahlen nicht äußern.",
    ),
    "fr": (
        "Le {day} mai {year}, le conseil municipal de {town} a décidé de remplacer {count} kilomètres de conduites.",
        "La maire Ellen {name} a déclaré que les travaux coûteraient {count} millions d'euros et finiraient bientôt.",
        "Trois personnes proches du dossier en doutent, car deux entreprises se sont retirées fin {year}.",
        "La cour des comptes avait mis en garde contre l'état des canalisations dès le printemps {year}.",
        "Un porte-parole du ministère n'a pas souhaité commenter les chiffres publiés hier par le journal.",
    ),
    "tr": (
        "{town} belediye meclisi {day} Mayıs {year} tarihinde {count} kilometrelik hattın yenilenmesine karar verdi.",
        "Belediye başkanı Ellen {name}, çalışmaların {count} milyon avroya tutacağını ve yakında biteceğini söyledi.",
        "Planları bilen üç kişi bundan şüphe ediyor, çünkü iki yüklenici {year} yılının sonunda çekildi.",
        "Sayıştay boruların durumu konusunda daha {year} yılının ilkbaharında uyarıda bulunmuştu.",
        "Bakanlık sözcüsü gazetenin dün yayımladığı rakamlar hakkında yorum yapmak istemedi.",
    ),
    "ru": (
        "{day} мая {year} года городской совет города {town} решил заменить {count} километров водопровода.",
        "Мэр Эллен {name} заявила, что работы обойдутся в {count} миллионов евро и закончатся в следующем году.",
        "Трое знакомых с планами собеседников сомневаются в этом: два подрядчика отказались в конце {year} года.",
        "Счётная палата предупреждала о состоянии труб ещё весной {year} года.",
        "Представитель министерства отказался комментировать цифры, которые газета опубликовала вчера.",
    ),
}
_LEAST, _MOST = 3_000, 6_000  # bytes of a document
_UPLOAD = "upload"
_NOTHING_LISTED = b"<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"
_MODIFIED = "Fri, 02 Jan 2026 03:04:05 GMT"


def document(number: int) -> str:
    """Write a report of 3 to 6 kB that no other is like, in one of five languages."""
    chance = random.Random(number)
    sentences = list(_SENTENCES.values())[number % len(_SENTENCES)]
    paragraphs: list[str] = []
    wanted, length = chance.randint(_LEAST, _MOST), 0
    while length < wanted:
        paragraph = " ".join(
            chance.choice(sentences).format(
                day=chance.randint(1, 28),
                year=chance.randint(1990, 2024),
                town=f"Aldermoor-{chance.randint(1, 999)}",
                name=f"Marsh-{number}",
                count=chance.randint(2, 900),
            )
            for _ in range(4)
        )
        paragraphs.append(paragraph)
        length += len(paragraph.encode()) + 2
    return "\n\n".join(paragraphs) + "\n"


@dataclass
class Bucket:
    """A bucket at `url`; `read` counts the documents that were asked for."""

    url: str
    folder: Path
    read: int = 0
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)

    def kept(self, pattern: str) -> list[Path]:
        """List what was put, by a pattern of its key."""
        return sorted(self.folder.glob(pattern))


@contextmanager
def serving(folder: Path) -> Iterator[Bucket]:
    """Serve a bucket until the end of the block."""
    server = ThreadingHTTPServer((HOST, 0), _Handler)
    server.daemon_threads = True
    _Handler.bucket = Bucket(f"http://{HOST}:{server.server_address[1]}", folder)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield _Handler.bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    bucket: Bucket
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        found = re.fullmatch(r"drop/[^/]+/(\d+)\.txt", self._key)
        if "list-type" in self._asked:
            self._answer(200, _NOTHING_LISTED)
        elif found is not None:
            self.bucket.read += 1
            self._answer(200, document(int(found[1])).encode(), {"Last-Modified": _MODIFIED})
        elif self._path.exists():
            self._answer_part(self._path.read_bytes())
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def _answer_part(self, data: bytes) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if wanted is None:
            self._answer(200, data)
            return
        start, end = int(wanted[1]), min(int(wanted[2] or len(data)), len(data) - 1)
        self._answer(206, data[start : end + 1], {"Content-Range": f"bytes {start}-{end}/{len(data)}"})

    def do_HEAD(self) -> None:
        self._answer(200 if self._path.exists() else 404, b"")

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        asked = self._asked
        if "partNumber" in asked:
            self.bucket.parts[self._key][int(asked["partNumber"][0])] = data
        else:
            self._keep(data)
        self._answer(200, b"", {"ETag": '"made"'})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "uploads" in self._asked:
            self.bucket.parts[self._key] = {}
            said = f"<InitiateMultipartUploadResult><UploadId>{_UPLOAD}</UploadId></InitiateMultipartUploadResult>"
        else:
            parts = self.bucket.parts.pop(self._key)
            self._keep(b"".join(parts[number] for number in sorted(parts)))
            said = "<CompleteMultipartUploadResult><ETag>made</ETag></CompleteMultipartUploadResult>"
        self._answer(200, said.encode())

    @property
    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).lstrip("/").partition("/")[2]

    @property
    def _asked(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.path).query, keep_blank_values=True)

    @property
    def _path(self) -> Path:
        return self.bucket.folder / self._key

    def _keep(self, data: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(data)

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        length = self._path.stat().st_size if self.command == "HEAD" and status < 400 else len(body)
        for name, value in {**(headers or {}), "Content-Length": str(length)}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request."""
