#!/usr/bin/env bash
# An internal extension (a part of the function's own process that registers itself at the Extensions API) may subscribe to INVOKE on demand. In Lambda
# Managed Instances AWS's Runtime Interface Emulator answers the same call with 403 "No events allowed for internal extensions", whatever the event:
# INVOKE, or SHUTDOWN, for which one would register to be told of the end. Who wants to be told of the end registers for NO event: its mere presence makes
# the emulator send SIGTERM to the function before it kills it. Without a registration it kills at once.
#
# Seen with Go 1.26 on 2026-11-30. Exits 0 while this is so, 1 if it has changed, 2 where it cannot be told.
set -euo pipefail

module=github.com/aws/aws-lambda-runtime-interface-emulator
version=v0.0.0-20261030222936-bef5c4ba774d

command -v go >/dev/null || { echo "needs Go"; exit 2; }
# The emulator looks for the function in /var/task, and starts it as another user; here /var is a folder of its own.
unshare --mount true 2>/dev/null || { echo "needs root, and mount namespaces"; exit 2; }
folder=$(mktemp -d)
emulator=
finish() {
  [ -z "$emulator" ] || kill -9 "$emulator" 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT

export GOPATH="$folder/go" GOFLAGS=-modcacherw
GOTOOLCHAIN=local GOBIN="$folder" go install "$module/cmd/aws-lambda-rie@$version" || { echo "cannot be installed"; exit 2; }

# A function that registers as an extension for the events in $EVENTS (not at all, if that is "none"), says what it was answered, parks one poll,
# and says so when it gets SIGTERM.
cat >"$folder/bootstrap" <<'FUNCTION'
#!/usr/bin/env bash
api="http://$AWS_LAMBDA_RUNTIME_API"
if [ "$EVENTS" != none ]; then
  answer=$(curl -s -D "$SAID.head" -w ' %{http_code}' -H 'Lambda-Extension-Name: own' -d "{\"events\":$EVENTS}" "$api/2020-01-01/extension/register")
  echo "register $EVENTS: ${answer##* } $(grep -o 'No events allowed[a-z ]*' <<<"$answer")" >>"$SAID"
  id=$(tr -d '\r' <"$SAID.head" | sed -n 's/^Lambda-Extension-Identifier: //Ip')
  [ -z "$id" ] || curl -s -H "Lambda-Extension-Identifier: $id" "$api/2020-01-01/extension/event/next" >/dev/null &
fi
trap 'echo "told of the end" >>"$SAID"; exit 0' TERM
echo "parked" >>"$SAID"
# Nothing is answered: the invocation that starts the function on demand runs out of its time.
curl -s "$api/2018-06-01/runtime/invocation/next" >/dev/null &
sleep 600 &
wait $!
FUNCTION
chmod 755 "$folder" "$folder/bootstrap"

# run PORT EVENTS NAME=VALUE…: what the function said, from its start to its end.
run() {
  local port=$1 said="$folder/said-$1"
  shift
  touch "$said" "$said.head"
  chmod 666 "$said" "$said.head"
  env SAID="$said" EVENTS="$1" AWS_LAMBDA_FUNCTION_TIMEOUT=5 "${@:2}" unshare --mount bash -c \
    'mount -t tmpfs none /var && mkdir /var/task && cp "$1/bootstrap" /var/task && exec "$1/aws-lambda-rie" --runtime-api-address "127.0.0.1:$3" --runtime-interface-emulator-address "127.0.0.1:$2" /var/task/bootstrap' \
    rie "$folder" "$port" "$((port + 1))" >"$folder/log-$port" 2>&1 &
  emulator=$!
  # On demand the first invocation starts the function.
  curl -s --retry 20 --retry-connrefused --retry-delay 1 --max-time 3 -d '{}' \
    "http://127.0.0.1:$port/2015-03-31/functions/function/invocations" >/dev/null || true
  for _ in $(seq 100); do grep -q parked "$said" && break; sleep 0.1; done
  kill "$emulator" 2>/dev/null || true
  wait "$emulator" 2>/dev/null || true
  emulator=
  sed '/parked/d' "$said" | sort -u | tr '\n' ';'
}

echo "$module $version"
on_demand=$(run 29190 '["INVOKE"]')
echo "on demand:                    $on_demand"
invoke=$(run 29192 '["INVOKE"]' AWS_LAMBDA_MAX_CONCURRENCY=1)
echo "managed instances:            $invoke"
shutdown=$(run 29194 '["SHUTDOWN"]' AWS_LAMBDA_MAX_CONCURRENCY=1)
echo "managed instances:            $shutdown"
nothing=$(run 29196 '[]' AWS_LAMBDA_MAX_CONCURRENCY=1)
echo "managed instances:            $nothing"
absent=$(run 29198 none AWS_LAMBDA_MAX_CONCURRENCY=1)
echo "managed instances, no call:   ${absent:-not told of the end}"

[[ $on_demand == *'["INVOKE"]: 200'* ]] || { echo "the function does not work on demand"; exit 2; }
[[ $invoke == *'403 No events allowed'* && $shutdown == *'403 No events allowed'* ]] || exit 1
[[ $nothing == *'[]: 200'*'told of the end'* && $absent != *'told of the end'* ]] || exit 1
