"""The OpenAPI description: every operation explained, with examples that are what it says."""

from collections.abc import Iterator
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from mmrec_app.api.problems import CONTENT_TYPE

SCHEMA = SchemaGenerator().get_schema(public=True)
OPERATIONS = {operation["operationId"]: operation for of in SCHEMA["paths"].values() for operation in of.values()}


def contents(operation: dict[str, Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    """What is sent and what is answered, as JSON, and which of both it is."""
    answers = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    for each in [operation.get("requestBody", {}), *answers]:
        for kind, content in each.get("content", {}).items():
            if kind == "application/json":
                yield content, each in answers


def plain(schema: Any, answered: bool) -> Any:
    """OpenAPI 3.0's `nullable` and `readOnly`, in the words of JSON Schema."""
    if isinstance(schema, list):
        return [plain(each, answered) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: plain(value, answered) for name, value in schema.items() if name != "nullable"}
    if not answered and isinstance(found.get("required"), list):
        found["required"] = [name for name in found["required"] if not schema["properties"][name].get("readOnly")]
    return {"anyOf": [found, {"type": "null"}]} if schema.get("nullable") else found


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_explained_and_its_examples_are_what_it_says(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation["description"] and operation["tags"] != ["mmrec"]
    for content, answered in contents(operation):
        assert content["examples"], "no example"
        schema = plain(content["schema"] | {"components": SCHEMA["components"]}, answered)
        for example in content["examples"].values():
            Draft202012Validator(schema).validate(example["value"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_may_go_wrong_is_told_as_a_problem(name: str) -> None:
    answers = OPERATIONS[name]["responses"]
    assert {"400", "403", "404", "406", "429"} <= set(answers)
    for status, answer in answers.items():
        assert status.startswith("2") or list(answer["content"]) == [CONTENT_TYPE]
