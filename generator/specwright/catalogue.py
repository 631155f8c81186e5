"""Every code of a Problem: how grave it is, what it means, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Severity: TypeAlias = Literal["error", "warning", "note"]


class Entry(NamedTuple):
    """What one code of a Problem stands for."""

    severity: Severity
    means: str
    """Of a warning, what specwright does instead stands behind a semicolon."""
    advice: str
    """The next step, where a Problem gives none of its own; "" if the message says it all."""


_READ: Final[Mapping[str, Entry]] = {
    # A file that can't be read.
    "file-missing": Entry("error", "A file is not there, or is not a file.", "Check the path."),
    "file-unreadable": Entry("error", "The system does not let the file be read.", "Check its permissions."),
    "file-encoding": Entry(
        "error", "A document is text in UTF-8, with or without a byte order mark.", "Save the file as UTF-8."
    ),
    "yaml-syntax": Entry("error", "The text is not YAML.", ""),
    "yaml-tag": Entry(
        "error", "A YAML tag asks for a type of its own.", "Remove the tag; quote what has to stay text."
    ),
    "yaml-alias": Entry(
        "error",
        "A YAML alias stands for nothing, or for what it is part of.",
        "Write its anchor, such as `&name`, at a value before it.",
    ),
    "yaml-merge": Entry(
        "error", "A YAML merge key does not merge an object.", "Give `<<` an alias of an object."
    ),
    "yaml-key": Entry("error", "A key is a list or an object.", "Use text for the key."),
    "yaml-documents": Entry(
        "error", "A file holds more than one YAML document.", "Keep one document per file."
    ),
    "json-syntax": Entry("error", "The text is not JSON.", ""),
    "duplicate-key": Entry("error", "An object has one key twice.", "Remove one of the two."),
    "number-range": Entry(
        "error",
        "A number is too large to be read exactly.",
        "Write a smaller one; where it is meant as text, put it in quotes.",
    ),
    # A file that is too much.
    "limit-bytes": Entry("error", "A file is larger than `bytes` allows.", ""),
    "limit-depth": Entry("error", "Values are nested deeper than `depth` allows.", ""),
    "limit-nodes": Entry("error", "A file holds more values than `nodes` allows.", ""),
    "limit-expansion": Entry("error", "Aliases make more values than `expansion` allows.", ""),
    "limit-members": Entry("error", "An object has more members than `members` allows.", ""),
    "limit-key": Entry("error", "A key is longer than `key` allows.", ""),
    "limit-files": Entry("error", "A document has more files than `files` allows.", ""),
    "limit-properties": Entry("error", "A schema has more properties than `properties` allows.", ""),
    "limit-ways": Entry(
        "error",
        "Alternatives lead to alternatives, in more ways than `ways` allows a value to be tried for.",
        "",
    ),
    "limit-patterns": Entry(
        "error", "It takes more than `patterns` allows to tell how long searches for the patterns take.", ""
    ),
    "limit-output": Entry("error", "More would be written than `output` allows.", ""),
    "limit-modules": Entry("error", "More files would be written than `modules` allows.", ""),
    # A document that is none.
    "document-empty": Entry("error", "The file has no content.", "Write an OpenAPI document into it."),
    "document-kind": Entry("error", "An OpenAPI document is an object.", "Start it with `openapi: 3.1.1`."),
    "version-missing": Entry(
        "error",
        "A document says which version of OpenAPI it is written in.",
        "Add `openapi: 3.1.1` at the top.",
    ),
    "version-unknown": Entry(
        "error",
        "The version is none that is read here.",
        "Versions that are read: 2.0, 3.0, 3.1 and 3.2.",
    ),
    # References.
    "root-outside": Entry(
        "error",
        "The document is not below the folder that `$ref` may reach.",
        "Give a folder that holds it with --root.",
    ),
    "ref-outside": Entry(
        "error",
        "A `$ref` leaves the folder that a document may read.",
        "Move the file below the document's folder, or widen it with --root.",
    ),
    "ref-remote": Entry(
        "error",
        "A `$ref` names a file of a host that is not allowed, or in a way that is not.",
        "Save the file beside the document and refer to that, or allow its host with --allow-host.",
    ),
    "remote-unreachable": Entry(
        "error",
        "A file of another host can't be fetched.",
        "Look at the address, or save the file beside the document and refer to that.",
    ),
    "ref-missing": Entry(
        "warning",
        "A `$ref` leads nowhere; any JSON is accepted in its place.",
        "Correct it, or describe what it names.",
    ),
    "ref-syntax": Entry(
        "warning",
        "A `$ref` is not a reference; any JSON is accepted in its place.",
        "Write it as `#/components/schemas/Name`, with `~1` for a slash inside a name.",
    ),
    "ref-cycle": Entry(
        "warning",
        "A `$ref` leads back to itself; any JSON is accepted in its place.",
        "Let one of them say what it is.",
    ),
    "ref-kind": Entry(
        "warning", "A `$ref` leads to another kind of object; any JSON is accepted in its place.", ""
    ),
    "ref-ignored": Entry(
        "note",
        "A `$ref` leads to what `x-specwright-ignore` leaves out; any JSON is accepted in its place.",
        "",
    ),
    "ignore-parameter": Entry(
        "warning",
        "A parameter that is required is marked `x-specwright-ignore`; it is kept.",
        "Leave out the operation, or let the parameter be optional.",
    ),
    "ignore-property": Entry(
        "note",
        "A property that is required is left out by `x-specwright-ignore`; callers can't send it.",
        "Where the server insists on it, send it with `extra_body`.",
    ),
    "ref-place": Entry(
        "warning",
        "A `$ref` stands where OpenAPI allows none; what it leads to is read in its place.",
        "Other tools may refuse it: write there what it leads to, with a `$ref` for each of its members.",
    ),
    "ref-siblings": Entry(
        "warning",
        "OpenAPI 3.0 ignores what stands beside a `$ref`; of that, only what documents is read.",
        "Put the `$ref` into an `allOf`, with the rest beside that.",
    ),
    "overlay-invalid": Entry(
        "error",
        "An overlay is not one of the Overlay Specification 1.0.",
        "Write it as `overlay: 1.0.0`, `info` with `title` and `version`, and `actions` with `target` and `update` or `remove`.",
    ),
    "overlay-target": Entry(
        "error",
        "The target of an action can't be changed as it asks.",
        "A target is JSONPath (RFC 9535), such as `$.paths['/pets'].get`.",
    ),
    "overlay-nothing": Entry(
        "warning",
        "The target of an action meets nothing; the action does nothing.",
        "Remove the action, or write the target as the document has it now.",
    ),
    "select-nothing": Entry(
        "error",
        "A tag, path or operation that is selected is none of the document's.",
        "`--tag`, `--path` and `--operation` select what the document has; a `*` in a path stands for any text.",
    ),
    # Values of the wrong shape: left out.
    "wrong-type": Entry(
        "warning",
        "A value has another type than its place asks for; it is left out.",
        "Correct the value, or remove its key.",
    ),
    "wrong-value": Entry(
        "warning",
        "A value is none of those that its place allows; it is left out.",
        "Correct the value, or remove its key.",
    ),
    "wrong-key": Entry("warning", "A key is none that its place allows; it is left out.", ""),
    "status-spelling": Entry(
        "warning",
        "A range of statuses is not written in capitals; it is read as meant.",
        "Write it as `4XX`.",
    ),
    "field-missing": Entry(
        "warning", "A field that its object needs is not there; the object is read without it.", ""
    ),
    "field-unknown": Entry(
        "warning",
        "A field is none that its object has; it is ignored.",
        "Remove it, or let its name begin with `x-`.",
    ),
    "null-value": Entry(
        "warning", "A field has no value; it is left out.", "Remove the key, or give it a value."
    ),
    "quoted": Entry("warning", "A boolean was written as text; it is read as meant.", "Remove the quotes."),
    "unquoted": Entry(
        "warning",
        "Text was written as a number, a boolean or null; it is read as written.",
        "Put it in quotes.",
    ),
    "ambiguous-text": Entry(
        "warning",
        "Readers of YAML disagree on what this is; it is read as the text that is written.",
        "Put it in quotes.",
    ),
    "lone-surrogate": Entry("warning", "Half of a surrogate pair is no character; it becomes U+FFFD.", ""),
    "version-mixed": Entry(
        "warning",
        "A keyword belongs to another version of OpenAPI; it is read as meant.",
        "Write it as the version at the top of the document has it, or correct that.",
    ),
    "cant-translate": Entry(
        "warning", "Something of an older version has no equal here; it is left out.", ""
    ),
    # What planning a package finds.
    "required-unknown": Entry(
        "warning",
        "A name that is required is no property; callers are not asked for it.",
        "Remove it from `required`, or describe the property.",
    ),
    "all-of-conflict": Entry(
        "warning",
        "No value can be all that an `allOf` and what stands beside it demand; it is typed as JSON of any shape.",
        "Make the members agree.",
    ),
    "media-type": Entry(
        "warning",
        "A key of `content` is no media type; it is left out.",
        "Use a media type such as `application/json`.",
    ),
    "pattern-invalid": Entry(
        "warning",
        "A pattern is no regular expression of ECMA-262, or none that Python can search with; it is not checked.",
        "Write it as JavaScript does with the flag `u`.",
    ),
    "pattern-odd": Entry(
        "note",
        "A pattern has what only other dialects than ECMA-262 have; it is read as it means there.",
        "Other tools may refuse it, or read it differently: write it as JavaScript does with the flag `u`.",
    ),
    "pattern-slow": Entry(
        "note",
        "A search for a pattern could take very long; long texts are checked only where the package's extra `patterns` is "
        "installed, if it can do so.",
        "Let no two repeats take the same characters: `^(a+)+$` is `^a+$`. Or begin it with `^`, or bound the text with "
        "`maxLength`.",
    ),
    "property-name": Entry(
        "warning",
        "Models can't have a field for a property whose name has a quote, a backslash or a control character; it is in `.extra`.",
        "It can be sent, and is kept in answers: `.extra` has it by its name.",
    ),
    "parameter-path": Entry(
        "warning",
        "A path and the parameters that are described for it differ; a parameter is text, or left out, as the path has it.",
        "Describe each name in the path as a parameter with `in: path`, and no other.",
    ),
    # What planning finds, and a package is made in spite of.
    "schema-cycle": Entry(
        "warning",
        "A schema extends itself, or is an alternative of itself; that part of it is as good as not there.",
        "Remove it, or let it lead to what is meant.",
    ),
    "enum-empty": Entry(
        "warning",
        "An `enum`, or a `type`, is an empty list; no value is valid.",
        "List what is meant, or remove it.",
    ),
    "enum-repeated": Entry(
        "warning", "An `enum` has a value twice; it is taken once.", "Remove one of the two."
    ),
    "enum-value": Entry(
        "warning",
        "A value of an `enum` is not of the `type` beside it; no value can be it.",
        "Correct the value, or the type.",
    ),
    "enum-names": Entry(
        "note",
        "What should name the values of an `enum` is no name; its members are named after the values.",
        "Say with `x-specwright-name` what something is to be called.",
    ),
    "default-invalid": Entry(
        "warning",
        "A default is not valid by its schema; it is documented as it is written.",
        "Correct the default, or the schema if the default is what is meant.",
    ),
    "path-text": Entry(
        "warning",
        "A path has a brace that is none of a parameter, a query, or a fragment; but for that, it is sent as it is written.",
        "Describe what is behind a `?` as parameters in the query; close the brace, or write it as `%7B`.",
    ),
    "path-ambiguous": Entry(
        "warning",
        "Two paths differ in the names of their parameters alone; each has its methods, and what is sent is the same.",
        "Put the operations of both below one path.",
    ),
    "placeholder-repeated": Entry(
        "warning",
        "A path has a parameter twice; the value is put in both places.",
        "Give the two parameters names of their own.",
    ),
    "parameter-optional": Entry(
        "warning",
        "A parameter of a path is not `required`, as it has to be; callers have to give it.",
        "Write `required: true`; for a path without it, describe another path.",
    ),
    "parameter-repeated": Entry(
        "warning",
        "A list has two parameters with the same name in the same place; the last is taken.",
        "Remove one of the two.",
    ),
    "parameter-shape": Entry(
        "warning",
        "A parameter has a `schema` and a `content`; the schema is taken.",
        "Keep the one that is meant.",
    ),
    "header-name": Entry(
        "warning",
        "A parameter has a name that no header can have; it is left out.",
        "The name of a header has letters, digits and hyphens.",
    ),
    "header-ignored": Entry(
        "note",
        "A header is not for a parameter to say: other parts of a document, or the connection, speak for it; it is left out.",
        "Remove it; describe media types in `content`, and who may call in `security`.",
    ),
    "body-unusual": Entry(
        "note",
        "A request has a body that means nothing for its method; it is sent where a caller gives it.",
        "Servers and proxies may refuse or drop it: describe parameters in the query, or use POST or QUERY.",
    ),
    "responses-missing": Entry(
        "note",
        "An operation does not say what it is answered with; whatever comes is given as it is.",
        "Describe its answers in `responses`.",
    ),
    "server-invalid": Entry(
        "warning",
        "The URL of a server is none that a client can send to; it is not used.",
        "Write it as `https://host/path`, and describe each of its variables.",
    ),
    "package-name": Entry(
        "warning",
        "A package would have the name of a module that Python, or the package itself, needs; `_api` is put behind it.",
        "Choose another with `--package`, or `package` in the configuration.",
    ),
    "pagination": Entry(
        "warning",
        "The pages of an operation can't be as `x-specwright-pagination` or the configuration says; its method returns the answer.",
        "Say it as the answer and the parameters are, or `false` for no pages.",
    ),
    "layout-outgrown": Entry(
        "note",
        "A package has more classes than type checkers read in one module.",
        'Let it be folders of small modules: remove `layout`, or set it to "folders".',
    ),
    "env-unknown": Entry(
        "error",
        "The configuration names an environment variable for an argument that the client does not have.",
        "",
    ),
    "operation-unknown": Entry(
        "error",
        "A command names an operation that the document does not have, or several that are called so.",
        "",
    ),
    "argument-unknown": Entry(
        "error",
        "A value is given for an argument that the operation does not have.",
        "",
    ),
    "argument-invalid": Entry(
        "error",
        "A value that is given for an operation can't be read, or can't be sent.",
        "Values are given as NAME=VALUE; NAME:=JSON is JSON, and NAME=@FILE the content of a file.",
    ),
    "extra-missing": Entry(
        "error",
        "A command needs libraries that come with an extra of specwright, which is not installed.",
        "",
    ),
    "other-package": Entry(
        "error",
        "A folder that `migrate` is to read holds no package of openapi-python-client's, or one with the new package's name.",
        "Name the folder that has `client.py`, `api` and `models` in it, or the one around it.",
    ),
    "port-taken": Entry(
        "error",
        "`serve` can't have the port that it is told to listen on.",
        "",
    ),
    "base-url-missing": Entry(
        "error",
        "The document does not say where the API is served.",
        "",
    ),
    "caller-unread": Entry(
        "warning",
        "A file of the code that `diff --callers` or `migrate` looks at can't be read as Python; it is not looked at.",
        "Mend the file, or name a folder without it.",
    ),
    "security-unknown": Entry(
        "warning",
        "A security scheme is not described, or does not say what is sent; a call that needs it is refused without a header of its own.",
        "Describe it below `components/securitySchemes`; until then callers give the header in `extra_headers`, or an "
        "`http_client` with its own `auth`.",
    ),
    "more": Entry(
        "note",
        "There is more of one kind of finding than is shown.",
        "Mend the first of them, and look again.",
    ),
    # The configuration.
    "config-missing": Entry("error", "There is no configuration to read.", "Run `specwright init`."),
    "config-syntax": Entry("error", "The configuration is not TOML.", ""),
    "config-clash": Entry(
        "error", "Two documents are written to the same folder.", "Give each document a folder of its own."
    ),
    "config-unknown": Entry("error", "The configuration has a key that nothing reads.", ""),
    "config-type": Entry(
        "error", "A value of the configuration has the wrong type.", "Correct the value, or remove its key."
    ),
    # What openapi-python-client makes of a document, where it writes the client.
    "client-config": Entry(
        "error", "The configuration file of openapi-python-client can't be read.", "Check `client-config`."
    ),
    "client-config-ignored": Entry(
        "warning",
        "A setting of openapi-python-client is for another use of it, or there is none of that name; it is ignored.",
        "Remove it.",
    ),
    "client-dropped": Entry(
        "warning",
        "openapi-python-client can't make something of the document; the client is without it.",
        "Write it another way; or call that operation with a client of specwright.",
    ),
    "client-refused": Entry(
        "error",
        "openapi-python-client can't make a client of the document.",
        "Write what it refuses another way, or mend it with an overlay.",
    ),
    "client-unchecked": Entry(
        "warning",
        "A client of openapi-python-client can't send all that is checked; it is sent unchecked.",
        "",
    ),
    "client-unread": Entry(
        "warning",
        "openapi-python-client says something that specwright does not know; it is told as it is.",
        "",
    ),
    "client-unsound": Entry(
        "error",
        "What openapi-python-client wrote is not written: text of the document is code in it, or it is no Python.",
        "Mend what the document says there, with an overlay if it is another's.",
    ),
    # What is compared, and how it is judged.
    "rule-unknown": Entry(
        "error",
        "The configuration, or the list of accepted changes, names a rule that there is none of.",
        "docs/rules.md lists them.",
    ),
    "accept-invalid": Entry(
        "error",
        "An entry of the list of accepted changes does not say which change is meant, or why.",
        "Give it a `fingerprint` from the report, or a `rule` and a `subject`; and a `reason`.",
    ),
    "diff-mixed": Entry(
        "error",
        "A folder is compared with a document.",
        "Name two documents, or two folders.",
    ),
    "diff-nothing": Entry(
        "error",
        "There are no documents in the folders that are compared.",
        "A document is a YAML or JSON file with `openapi` or `swagger` at its top; name another folder.",
    ),
    "revision-unknown": Entry(
        "error",
        "A revision is none of the repository, or has no history in common with what is checked out.",
        "`git log --oneline --all` shows what there is; `git fetch` gets what others have.",
    ),
    "git-failed": Entry(
        "error",
        "There is no repository here, or git does not read it.",
        "Run it in a repository, or name files instead of revisions.",
    ),
    "git-missing": Entry(
        "error",
        "git is not installed, or can't be run.",
        "Install git, or name files instead of revisions.",
    ),
    # The lock of an output folder.
    "lock-broken": Entry(
        "error", "A lock is not as specwright writes it.", "Take it from version control again."
    ),
    "lock-conflict": Entry(
        "error",
        "A lock still has the marks of a merge.",
        "Keep the lines of both sides below [names] and delete the rest of the conflict; delete the generated files that "
        "are in conflict too, and run `specwright generate`, which writes them again.",
    ),
    # The output folder.
    "output-busy": Entry(
        "error", "Another run is writing the output folder.", "Wait for it, and run it again."
    ),
    "output-changed": Entry("error", "The output folder was changed during the run.", "Run it again."),
    "output-edited": Entry(
        "error",
        "A generated file was changed after specwright wrote it.",
        "What it should say belongs in the document, or in a file of your own. Delete it, and specwright writes it again.",
    ),
    "output-in-the-way": Entry(
        "error",
        "Something that is not from specwright stands where a generated file goes.",
        "Move or delete it, or give another output folder.",
    ),
    "output-leftover": Entry(
        "error",
        "Under a name that specwright uses while it writes, there is something else.",
        "Look at it, and move or delete it.",
    ),
    "output-not-folder": Entry(
        "error", "The output folder is something else.", "Give another output folder."
    ),
    "output-not-ours": Entry(
        "error",
        "The output folder has files in it, and no lock that says they are from specwright.",
        "Give an empty folder, or one that is not there yet; if specwright did write this one, take its `specwright.lock` "
        "from version control again.",
    ),
    "output-of-another-kind": Entry(
        "error",
        "The output folder has something else that specwright wrote: a package, or the pages of a reference.",
        "Give another output folder, or delete this one.",
    ),
    "output-of-another-document": Entry(
        "error",
        "The output folder has the package of another document.",
        "Give another output folder, or delete this one if nobody needs it any more.",
    ),
    "output-symlink": Entry("error", "The output folder is a symlink.", "Give the folder that it leads to."),
    "output-unwritable": Entry(
        "error",
        "The system does not let the output folder be read or written.",
        "Make room, or give the rights, and run it again.",
    ),
    "temporary-unwritable": Entry(
        "error",
        "The system does not let files be written that are thrown away again once they are formatted.",
        "Make room, or give the rights, or set `TMPDIR` to another folder.",
    ),
    # Data to validate.
    "schema-missing": Entry(
        "error",
        "There is no such schema in the document.",
        "Give a JSON Pointer such as `#/components/schemas/Name`, a component's name, or an operation id.",
    ),
    "data-unreadable": Entry("error", "The data is not JSON.", ""),
}

RULES: Final[Mapping[str, Entry]] = {
    # Schemas.
    "bounds-contradict": Entry(
        "warning",
        "Two bounds of a schema have nothing between them: no value is valid.",
        "Correct one of the two.",
    ),
    "keyword-idle": Entry(
        "warning",
        "A keyword speaks of values of another type than the schema's, and has no effect.",
        "Remove it, or correct the `type`.",
    ),
    "required-repeated": Entry("warning", "`required` has a name twice.", "Remove one of the two."),
    "direction-none": Entry(
        "warning",
        "A value is `readOnly` and `writeOnly`, so that neither side may send it.",
        "Keep the one that is meant.",
    ),
    "all-of-closed": Entry(
        "warning",
        "A member of an `allOf` forbids a property that another member requires: no object is valid.",
        "Say `unevaluatedProperties: false` beside the `allOf`, in place of `additionalProperties: false` in its members.",
    ),
    "items-missing": Entry(
        "note",
        "An array does not say what its items are.",
        "Describe them in `items`; callers get JSON of any shape until then.",
    ),
    "example-invalid": Entry(
        "warning",
        "An example is not valid by its schema.",
        "Correct the example, or the schema if the example is what is sent.",
    ),
    "pattern-never": Entry(
        "warning",
        "A pattern is found in no text, or in none that is as short as it has to be.",
        "Correct the pattern.",
    ),
    "schema-endless": Entry(
        "warning",
        "Each value of a schema has to hold another one of the same, without end: none is valid.",
        "Let what leads back be optional, or let it be null.",
    ),
    "one-of-alike": Entry(
        "warning",
        "Two alternatives of a `oneOf` ask for the same: a value that fits both is not valid.",
        "Remove one of the two, or say in what they differ; with `anyOf`, a value may fit several.",
    ),
    "discriminator-alone": Entry(
        "warning",
        "A discriminator has nothing to tell apart.",
        "List the alternatives in `oneOf`, let schemas extend this one by `allOf`, or remove the discriminator.",
    ),
    "discriminator-property": Entry(
        "warning",
        "An alternative does not have the property by which a discriminator tells it from the others.",
        "Describe the property in each alternative, and require it.",
    ),
    # Paths and operations.
    "operation-id-repeated": Entry(
        "warning", "Two operations have the same `operationId`.", "Give each an id of its own."
    ),
    "operation-id-case": Entry(
        "warning",
        "The ids of two operations differ in the case of letters alone.",
        "Give them ids that can be told apart: in code they may become the same name.",
    ),
    "operation-id-missing": Entry(
        "note",
        "An operation has no `operationId`.",
        "Give it one: what it is called in code then stays when its path changes.",
    ),
    "body-impossible": Entry(
        "warning",
        "A body is described for an answer that can't have one.",
        "Remove its `content`, or correct the status.",
    ),
    "link-unknown": Entry(
        "warning", "A link leads to an operation that is not there.", "Correct the `operationId`."
    ),
    "success-missing": Entry(
        "note",
        "An operation does not say what it answers with where all goes well.",
        "Describe a `2XX` answer.",
    ),
    "error-missing": Entry(
        "note",
        "An operation describes no answer for requests that can't be met.",
        "Describe its `4XX` answers, or a `default`: callers then know what the body of an error is.",
    ),
    "summary-missing": Entry(
        "note",
        "Nothing is said of what an operation does.",
        "Add a `summary`: it is what callers read in their editor.",
    ),
    # The document as a whole.
    "server-variable": Entry(
        "warning",
        "The address of a server and its `variables` do not fit.",
        "Describe each variable of the address, and no other; its `default` is one of its `enum`.",
    ),
    "scope-unknown": Entry(
        "warning",
        "An operation asks for a scope that its security scheme does not have.",
        "Add the scope to the `scopes` of a flow, or correct its name.",
    ),
    "security-unused": Entry(
        "warning",
        "A security scheme is described, and no operation asks for it.",
        "Name it in the `security` of the document or of operations, or remove it.",
    ),
    "tag-repeated": Entry("warning", "A tag is described twice.", "Remove one of the two."),
    "tag-undeclared": Entry(
        "note",
        "An operation has a tag that the list of `tags` does not have.",
        "Add it to `tags`, with a description, or correct its name.",
    ),
    "tag-unused": Entry(
        "note", "A tag is described, and no operation has it.", "Remove it, or give it to operations."
    ),
    "component-unused": Entry(
        "note",
        "No operation leads to a component.",
        "Remove it, or refer to it; models are made of schemas all the same.",
    ),
    "ignore-idle": Entry(
        "warning",
        "`x-specwright-ignore` names a code, and there is no such Problem at or below that place.",
        "Remove the code.",
    ),
}
"""What `specwright lint` alone looks for, and what never stops, nor changes, what is generated."""

CATALOGUE: Final[Mapping[str, Entry]] = {**_READ, **RULES}
"""Every code that a Problem may have."""
