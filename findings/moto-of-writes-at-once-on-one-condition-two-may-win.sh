#!/usr/bin/env bash
# A lock in DynamoDB is a PutItem on the condition that no item is there: of many at once one wins, and the others get
# ConditionalCheckFailedException. Moto's server answers requests on threads of their own, judges the condition first and writes afterwards, and holds no
# lock between: two (or more) of them win, so a test of a lock over moto fails although the lock is right, or passes by luck. Its transactions are no safer.
#
# Seen with moto 5.2.5 on 2026-11-30. It is a race: 3,000 rounds of 16 writers are tried at most. Exits 0 as soon as a round has more than one winner, 1 if
# none has, 2 where it cannot be told.
set -euo pipefail

version=5.2.5
command -v python3 >/dev/null || { echo "needs Python 3.10"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || { echo "needs venv"; exit 2; }
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "moto[server]==$version" boto3==1.44.8 || { echo "cannot be installed"; exit 2; }

cat >"$folder/race.py" <<'PYTHON'
import sys, threading
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()

def client():
    return boto3.session.Session().client(
        "dynamodb", endpoint_url=f"http://{host}:{port}", region_name="us-east-1",
        aws_access_key_id="test", aws_secret_access_key="test", config=Config(retries={"max_attempts": 1}))

WRITERS, ROUNDS = 16, 3000
client().create_table(
    TableName="locks", BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}])
start, end = threading.Barrier(WRITERS + 1), threading.Barrier(WRITERS + 1)
winners, names = [], []

def write(number):
    dynamo = client()
    while True:
        start.wait()
        if not names:
            return
        try:
            dynamo.put_item(TableName="locks", Item={"name": {"S": names[0]}, "owner": {"N": str(number)}},
                            ConditionExpression="attribute_not_exists(#n)", ExpressionAttributeNames={"#n": "name"})
            winners.append(number)
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ConditionalCheckFailedException", error
        end.wait()

threads = [threading.Thread(target=write, args=(number,), daemon=True) for number in range(WRITERS)]
for thread in threads:
    thread.start()
found = 1
for number in range(ROUNDS):
    winners.clear()
    names[:] = [f"lock-{number}"]
    start.wait()
    end.wait()
    if len(winners) > 1:
        print(f"round {number}: {len(winners)} of {WRITERS} writers were told that they won (expected: 1)")
        found = 0
        break
names.clear()
start.wait()
server.stop()
sys.exit(found)
PYTHON
echo "moto $version"
status=0
timeout 600 "$folder/venv/bin/python" "$folder/race.py" 2>"$folder/log" || status=$?
case $status in
  0) ;;
  1) echo "every round had one winner"; exit 1 ;;
  *) tail -n 3 "$folder/log"; exit 2 ;;
esac
