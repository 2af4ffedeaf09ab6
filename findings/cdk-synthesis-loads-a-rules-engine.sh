#!/usr/bin/env bash
# AWS CDK's library (npm aws-cdk-lib 2.263.0) holds every synthesized template against CloudFormation's rules. For that each process loads a
# rules engine in WebAssembly, whatever the template is: the synthesis of a stack with one topic takes some five seconds of processor time,
# and next to none without the engine. The feature flag @aws-cdk/core:validateAgainstDefaultRules does not decide whether it is
# loaded, only whether findings are errors. What does decide is CDK_VALIDATION=false in the environment, which no page names.
# So tests should synthesize in one process, and processes that repeat a synthesis can go without the rules.
# Seen with Node.js 20 on 2026-11-30. Exits 0 while this is so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true,"dependencies":{"aws-cdk-lib":"2.263.0","constructs":"10.8.1"}}' > package.json
npm install --no-audit --no-fund --silent > /dev/null 2>&1

cat > synth.js <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const { Topic } = require('aws-cdk-lib/aws-sns');
const flag = process.argv[2] === 'true';
const app = new App({
  analyticsReporting: false,
  outdir: 'out',
  context: { '@aws-cdk/core:validateAgainstDefaultRules': flag },
});
new Topic(new Stack(app, 'Small'), 'Topic');
const before = process.cpuUsage().user;
app.synth();
const loaded = Object.keys(require.cache).some(file => file.includes('cloudformation-validate/'));
console.error(`  ${((process.cpuUsage().user - before) / 1e6).toFixed(1)} s of processor time in synth()`);
console.log(loaded ? 'loaded' : 'not loaded');
JS

echo "aws-cdk-lib $(node -p "require('aws-cdk-lib/package.json').version"), a stack with one topic"
echo "flag true:"
flag_on=$(node synth.js true)
echo "  rules engine $flag_on"
echo "flag false:"
flag_off=$(node synth.js false)
echo "  rules engine $flag_off"
echo "flag false, CDK_VALIDATION=false:"
variable=$(CDK_VALIDATION=false node synth.js false)
echo "  rules engine $variable"
[ "$flag_on" = loaded ] && [ "$flag_off" = loaded ] && [ "$variable" = "not loaded" ]
