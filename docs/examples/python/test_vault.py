"""A suite in Python that controls the mock as tests in JavaScript do.

Start the mock in the folder of this file, and run the suite:

    npx s3-versioning-mock --port 9000 --fixtures fixtures.json
    S3_MOCK=http://127.0.0.1:9000 python3 -m unittest
"""

import http.server
import json
import os
import threading
import unittest
import urllib.parse

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from mock_s3 import MockError, MockS3

URL = os.environ["S3_MOCK"]
FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:thumbnail"

mock = MockS3(URL)


def client(access_key="test", secret_key="test", token=None, service="s3", attempts=1):
    return boto3.client(
        service,
        endpoint_url=URL,
        region_name="us-east-1",
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        aws_session_token=token,
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": attempts, "mode": "standard"}),
    )


s3 = client()


def put(key="report.pdf", body=b"first", by=s3, **members):
    return by.put_object(Bucket="vault", Key=key, Body=body, **members)


def versions(key="report.pdf", bucket="vault"):
    return mock.get(f"buckets/{bucket}/versions", key=key)["versions"]


class Vault(unittest.TestCase):
    def setUp(self):
        mock.post("reset")

    def assert_refused(self, code, call, *given, **members):
        with self.assertRaises(ClientError) as refused:
            call(*given, **members)
        self.assertEqual(code, refused.exception.response["Error"]["Code"])

    def test_a_reset_restores_the_fixtures(self):
        put(body=b"second")
        mock.post("reset")
        self.assertEqual(["v1"], [one["versionId"] for one in versions()])
        self.assertEqual([], mock.get("requests")["requests"])

    def test_a_delete_leaves_the_versions_below_a_marker(self):
        s3.delete_object(Bucket="vault", Key="report.pdf")
        self.assertEqual([True, False], [one["deleteMarker"] for one in versions()])

    def test_a_snapshot_is_restored(self):
        taken = mock.post("snapshot")
        s3.delete_object(Bucket="vault", Key="report.pdf", VersionId="v1")
        mock.post("restore", id=taken["id"])
        self.assertEqual(["v1"], [one["versionId"] for one in versions()])

    def test_the_state_of_one_test_begins_another(self):
        put(body=b"second")
        state = mock.get("state")
        mock.post("reset")
        mock.put("state", **state)
        self.assertEqual(2, len(versions()))

    def test_noncurrent_versions_expire(self):
        put(body=b"second")
        mock.patch(
            "buckets/vault",
            lifecycle={"Rules": [{"Status": "Enabled", "Filter": {}, "NoncurrentVersionExpiration": {"NoncurrentDays": 30}}]},
        )
        self.assertEqual(1, len(mock.get("lifecycle/plan", until={"days": 40})["actions"]))
        mock.post("clock/advance", days=32)
        self.assertEqual(1, len(versions()))
        done = mock.get("service-actions")["serviceActions"]
        self.assertEqual(["replicate", "remove"], [one["action"] for one in done])

    def test_the_clock_is_set(self):
        mock.put("clock", now="2030-01-01T00:00:00Z")
        put()
        self.assertEqual("2030-01-01T00:00:00.000Z", versions()[0]["lastModified"])

    def test_an_object_of_an_archive_is_restored_and_ends(self):
        put("old.pdf", StorageClass="GLACIER")
        self.assert_refused("InvalidObjectState", s3.get_object, Bucket="vault", Key="old.pdf")
        s3.restore_object(
            Bucket="vault", Key="old.pdf", RestoreRequest={"Days": 2, "GlacierJobParameters": {"Tier": "Standard"}}
        )
        mock.post("clock/advance", hours=6)
        self.assertEqual(b"first", s3.get_object(Bucket="vault", Key="old.pdf")["Body"].read())
        mock.post("clock/advance", days=4)
        self.assert_refused("InvalidObjectState", s3.get_object, Bucket="vault", Key="old.pdf")

    def test_a_copy_waits_for_replication(self):
        put(body=b"second")
        self.assertEqual("PENDING", s3.head_object(Bucket="vault", Key="report.pdf")["ReplicationStatus"])
        self.assertEqual(1, len(mock.get("replication/plan")["copies"]))
        mock.post("clock/advance", minutes=5)
        self.assertEqual("COMPLETED", s3.head_object(Bucket="vault", Key="report.pdf")["ReplicationStatus"])
        self.assertEqual("REPLICA", versions(bucket="replica")[0]["replicationStatus"])

    def test_replication_fails_and_is_tried_again(self):
        mock.post("rules", operation="ReplicateObject", fail="SlowDown", times=1)
        put(body=b"second")
        mock.post("clock/advance", minutes=5)
        self.assertEqual("PENDING", s3.head_object(Bucket="vault", Key="report.pdf")["ReplicationStatus"])
        mock.post("clock/advance", minutes=1)
        self.assertEqual("COMPLETED", s3.head_object(Bucket="vault", Key="report.pdf")["ReplicationStatus"])

    def test_a_request_fails_and_is_sent_again(self):
        rule = mock.post("rules", operation="PutObject", input={"Bucket": "vault"}, fail="SlowDown", times=2)
        put(by=client(attempts=3))
        [met] = mock.get("rules")["rules"]
        self.assertEqual((rule["id"], 2), (met["id"], met["used"]))
        sent = mock.get("requests", operation="PutObject")["requests"]
        self.assertEqual([503, 503, 200], [one["status"] for one in sent])

    def test_a_rule_is_removed(self):
        rule = mock.post("rules", operation="PutObject", fail="InternalError")
        self.assert_refused("InternalError", put)
        mock.delete("rules/" + rule["id"])
        put()

    def test_a_region_is_out(self):
        outage = mock.post("outages", bucket="vault", until={"minutes": 30})
        self.assert_refused("SlowDown", put)
        mock.post("clock/advance", minutes=30)
        put()
        [met] = [one for one in mock.get("rules")["rules"] if one["id"] == outage["id"]]
        self.assertEqual(1, met["used"])

    def test_mfa_delete_needs_a_code(self):
        enabled = {"Status": "Enabled", "MFADelete": "Enabled"}
        self.assert_refused(
            "AccessDenied", s3.put_bucket_versioning, Bucket="scratch", VersioningConfiguration=enabled
        )
        code = mock.post("mfa/code")["header"]
        s3.put_bucket_versioning(Bucket="scratch", VersioningConfiguration=enabled, MFA=code)
        self.assertEqual("Enabled", s3.get_bucket_versioning(Bucket="scratch")["MFADelete"])

    def test_a_code_counts_once(self):
        code = mock.post("mfa/code")["header"]
        enabled = {"Status": "Enabled", "MFADelete": "Enabled"}
        s3.put_bucket_versioning(Bucket="scratch", VersioningConfiguration=enabled, MFA=code)
        self.assert_refused(
            "TokenCodeInvalidError", s3.put_bucket_versioning, Bucket="scratch", VersioningConfiguration=enabled, MFA=code
        )
        [refused] = mock.get("requests", operation="PutBucketVersioning", applied=False)["requests"]
        self.assertIn("already accepted", refused["why"])

    def test_a_user_has_the_rights_of_its_policy(self):
        allowed = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
        keys = mock.post("accounts/default/users", name="reader", policy=allowed)["credentials"]
        reader = client(keys["accessKeyId"], keys["secretAccessKey"])
        self.assert_refused("AccessDenied", put, by=reader)
        allowed["Statement"][0]["Action"] = "s3:*"
        mock.patch("accounts/default/users/reader", policy=allowed)
        put(by=reader)

    def test_a_session_expires(self):
        mock.post("accounts/default/roles", name="deployer")
        session = mock.post("accounts/default/roles/deployer/sessions", expiresIn={"minutes": 15})
        keys = session["credentials"]
        deployer = client(keys["accessKeyId"], keys["secretAccessKey"], keys["sessionToken"])
        put(by=deployer)
        mock.post("clock/advance", minutes=16)
        self.assert_refused("ExpiredToken", put, by=deployer)

    def test_an_event_reaches_a_function(self):
        with Function() as function:
            mock.put("deliver/" + urllib.parse.quote(FUNCTION, safe=""), url=function.url)
            put("cat.jpg")
            mock.post("events/settled")
        [event] = function.events
        self.assertEqual("cat.jpg", event["Records"][0]["s3"]["object"]["key"])
        self.assertEqual(1, len(mock.get("events", name="ObjectCreated:*", key="cat.jpg")["events"]))

    def test_a_function_that_fails_is_told(self):
        with Function(status=500) as function:
            mock.put("deliver/" + urllib.parse.quote(FUNCTION, safe=""), url=function.url)
            put("cat.jpg")
            with self.assertRaises(MockError) as failed:
                mock.post("events/settled")
        self.assertIn("answered 500", str(failed.exception))

    def test_usage_is_counted_for_a_later_day(self):
        put(body=b"second")
        lifecycle = {"Rules": [{"Status": "Enabled", "Filter": {}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}]}
        mock.patch("buckets/vault", lifecycle=lifecycle)
        usage = mock.get("usage", bucket="vault", at={"days": 3})["usage"]["vault"]
        self.assertEqual((0, 1), (usage["noncurrent"]["count"], usage["before"]["noncurrent"]["count"]))

    def test_a_wrong_member_is_refused_with_the_right_one(self):
        with self.assertRaises(MockError) as refused:
            mock.post("clock/advance", dayz=1)
        self.assertEqual(400, refused.exception.status)
        self.assertIn("Did you mean days?", str(refused.exception))


class Function(http.server.HTTPServer):
    """A function as Lambda calls it: each event is posted to it."""

    def __init__(self, status=200):
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = status
        self.events = []
        self.url = f"http://127.0.0.1:{self.server_port}/"
        self.thread = threading.Thread(target=self.serve_forever)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.thread.join()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.events.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    unittest.main()
