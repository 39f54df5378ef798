"""Writes client.ts from the OpenAPI description: `python clients/typescript/generate.py`, with the project's settings.

A small generator of our own: one interface a schema, one method an operation, no dependency in what comes out.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Schema = Mapping[str, Any]
SCALARS = {"integer": "number", "number": "number", "boolean": "boolean", "string": "string"}


def main() -> None:
    sys.path.insert(0, str(HERE.parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")
    import django

    django.setup()
    (HERE / "client.ts").write_text(client(description()))


def description() -> Schema:
    from drf_spectacular.generators import SchemaGenerator

    return json.loads(json.dumps(SchemaGenerator().get_schema(public=True), default=str))


def client(api: Schema) -> str:
    known = api["components"]["schemas"]
    schemas = [interface(name, schema) for name, schema in known.items()]
    calls = [call(path, method, each, known) for path, of in api["paths"].items() for method, each in of.items()]
    template = (HERE / "client.template.ts").read_text()
    return template.replace("// INTERFACES\n", "\n".join(schemas)).replace("  // CALLS\n", "\n".join(calls))


def interface(name: str, schema: Schema) -> str:
    if "properties" not in schema:
        return f"{comment(schema, '')}export type {name} = {type_of(schema)};\n"
    required = schema.get("required", ())
    fields = [
        f"{comment(field, '  ')}  {key}{'' if key in required else '?'}: {type_of(field)};"
        for key, field in schema["properties"].items()
    ]
    return f"{comment(schema, '')}export interface {name} {{\n" + "\n".join(fields) + "\n}\n"


def call(path: str, method: str, operation: Schema, schemas: Schema) -> str:
    """A method of the class: path parameters, then the body, then the query."""
    parameters = operation.get("parameters", ())
    inside = [each["name"] for each in parameters if each["in"] == "path"]
    given = [f"{each['name']}: {type_of(each['schema'])}" for each in parameters if each["in"] == "path"]
    body, form = body_of(operation, schemas)
    given += [f"body: {body}"] if body else []
    fields = [f"{each['name']}?: {in_query(each['schema'])}" for each in parameters if each["in"] == "query"]
    given += [f"query: {{ {'; '.join(fields)} }} = {{}}"] if fields else []
    address = path
    for name in inside:
        address = address.replace(f"{{{name}}}", f"${{encodeURIComponent({name})}}")
    told = "".join(
        [f", form: {form}" if form else "", ", body" if body and not form else "", ", query" if fields else ""]
    )
    return (
        f"{comment(operation, '  ')}  {operation['operationId']}({', '.join(given)}): Promise<{answer(operation)}> {{\n"
        f'    return this.ask("{method.upper()}", `{relative(address)}`, {{ {told.removeprefix(", ")} }});\n  }}\n'
    ).replace("{  }", "{}")


def body_of(operation: Schema, schemas: Schema) -> tuple[str, str]:
    """Type of the body, and the expression that makes a form of it where it is one."""
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        return type_of(content["multipart/form-data"]["schema"]), "body"
    return (written(content["application/json"]["schema"], schemas), "") if "application/json" in content else ("", "")


def written(schema: Schema, schemas: Schema) -> str:
    """A type without what only the server writes."""
    named = type_of(schema)
    fields = schemas.get(named, {}).get("properties", {})
    made = [json.dumps(name) for name, field in fields.items() if field.get("readOnly")]
    return f"Omit<{named}, {' | '.join(made)}>" if made else named


def relative(address: str) -> str:
    """From the API's version on, or from what is for other hosts: where it is mounted is for who uses it to say."""
    return re.sub(r"^.*?(?=(?:headless/)?v1/)", "", address)


def answer(operation: Schema) -> str:
    return " | ".join(dict.fromkeys(answers(operation["responses"])))


def answers(responses: Schema) -> Iterator[str]:
    for status, said in responses.items():
        if status.startswith("2"):
            schema = said.get("content", {}).get("application/json", {}).get("schema")
            yield type_of(schema) if schema else "void"


def in_query(schema: Schema) -> str:
    return "string | number" if schema.get("format") == "decimal" else type_of(schema)


def type_of(schema: Schema) -> str:
    if "$ref" in schema:
        named = schema["$ref"].rsplit("/", 1)[1]
    elif "enum" in schema:
        named = " | ".join(json.dumps(value) for value in schema["enum"])
    elif both := schema.get("allOf") or schema.get("oneOf"):
        named = (" & " if "allOf" in schema else " | ").join(type_of(each) for each in both)
    elif schema.get("type") == "array":
        named = f"Array<{type_of(schema['items'])}>"
    elif schema.get("type") == "object":
        within = schema.get("additionalProperties", {})
        named = f"Record<string, {type_of(within) if within else 'unknown'}>"
    elif schema.get("format") == "binary":
        named = "Blob"
    else:
        named = SCALARS.get(schema.get("type", ""), "unknown")
    return f"{named} | null" if schema.get("nullable") and named != "unknown" else named


def comment(schema: Schema, indent: str) -> str:
    said = " ".join(schema.get("description", "").split()).replace("*/", "* /")
    return f"{indent}/** {said} */\n" if said and not said.startswith("* `") else ""


if __name__ == "__main__":
    main()
