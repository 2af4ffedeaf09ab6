#!/usr/bin/env bash
# AWS's Runtime Interface Emulator takes the function's program from its command line: `aws-lambda-rie ./bootstrap`. With AWS_LAMBDA_MAX_CONCURRENCY
# set (Lambda Managed Instances) it reads the command, says "executing bootstrap", and then looks for the program in /var/runtime, /var/task and /opt
# only: the same command line that works on demand ends in Runtime.InvalidEntrypoint. Its help and README do not say so.
#
# Seen with Go 1.26 on 2026-11-29. Exits 0 while this is so, 1 if it has changed, 2 where it cannot be told.
set -euo pipefail

module=github.com/aws/aws-lambda-runtime-interface-emulator
version=v0.0.0-20261030222936-bef5c4ba774d

command -v go >/dev/null || { echo "needs Go"; exit 2; }
for taken in /var/runtime/bootstrap /var/task/bootstrap /opt/bootstrap; do
  [ ! -e "$taken" ] || { echo "needs a machine without $taken"; exit 2; }
done
folder=$(mktemp -d)
emulator=
finish() {
  if [ -n "$emulator" ]; then
    kill "$emulator" 2>/dev/null || true
    wait "$emulator" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap finish EXIT

export GOPATH="$folder/go" GOFLAGS=-modcacherw
GOTOOLCHAIN=local GOBIN="$folder" go install "$module/cmd/aws-lambda-rie@$version" || { echo "cannot be installed"; exit 2; }

# A function that answers every invocation with "ok".
cat >"$folder/bootstrap" <<'FUNCTION'
#!/usr/bin/env bash
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while true; do
  id=$(curl -s -D - -o /dev/null "$api/next" | tr -d '\r' | sed -n 's/^Lambda-Runtime-Aws-Request-Id: //Ip')
  [ -z "$id" ] || curl -s -o /dev/null -d '"ok"' "$api/$id/response"
done
FUNCTION
chmod 755 "$folder" "$folder/bootstrap"

# ask NAME=VALUE…: the answer to one invocation.
ask() {
  local port=$1
  shift
  env "$@" AWS_LAMBDA_FUNCTION_TIMEOUT=5 "$folder/aws-lambda-rie" --runtime-api-address "127.0.0.1:$((port + 1))" \
    --runtime-interface-emulator-address "127.0.0.1:$port" "$folder/bootstrap" >"$folder/log" 2>&1 &
  emulator=$!
  curl -s --retry 20 --retry-connrefused --retry-delay 1 --max-time 20 -d '{}' \
    "http://127.0.0.1:$port/2015-03-31/functions/function/invocations" || true
  kill "$emulator" 2>/dev/null || true
  wait "$emulator" 2>/dev/null || true
  emulator=
}

echo "$module $version"
on_demand=$(ask 29180)
echo "on demand:         $on_demand"
[ "$on_demand" = '"ok"' ] || { echo "the function does not work on demand"; exit 2; }
managed=$(ask 29182 AWS_LAMBDA_MAX_CONCURRENCY=1)
echo "managed instances: ${managed:-no answer}"
grep -Eo 'executing bootstrap|No valid bootstrap binary found in default locations|Runtime.InvalidEntrypoint' "$folder/log" | sort -u
[ "$managed" != '"ok"' ] && grep -q 'No valid bootstrap binary found' "$folder/log"
