const { deleteMarker, mockS3 } = require('s3-versioning-mock/jest');
const { rotate } = require('..');

/** A backup at noon of each of some days, the last on Sunday, 1 March 2026. Its text is its date. */
function dailyBackups(days) {
  return Array.from({ length: days }, (_, index) => {
    const date = new Date(Date.UTC(2026, 2, 1 - (days - 1 - index), 12));
    return { body: date.toISOString().slice(0, 'yyyy-mm-dd'.length), lastModified: date };
  });
}

const s3 = mockS3({
  now: '2026-03-01T18:00:00Z',
  pageSize: 7, // each listing comes in several pages
  buckets: {
    backups: { versioning: 'Enabled', objects: { 'db.dump': dailyBackups(30), 'notes.txt': 'kept' } },
    locked: { objectLock: true },
    scratch: { objects: { 'db.dump': 'the only one' } },
  },
});

test('keeps the backups of three days and three weeks', async () => {
  expect(await rotate({ bucket: 'backups', daily: 3, weekly: 3 })).toBe(25);

  // The last days of the three latest weeks, and the three latest days.
  const kept = ['2026-02-15', '2026-02-22', '2026-02-27', '2026-02-28', '2026-03-01'];
  expect(s3.bucket('backups')).toHaveVersions('db.dump', kept);
  expect(s3.bucket('backups')).toHaveVersions('notes.txt', ['kept']);
});

test('keeps one of two backups of a day', async () => {
  const backups = s3.bucket('backups');
  backups.put('twice.dump', 'morning', { lastModified: '2026-02-28T06:00:00Z' });
  backups.put('twice.dump', 'evening', { lastModified: '2026-02-28T20:00:00Z' });
  backups.put('twice.dump', 'today');

  await rotate({ bucket: 'backups', prefix: 'twice', daily: 2, weekly: 0 });

  expect(backups).toHaveVersions('twice.dump', ['evening', 'today']);
  expect(backups.versions('db.dump')).toHaveLength(30);
});

test('keeps the current version, whatever the numbers are', async () => {
  await rotate({ bucket: 'backups', daily: 0, weekly: 0 });

  expect(s3.bucket('backups')).toHaveVersions('db.dump', ['2026-03-01']);
});

test('deletes a thousand versions per request', async () => {
  const backups = s3.bucket('backups');
  for (let index = 0; index <= 1001; index += 1) backups.put('hourly.dump', String(index));

  expect(await rotate({ bucket: 'backups', prefix: 'hourly', daily: 1, weekly: 1 })).toBe(1001);

  expect(s3).toHaveReceivedTimes('DeleteObjects', 2);
  expect(backups).toHaveVersions('hourly.dump', ['1001']);
});

test('does not bring back a deleted backup, whose versions can be restored', async () => {
  s3.bucket('backups').delete('db.dump');

  await rotate({ bucket: 'backups', prefix: 'db', daily: 1, weekly: 0 });

  expect(s3.bucket('backups')).toHaveVersions('db.dump', ['2026-03-01', deleteMarker]);
});

test('refuses a bucket that keeps no versions, and deletes nothing', async () => {
  await expect(rotate({ bucket: 'scratch', daily: 1, weekly: 1 })).rejects.toThrow('scratch keeps no versions');

  expect(s3).toHaveReceivedOnly('GetBucketVersioning', { Bucket: 'scratch' });
});

test('reports which versions S3 did not delete', async () => {
  const locked = s3.bucket('locked');
  const retention = { Mode: 'COMPLIANCE', RetainUntilDate: '2027-01-01' };
  const { versionId } = locked.put('db.dump', 'locked', { lastModified: '2026-01-01', retention });
  locked.put('db.dump', 'free', { lastModified: '2026-01-02' });
  locked.put('db.dump', 'current');

  await expect(rotate({ bucket: 'locked', daily: 1, weekly: 0 })).rejects.toThrow(
    `1 of 2 versions were not deleted: db.dump ${versionId}: AccessDenied`,
  );

  expect(locked).toHaveVersions('db.dump', ['locked', 'current']);
  expect(locked).toBeLocked('db.dump', versionId);
});
