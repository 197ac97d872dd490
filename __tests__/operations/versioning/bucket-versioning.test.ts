import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, declaration, enabled, suspended, versioningConfiguration } from '../../support/documents';
import { answerHead } from '../../support/heads';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });

const put = (body: string, headers: Record<string, string> = {}) =>
  send({ method: 'PUT', path: '/vault?versioning', headers, body });
const get = () => send({ path: '/vault?versioning' });

function padded(bytes: number): string {
  const bare = `${declaration}<!--  -->\n${enabled}`;
  return bare.replace('<!--  -->', `<!-- ${'x'.repeat(bytes - bare.length)} -->`);
}

// Recorded: dyus/meeseeks-s3, tests/put_bucket_versioning/golden. F1, F2
describe('PUT ?versioning that S3 accepts', () => {
  // F9
  it('answers 200 with only a length of 0', async () => {
    const { status, head, body } = await put(enabled);
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(head).toEqual(answerHead('Content-Length: 0'));
  });

  it("answers with the process's Date, wherever the mock's clock is (F10)", async () => {
    s3.clock.advance({ days: 30 });
    const date = Date.parse((await put(enabled)).header('Date') ?? '');
    expect(Math.abs(date - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ['without a declaration', enabled],
    ['with a declaration', `${declaration}${enabled}`],
    ['without a namespace', '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'],
    // F11
    ['under another root', '<?xml version="1.0"?><Delete><Status>Enabled</Status></Delete>'],
    ['with blanks between its elements', versioningConfiguration('\n  <Status>Enabled</Status>\n')],
    ['of 1024 bytes', padded(1024)],
    [
      'with a namespace prefix',
      '<v:VersioningConfiguration xmlns:v="urn:x"><v:Status>Enabled</v:Status></v:VersioningConfiguration>',
    ],
    ['with an empty MfaDelete', versioningConfiguration('<Status>Enabled</Status><MfaDelete></MfaDelete>')],
    ['with a closed MfaDelete', versioningConfiguration('<Status>Enabled</Status><MfaDelete/>')],
  ])('accepts a document %s', async (_what, body) => {
    expect((await put(body)).status).toBe(200);
    expect((await get()).text).toBe(answerDocument('VersioningConfiguration', '<Status>Enabled</Status>'));
  });

  it.each(['application/xml', 'application/json', 'text/plain', 'randomx', ''])(
    'accepts any Content-Type: %j',
    async (type) => {
      expect((await put(enabled, { 'Content-Type': type })).status).toBe(200);
      expect(s3.bucket('vault').versioning).toBe('Enabled');
    },
  );

  it.each([
    ["in S3's order", '<Status>Enabled</Status><MfaDelete>Disabled</MfaDelete>'],
    ['in the other order', '<MfaDelete>Disabled</MfaDelete><Status>Enabled</Status>'],
  ])("accepts Status and MfaDelete %s, and returns them in S3's order", async (_order, content) => {
    expect((await put(versioningConfiguration(content))).status).toBe(200);
    expect((await get()).text).toBe(
      answerDocument('VersioningConfiguration', '<Status>Enabled</Status><MfaDelete>Disabled</MfaDelete>'),
    );
  });

  it('accepts a correct digest', async () => {
    const headers = { 'Content-MD5': 'IjhtHf5gnkMYmEeiwoaHWg==' };
    const recorded = `<?xml version="1.0" encoding="UTF-8"?>${enabled}`;
    expect((await put(recorded, headers)).status).toBe(200);
  });

  it('ignores a key in the path (F21)', async () => {
    const answer = await send({ method: 'PUT', path: '/vault/report.pdf?versioning', body: suspended });
    expect(answer.status).toBe(200);
    expect((await send({ path: '/vault/any/key?versioning' })).text).toBe(
      answerDocument('VersioningConfiguration', '<Status>Suspended</Status>'),
    );
    expect(s3.requests.of('PutBucketVersioning')).toHaveLength(1);
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html#versioning-states
describe('the three states of versioning (F1)', () => {
  it('start again with a new bucket of the same name', async () => {
    await put(enabled);
    await send({ method: 'DELETE', path: '/vault' });
    await send({ method: 'PUT', path: '/vault' });
    expect((await get()).text).toBe(answerDocument('VersioningConfiguration', ''));
  });
});

// The self-closing element: versity/versitygw#843 and brekkylab/backlot, measured 2026-09-29. The headers: dyus/meeseeks-s3. F2, F7
describe('GET ?versioning', () => {
  it('answers in chunks, without a Content-Type', async () => {
    const { status, head } = await get();
    expect(status).toBe(200);
    expect(head).toEqual(answerHead('Transfer-Encoding: chunked'));
  });

  it.each([
    ['never set', {}, ''],
    ['Enabled', { versioning: 'Enabled' }, '<Status>Enabled</Status>'],
    ['Suspended', { versioning: 'Suspended' }, '<Status>Suspended</Status>'],
    [
      'MFA Delete off',
      { versioning: 'Enabled', mfaDelete: 'Disabled' },
      '<Status>Enabled</Status><MfaDelete>Disabled</MfaDelete>',
    ],
    [
      'MFA Delete on',
      { versioning: 'Enabled', mfaDelete: 'Enabled' },
      '<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>',
    ],
    [
      'Suspended, MFA Delete on',
      { versioning: 'Suspended', mfaDelete: 'Enabled' },
      '<Status>Suspended</Status><MfaDelete>Enabled</MfaDelete>',
    ],
    // F2
    ['object lock', { objectLock: true }, '<Status>Enabled</Status><MfaDelete>Disabled</MfaDelete>'],
    ['object lock put later', { versioning: 'Enabled', objectLock: true }, '<Status>Enabled</Status>'],
    ['object lock of IBM COS', { objectLock: true, region: 'us-south-standard' }, '<Status>Enabled</Status>'],
  ] as const)('returns the versioning of a bucket: %s', async (_state, fixture, content) => {
    s3.createBucket('other', fixture);
    expect((await send({ path: '/other?versioning' })).text).toBe(answerDocument('VersioningConfiguration', content));
  });

  it('needs no MFA code', async () => {
    s3.createBucket('other', { versioning: 'Enabled', mfaDelete: 'Enabled' });
    expect((await send({ path: '/other?versioning' })).status).toBe(200);
  });
});
