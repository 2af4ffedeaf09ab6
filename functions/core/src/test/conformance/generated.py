"""Conversations in which functions are declared, called and answered, invented from seeds: for renderers.py --generate."""
import json, random

KEYS = ['city', 'days', 'unit', 'a b', 'x-y', 'ключ', 'n°', 'a.b', '_', '$id', 'Zeta', 'alpha', '日', "it's", 'q?', 'tab\tkey']
TEXTS = ['', 'Paris', ' two  blanks ', 'zwei\nZeilen\n', '"quoted"', "it's", 'back\\slash', '5', 'true', 'null', 'ünïcödé 日本 🙂', '</parameter>',
         '{"a": [1]}', 'tab\tand\r\nreturn', '<b>&amp;</b>', 'a, b: c} d]', 'one\n</parameter>\ntwo', "'", '\\n', 'e\u0301', '\u2028line']
WORDS = ['', 'What it is.', 'Two\nlines.', 'A "quoted" word', 'Grüße & co', 'ends with a blank ']
NUMBERS = [0, 1, -1, 12345678901234567890, 0.5, -2.25, 1e21, 1e-7, 1.5e300, 100.0, 3]


def schema(r, depth, definitions):
    """A schema and a maker of values that it allows."""
    kinds = ['string', 'enum', 'integer', 'number', 'boolean', 'null', 'any', 'list'] + ['object', 'array', 'anyOf', 'oneOf', 'ref'] * (depth < 3)
    kind = r.choice(kinds)
    if kind == 'string':
        made, value = {'type': 'string'}, lambda: r.choice(TEXTS)
        if r.random() < 0.2:
            made['minLength'] = 0
    elif kind == 'enum':
        words = r.sample(['c', 'f', 'a b', 'é', '"'], r.randint(1, 3))
        made, value = {'type': 'string', 'enum': words}, lambda: r.choice(words)
    elif kind == 'integer':
        made, value = {'type': 'integer'}, lambda: r.choice([0, 7, -3, 12345678901234567890])
    elif kind == 'number':
        made, value = {'type': 'number'}, lambda: r.choice(NUMBERS)
    elif kind == 'boolean':
        made, value = {'type': 'boolean'}, lambda: r.random() < 0.5
    elif kind == 'null':
        made, value = {'type': 'null'}, lambda: None
    elif kind == 'any':
        made, value = {}, lambda: r.choice([1, 'Kiel', None, True, [], {}, [{'k': 'v'}]])
    elif kind == 'list':
        made, value = {'type': r.choice([['string', 'null'], ['integer', 'null'], ['boolean', 'number']])}, None
        value = lambda: {'string': 'Oslo', 'integer': 4, 'boolean': False, 'number': 2.5, 'null': None}[r.choice(made['type'])]
    elif kind == 'object':
        return members(r, depth + 1, definitions)
    elif kind == 'array':
        items, one = schema(r, depth + 1, definitions)
        made, value = {'type': 'array', 'items': items}, lambda: [one() for _ in range(r.randint(0, 3))]
        if r.random() < 0.2:
            del made['items']
    elif kind in ('anyOf', 'oneOf'):
        choices = [schema(r, depth + 1, definitions) for _ in range(2)]
        made, value = {kind: [each[0] for each in choices]}, lambda: r.choice(choices)[1]()
    else:
        name = 'd%d' % len(definitions)
        definitions[name] = None
        definitions[name], value = members(r, 3, definitions)
        made = {'$ref': '#/$defs/' + name}
    if r.random() < 0.4:
        made['description'] = r.choice(WORDS)
    if r.random() < 0.15 and kind in ('string', 'integer', 'number', 'boolean', 'enum'):
        made['default'] = value()
    if r.random() < 0.1 and kind == 'string':
        made['examples'] = [r.choice(TEXTS), 'x']
    if r.random() < 0.1:
        made['title'] = 'Title'
    if r.random() < 0.1 and kind in ('string', 'integer'):
        made['nullable'] = True
    return made, value


def members(r, depth, definitions):
    keys = r.sample(KEYS, r.randint(0, 3))
    made = {key: schema(r, depth, definitions) for key in keys}
    required = [key for key in keys if r.random() < 0.5]
    whole = {'type': 'object', 'properties': {key: each[0] for key, each in made.items()}}
    if required or r.random() < 0.5:
        whole['required'] = required
    if r.random() < 0.3:
        whole['additionalProperties'] = False
    return whole, lambda: {key: each[1]() for key, each in made.items() if key in required or r.random() < 0.7}


def function(r, number):
    definitions = {}
    parameters, value = members(r, 0, definitions)
    if definitions:
        parameters['$defs'] = definitions
    name = r.choice(['get_weather', 'mcp.files-read', 'Read', 'f']) + str(number)
    made = {'name': name, 'description': r.choice(WORDS[1:]), 'parameters': parameters}
    if r.random() < 0.1:
        del made['parameters']
        value = dict
    if r.random() < 0.3:
        made['strict'] = True
    return {'type': 'function', 'function': made}, value


def conversation(seed):
    r = random.Random(seed)
    tools = [function(r, number) for number in range(r.randint(1, 3))]
    messages = [{'role': 'system', 'content': 'Be brief.'}] if r.random() < 0.5 else []
    ids = 0
    for question in range(r.randint(1, 2)):
        messages.append({'role': 'user', 'content': r.choice(['Go', 'Wie geht\'s?', 'Two\nlines'])})
        for _ in range(r.randint(1, 2)):
            calls = []
            for _ in range(r.randint(1, 2)):
                tool, value = r.choice(tools)
                calls.append({'id': 'c%d' % ids, 'type': 'function',
                              'function': {'name': tool['function']['name'], 'arguments': json.dumps(value(), ensure_ascii=r.random() < 0.5)}})
                ids += 1
            said = {'role': 'assistant', 'content': r.choice(['', '', 'Let me look.']), 'tool_calls': calls}
            if r.random() < 0.4:
                said['reasoning_content'] = 'I need it.'
            messages.append(said)
            for call in calls:
                messages.append({'role': 'tool', 'tool_call_id': call['id'], 'content': r.choice(['22 degrees', '{"ok": true}', 'two\nlines', 'n/a'])})
        if question == 0 and r.random() < 0.5:
            messages.append({'role': 'assistant', 'content': 'It is done.'})
    return {'name': 'seed %d' % seed, 'tools': [tool for tool, _ in tools], 'messages': messages}


# Those that are not the next ones once differed, of 660 in all.
SEEDS = [*range(51), 77, 103, 134, 219, 384, 426, 490, 519, 657]


def conversations():
    return [conversation(seed) for seed in SEEDS]
