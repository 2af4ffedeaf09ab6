#!/usr/bin/env bash
# localstack-core 4.14.0 from PyPI, extra "runtime", with the newest companions that its own ranges allow: host mode does not start. cbor2 6,
# which `cbor2>=5.5.0` lets in, has no module `cbor2._decoder`; what fails is hidden behind "No component plugins found in namespace
# localstack.runtime.components. Are entry points created correctly?". With cbor2 5 it goes on to pyOpenSSL 26, which has no
# X509.add_extensions any more. (It also says that Python 3.10 is enough, and has source that only 3.12 can read.)
# Exits 0 while this is so. Needs Python 3.12 or newer; takes a minute or two.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python=""
for candidate in python3 python3.14 python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[2-4]*/bin/python3; do
  if "$candidate" -c 'import sys, venv; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then python=$candidate; break; fi
done
if [ -z "$python" ]; then echo "no Python 3.12 or newer here"; exit 2; fi
"$python" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check 'localstack-core[runtime]==4.14.0'
"$folder/env/bin/pip" list --disable-pip-version-check 2>/dev/null | grep -iE '^(localstack-core|cbor2|pyopenssl) '
cd "$folder"
export HOME="$folder" GATEWAY_LISTEN=127.0.0.1:0 DISABLE_EVENTS=1 SKIP_SSL_CERT_DOWNLOAD=1 DNS_ADDRESS=0 FILESYSTEM_ROOT="$folder/fs"
timeout 60 "$folder/env/bin/python" -m localstack.runtime.main > "$folder/first.log" 2>&1 || true
tail -n 2 "$folder/first.log"
"$folder/env/bin/python" -c 'import localstack.aws.components' 2>&1 | tail -n 1 || true
grep -q 'No component plugins found' "$folder/first.log"
