import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answered } from '../../support/objects';
import { askCos, done, invalid, outcomeOf, protectedBuckets, retentionOf } from '../../support/protection';
import { send } from '../../support/wire-client';

const many = Array.from({ length: 100 }, (_, index) => `case-${index}`);
const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    ...protectedBuckets,
    vault: {
      ...protectedBuckets.vault,
      objects: {
        kept: { body: 'text', protection: { RetentionPeriod: 86_400 } },
        held: { body: 'text', protection: { RetentionPeriod: 86_400, LegalHolds: ['case-7'] } },
        full: { body: 'text', protection: { RetentionPeriod: 86_400, LegalHolds: many } },
        endless: { body: 'text', protection: { RetentionPeriod: -1 } },
        free: 'text',
      },
    },
    plain: { ...protectedBuckets.plain, objects: { free: 'text' } },
  },
});

const holdsOf = (key: string) =>
  s3
    .bucket('vault')
    .object(key)
    .protection?.LegalHolds.map(({ ID }) => ID);
const add = (key: string, id: string) => askCos(`POST /vault/${key}?legalHold&add=${encodeURIComponent(id)}`);
const remove = (key: string, id: string) => askCos(`POST /vault/${key}?legalHold&remove=${encodeURIComponent(id)}`);

// F827
describe('a legal hold', () => {
  it('is added with the time of its request', async () => {
    s3.clock.advance({ hours: 1 });
    const answer = await add('kept', 'case-7');
    expect({ ...outcomeOf(answer), body: answer.body }).toEqual({ ...done, body: '' });
    expect(s3.bucket('vault').object('kept').protection?.LegalHolds).toEqual([
      { ID: 'case-7', Date: new Date('2026-03-01T13:00:00Z') },
    ]);
    expect(s3).toHaveReceived('AddLegalHold', { Key: 'kept', RetentionLegalHoldId: 'case-7' });
  });

  it('is removed, and the others stay', async () => {
    await add('held', 'case-8');
    const answer = await remove('held', 'case-7');
    expect({ ...outcomeOf(answer), body: answer.body }).toEqual({ ...done, body: '' });
    expect(holdsOf('held')).toEqual(['case-8']);
    expect(s3).toHaveReceived('DeleteLegalHold', { Key: 'held', RetentionLegalHoldId: 'case-7' });
  });

  it.each(['', 'case/7'])('cannot have the id %j', async (id) => {
    expect(outcomeOf(await add('kept', id))).toEqual(invalid);
    expect(s3.requests.last()?.why).toContain(`1 to 64 letters, digits or any of ! _ . * ( ) ' -, and not '${id}'`);
    expect(holdsOf('kept')).toEqual([]);
  });

  it('needs an id', async () => {
    expect(outcomeOf(await askCos('POST /vault/kept?legalHold'))).toEqual(invalid);
    expect(s3.requests.last()?.operation).toBe('AddLegalHold');
  });

  it('is one of a hundred at most', async () => {
    expect(outcomeOf(await add('full', 'one-more'))).toEqual(invalid);
    await remove('full', 'case-0');
    expect(outcomeOf(await add('full', 'one-more'))).toEqual(done);
  });

  it('is refused with 409 if the object has its id', async () => {
    const conflict = { status: 409, code: 'InvalidRequest', message: 'Invalid Request' };
    expect(outcomeOf(await add('held', 'case-7'))).toEqual(conflict);
    expect(outcomeOf(await add('full', 'case-7'))).toEqual(conflict);
  });

  it('cannot be removed if the object does not have it', async () => {
    expect(outcomeOf(await remove('held', 'case-8'))).toEqual(invalid);
    expect(s3.requests.last()?.why).toBe("the object has no legal hold 'case-8'; it has the legal hold 'case-7'");
    await remove('held', 'case-7');
    await remove('held', 'case-7');
    expect(s3.requests.last()?.why).toBe("the object has no legal hold 'case-7'; it has none");
  });

  it.each([
    'POST /vault/free?legalHold&add=a',
    'POST /vault/free?legalHold&remove=a',
    'POST /plain/free?legalHold&add=a',
  ])('needs an object with a retention: %s', async (line) => {
    expect(outcomeOf(await askCos(line))).toEqual(invalid);
  });

  it.each(['POST /vault/none?legalHold&add=a', 'POST /vault/none?legalHold&remove=a', 'GET /vault/none?legalHold'])(
    'needs an object: %s',
    async (line) => {
      expect(outcomeOf(await askCos(line))).toMatchObject({ status: 404, code: 'NoSuchKey' });
    },
  );

  it('is unknown to AWS', async () => {
    expect((await send({ path: '/plain/free?legalHold' })).body).toBe('text');
  });
});

// F827
describe('GET ?legalHold', () => {
  it('lists the holds, the oldest first, beside the retention', async () => {
    s3.clock.advance({ hours: 1 });
    await add('held', 'case-8');
    expect(await answered(askCos('GET /vault/held?legalHold'))).toEqual({
      status: 200,
      text:
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<RetentionState xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CreateTime>Sun, 01 Mar 2026 12:00:00 GMT</CreateTime><RetentionPeriod>86400</RetentionPeriod>' +
        '<RetentionPeriodExpirationDate>Mon, 02 Mar 2026 12:00:00 GMT</RetentionPeriodExpirationDate><LegalHolds><LegalHold><ID>case-7</ID><Date>Sun, 01 Mar 2026 12:00:00 GMT</Date></LegalHold>' +
        '<LegalHold><ID>case-8</ID><Date>Sun, 01 Mar 2026 13:00:00 GMT</Date></LegalHold></LegalHolds></RetentionState>',
    });
  });

  it('has an empty list without holds, and no date without an end', async () => {
    const { body } = await askCos('GET /vault/endless?legalHold');
    expect(body).toContain('<RetentionPeriod>-1</RetentionPeriod><LegalHolds/></RetentionState>');
  });

  it.each(['GET /vault/free?legalHold', 'GET /plain/free?legalHold'])(
    'is 404 without a retention: %s',
    async (line) => {
      expect(outcomeOf(await askCos(line))).toEqual({
        status: 404,
        code: 'NoSuchObjectLockConfiguration',
        message: 'The specified object does not have a ObjectLock configuration',
      });
    },
  );

  it('counts the holds in the answer to HEAD', async () => {
    expect(await retentionOf('/vault/full')).toMatchObject({ 'Retention-Legal-Hold-Count': '100' });
    expect(await retentionOf('/vault/kept')).not.toHaveProperty('Retention-Legal-Hold-Count');
  });
});
