"""What may change of a generated package's public API: every rule, in one table.

Two laws stand behind the levels. What callers *read* (attributes of models, what methods return, bodies of errors) may
become narrower, and breaks where it becomes wider: their code was written for what there was. What they *give*
(arguments, keys of inputs) may become wider, and breaks where it becomes narrower. `models` are judged as what is read:
code that builds a model itself has its input for that. Lists are compared by their items, as sequences are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.review.findings import Break, Level


@dataclass(frozen=True, slots=True)
class Rule:
    """What a kind of change asks of who calls the package."""

    id: str
    level: Level
    breaks: tuple[Break, ...]
    """What of a caller's code stops working."""
    purpose: str
    """What changed, in a line."""
    hint: str
    """What to do about it."""


IMPORT: Final[tuple[Break, ...]] = ("import", "type check")
CALL: Final[tuple[Break, ...]] = ("call", "type check")
ATTRIBUTE: Final[tuple[Break, ...]] = ("attribute", "type check")
CHECK: Final[tuple[Break, ...]] = ("type check",)
MATCH: Final[tuple[Break, ...]] = ("match",)
NOTHING: Final[tuple[Break, ...]] = ()

# fmt: off
_TABLE: Final[tuple[tuple[str, Level, tuple[Break, ...], str, str], ...]] = (
    # the package
    ("py-module-renamed", "breaking", IMPORT, "The package is imported by another name.", "Keep the name: set `package` in the configuration."),
    ("py-layout-changed", "breaking", IMPORT, "The classes of resources are in another module; every other import stays as it was.", "Set `layout` in the configuration, or import the classes from where they are now."),
    # the client
    ("py-client-argument-removed", "breaking", CALL, "An argument of `Client` is gone.", "Leave the argument out, or give what takes its place."),
    ("py-client-argument-renamed", "breaking", CALL, "An argument of `Client` has another name.", "Give it by its new name."),
    ("py-client-argument-added", "compatible", NOTHING, "`Client` takes another argument, which may be left out.", "Nothing has to be done."),
    ("py-client-argument-required", "breaking", CALL, "`Client` can't do without this argument any more.", "Give it, or name an absolute URL among the document's `servers`."),
    ("py-client-argument-optional", "compatible", NOTHING, "This argument of `Client` may be left out now.", "Nothing has to be done."),
    ("py-client-argument-narrowed", "breaking", CHECK, "An argument of `Client` takes fewer values.", "Give one of the values that are left."),
    ("py-client-argument-widened", "compatible", NOTHING, "An argument of `Client` takes more values.", "Nothing has to be done."),
    ("py-client-default-changed", "warning", NOTHING, "Where an argument of `Client` is left out, another value is taken.", "Give the value if the old one is meant."),
    ("py-credential-required", "breaking", CALL, "Calls need a credential that they did not: a client without it is refused them.", "Give `Client` the credential."),
    ("py-credential-changed", "warning", NOTHING, "What a credential is sent as changed; the argument is called as before.", "Give a credential of the new kind."),
    # resources and methods
    ("py-resource-removed", "breaking", ATTRIBUTE, "An attribute of the client, with its methods, is gone.", "See where each of its methods went."),
    ("py-resource-renamed", "breaking", ATTRIBUTE, "An attribute of the client has another name; its methods are the same.", "Use the new name, or keep the old one with `x-specwright-name` at the tag."),
    ("py-resource-added", "compatible", NOTHING, "The client has another attribute.", "Nothing has to be done."),
    ("py-resource-class-renamed", "breaking", IMPORT, "The class of a resource has another name.", "Import it by its new name."),
    ("py-client-method-removed", "breaking", ATTRIBUTE, "A method is gone.", "Keep the operation, and mark it `deprecated` first."),
    ("py-client-method-renamed", "breaking", ATTRIBUTE, "A method has another name, or is on another resource.", "Call it by its new name, or keep the old one with `x-specwright-name`."),
    ("py-client-method-added", "compatible", NOTHING, "There is another method.", "Nothing has to be done."),
    ("py-client-method-deprecated", "warning", CHECK, "Type checkers report calls of the method (PEP 702), and a `DeprecationWarning` is given.", "Look for what takes its place."),
    ("py-client-method-undeprecated", "compatible", NOTHING, "The method is not deprecated any more.", "Nothing has to be done."),
    # arguments of methods
    ("py-param-removed", "breaking", CALL, "An argument is gone.", "Leave it out; `extra_query` and `extra_body` send what the document does not have."),
    ("py-param-renamed", "breaking", CALL, "An argument has another name.", "Give it by its new name, or keep the old one with `x-specwright-name`."),
    ("py-param-added-required", "breaking", CALL, "There is another argument, which has to be given.", "Give it, or make it optional in the document."),
    ("py-param-added-optional", "compatible", NOTHING, "There is another argument, which may be left out.", "Nothing has to be done."),
    ("py-param-required", "breaking", CALL, "An argument has to be given now.", "Give it wherever it was left out."),
    ("py-param-optional", "compatible", NOTHING, "An argument may be left out now.", "Nothing has to be done."),
    ("py-param-order-changed", "breaking", CALL, "Arguments that are given by position have another order.", "Swap them, or give them by name."),
    ("py-param-kind-changed", "breaking", CALL, "An argument is given by name, and no longer by position, or the other way round.", "Give it by its name."),
    ("py-param-body-changed", "breaking", CALL, "The body is given in another way: as one argument, or as one for each of its properties.", "Give it as the new signature has it."),
    ("py-param-type-narrowed", "breaking", CHECK, "An argument takes fewer values.", "Give only what it still takes."),
    ("py-param-type-widened", "compatible", NOTHING, "An argument takes more values.", "Nothing has to be done."),
    ("py-param-type-changed", "breaking", CHECK, "An argument takes other values.", "Give what it takes now."),
    ("py-param-default-changed", "warning", NOTHING, "The documented default of an argument changed: the server takes another value where nothing is sent.", "Give the value if the old one is meant."),
    # what methods return and raise
    ("py-return-widened", "breaking", CHECK, "A method may return what it never returned.", "Handle what it may return now."),
    ("py-return-narrowed", "compatible", NOTHING, "A method returns less than it might have.", "Nothing has to be done."),
    ("py-return-changed", "breaking", ATTRIBUTE, "A method returns something else.", "Read the answer as what it is now."),
    ("py-exception-added", "compatible", NOTHING, "A method is documented to raise another error; any of them could always be raised.", "Catch it where that makes a difference; `StatusError` catches them all."),
    ("py-exception-removed", "compatible", NOTHING, "A method is not documented to raise an error any more; the class stays, as all do.", "Nothing has to be done."),
    ("py-exception-body-added", "warning", CHECK, "The body of an error may be of another type, too.", "Handle it where the body is read."),
    ("py-exception-body-removed", "breaking", CHECK, "The body of an error is not of this type any more.", "Read the body as what it is now."),
    # classes and aliases
    ("py-type-removed", "breaking", IMPORT, "A type is gone.", "Annotate with what takes its place."),
    ("py-type-renamed", "breaking", IMPORT, "A type has another name.", "Import it by its new name, or keep the old one with `x-specwright-name`."),
    ("py-type-added", "compatible", NOTHING, "There is another type.", "Nothing has to be done."),
    ("py-type-aliased", "compatible", NOTHING, "A class has become another name for a class, or the other way round; it is imported and used as before, and what is in it is told of by itself.", "Nothing has to be done."),
    ("py-type-kind-changed", "breaking", ATTRIBUTE, "A type is made in another way: a class has become a union, an enum an alias.", "Use it as what it is now."),
    ("py-base-changed", "breaking", ATTRIBUTE, "The members of an enum are of another type: text or integers.", "Compare with values of the new type."),
    ("py-as-input-removed", "breaking", ATTRIBUTE, "The model has no `as_input()` any more, since callers can't send it.", "Build what is sent from its fields."),
    ("py-as-input-added", "compatible", NOTHING, "The model has `as_input()`.", "Nothing has to be done."),
    # attributes of models, which are read
    ("py-field-removed", "breaking", ATTRIBUTE, "A field of a model is gone.", "Keep the property, and mark it `deprecated` first."),
    ("py-field-renamed", "breaking", ATTRIBUTE, "A field of a model has another name.", "Read it by its new name, or keep the old one with `x-specwright-name`."),
    ("py-field-added-required", "compatible", NOTHING, "A model has another field, which is always there; who builds the model has to give it.", "Give it where tests build the model themselves."),
    ("py-field-added-optional", "compatible", NOTHING, "A model has another field.", "Nothing has to be done."),
    ("py-field-optional", "breaking", CHECK, "A field may be `None`, or `UNSET`, which it could not be.", "Handle that it is not there."),
    ("py-field-required", "compatible", NOTHING, "A field is always there; who builds the model has to give it.", "Give it where tests build the model themselves."),
    ("py-field-type-widened", "breaking", CHECK, "A field may hold what it never held.", "Handle what it may hold now."),
    ("py-field-type-narrowed", "compatible", NOTHING, "A field holds less than it might have.", "Nothing has to be done."),
    ("py-field-type-changed", "breaking", ATTRIBUTE, "A field holds something else.", "Read it as what it is now."),
    ("py-unread-changed", "compatible", NOTHING, "A model that no answer holds has something more, or something of it may be left out, be null, or be of other types: only who builds the model meets that. What is gone of it, or has another name, is told of as of any model.", "Nothing has to be done."),
    # keys of inputs, which are given
    ("py-key-removed", "breaking", CALL, "A key of an input is gone: a request that has it is refused.", "Leave it out."),
    ("py-key-renamed", "breaking", CALL, "A key of an input has another name.", "Give it by its new name."),
    ("py-key-added-required", "breaking", CALL, "An input has another key, which has to be given.", "Give it, or make it optional in the document."),
    ("py-key-added-optional", "compatible", NOTHING, "An input has another key, which may be left out.", "Nothing has to be done."),
    ("py-key-required", "breaking", CALL, "A key of an input has to be given now.", "Give it wherever it was left out."),
    ("py-key-optional", "compatible", NOTHING, "A key of an input may be left out now.", "Nothing has to be done."),
    ("py-key-type-narrowed", "breaking", CHECK, "A key of an input takes fewer values.", "Give only what it still takes."),
    ("py-key-type-widened", "compatible", NOTHING, "A key of an input takes more values.", "Nothing has to be done."),
    ("py-key-type-changed", "breaking", CHECK, "A key of an input takes other values.", "Give what it takes now."),
    ("py-key-default-changed", "warning", NOTHING, "The documented default of a key changed: the server takes another value where nothing is sent.", "Give the value if the old one is meant."),
    # members of enums and of unions
    ("py-enum-member-removed", "breaking", ATTRIBUTE, "A member of an enum is gone.", "Leave out what is done for it."),
    ("py-enum-member-renamed", "breaking", ATTRIBUTE, "A member of an enum has another name.", "Use the new name."),
    ("py-enum-member-value-changed", "breaking", CHECK, "A member of an enum has another value.", "Compare with the member, not with its value."),
    ("py-enum-member-added", "warning", MATCH, "An enum that answers hold has another member. Enums are open, so type checkers have always asked for a branch for other values: that one gets it.", "Add a branch where the value matters."),
    ("py-union-member-added", "warning", MATCH, "What is read may be of another type, too.", "Add a branch for it."),
    ("py-union-member-removed", "compatible", NOTHING, "What is read is not of this type any more.", "Leave out what is done for it."),
    ("py-input-member-added", "compatible", NOTHING, "What is given may be this, too.", "Nothing has to be done."),
    ("py-input-member-removed", "breaking", CHECK, "What is given can't be this any more.", "Give something else."),
    ("py-alias-widened", "compatible", NOTHING, "An alias of models stands for more; what it is the type of is told of where that stands.", "Nothing has to be done."),
    ("py-alias-narrowed", "compatible", NOTHING, "An alias of models stands for less; what it is the type of is told of where that stands.", "Nothing has to be done."),
    ("py-alias-changed", "warning", CHECK, "An alias of models stands for something else; what it is the type of is told of where that stands.", "Look at what is annotated with it."),
    ("py-input-alias-widened", "compatible", NOTHING, "An alias, as callers give it, stands for more.", "Nothing has to be done."),
    ("py-input-alias-narrowed", "breaking", CHECK, "An alias, as callers give it, stands for less.", "Give only what it still takes."),
    ("py-input-alias-changed", "breaking", CHECK, "An alias, as callers give it, stands for something else.", "Give what it takes now."),
    # validators and webhooks
    ("py-validator-removed", "breaking", IMPORT, "A validator is gone.", "Validate with what takes its place."),
    ("py-validator-renamed", "breaking", IMPORT, "A validator has another name.", "Import it by its new name."),
    ("py-validator-added", "compatible", NOTHING, "There is another validator.", "Nothing has to be done."),
    ("py-webhook-reader-removed", "breaking", IMPORT, "The function that reads a webhook or callback is gone.", "Read the body by yourself, or keep the webhook."),
    ("py-webhook-reader-renamed", "breaking", IMPORT, "The function that reads a webhook or callback has another name.", "Import it by its new name."),
    ("py-webhook-reader-added", "compatible", NOTHING, "There is a function that reads another webhook or callback.", "Nothing has to be done."),
    ("py-webhook-reader-widened", "breaking", CHECK, "A webhook or callback may hold what it never held.", "Handle what it may hold now."),
    ("py-webhook-reader-narrowed", "compatible", NOTHING, "A webhook or callback holds less than it might have.", "Nothing has to be done."),
    ("py-webhook-reader-changed", "breaking", ATTRIBUTE, "A webhook or callback holds something else.", "Read it as what it is now."),
    # the rest
    ("py-docstring-changed", "doc", NOTHING, "A docstring reads differently.", "Nothing has to be done."),
    ("py-generated-drift", "breaking", NOTHING, "What is checked in is not what the document gives.", "Run `specwright generate`, and commit what it writes."),
)
# fmt: on

RULES: Final[Mapping[str, Rule]] = {row[0]: Rule(*row) for row in _TABLE}
"""Every rule, by its id.

Of what other tools know there is no rule for: methods that become `async`, since each is there in both ways; and an
optional argument that is added among those given by position, since those are the path's, and always required.
"""
