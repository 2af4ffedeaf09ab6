#!/usr/bin/env bash
# openai-harmony 0.0.8 (PyPI) drops the analysis of earlier, answered turns when it renders a conversation. It decides that for the whole
# conversation at once, by the last message of the assistant: only if that one is in the channel "final". So as soon as the second turn
# calls a function, the first turn's analysis stands in the prompt again, although its answer is still there. A message of the assistant
# without a channel, as chat completions give it back, is no final one either: then nothing is dropped at all.
# Whoever renders with it must take answered turns' analysis out first. Needs Maven for the vocabulary: jtokkit's jar has the very file
# that the library would download. Exits 0 while this is so. Seen on 2026-11-29.
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
message = h.Message.from_role_and_content
question = lambda text: message(h.Role.USER, text)
said = lambda text, channel: message(h.Role.ASSISTANT, text).with_channel(channel)
call = said("{}", "commentary").with_recipient("functions.f").with_content_type("<|constrain|>json")
result = h.Message(author=h.Author.new(h.Role.TOOL, "functions.f"), content=[h.TextContent(text="done")],
                   channel="commentary", recipient="assistant")

def first_thought_is_kept(*messages):
    tokens = encoding.render_conversation_for_completion(h.Conversation.from_messages(list(messages)), h.Role.ASSISTANT)
    return "first thought" in encoding.decode(tokens)

answered = [question("one?"), said("first thought", "analysis"), said("first answer", "final"), question("two?")]
bare = [question("one?"), said("first thought", "analysis"), message(h.Role.ASSISTANT, "first answer"), question("two?")]
seen = {
    "an answered turn, then a question": first_thought_is_kept(*answered),
    "the same, and the second turn calls a function": first_thought_is_kept(*answered, said("second thought", "analysis"), call, result),
    "an answer without a channel, then a question": first_thought_is_kept(*bare),
}
for situation, kept in seen.items():
    print(f"{situation}: the first turn's analysis is {'kept' if kept else 'dropped'}")
assert list(seen.values()) == [False, True, True], seen
PYTHON
