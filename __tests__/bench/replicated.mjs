export function ruled(prefix) {
  const rule = { ID: 'all', Prefix: prefix, Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::replica' } };
  const replication = { Role: 'arn:aws:iam::000000000000:role/replication', Rules: [rule] };
  return { versioning: 'Enabled', replication };
}
