"""s3_bucket.py PORT BUCKET: makes the bucket on the store of s3.sh if there is none, with a client that is not ours,
and prints the names of its objects."""
import sys

import boto3
from botocore.config import Config

port, bucket = sys.argv[1:]
store = boto3.client(
    "s3", endpoint_url=f"http://127.0.0.1:{port}", aws_access_key_id="portal:app", aws_secret_access_key="s3cret",
    region_name="eu-central-2", config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
try:
    store.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-2"})
except store.exceptions.BucketAlreadyOwnedByYou:
    pass  # the store was started again
for item in store.list_objects_v2(Bucket=bucket).get("Contents", []):
    print(item["Key"])
