"""What will be written, in Python's terms: frozen values without behaviour, read with `match`.

Fields called `name`, `attribute`, `constant`, `function` and `twin` hold identifiers decided by `plan.names`; every
other string is text of the document, and becomes code only through the doors of `emit.code`.
"""

from __future__ import annotations

from specwright.plan.ir.api import Api as Api
from specwright.plan.ir.api import Layout as Layout
from specwright.plan.ir.api import LayoutKind as LayoutKind
from specwright.plan.ir.api import Package as Package
from specwright.plan.ir.checks import TESTS as TESTS
from specwright.plan.ir.checks import ArrayChecks as ArrayChecks
from specwright.plan.ir.checks import Checks as Checks
from specwright.plan.ir.checks import ChoiceChecks as ChoiceChecks
from specwright.plan.ir.checks import Condition as Condition
from specwright.plan.ir.checks import Containing as Containing
from specwright.plan.ir.checks import JsonType as JsonType
from specwright.plan.ir.checks import MarkedChoice as MarkedChoice
from specwright.plan.ir.checks import NumberChecks as NumberChecks
from specwright.plan.ir.checks import ObjectChecks as ObjectChecks
from specwright.plan.ir.checks import OtherProperties as OtherProperties
from specwright.plan.ir.checks import PropertyChecks as PropertyChecks
from specwright.plan.ir.checks import SeenItems as SeenItems
from specwright.plan.ir.checks import SeenProperties as SeenProperties
from specwright.plan.ir.checks import StringChecks as StringChecks
from specwright.plan.ir.checks import TagChecks as TagChecks
from specwright.plan.ir.checks import TypedChoice as TypedChoice
from specwright.plan.ir.checks import UnseenItems as UnseenItems
from specwright.plan.ir.checks import Validator as Validator
from specwright.plan.ir.models import Alias as Alias
from specwright.plan.ir.models import Choice as Choice
from specwright.plan.ir.models import Enum as Enum
from specwright.plan.ir.models import Field as Field
from specwright.plan.ir.models import Input as Input
from specwright.plan.ir.models import InputDict as InputDict
from specwright.plan.ir.models import InputEnum as InputEnum
from specwright.plan.ir.models import Key as Key
from specwright.plan.ir.models import Member as Member
from specwright.plan.ir.models import Model as Model
from specwright.plan.ir.models import Struct as Struct
from specwright.plan.ir.operations import Answer as Answer
from specwright.plan.ir.operations import Argument as Argument
from specwright.plan.ir.operations import Body as Body
from specwright.plan.ir.operations import Canned as Canned
from specwright.plan.ir.operations import Content as Content
from specwright.plan.ir.operations import Credential as Credential
from specwright.plan.ir.operations import Encoding as Encoding
from specwright.plan.ir.operations import ErrorBody as ErrorBody
from specwright.plan.ir.operations import Kind as Kind
from specwright.plan.ir.operations import Link as Link
from specwright.plan.ir.operations import Location as Location
from specwright.plan.ir.operations import Operation as Operation
from specwright.plan.ir.operations import Resource as Resource
from specwright.plan.ir.operations import Server as Server
from specwright.plan.ir.operations import StreamKind as StreamKind
from specwright.plan.ir.operations import Variable as Variable
from specwright.plan.ir.operations import Webhook as Webhook
from specwright.plan.ir.pages import PagesKind as PagesKind
from specwright.plan.ir.pages import Pagination as Pagination
from specwright.plan.ir.patterns import Pattern as Pattern
from specwright.plan.ir.types import Direction as Direction
from specwright.plan.ir.types import Doc as Doc
from specwright.plan.ir.types import ExtraOf as ExtraOf
from specwright.plan.ir.types import Json as Json
from specwright.plan.ir.types import ListOf as ListOf
from specwright.plan.ir.types import Literals as Literals
from specwright.plan.ir.types import MapOf as MapOf
from specwright.plan.ir.types import Named as Named
from specwright.plan.ir.types import Scalar as Scalar
from specwright.plan.ir.types import ScalarName as ScalarName
from specwright.plan.ir.types import TupleOf as TupleOf
from specwright.plan.ir.types import Type as Type
from specwright.plan.ir.types import UnionOf as UnionOf
