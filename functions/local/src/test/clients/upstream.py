"""A model server that does as it is told: OpenAI's chat completions, streamed and whole, on a port of loopback.

Each line of the user's last text of the form `call NAME {"argument": 1}` is one call of a function, made one after another: the next one
follows the result of the last. When all are made, or if there are none, the answer is the last result's beginning, or what the user said.
A request for JSON is answered with an object of every required property.
"""
import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CALL = re.compile(r"^\s*call ([A-Za-z_][\w.-]*) (\{.*\})[\s\"]*$", re.MULTILINE)


def text(content):
    if isinstance(content, list):
        content = "\n".join(part.get("text", "") for part in content if isinstance(part, dict))
    # Some clients quote what the user said.
    return (content or "").replace('\\"', '"')


def example(schema):
    kind = schema.get("type")
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if kind == "object" or "properties" in schema:
        return {name: example(schema.get("properties", {}).get(name, {})) for name in schema.get("required", [])}
    return {"array": [], "integer": 1, "number": 1, "boolean": True, "null": None}.get(kind, "text")


def answer(body):
    """The answer's text and its calls."""
    messages = body["messages"]
    last = max((i for i, m in enumerate(messages) if m["role"] == "user" and CALL.search(text(m["content"]))), default=None)
    offered = {tool["function"]["name"] for tool in body.get("tools", [])}
    if last is not None:
        calls = [c for c in CALL.findall(text(messages[last]["content"])) if c[0] in offered]
        results = [m for m in messages[last:] if m["role"] == "tool"]
        if len(results) < len(calls):
            name, arguments = calls[len(results)]
            return "", [{"id": f"call_{len(results)}", "type": "function", "function": {"name": name, "arguments": arguments}}]
        if results:
            return "Result: " + text(results[-1]["content"])[:300], []
    form = body.get("response_format", {})
    if form.get("type") == "json_schema":
        return json.dumps(example(form["json_schema"]["schema"])), []
    if form.get("type") == "json_object":
        return "{}", []
    choice = body.get("tool_choice")
    if offered and (choice == "required" or isinstance(choice, dict)):
        name = choice["function"]["name"] if isinstance(choice, dict) else sorted(offered)[0]
        schema = next(t["function"].get("parameters", {}) for t in body["tools"] if t["function"]["name"] == name)
        return "", [{"id": "call_0", "type": "function", "function": {"name": name, "arguments": json.dumps(example(schema))}}]
    return "You said: " + text(messages[-1]["content"])[-200:], []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.reply({"object": "list", "data": [{"id": "gpt-oss-120b", "object": "model", "created": 0, "owned_by": "x"}]})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        said, calls = answer(body)
        finish = "tool_calls" if calls else "stop"
        usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
        if not body.get("stream"):
            message = {"role": "assistant", "content": said or None, **({"tool_calls": calls} if calls else {})}
            self.reply({"id": "x", "object": "chat.completion", "created": 0, "model": "x", "usage": usage,
                        "choices": [{"index": 0, "message": message, "finish_reason": finish}]})
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        for delta in [{"content": piece} for piece in re.findall(r"\S+\s*", said)] + [
            {"tool_calls": [{"index": i, **call}]} for i, call in enumerate(calls)
        ]:
            self.chunk({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
        self.chunk({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
        self.chunk({"choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def chunk(self, fields):
        self.wfile.write(("data: " + json.dumps({"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "x", **fields}) + "\n\n").encode())

    def reply(self, body):
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
