#!/usr/bin/env bash
# moto 5.2.5, its server for DynamoDB: a condition that compares a text with a number (`expiresAt < :now`, where the item's attribute is a
# string) is an error of the server, HTTP 500. DynamoDB finds the condition false and answers 400 ConditionalCheckFailedException.
# Exits 0 while this is so.
set -euo pipefail
folder=$(mktemp -d)
server=""
end() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap end EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check 'moto[server]==5.2.5' 'boto3==1.44.8'
port=$("$folder/env/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$folder/env/bin/moto_server" -H 127.0.0.1 -p "$port" > "$folder/moto.log" 2>&1 &
server=$!
"$folder/env/bin/python" - "$port" <<'PYTHON'
import sys, time
import boto3, botocore.config, botocore.exceptions, importlib.metadata
print("moto", importlib.metadata.version("moto"))
client = boto3.client("dynamodb", endpoint_url=f"http://127.0.0.1:{sys.argv[1]}", region_name="us-east-1",
                      aws_access_key_id="x", aws_secret_access_key="x",
                      config=botocore.config.Config(retries={"total_max_attempts": 1}))
for _ in range(100):
    try:
        client.list_tables()
        break
    except botocore.exceptions.EndpointConnectionError:
        time.sleep(0.2)
client.create_table(TableName="slots", BillingMode="PAY_PER_REQUEST",
                    AttributeDefinitions=[{"AttributeName": "slot", "AttributeType": "S"}],
                    KeySchema=[{"AttributeName": "slot", "KeyType": "HASH"}])
client.put_item(TableName="slots", Item={"slot": {"S": "1"}, "expiresAt": {"S": "soon"}})
try:
    client.put_item(TableName="slots", Item={"slot": {"S": "1"}},
                    ConditionExpression="expiresAt < :now", ExpressionAttributeValues={":now": {"N": "5"}})
    print("the condition was taken for true")
    sys.exit(1)
except botocore.exceptions.ClientError as refused:
    status = refused.response["ResponseMetadata"]["HTTPStatusCode"]
    code = refused.response["Error"]["Code"]
    print("answered", status, code, "(DynamoDB: 400 ConditionalCheckFailedException)")
    sys.exit(0 if status >= 500 else 1)
PYTHON
