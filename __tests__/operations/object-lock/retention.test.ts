import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { answerDocument } from '../../support/documents';
import {
  bypass,
  digestMissing,
  legalHold,
  locked,
  lockedBuckets,
  lockMissing,
  malformed,
  putDocument,
  retained,
  retention,
} from '../../support/locks';
import {
  answered,
  badArgument,
  get,
  markDeleted,
  markerNotAllowed,
  noSuchKey,
  noSuchVersion,
  put,
  putVersion,
  refusal,
  remove,
  tellingLines,
} from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3(lockedBuckets);

let first: string;
let second: string;
beforeEach(async () => {
  first = await putVersion('/vault/report.pdf', 'first');
  second = await putVersion('/vault/report.pdf', 'second');
});

const path = '/vault/report.pdf';
const set = (document: string, headers: WireCall['headers'] = {}, more = '') =>
  answered(putDocument(`${path}?retention${more}`, document, headers));
const hold = (document: string, more = '') => answered(putDocument(`${path}?legal-hold${more}`, document));
const told = (more = '') => answered(get(`${path}?retention${more}`));
const holdTold = (more = '') => answered(get(`${path}?legal-hold${more}`));

const february = '2026-02-28T10:00:00Z';
const march = '2026-03-31T10:00:00Z';
const ok = { status: 200, text: '' };
const document = (mode: string, until: string) => ({
  status: 200,
  text: answerDocument('Retention', `<Mode>${mode}</Mode><RetainUntilDate>${until}</RetainUntilDate>`),
});
const held = (status: string) => ({ status: 200, text: answerDocument('LegalHold', `<Status>${status}</Status>`) });
const neverSet = refusal(
  404,
  'NoSuchObjectLockConfiguration',
  'The specified object does not have a ObjectLock configuration',
);

// Recorded: localstack, TestS3ObjectLockRetention. F103
describe('?retention', () => {
  it('is set and returned without a version id', async () => {
    const answer = await putDocument(`${path}?retention`, retained('GOVERNANCE', february));
    expect({ status: answer.status, body: answer.body, tellingLines: tellingLines(answer) }).toEqual({
      status: 200,
      body: '',
      tellingLines: [`x-amz-version-id: ${second}`],
    });
    expect(await told()).toEqual(document('GOVERNANCE', '2026-02-28T10:00:00.000Z'));
    expect(tellingLines(await get(`${path}?retention`))).toEqual([]);
  });

  it('is set on one version', async () => {
    await set(retained('GOVERNANCE', february));
    expect(await set(retained('COMPLIANCE', march), {}, `&versionId=${first}`)).toEqual(ok);
    expect(await told(`&versionId=${first}`)).toEqual(document('COMPLIANCE', '2026-03-31T10:00:00.000Z'));
    expect(await told(`&versionId=${second}`)).toEqual(document('GOVERNANCE', '2026-02-28T10:00:00.000Z'));
    expect(await told()).toEqual(document('GOVERNANCE', '2026-02-28T10:00:00.000Z'));
  });

  it('is also set on the null version', async () => {
    await put('/plain/old.txt');
    s3.bucket('plain').versioning = 'Enabled';
    s3.bucket('plain').objectLock = true;
    const at = '/plain/old.txt?retention&versionId=null';
    for (const path of [at, '/plain/old.txt?retention']) {
      const answer = await putDocument(path, retained('GOVERNANCE', february));
      expect({ status: answer.status, tellingLines: tellingLines(answer) }).toEqual({ status: 200, tellingLines: [] });
    }
    expect(await answered(remove('/plain/old.txt?versionId=null'))).toEqual(locked);
  });

  // ceph/s3-tests, test_object_lock_get_obj_retention_iso8601, for fractions and offsets.
  it.each([
    ['2026-02-28T10:00:00.5Z', '2026-02-28T10:00:00.500Z'],
    ['2026-02-28T10:00:00.123456789Z', '2026-02-28T10:00:00.123Z'],
    ['2026-02-28T12:30:00+02:30', '2026-02-28T10:00:00.000Z'],
    ['2026-02-28T02:00:00-0800', '2026-02-28T10:00:00.000Z'],
    ['2026-01-31T10:00:00.001Z', '2026-01-31T10:00:00.001Z'],
  ])('reads the date %s as %s', async (given, until) => {
    expect(await set(retained('GOVERNANCE', given))).toEqual(ok);
    expect(await told()).toEqual(document('GOVERNANCE', until));
  });

  // F108
  it.each([
    ['2020-01-01T00:00:00Z', 'Tue Dec 31 16:00:00 PST 2019'],
    ['2025-07-01T12:00:00Z', 'Tue Jul 01 05:00:00 PDT 2025'],
    ['2026-01-31T10:00:00Z', 'Sat Jan 31 02:00:00 PST 2026'],
    ['2026-01-31T10:00:00.0009Z', 'Sat Jan 31 02:00:00 PST 2026'],
  ])('refuses a date in the past: %s is returned as %s', async (given, value) => {
    const refused = badArgument('The retain until date must be in the future!', 'RetainUntilDate', value);
    expect(await set(retained('GOVERNANCE', given))).toEqual(refused);
    expect(await told()).toEqual(neverSet);
  });

  it.each([
    ['no body', ''],
    ['another mode', retained('governance', february)],
    ['no date', retained('GOVERNANCE', 'tomorrow')],
    ['a day without a time', retained('GOVERNANCE', '2026-02-28')],
    ['a day that does not exist', retained('GOVERNANCE', '2026-02-30T10:00:00Z')],
    ['an empty mode', retained('', february)],
    ['something else', retention('<Days>1</Days>')],
    [
      'two modes',
      retention(`<Mode>GOVERNANCE</Mode><Mode>GOVERNANCE</Mode><RetainUntilDate>${february}</RetainUntilDate>`),
    ],
  ])('is refused as malformed: %s', async (_what, body) => {
    expect(await set(body)).toEqual(malformed);
    expect(await told()).toEqual(neverSet);
  });

  it('needs a digest', async () => {
    const body = retained('GOVERNANCE', february);
    expect(await answered(send({ method: 'PUT', path: `${path}?retention`, body }))).toEqual(digestMissing);
  });
});

// Recorded: localstack, test_s3_object_retention*; ceph/s3-tests for the change of mode. F101
describe('a change of retention', () => {
  it('removes the retention, and keeps the legal hold', async () => {
    await set(retained('GOVERNANCE', february));
    await hold(legalHold('ON'));
    await set(retention(''), bypass);
    expect(await told()).toEqual(neverSet);
    expect(await holdTold()).toEqual(held('ON'));
  });

  it('is refused with the retention as its reason in the journal', async () => {
    await set(retained('COMPLIANCE', february));
    expect(await set(retention(''), bypass)).toEqual(locked);
    expect(s3.requests.last()?.why).toBe(
      'retained in COMPLIANCE mode until 2026-02-28T10:00:00.000Z; BypassGovernanceRetention does not lift COMPLIANCE mode',
    );
  });

  it('is refused for a date in the past before the retention is checked', async () => {
    await set(retained('COMPLIANCE', february));
    expect(await set(retained('COMPLIANCE', '2020-01-01T00:00:00Z'))).toEqual(
      badArgument('The retain until date must be in the future!', 'RetainUntilDate', 'Tue Dec 31 16:00:00 PST 2019'),
    );
  });
});

// F602
describe('an event hold of ?retention', () => {
  const mode = '<Mode>GOVERNANCE</Mode>';
  const on = '<EventHold>ON</EventHold><EventHoldDuration><Days>30</Days></EventHoldDuration>';

  it('is written after the end', async () => {
    await set(retention(mode + on));
    const end = '<RetainUntilDate>2026-03-02T10:00:00.000Z</RetainUntilDate>';
    expect(await told()).toEqual({ status: 200, text: answerDocument('Retention', mode + end + on) });
  });

  it.each<[string, string, string, string]>([
    [
      'ON without a duration',
      '<EventHold>ON</EventHold>',
      'The event hold of the request is not complete.',
      'InvalidRequest',
    ],
    [
      'OFF, which never was ON',
      '<EventHold>OFF</EventHold>',
      'The event hold of the request is not complete.',
      'InvalidRequest',
    ],
    [
      'a duration that is too long',
      '<EventHold>ON</EventHold><EventHoldDuration><Years>101</Years></EventHoldDuration>',
      'The event hold duration must be from 1 to 36500 days or from 1 to 100 years.',
      'InvalidArgument',
    ],
    [
      'a date before its duration is over',
      `${on}<RetainUntilDate>${february}</RetainUntilDate>`,
      'The retain until date must not be earlier than the end of the event hold duration.',
      'InvalidArgument',
    ],
  ])('is refused with %s', async (_what, content, message, code) => {
    expect(await answered(set(retention(mode + content)))).toEqual({
      status: 400,
      text: expect.stringContaining(`<Code>${code}</Code><Message>${message}</Message>`),
    });
    expect(await told()).toEqual(neverSet);
  });

  it('is not shortened by a date with a bypass, unless it is released', async () => {
    await set(retention(mode + on));
    expect(await set(retained('GOVERNANCE', february), bypass)).toEqual(
      refusal(
        400,
        'InvalidRequest',
        'The retain until date must not be earlier than the end of the event hold duration.',
      ),
    );
    expect(s3.requests.last()?.why).toContain("RetainUntilDate is '2026-02-28T10:00:00.000Z'");
    expect(await set(retained('GOVERNANCE', '2026-03-02T10:00:00Z'), bypass)).toEqual(ok);
  });

  it('keeps a version until it is released and its duration is over', async () => {
    await set(retention(mode + on));
    s3.clock.advance({ days: 400 });
    const remove400 = () => answered(remove(`${path}?versionId=${second}`));
    expect(await remove400()).toEqual(locked);
    expect(s3.requests.last()?.why).toBe(
      'under an event hold, and retained in GOVERNANCE mode for 30 days after its release',
    );
    await set(retention(`${mode}<EventHold>OFF</EventHold>`));
    s3.clock.advance({ days: 29 });
    expect(await remove400()).toEqual(locked);
    s3.clock.advance({ days: 1 });
    expect(await remove400()).toEqual({ status: 204, text: '' });
  });

  it('is lifted by a bypass in governance mode, and by nothing in compliance mode', async () => {
    await set(retention(mode + on));
    expect(await answered(remove(`${path}?versionId=${second}`, bypass))).toEqual({ status: 204, text: '' });
    await set(retention(`<Mode>COMPLIANCE</Mode>${on}`), {}, `&versionId=${first}`);
    expect(await answered(remove(`${path}?versionId=${first}`, bypass))).toEqual(locked);
  });

  it('is malformed on IBM COS, which has none', async () => {
    const answer = await putDocument(`${path}?retention`, retention(mode + on), { Host: cosHost });
    expect(answer.text).toContain('<Code>MalformedXML</Code>');
  });
});

// Recorded: localstack, TestS3ObjectLockLegalHold.
describe('?legal-hold', () => {
  it.each(['ON', 'OFF'])('is set and returned: %s', async (status) => {
    expect(await hold(legalHold(status))).toEqual(ok);
    expect(await holdTold()).toEqual(held(status));
  });

  it('is set on one version', async () => {
    expect(await hold(legalHold('ON'), `&versionId=${first}`)).toEqual(ok);
    expect(await holdTold(`&versionId=${first}`)).toEqual(held('ON'));
    expect(await holdTold()).toEqual(neverSet);
  });

  it.each([
    ['no body', ''],
    ['another word', legalHold('on')],
    ['an empty word', legalHold('')],
    ['two', '<LegalHold><Status>ON</Status><Status>ON</Status></LegalHold>'],
    ['something else', '<LegalHold><Status>ON</Status><Mode/></LegalHold>'],
  ])('is refused as malformed: %s', async (_what, body) => {
    expect(await hold(body)).toEqual(malformed);
    expect(await holdTold()).toEqual(neverSet);
  });

  it('needs a digest', async () => {
    const body = legalHold('ON');
    expect(await answered(send({ method: 'PUT', path: `${path}?legal-hold`, body }))).toEqual(digestMissing);
  });
});

describe.each([
  ['retention', retained('GOVERNANCE', february)],
  ['legal-hold', legalHold('ON')],
])('?%s needs', (name, body) => {
  const both = async (at: string, more = '') => ({
    ofPut: await answered(putDocument(`${at}?${name}${more}`, body)),
    ofGet: await answered(get(`${at}?${name}${more}`)),
  });
  const version = (id: string) => both(path, `&versionId=${id}`);

  it.each(['/open/report.pdf', '/plain/report.pdf'])('a bucket with object lock: %s', async (at) => {
    await put(at);
    expect(await both(at)).toEqual({ ofPut: lockMissing, ofGet: lockMissing });
  });

  it('a bucket with object lock, before it looks for the key', async () => {
    expect(await both('/open/nothing')).toEqual({ ofPut: lockMissing, ofGet: lockMissing });
  });

  it('a key that exists', async () => {
    expect(await both('/vault/nothing')).toEqual({ ofPut: noSuchKey('nothing'), ofGet: noSuchKey('nothing') });
  });

  it('an id that was issued', async () => {
    const refused = badArgument('Invalid version id specified', 'versionId', 'invented');
    expect(await version('invented')).toEqual({ ofPut: refused, ofGet: refused });
  });

  it('an id that is not empty', async () => {
    const refused = badArgument('Version id cannot be the empty string', 'versionId', '');
    expect(await version('')).toEqual({ ofPut: refused, ofGet: refused });
  });

  it('a version that exists', async () => {
    await remove(`${path}?versionId=${first}`);
    const gone = noSuchVersion('report.pdf', first);
    expect(await version(first)).toEqual({ ofPut: gone, ofGet: gone });
  });

  // Recorded: localstack, test_object_lock_delete_markers.
  it('a version that is not a delete marker, current or by its id', async () => {
    const marker = await markDeleted(path);
    expect(await both(path)).toEqual({ ofPut: markerNotAllowed('PUT'), ofGet: markerNotAllowed('GET') });
    expect(await version(marker)).toEqual({ ofPut: markerNotAllowed('PUT'), ofGet: markerNotAllowed('GET') });
    const { header } = await get(`${path}?${name}&versionId=${marker}`);
    const [allow, deleteMarker, time] = ['allow', 'x-amz-delete-marker', 'last-modified'].map(header);
    expect({ allow, deleteMarker, time }).toEqual({
      allow: 'DELETE',
      deleteMarker: 'true',
      time: 'Sat, 31 Jan 2026 10:00:00 GMT', // F62
    });
  });
});
