export const scene = {
  replicationDelay: { minutes: 5 },
  now: '2026-03-01T12:00:00Z',
  buckets: {
    drafts: {},
    media: {
      versioning: 'Enabled',
      notification: { EventBridgeConfiguration: {} },
      replication: {
        Role: 'arn:aws:iam::000000000000:role/replication',
        Rules: [
          {
            ID: 'everything',
            Priority: 1,
            Status: 'Enabled',
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: { Bucket: 'arn:aws:s3:::replica' },
          },
        ],
      },
    },
    replica: { versioning: 'Enabled' },
    vault: {
      versioning: 'Enabled',
      objectLock: true,
      lifecycle: {
        Rules: [
          {
            ID: 'old-versions',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
          },
          {
            ID: 'cold-reports',
            Status: 'Enabled',
            Filter: { Prefix: 'reports/' },
            Transitions: [{ Days: 60, StorageClass: 'GLACIER' }],
          },
        ],
      },
      objects: {
        'contract.pdf': [
          {
            body: 'signed',
            lastModified: '2026-02-20T08:00:00Z',
            retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2027-01-01T00:00:00Z' },
            legalHold: 'ON',
          },
        ],
        'notes.txt': [
          { body: 'first', lastModified: '2026-01-20T08:00:00Z' },
          { body: 'second', lastModified: '2026-02-10T08:00:00Z' },
          'deleteMarker',
        ],
        'reports/annual.pdf': [
          { body: 'a'.repeat(96_000), lastModified: '2026-01-28T09:00:00Z' },
          { body: 'b'.repeat(120_000), lastModified: '2026-02-05T09:00:00Z' },
          { body: 'c'.repeat(136_000), lastModified: '2026-02-14T09:00:00Z', tags: { team: 'finance', year: '2026' } },
          { body: 'd'.repeat(140_000), lastModified: '2026-02-25T09:00:00Z', storageClass: 'STANDARD_IA' },
        ],
        'reports/quarter.pdf': [{ body: 'e'.repeat(48_000), lastModified: '2026-02-25T09:00:00Z' }],
      },
    },
  },
};
