"""``musnad entities``: what people decide about who is meant; append-only, and revocable."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.reference.decisions import Action, Decision

app = typer.Typer(
    name="entities",
    help="Decisions about entities: merge, split, rename, ban. Each says who, when and why, and can be revoked.",
    no_args_is_help=True,
)

Key = Annotated[str, typer.Argument(metavar="KEY", help="Entity key, such as person:joe-biden.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept with the decision.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides; the account's name by default.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, one object a line.")]


@app.command("list")
def list_decisions(
    *,
    all_: Annotated[bool, typer.Option("--all", help="Revoked ones and revocations, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the decisions that are in force."""
    from flows.reference.decisions import in_force  # noqa: PLC0415 - keeps --help fast
    from flows.reference.home import home_folder, read_decisions  # noqa: PLC0415

    decisions = read_decisions(home_folder())
    shown = decisions if all_ else in_force(decisions)
    if as_json:
        for each in shown:
            typer.echo(json.dumps(asdict(each), ensure_ascii=False))
        return
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table("number", "decision", "by", "at", "why", title=f"{len(shown):,} decisions", title_justify="left")
    for each in shown:
        table.add_row(str(each.number), *map(Text, (_words(each), each.by, each.at[:16], each.why)))
    Console().print(table)


@app.command()
def show(
    what: Annotated[str, typer.Argument(metavar="KEY or NAME", help="An entity key, or a spelling.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show the entities of a key or spelling, with their spellings and what was decided about them."""
    from flows.reference.deciding import describe  # noqa: PLC0415 - keeps --help fast
    from flows.reference.home import home_folder  # noqa: PLC0415

    for entity in describe(home_folder(), what):
        if as_json:
            typer.echo(json.dumps(entity, ensure_ascii=False))
            continue
        for field, value in entity.items():
            values = value if isinstance(value, list) else [value or "-"]
            typer.echo(f"{field}: {', '.join(map(str, values)) or '-'}")
        typer.echo()


@app.command()
def merge(
    key: Key,
    into: Annotated[str, typer.Argument(metavar="INTO", help="Key of the entity that stays.")],
    *,
    why: Why,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Decide that two entities are one: KEY is INTO. Old ids redirect."""
    _take("merge", why, by, as_json=as_json, entity_key=key, into_key=into)


@app.command()
def split(
    key: Key,
    spelling: Annotated[str, typer.Argument(metavar="NAME", help="The spelling that names another entity.")],
    *,
    into: Annotated[str, typer.Option(metavar="KEY", help="The other entity, listed or new.")],
    why: Why,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Decide that a spelling of KEY names another entity."""
    _take("split", why, by, as_json=as_json, entity_key=key, into_key=into, spelling=spelling)


@app.command()
def rename(
    key: Key,
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="Its name; one in Arabic, one in Latin letters.")
    ],
    *,
    why: Why,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Decide what an entity is called."""
    from flows.reference.spelling import language_of  # noqa: PLC0415 - keeps --help fast

    called = {"name_ar" if language_of(name) == "ar" else "name": name for name in names}
    _take("rename", why, by, as_json=as_json, entity_key=key, **called)


@app.command()
def ban(
    spelling: Annotated[str, typer.Argument(metavar="NAME", help="The spelling that names nothing.")],
    *,
    entity: Annotated[str, typer.Option(metavar="KEY", help="Only this entity is not named by it.")] = "",
    why: Why,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Decide that a spelling never names an entity, or never names anything."""
    _take("ban", why, by, as_json=as_json, spelling=spelling, entity_key=entity)


@app.command()
def revoke(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The decision, as list shows it.")],
    *,
    why: Why,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Take a decision back."""
    from flows.reference.deciding import revoke as take_back  # noqa: PLC0415 - keeps --help fast
    from flows.reference.home import home_folder  # noqa: PLC0415

    _say(take_back(home_folder(), number, by=by or _account(), why=why), as_json=as_json)


def _take(
    action: Action,
    why: str,
    by: str,
    *,
    as_json: bool,
    entity_key: str = "",
    into_key: str = "",
    spelling: str = "",
    name: str = "",
    name_ar: str = "",
) -> None:
    from flows.reference.deciding import take  # noqa: PLC0415 - keeps --help fast
    from flows.reference.decisions import Decision  # noqa: PLC0415
    from flows.reference.home import home_folder  # noqa: PLC0415

    draft = Decision(action, by or _account(), why, entity_key, into_key, spelling, name, name_ar)
    _say(take(home_folder(), draft), as_json=as_json)


def _account() -> str:
    import getpass  # noqa: PLC0415 - used here only

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as containers have them
        return "unknown"


def _say(decision: Decision, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(decision), ensure_ascii=False))
    else:
        typer.echo(f"decision {decision.number}: {_words(decision)}")
        typer.echo("annotate obeys it now, the warehouse from the next ingest on.")


def _words(decision: Decision) -> str:
    """A decision as a sentence."""
    match decision.action:
        case "merge":
            return f"{decision.entity_key} is {decision.into_key}"
        case "split":
            return f"{decision.spelling} is not {decision.entity_key} but {decision.into_key}"
        case "rename":
            names = " / ".join(filter(None, (decision.name, decision.name_ar)))
            return f"{decision.entity_key} is called {names}"
        case "ban":
            return f"{decision.spelling} does not name {decision.entity_key or 'anything'}"
        case "revoke":
            return f"decision {decision.revokes} is revoked"
