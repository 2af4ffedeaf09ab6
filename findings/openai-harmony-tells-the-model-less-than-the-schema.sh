#!/usr/bin/env bash
# openai-harmony 0.0.8 (PyPI) declares functions to gpt-oss as TypeScript, and leaves out without a word what it does not translate:
# anyOf, allOf and $ref become "any", although oneOf becomes a union; a const becomes its type, and an enum of integers becomes "number".
# A quotation mark in an enum's text is not escaped. Where a property and its oneOf have descriptions, the first choice's one is lost.
# Whoever demands arguments that fit the schema must validate them: the model was never told those parts, and JSON Schema written by
# pydantic says anyOf for every optional field. Needs Maven for the vocabulary: jtokkit's jar has the very file that the library would
# download. Exits 0 while this is so. Seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check openai-harmony==0.0.8
mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=com.knuddels:jtokkit:1.1.0 -DoutputDirectory="$folder" > "$folder/maven.log" 2>&1
unzip -q -j "$folder/jtokkit-1.1.0.jar" com/knuddels/jtokkit/o200k_base.tiktoken -d "$folder"
TIKTOKEN_ENCODINGS_BASE="$folder" "$folder/env/bin/python" - <<'PYTHON'
import importlib.metadata
import openai_harmony as h

print("openai-harmony", importlib.metadata.version("openai-harmony"))
encoding = h.load_harmony_encoding(h.HarmonyEncodingName.HARMONY_GPT_OSS)

def declared(schema):
    tool = h.ToolDescription.new("f", "a function", parameters={"type": "object", "properties": {"x": schema}, "required": ["x"]})
    content = h.DeveloperContent.new().with_function_tools([tool])
    conversation = h.Conversation.from_messages([h.Message.from_role_and_content(h.Role.DEVELOPER, content)])
    text = encoding.decode(encoding.render_conversation_for_completion(conversation, h.Role.ASSISTANT))
    return " ".join(text[text.index("type f = (_: {") + 14:text.index("}) => any")].split())

choices = [{"type": "string", "description": "a name"}, {"type": "number", "description": "an id"}]
cases = [
    ({"oneOf": choices}, "x: | string // a name | number // an id ,"),
    ({"description": "who", "oneOf": choices}, "// who x: | string | number // an id ,"),
    ({"anyOf": choices}, "x: any,"),
    ({"allOf": [{"type": "string"}]}, "x: any,"),
    ({"$ref": "#/$defs/T"}, "x: any,"),
    ({"type": "string", "const": "v"}, "x: string,"),
    ({"type": "integer", "enum": [1, 2]}, "x: number,"),
    ({"type": "string", "enum": ["a", 'b"c']}, 'x: "a" | "b"c",'),
]
for schema, expected in cases:
    seen = declared(schema)
    print(schema, "->", seen)
    assert seen == expected, (schema, seen)
PYTHON
