import { DeleteObjectsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../support/door';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
const { door, client } = serveDoor(s3);
const put = (Key: string) => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body: 'first' }));

interface Rule {
  readonly id: string;
  readonly text: string;
  readonly requests: readonly number[];
  readonly made?: { readonly path: string; readonly body: object };
}

async function rules(): Promise<readonly Rule[]> {
  const { body } = await door('GET', '/rules');
  return (body as { readonly rules: readonly Rule[] }).rules;
}

describe('a rule, through the door', () => {
  it('fails requests, and knows those that it met', async () => {
    const rule = { operation: 'PutObject', input: { Bucket: 'vault' }, fail: 'SlowDown', times: 1, retryAfter: 3 };
    expect(await door('POST', '/rules', rule)).toMatchObject({
      status: 201,
      body: {
        id: expect.any(String),
        text: "on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { retryAfter: 3, times: 1 })",
        isInForce: true,
        used: 0,
      },
    });
    await expect(put('a.txt')).rejects.toMatchObject({ name: 'SlowDown' });
    await put('a.txt');
    const [met] = await rules();
    expect(met).toMatchObject({ used: 1, isInForce: false });
    expect(await door('GET', `/requests/${met?.requests[0]}`)).toMatchObject({ body: { status: 503 } });
  });

  it('goes when it is deleted, and with a reset', async () => {
    await door('POST', '/rules', { operation: '*', fail: 'SlowDown' });
    const [rule] = await rules();
    expect(await door('DELETE', `/rules/${rule?.id}`)).toMatchObject({ status: 204 });
    await put('a.txt');
    expect(await door('DELETE', `/rules/${rule?.id}`)).toMatchObject(refused(404, { code: 'NO_SUCH_RULE' }));
    await door('POST', '/rules', { operation: '*', fail: 'SlowDown' });
    await door('POST', '/reset');
    expect(await rules()).toEqual([]);
  });

  it.each<{ steps: object; text: string }>`
    steps                                                                          | text
    ${{ fail: { code: 'Teapot', status: 418, message: 'Short' } }}                 | ${".fail({ code: 'Teapot', status: 418, message: 'Short' })"}
    ${{ delay: { milliseconds: 5 }, times: 2 }}                                    | ${'.delay({ milliseconds: 5, times: 2 })'}
    ${{ disconnect: { when: 'before' } }}                                          | ${".disconnect({ when: 'before' })"}
    ${{ disconnect: { when: 'during', after: 5 } }}                                | ${".disconnect({ when: 'during', after: 5 })"}
    ${{ corrupt: { how: 'alter' } }}                                               | ${".corrupt({ how: 'alter' })"}
    ${{ stall: { after: 5 }, times: 2 }}                                           | ${'.stall({ after: 5, times: 2 })'}
    ${{ stall: {} }}                                                               | ${'.stall({ after: 0 })'}
    ${{ reply: { status: 299, body: 'no' } }}                                      | ${".reply({ status: 299, body: 'no' })"}
    ${{ steps: [{ fail: 'SlowDown', times: 1 }, { delay: { milliseconds: 1 } }] }} | ${".fail('SlowDown', { times: 1 }).delay({ milliseconds: 1 })"}
  `('has the steps of the library: $steps', async ({ steps, text }) => {
    expect(await door('POST', '/rules', { operation: 'GetObject', ...steps })).toMatchObject({
      status: 201,
      body: { text: `on('GetObject')${text}` },
    });
  });

  it('fails entries of a batch', async () => {
    const failEntries = { entries: { Key: 'a.txt' }, error: 'InternalError' };
    await door('POST', '/rules', { operation: 'DeleteObjects', failEntries });
    const Delete = { Objects: [{ Key: 'a.txt' }, { Key: 'b.txt' }] };
    const { Errors } = await client.send(new DeleteObjectsCommand({ Bucket: 'vault', Delete }));
    expect(Errors).toMatchObject([{ Key: 'a.txt', Code: 'InternalError' }]);
  });

  it('makes copies by replication fail', async () => {
    expect(await door('POST', '/rules', { operation: 'ReplicateObject', fail: 'SlowDown', times: 1 })).toMatchObject({
      status: 201,
    });
    expect(await door('POST', '/rules', { operation: 'ReplicateObject', delay: { milliseconds: 1 } })).toMatchObject({
      status: 400,
    });
  });

  it.each([
    [{ operation: 'PutObjec', fail: 'SlowDown' }, /Did you mean PutObject/],
    [{ operation: 'PutObject', fail: 'SlowDow' }, /Did you mean SlowDown/],
    [{ operation: 'PutObject', input: { Kay: 1 }, fail: 'SlowDown' }, /Kay/],
    [{ operation: 'PutObject' }, /a step has one of/],
    [{ operation: 'PutObject', fail: 'SlowDown', delay: { milliseconds: 1 } }, /a step has one of/],
    [{ operation: 'PutObject', steps: {} }, /a list of steps/],
    [{ operation: 'PutObject', steps: [1] }, /step/],
    [{ operation: 'PutObject', fails: 'SlowDown' }, /Did you mean fail/],
    [{ operation: 'PutObject', delay: 5 }, /milliseconds/],
    [{ operation: 'PutObject', delay: null }, /milliseconds|delay/],
    [{ operation: 'PutObject', fail: 'SlowDown', times: 0 }, /times/],
    [{ operation: 'PutObject', failEntries: { entries: {}, error: 'SlowDown' } }, /DeleteObjects/],
    [{ fail: 'SlowDown' }, /No operation was given/],
  ])('is refused, and not there: %j', async (rule, message) => {
    expect(await door('POST', '/rules', rule)).toMatchObject(
      refused(400, { name: 'TypeError', message: expect.stringMatching(message) }),
    );
    expect(await rules()).toEqual([]);
  });

  it('has the call that made it, by which it is made again; one of the process has none', async () => {
    const given = { operation: 'GetObject', input: { Key: 'a.txt' }, fail: 'SlowDown', times: 2 };
    const { body } = await door('POST', '/rules', given);
    const { id, text, made } = body as Rule;
    expect(made).toEqual({ path: '/rules', body: given });
    await door('DELETE', `/rules/${id}`);
    expect(await door('POST', '/rules', made?.body)).toMatchObject({ status: 201, body: { text, made } });
    s3.on('HeadObject').fail('SlowDown');
    expect((await rules()).at(-1)).not.toHaveProperty('made');
  });

  it('that no request met is unused', async () => {
    await door('POST', '/rules', { operation: 'GetObject', fail: 'SlowDown' });
    expect(await door('GET', '/unused-rules')).toMatchObject({
      body: { unusedRules: [{ operation: 'GetObject', text: "on('GetObject').fail('SlowDown')" }] },
    });
  });
});

describe('an outage, through the door', () => {
  it('makes a region fail until it is deleted', async () => {
    const { body } = await door('POST', '/outages', { bucket: 'vault', as: 'InternalError' });
    expect(body).toMatchObject({
      operation: '*',
      text: "outage({ bucket: 'vault', as: 'InternalError' })",
      made: { path: '/outages', body: { bucket: 'vault', as: 'InternalError' } },
    });
    await expect(put('a.txt')).rejects.toMatchObject({ name: 'InternalError' });
    await door('DELETE', `/rules/${(body as Rule).id}`);
    await put('a.txt');
    expect(await door('POST', '/outages', { region: 'us-eest-1' })).toMatchObject(refused(400, 'us-east-1'));
  });
});
