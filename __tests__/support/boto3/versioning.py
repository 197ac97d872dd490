"""What code in Python does with versions, through boto3, against the mock at S3_ENDPOINT. Prints a line for each story."""

import base64
import hashlib
import hmac
import io
import os
import socket
import struct
import sys
import time
import traceback

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint = os.environ["S3_ENDPOINT"]
MB = 1024 * 1024


def client(region="us-east-1", url=endpoint, **settings):
    return boto3.client("s3", region_name=region, endpoint_url=url, config=Config(retries={"max_attempts": 1}, **settings))


s3 = client()


def code(steps=0):
    """A code of the MFA device, as an authenticator makes it (RFC 6238)."""
    secret = base64.b32decode(os.environ["S3_MFA_SECRET"])
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    at = digest[-1] & 15
    return "%s %06d" % (os.environ["S3_MFA_SERIAL"], (struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6)


def refused(status, name, call, **parameters):
    """Makes a call that must be refused, with this status and code, and gives what came."""
    try:
        call(**parameters)
    except ClientError as error:
        response = error.response
        found = (response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"])
        assert found == (status, name), response
        return response
    raise AssertionError("%s was not refused: %s" % (call.__name__, parameters))


def bucket(name, versioning=None, **settings):
    s3.create_bucket(Bucket=name, **settings)
    if versioning:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": versioning})
    return name


def put(name, key, body, **parameters):
    return s3.put_object(Bucket=name, Key=key, Body=body, **parameters).get("VersionId")


def read(name, key, **parameters):
    return s3.get_object(Bucket=name, Key=key, **parameters)["Body"].read()


def pages(operation, size, **parameters):
    return list(s3.get_paginator(operation).paginate(PaginationConfig={"PageSize": size}, **parameters))


def versioning_is_set_and_read():
    name = bucket("states")
    assert "Status" not in s3.get_bucket_versioning(Bucket=name)
    for status in ("Enabled", "Suspended", "Enabled"):
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": status})
        assert s3.get_bucket_versioning(Bucket=name)["Status"] == status
    resource = boto3.resource("s3", region_name="us-east-1", endpoint_url=endpoint)
    resource.BucketVersioning(name).suspend()
    assert resource.BucketVersioning(name).status == "Suspended"
    refused(404, "NoSuchBucket", s3.get_bucket_versioning, Bucket="missing")


def buckets_are_made_looked_for_and_removed():
    name = bucket("short-lived")
    assert name in [one["Name"] for one in s3.list_buckets()["Buckets"]]
    assert s3.head_bucket(Bucket=name)["ResponseMetadata"]["HTTPStatusCode"] == 200
    s3.delete_bucket(Bucket=name)
    refused(404, "404", s3.head_bucket, Bucket=name)


def regions_at_one_endpoint():
    ireland, anywhere = client("eu-west-1"), client("us-east-1")
    refused(400, "IllegalLocationConstraintException", ireland.create_bucket, Bucket="dublin")
    ireland.create_bucket(Bucket="dublin", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert ireland.get_bucket_location(Bucket="dublin")["LocationConstraint"] == "eu-west-1"
    # boto3 follows the redirect to the region that the answer names, and stays at its endpoint.
    assert anywhere.head_bucket(Bucket="dublin")["ResponseMetadata"]["HTTPStatusCode"] == 200
    refused(400, "IllegalLocationConstraintException", client("us-west-2").create_bucket, Bucket="tokyo",
            CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})


def virtual_host_style():
    port = int(endpoint.rsplit(":", 1)[1])
    resolve = socket.getaddrinfo
    # Where the system does not, *.localhost and the base of the mock's own are resolved here.
    socket.getaddrinfo = lambda host, *rest, **more: resolve("127.0.0.1", *rest, **more)
    try:
        for base in ("localhost", "s3.localhost", "s3.test"):
            one = client(url="http://%s:%d" % (base, port), s3={"addressing_style": "virtual"})
            name = "at-" + base.replace(".", "-")
            one.create_bucket(Bucket=name)
            assert s3.head_bucket(Bucket=name)["ResponseMetadata"]["HTTPStatusCode"] == 200
            url = one.generate_presigned_url("head_bucket", Params={"Bucket": name})
            assert url.startswith("http://%s.%s:%d/" % (name, base, port)), url
    finally:
        socket.getaddrinfo = resolve


def versions_are_written_and_read():
    name = bucket("reports", "Enabled")
    first, second = put(name, "r.txt", b"first", Metadata={"n": "1"}), put(name, "r.txt", b"second")
    assert first and second and first != second
    assert read(name, "r.txt") == b"second"
    assert read(name, "r.txt", VersionId=first) == b"first"
    head = s3.head_object(Bucket=name, Key="r.txt", VersionId=first)
    assert (head["Metadata"], head["ContentLength"], head["VersionId"]) == ({"n": "1"}, 5, first)
    assert head["ETag"] == '"%s"' % hashlib.md5(b"first").hexdigest()
    assert read(name, "r.txt", Range="bytes=1-3", VersionId=first) == b"irs"
    refused(404, "NoSuchKey", s3.get_object, Bucket=name, Key="missing")
    refused(400, "InvalidArgument", s3.get_object, Bucket=name, Key="r.txt", VersionId="no version id")
    refused(304, "304", s3.get_object, Bucket=name, Key="r.txt", IfNoneMatch=s3.head_object(Bucket=name, Key="r.txt")["ETag"])


def keys_of_every_kind():
    name = bucket("odd-keys", "Enabled")
    keys = ["a b+c", "ü/ß/日本", "a//b", "a/../up", "100%", "q?x=1&y", "tab\tkey", "__proto__", "😀"]
    for key in keys:
        put(name, key, key.encode())
        assert read(name, key) == key.encode()
    listed = [one["Key"] for page in pages("list_objects_v2", 2, Bucket=name) for one in page["Contents"]]
    assert listed == sorted(keys, key=lambda key: key.encode()), listed


def deletes_leave_markers():
    name = bucket("trash", "Enabled")
    first = put(name, "r.txt", b"first")
    marker = s3.delete_object(Bucket=name, Key="r.txt")
    assert marker["DeleteMarker"] is True
    refused(404, "NoSuchKey", s3.get_object, Bucket=name, Key="r.txt")
    refused(405, "405", s3.head_object, Bucket=name, Key="r.txt", VersionId=marker["VersionId"])
    assert s3.delete_object(Bucket=name, Key="r.txt", VersionId=marker["VersionId"])["DeleteMarker"] is True
    assert read(name, "r.txt") == b"first"
    s3.delete_object(Bucket=name, Key="r.txt", VersionId=first)
    refused(404, "NoSuchVersion", s3.get_object, Bucket=name, Key="r.txt", VersionId=first)


def the_null_version():
    name = bucket("paused")
    put(name, "r.txt", b"before")
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    put(name, "r.txt", b"numbered")
    assert read(name, "r.txt", VersionId="null") == b"before"
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})
    put(name, "r.txt", b"after")
    assert read(name, "r.txt", VersionId="null") == b"after"
    versions = s3.list_object_versions(Bucket=name)["Versions"]
    assert [(one["VersionId"] == "null", one["IsLatest"]) for one in versions] == [(True, True), (False, False)]


def versions_are_listed_by_page():
    name = bucket("listed", "Enabled")
    written = [(key, put(name, key, b"%d" % n)) for key in ("a/1", "a/2", "b") for n in range(4)]
    marker = s3.delete_object(Bucket=name, Key="a/2")["VersionId"]
    for size in (1, 2, 3, 1000):
        found = pages("list_object_versions", size, Bucket=name)
        versions = [(one["Key"], one["VersionId"]) for page in found for one in page.get("Versions", [])]
        assert versions == sorted(reversed(written), key=lambda one: one[0]), (size, versions)
        markers = [one for page in found for one in page.get("DeleteMarkers", [])]
        assert [(one["Key"], one["VersionId"], one["IsLatest"]) for one in markers] == [("a/2", marker, True)]
    folders = [one["Prefix"] for page in pages("list_object_versions", 1, Bucket=name, Delimiter="/")
               for one in page.get("CommonPrefixes", [])]
    assert folders == ["a/"], folders
    keys = [one["Key"] for page in pages("list_objects_v2", 1, Bucket=name) for one in page.get("Contents", [])]
    assert keys == ["a/1", "b"], keys


def objects_are_deleted_in_batches():
    name = bucket("batch", "Enabled")
    ids = {key: put(name, key, key.encode()) for key in ("one", "two", "three")}
    chosen = [{"Key": "one"}, {"Key": "two", "VersionId": ids["two"]}, {"Key": "missing"}]
    answer = s3.delete_objects(Bucket=name, Delete={"Objects": chosen})
    deleted = {one["Key"]: one for one in answer["Deleted"]}
    assert deleted["one"]["DeleteMarker"] is True and deleted["one"]["DeleteMarkerVersionId"]
    assert deleted["two"] == {"Key": "two", "VersionId": ids["two"]}
    assert set(deleted) == {"one", "two", "missing"}
    boto3.resource("s3", region_name="us-east-1", endpoint_url=endpoint).Bucket(name).object_versions.delete()
    s3.delete_bucket(Bucket=name)


def mfa_delete_guards_versions():
    name = bucket("vault")
    change = {"Status": "Enabled", "MFADelete": "Enabled"}
    refused(403, "AccessDenied", s3.put_bucket_versioning, Bucket=name, VersioningConfiguration=change)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=change, MFA=code())
    assert s3.get_bucket_versioning(Bucket=name)["MFADelete"] == "Enabled"


def mfa_delete_guards_a_batch():
    name, version = "vault", put("vault", "r.txt", b"kept")
    chosen = {"Objects": [{"Key": "r.txt", "VersionId": version}]}
    refused(403, "AccessDenied", s3.delete_object, Bucket=name, Key="r.txt", VersionId=version)
    # The header spells the codes out, so each is used once: this one is the next.
    answer = s3.delete_objects(Bucket=name, Delete=chosen, MFA=code(1))
    assert answer["Deleted"] == [{"Key": "r.txt", "VersionId": version}], answer


def large_files_go_in_parts():
    name, size = bucket("large", "Enabled"), 20 * MB + 5
    content = bytes(range(256)) * (size // 256 + 1)
    content = content[:size]
    settings = TransferConfig(multipart_threshold=8 * MB, multipart_chunksize=8 * MB, max_concurrency=4)
    s3.upload_fileobj(io.BytesIO(content), name, "big.bin", Config=settings, ExtraArgs={"ContentType": "x/y"})
    head = s3.head_object(Bucket=name, Key="big.bin")
    parts = [content[at : at + 8 * MB] for at in range(0, size, 8 * MB)]
    digest = hashlib.md5(b"".join(hashlib.md5(part).digest() for part in parts)).hexdigest()
    assert (head["ETag"], head["ContentLength"]) == ('"%s-3"' % digest, size), head
    put(name, "big.bin", b"small")
    target = io.BytesIO()
    s3.download_fileobj(name, "big.bin", target, ExtraArgs={"VersionId": head["VersionId"]}, Config=settings)
    assert target.getvalue() == content


def an_upload_is_listed_and_given_up():
    name = bucket("unfinished", "Enabled")
    upload = s3.create_multipart_upload(Bucket=name, Key="part.bin")["UploadId"]
    s3.upload_part(Bucket=name, Key="part.bin", UploadId=upload, PartNumber=1, Body=b"x" * 100)
    assert [one["UploadId"] for one in s3.list_multipart_uploads(Bucket=name)["Uploads"]] == [upload]
    assert [one["Size"] for one in s3.list_parts(Bucket=name, Key="part.bin", UploadId=upload)["Parts"]] == [100]
    s3.abort_multipart_upload(Bucket=name, Key="part.bin", UploadId=upload)
    refused(404, "NoSuchUpload", s3.list_parts, Bucket=name, Key="part.bin", UploadId=upload)


def an_upload_has_the_id_of_its_version():
    name = bucket("promised", "Enabled")
    key = {"Bucket": name, "Key": "report.bin"}
    # Read from the header: the model of an older boto3 does not have it.
    promised = lambda answer: answer["ResponseMetadata"]["HTTPHeaders"].get("x-amz-version-id")
    begun = s3.create_multipart_upload(**key)
    upload = {**key, "UploadId": begun["UploadId"]}
    version = promised(begun)
    assert version
    part = s3.upload_part(**upload, PartNumber=1, Body=b"of the upload")
    assert promised(part) == promised(s3.list_parts(**upload)) == version
    refused(404, "NoSuchVersion", s3.get_object, **key, VersionId=version)
    meanwhile = put(name, "report.bin", b"meanwhile")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    assert s3.complete_multipart_upload(**upload, MultipartUpload=parts)["VersionId"] == version
    assert read(name, "report.bin") == b"meanwhile"
    assert read(name, "report.bin", VersionId=version) == b"of the upload"
    restored = s3.copy_object(**key, CopySource={**key, "VersionId": version})["VersionId"]
    assert read(name, "report.bin") == b"of the upload"
    ids = [one["VersionId"] for one in s3.list_object_versions(Bucket=name)["Versions"]]
    assert ids == [restored, meanwhile, version]


def an_old_version_is_copied_back():
    name = bucket("copies", "Enabled")
    first = put(name, "r.txt", b"first")
    put(name, "r.txt", b"second")
    source = {"Bucket": name, "Key": "r.txt", "VersionId": first}
    answer = s3.copy_object(Bucket=name, Key="r.txt", CopySource=source)
    assert answer["CopySourceVersionId"] == first and answer["VersionId"] != first
    assert read(name, "r.txt") == b"first"
    s3.copy(source, name, "again.txt")
    assert read(name, "again.txt") == b"first"


def writes_on_a_condition():
    name = bucket("locks", "Enabled")
    condition = {"If-None-Match": "*"}

    # Debian's boto3 is older than S3's conditional writes, so the header is added as such.
    def add(request, **_):
        request.headers.add_header("If-None-Match", condition["If-None-Match"])

    one = client()
    one.meta.events.register("before-sign.s3.PutObject", add)
    one.put_object(Bucket=name, Key="lock", Body=b"mine")
    refused(412, "PreconditionFailed", one.put_object, Bucket=name, Key="lock", Body=b"theirs")
    assert read(name, "lock") == b"mine"


def tags_belong_to_a_version():
    name = bucket("tagged", "Enabled")
    first = put(name, "r.txt", b"first", Tagging="stage=draft")
    put(name, "r.txt", b"second")
    assert s3.get_object_tagging(Bucket=name, Key="r.txt", VersionId=first)["TagSet"] == [{"Key": "stage", "Value": "draft"}]
    assert s3.get_object_tagging(Bucket=name, Key="r.txt")["TagSet"] == []
    s3.put_object_tagging(Bucket=name, Key="r.txt", Tagging={"TagSet": [{"Key": "stage", "Value": "final"}]})
    assert s3.get_object_tagging(Bucket=name, Key="r.txt")["TagSet"] == [{"Key": "stage", "Value": "final"}]


def presigned_urls():
    from urllib.request import Request, urlopen

    name = bucket("signed", "Enabled")
    first = put(name, "r.txt", b"first")
    put(name, "r.txt", b"second")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": name, "Key": "r.txt", "VersionId": first})
    assert urlopen(url).read() == b"first"
    target = s3.generate_presigned_url("put_object", Params={"Bucket": name, "Key": "r.txt"})
    assert urlopen(Request(target, data=b"third", method="PUT")).headers["x-amz-version-id"]
    assert read(name, "r.txt") == b"third"


stories = [
    versioning_is_set_and_read,
    buckets_are_made_looked_for_and_removed,
    regions_at_one_endpoint,
    virtual_host_style,
    mfa_delete_guards_versions,
    versions_are_written_and_read,
    keys_of_every_kind,
    deletes_leave_markers,
    the_null_version,
    versions_are_listed_by_page,
    objects_are_deleted_in_batches,
    mfa_delete_guards_a_batch,
    large_files_go_in_parts,
    an_upload_is_listed_and_given_up,
    an_upload_has_the_id_of_its_version,
    an_old_version_is_copied_back,
    writes_on_a_condition,
    tags_belong_to_a_version,
    presigned_urls,
]

if __name__ == "__main__":
    print("boto3 %s, Python %s" % (boto3.__version__, sys.version.split()[0]))
    failures = 0
    for story in stories:
        name = story.__name__.replace("_", " ")
        try:
            story()
            print("ok    " + name)
        except Exception:
            failures += 1
            print("FAIL  %s\n%s" % (name, traceback.format_exc()))
    sys.exit(1 if failures else 0)
