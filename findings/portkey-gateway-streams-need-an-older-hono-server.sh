#!/usr/bin/env bash
# Portkey's gateway 1.15.2 (npm) accepts any @hono/node-server from 1.3.3 on. With 1.19.0, which its range allows, each answer of a model
# server fails with status 500, "Something went wrong" (its log: TypeError: immutable), although the model server answered 200. With
# 1.13.8 the same request streams. So a fresh install of the pinned gateway does not work: the server below it must be pinned, too.
# Seen with Node.js 20 on 2026-11-29. Exits 0 while this is so.
set -euo pipefail
work=$(mktemp -d)
server=""
upstream=""
finish() {
  [ -z "$server" ] || kill "$server" 2> /dev/null || true
  [ -z "$upstream" ] || kill "$upstream" 2> /dev/null || true
  rm -rf "$work"
}
trap finish EXIT
cd "$work"

cat > upstream.mjs <<'JS'
import http from 'node:http';
const server = http.createServer((request, answer) => {
  request.resume().on('end', () => {
    answer.writeHead(200, {'content-type': 'text/event-stream'});
    answer.end('data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"m",'
      + '"choices":[{"index":0,"delta":{"content":"hello"},"finish_reason":null}]}\n\ndata: [DONE]\n\n');
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
JS
node upstream.mjs > upstream.port &
upstream=$!

free_port() { node -e "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})"; }

# $1: version of @hono/node-server; prints the status and, after a blank, whether the token came through
ask() {
  mkdir "with-$1"
  cd "with-$1"
  echo '{"private":true,"dependencies":{"@portkey-ai/gateway":"1.15.2"},"overrides":{"@hono/node-server":"'"$1"'"}}' > package.json
  npm install --no-audit --no-fund --silent > /dev/null 2>&1
  port=$(free_port)
  node node_modules/@portkey-ai/gateway/build/start-server.js --port="$port" --headless > server.log 2>&1 &
  server=$!
  for _ in $(seq 100); do
    if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then break; fi
    sleep 0.1
  done
  status=$(curl -s -m 10 -o answer -w '%{http_code}' "http://127.0.0.1:$port/v1/chat/completions" \
    -H 'content-type: application/json' -H 'authorization: Bearer x' -H 'x-portkey-provider: openai' \
    -H "x-portkey-custom-host: http://127.0.0.1:$(cat ../upstream.port)/v1" \
    -d '{"model":"m","stream":true,"messages":[{"role":"user","content":"hi"}]}')
  kill "$server" && wait "$server" 2> /dev/null || true
  server=""
  grep -q hello answer && said=streamed || said=nothing
  cd ..
  echo "$status $said"
}

new=$(ask 1.19.0)
old=$(ask 1.13.8)
echo "@portkey-ai/gateway 1.15.2 with @hono/node-server 1.19.0: $new"
echo "@portkey-ai/gateway 1.15.2 with @hono/node-server 1.13.8: $old"
[ "$new" = "500 nothing" ] && [ "$old" = "200 streamed" ]
