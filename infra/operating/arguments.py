"""What the operator's commands may be told. Apart from them, so that `dateline --help` need not load them."""

from __future__ import annotations

import argparse

from infra.places import add_place

COMMANDS = ("model", "key", "dead", "status", "smoke", "adopt", "search")

_MODEL = """\
Ask a model's server what a deployment will ask it, about a text of ours of three sentences, and say line by line what
holds and what to do where it does not. It costs about a cent.

The key, and what is not named here, come from the environment as for `dateline extract`:
  OPENAI_API_KEY    key of the provider
  OPENAI_BASE_URL   its base URL
  DATELINE_MODEL    the model's name there
  DATELINE_LANGUAGE language of titles and summary (default: en)

`missing` is what a deployment can do without (a known price, a Batch API); the status is 1 where anything else fails.
"""

_KEY = """\
Check a key of KMS before a deployment gets it as KmsKeyArn: that it is enabled, symmetric and of the stack's region,
that its policy lets the account's roles, S3 and CloudWatch Logs use it, and that you may. What the policy lacks is
shown as a statement to add to it. Nothing is changed or encrypted: what you may is asked of KMS as dry runs.

Principals, actions, resources and the usual conditions of the policy are read (aws:SourceAccount, aws:SourceArn,
kms:EncryptionContext:aws:logs:arn, kms:CallerAccount); `unknown` is what hangs on others. The status is 1 where
anything fails.
"""

_DEAD = """\
Look at the messages that failed again and again, and send them back to be worked on. A letter's key is shown, never
text of its document.

  dateline dead list                  the letters, by kind, key and how often each was received
  dateline dead show LETTER           all that one says, and the state of its document
  dateline dead redrive [LETTER...]   send these, or all, back to the queue that they came from

A letter is sent first and deleted then, one after the other: whoever ends that half-way has at most one in both queues,
and a message that comes twice changes nothing. Looking counts as receiving. Without --stack it is the local stack that
`make run` serves.
"""

_STATUS = """\
Say how a document, or a whole deployment, is.

  dateline status                     documents by state, queues, dead letters, tokens of today, newest plan, alarms
  dateline status drop/news/a.txt     one document, by its key or its id

Documents are counted collection by collection, 5,000 in all. Without --stack it is the local stack that `make run`
serves.
"""

_SEARCH = """\
Make anew what is searched of collections, from the texts and events that are stored: where objects below search/ were
lost, or after an update that reads words otherwise. It costs no call of a model, and what was there is searched until
the new is there.

  dateline search rebuild                  all collections
  dateline search rebuild COLLECTION...    these

Without --stack it is the local stack that `make run` serves.
"""

_SMOKE = """\
Drop a small text of ours, wait until the API shows it done, read its timeline, delete it, and wait until it is gone.
It lies under drop/dateline-smoke/, costs a call of the model, and leaves nothing behind. The status is 1 where a step
is not done in time, or comes to something else than it should.

Requests to the API are signed with your own AWS credentials. Where it takes tokens (HttpApiAuth=jwt), DATELINE_TOKEN in
the environment is one that may read the collection dateline-smoke. Without --stack it is the local stack.
"""

_ADOPT = """\
Give the bucket and the table that a stack was deployed with as ExistingBucket and ExistingTable the settings that the
template gives to the stack's own: versions, encryption, what expires, who is notified; expiry of items and backups.
What they had of these before is replaced, a policy of the bucket is left. Then have everything in the bucket compared
with the table, as each night. It may be called again: after a change of OldVersionDays or KmsKeyArn it has to be.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    _add_model(commands)
    _add_key(commands)
    _add_dead(commands)
    _add_status(commands)
    _add_smoke(commands)
    add_place(_command(commands, "adopt", "set up a bucket and a table that a stack was told to use", _ADOPT), None)
    _add_search(commands)


def _add_model(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    model = commands.add_parser("model", help="check that a model and its server are what Dateline needs")
    actions = model.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = _command(actions, "check", "ask it once, and say what holds", _MODEL)
    check.add_argument("--model", metavar="NAME", help="the model's name (default: DATELINE_MODEL)")
    check.add_argument("--url", metavar="URL", help="the server's base URL (default: OPENAI_BASE_URL)")


def _add_key(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    key = commands.add_parser("key", help="check that a key of KMS can encrypt a deployment")
    actions = key.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = _command(actions, "check", "read its policy, and say what it lacks", _KEY)
    check.add_argument("--key", required=True, metavar="ARN", help="the key; its id or alias do, too")
    check.add_argument(
        "--stack", default="dateline", metavar="NAME", help="the stack's name, to be (default: dateline)"
    )
    check.add_argument("--region", metavar="REGION", help="the stack's region (default: your configuration's)")
    check.add_argument("--profile", metavar="NAME", help="profile of your AWS configuration")


def _add_dead(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    dead = _command(commands, "dead", "list dead letters, and send them back", _DEAD)
    add_place(dead, None)
    actions = dead.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="list the letters")
    show = actions.add_parser("show", help="show one letter")
    show.add_argument("letters", nargs=1, metavar="LETTER", help="its id, from `dateline dead list`, or its beginning")
    redrive = actions.add_parser("redrive", help="send letters back")
    redrive.add_argument("letters", nargs="*", metavar="LETTER", help="their ids, or beginnings (default: all)")
    for action in (listing, show, redrive):
        add_place(action, argparse.SUPPRESS)


def _add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    status = _command(commands, "status", "say how a document, or a deployment, is", _STATUS)
    status.add_argument("document", nargs="?", metavar="DOCUMENT", help="its key or its id (default: all)")
    add_place(status, None)


def _add_smoke(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    smoke = _command(commands, "smoke", "drop a text, read its timeline, delete it", _SMOKE)
    smoke.add_argument(
        "--seconds", type=float, default=60.0, metavar="N", help="how long each step may take (default: 60)"
    )
    add_place(smoke, None)


def _add_search(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    search = _command(commands, "search", "make anew what is searched", _SEARCH)
    add_place(search, None)
    actions = search.add_subparsers(dest="action", required=True, metavar="ACTION")
    rebuild = actions.add_parser("rebuild", help="make collections anew, in the background")
    rebuild.add_argument("collections", nargs="*", metavar="COLLECTION", help="their names (default: all)")
    add_place(rebuild, argparse.SUPPRESS)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str, description: str
) -> argparse.ArgumentParser:
    """Add a command whose description is shown as it is written."""
    raw = argparse.RawDescriptionHelpFormatter
    return commands.add_parser(name, help=summary, description=description, formatter_class=raw)
