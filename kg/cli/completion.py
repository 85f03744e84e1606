"""Completion in shells: names of saved queries, their parameters, and names of concepts from the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import click
from click.shell_completion import CompletionItem, get_completion_class

from kg import schema
from kg.cli.options import example
from kg.errors import KGError

_MOST: Final = 50
_VARIABLE: Final = "_KG_COMPLETE"
_SHELLS: Final = ("bash", "zsh", "fish")


@click.command(epilog=example('eval "$(kg completion bash)"'))
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print what completes commands, queries, parameters and names in a SHELL.

    Put the line of the example into ~/.bashrc or ~/.zshrc; for fish:
    kg completion fish > ~/.config/fish/completions/kg.fish
    """
    from kg.cli import cli

    found = get_completion_class(shell)
    if found is None:
        raise KGError(f"no completion for {shell}")
    script = found(cli, {}, "kg", _VARIABLE).source()
    if shell == "bash":
        # Names would stand in the line as they are: "image classification" as two words, "$(command)" to be run.
        script = script.replace("COMPREPLY+=($value)", 'COMPREPLY+=("$(printf %q "$value")")')
        script = script.replace("IFS=',' read type", "IFS=',' read -r type")
        # A name and its value would be two words, and a space would follow the sign between.
        no_space = "[[ ${COMPREPLY-} == *= ]] && compopt -o nospace"
        script = script.replace("    return 0\n}", f"    {no_space}\n    return 0\n}}")
        script = "COMP_WORDBREAKS=${COMP_WORDBREAKS//=}\n" + script
    click.echo(script)


class Completed(click.Command):
    """A command whose arguments are known while the value of its last option is still being typed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As usual, but without an option that has no value yet, at which click would stop reading."""
        flags = {flag for option in self.params if isinstance(option, click.Option) for flag in option.opts}
        return super().parse_args(ctx, args[:-1] if ctx.resilient_parsing and args and args[-1] in flags else args)


def query_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of saved queries, with their titles."""
    from kg.querying import saved

    queries = saved.load_all().values()
    return [CompletionItem(q.name, help=q.title) for q in queries if q.name.startswith(incomplete)]


def parameters(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Parameters of the query that was typed before, and after ``NAME=`` the names that the store has for it."""
    from kg.querying import saved

    query = saved.load_all().get(str(context.params.get("name")))
    if query is None:
        return []
    name, equals, begun = incomplete.partition("=")
    if not equals:
        return [CompletionItem(f"{p.name}=", help=p.meaning) for p in query.parameters if p.name.startswith(name)]
    labels = [saved.NAME_TYPES.get(p.type, ()) for p in query.parameters if p.name == name]
    found = _names_in_store(context, labels[0], begun) if labels else []
    return [CompletionItem(f"{name}={value}") for value in found]


def concepts(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of concepts of the store."""
    return [CompletionItem(name) for name in _names_in_store(context, schema.CONCEPT_LABELS, incomplete)]


def _names_in_store(context: click.Context, labels: Iterable[str], begun: str) -> Sequence[str]:
    """Names that begin so, those that most papers mention first; none where the store cannot be read.

    Names with line breaks or control characters are left out, as a shell would take them apart.
    """
    from kg.stores import folder

    found: list[tuple[int, str]] = []
    try:
        with folder.find(str(context.params.get("store") or folder.DEFAULT)).graph() as graph:
            for label in labels:
                shown, papers = ("n.key", "1") if label == "Paper" else ("n.name", "n.papers")
                statement = f"MATCH (n:{label}) WHERE lower({shown}) STARTS WITH $begun RETURN {papers}, {shown}"
                found += [(-row[0], row[1]) for row in graph.run(statement, {"begun": begun.lower()}).rows]
    except KGError:  # there is nobody to tell while a command is being typed; running it tells
        return []
    return [name for _, name in sorted(found) if name.isprintable()][:_MOST]
