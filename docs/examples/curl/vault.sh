#!/bin/sh
# A suite with curl alone. Start the mock in this folder, and run it:
#
#   npx s3-versioning-mock --port 9000 --fixtures ../python/fixtures.json
#   S3_MOCK=http://127.0.0.1:9000 sh vault.sh
#
# Requests are signed by curl (7.75 or later), since S3 refuses anonymous ones to a private bucket.
set -u

mock=$S3_MOCK/_mock
failed=0

# s3 METHOD PATH [curl's options]: sends a request to S3, and prints the status and the body.
s3() {
  method=$1 path=$2
  shift 2
  curl -s -X "$method" --aws-sigv4 aws:amz:us-east-1:s3 -u test:test -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' \
    -w ' %{http_code}' "$S3_MOCK$path" "$@"
}

# door METHOD PATH [JSON]: asks the door, and prints the status and the answer.
door() {
  if [ $# -eq 3 ]; then curl -s -X "$1" -d "$3" -w ' %{http_code}' "$mock/$2"; else curl -s -X "$1" -w ' %{http_code}' "$mock/$2"; fi
}

# expect TITLE PATTERN TEXT: checks that a text has a pattern.
expect() {
  case $3 in
    *$2*) echo "ok   $1" ;;
    *)
      echo "FAIL $1: expected $2 in: $3"
      failed=1
      ;;
  esac
}

door POST reset >/dev/null
s3 PUT /vault/report.pdf --data-binary second >/dev/null
expect 'a write is a version' '"versions":2' "$(door GET 'buckets/vault/keys')"
expect 'a reset restores the fixtures' ' 204' "$(door POST reset)"
expect 'and there is one version again' '"versions":1' "$(door GET 'buckets/vault/keys')"

expect 'a rule makes a request fail' '"isInForce":true' \
  "$(door POST rules '{ "operation": "PutObject", "fail": "SlowDown", "times": 1 }')"
expect 'once' 'SlowDown' "$(s3 PUT /vault/report.pdf --data-binary second)"
expect 'and no more' ' 200' "$(s3 PUT /vault/report.pdf --data-binary second)"
expect 'the rule knows what it met' '"used":1' "$(door GET rules)"
expect 'the journal has both' '"status":503' "$(door GET 'requests?operation=PutObject&applied=false')"

expect 'a copy waits' '"destination":"replica"' "$(door GET replication/plan)"
expect 'the clock moves' '"now"' "$(door POST clock/advance '{ "minutes": 5 }')"
expect 'and it is made' ' 200' "$(s3 GET /replica/report.pdf)"

rules='{ "Rules": [{ "Status": "Enabled", "Filter": {}, "NoncurrentVersionExpiration": { "NoncurrentDays": 30 } }] }'
expect 'lifecycle is set' ' 200' "$(door PATCH buckets/vault "{ \"lifecycle\": $rules }")"
expect 'it has a plan' '"action":"remove"' "$(door GET lifecycle/plan)"
door POST clock/advance '{ "days": 32 }' >/dev/null
expect 'and versions expire' '"versions":1' "$(door GET 'buckets/vault/keys')"

s3 PUT /vault/old.pdf --data-binary first -H 'x-amz-storage-class: GLACIER' >/dev/null
restore='<RestoreRequest xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Days>1</Days></RestoreRequest>'
expect 'an archive is restored' ' 202' "$(s3 POST '/vault/old.pdf?restore=' --data-binary "$restore")"
expect 'not at once' 'InvalidObjectState' "$(s3 GET /vault/old.pdf)"
door POST clock/advance '{ "hours": 6 }' >/dev/null
expect 'but after hours' 'first' "$(s3 GET /vault/old.pdf)"

code=$(door POST mfa/code | sed -n 's/.*"header":"\([^"]*\)".*/\1/p')
enabled='<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>'
expect 'MFA Delete is enabled by a code' ' 200' \
  "$(s3 PUT '/scratch?versioning=' --data-binary "$enabled" -H "x-amz-mfa: $code")"
expect 'and shows' '"mfaDelete":"Enabled"' "$(door GET buckets)"

expect 'a wrong member is named' 'Did you mean days?' "$(door POST clock/advance '{ "dayz": 1 }')"

exit $failed
