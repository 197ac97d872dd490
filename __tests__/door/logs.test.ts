import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../support/door';

const queue = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const notification = { QueueConfigurations: [{ Id: 'all', QueueArn: queue, Events: ['s3:ObjectCreated:*'] }] } as const;
const s3 = mockS3({ now: '2026-01-31T10:00:00Z', buckets: { vault: { versioning: 'Enabled', notification } } });
const served = serveDoor(s3);
const { door, client } = served;
const put = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body }));
const getMissing = () => client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'none' })).catch(() => {});

interface Page {
  readonly requests: readonly {
    readonly id: number;
    readonly operation: string;
    readonly status: number;
    readonly input: { readonly Key?: string };
  }[];
  readonly last: number;
  readonly dropped: number;
}

async function page(query = ''): Promise<Page> {
  const { body } = await door('GET', `/requests${query}`);
  return body as Page;
}

const operationsOf = ({ requests }: Page) => requests.map(({ operation }) => operation);

describe('the requests, through the door', () => {
  it('are those of the journal, each with its number, its input and its reason', async () => {
    await put('a.txt', 'first');
    await getMissing();
    const { requests, last } = await page();
    expect(requests).toMatchObject([
      { id: last - 1, operation: 'PutObject', input: { Bucket: 'vault', Key: 'a.txt' }, status: 200 },
      { id: last, operation: 'GetObject', status: 404, error: { code: 'NoSuchKey' } },
    ]);
  });

  it('are chosen by operation, input and outcome, as the journal chooses them', async () => {
    await put('a.txt', 'first');
    await put('b.txt', 'first');
    await getMissing();
    expect(operationsOf(await page('?operation=PutObject'))).toEqual(['PutObject', 'PutObject']);
    const input = encodeURIComponent('{"Key":"b.txt"}');
    expect((await page(`?operation=PutObject&input=${input}`)).requests).toMatchObject([{ input: { Key: 'b.txt' } }]);
    expect(operationsOf(await page('?applied=false'))).toEqual(['GetObject']);
    expect(operationsOf(await page('?code=NoSuchKey&status=404'))).toEqual(['GetObject']);
    expect(operationsOf(await page('?bucket=vault&key=none'))).toEqual(['GetObject']);
    expect(operationsOf(await page('?bucket=other'))).toEqual([]);
    expect(operationsOf(await page('?limit=1'))).toEqual(['GetObject']);
  });

  it('explain a failed test, as the test itself would read it', async () => {
    await getMissing();
    const { body } = await door('GET', '/explanation');
    expect(body).toEqual({ explanation: s3.requests.explain() });
    expect(s3.requests.explain()).toContain('GetObject vault/none 404 NoSuchKey');
    await put('a.txt', 'zzz');
    const message = encodeURIComponent("assert 'enp6' == 'zzz'");
    expect((await door('GET', `/explanation?message=${message}`)).status).toBe(200);
  });

  it.each<readonly [accept: string, type: string, isText: boolean]>([
    ['text/plain', 'text/plain; charset=utf-8', true],
    ['application/json, text/plain, */*', 'application/json', false],
    ['*/*', 'application/json', false],
  ])('explain a failed test to a client that accepts %s as %s', async (accept, type, isText) => {
    await getMissing();
    const answer = await fetch(`${served.url}/_mock/explanation`, { headers: { accept } });
    const explanation = s3.requests.explain();
    expect({ type: answer.headers.get('content-type'), text: await answer.text() }).toEqual({
      type,
      text: `${isText ? explanation : JSON.stringify({ explanation })}\n`,
    });
  });

  it('say what the door refused, if no request came', async () => {
    const explanation = async () => (await door('GET', '/explanation')).body;
    await door('POST', '/rules', { operation: 'put_object', fail: 'SlowDown' });
    expect(await explanation()).toEqual({
      explanation:
        "No request of S3 came. The door refused a call before: POST /_mock/rules: S3, STS and S3 Control have no operation 'put_object'. Did you mean PutObject?",
    });
    await getMissing();
    expect(await explanation()).toEqual({ explanation: s3.requests.explain() });
    await door('POST', '/reset');
    expect(await explanation()).toEqual({ explanation: s3.requests.explain() });
  });

  it('name the call that moves the clock', async () => {
    expect((await door('POST', '/clock', { days: 9 })).body).toMatchObject({
      error: { message: '/_mock/clock takes GET, PUT, not POST. Did you mean POST /_mock/clock/advance?' },
    });
    expect((await door('PUT', '/clock', { days: 9 })).body).toMatchObject({
      error: {
        message:
          "PUT /_mock/clock: there is no option 'days'. To move the clock by a time: POST /_mock/clock/advance. The options are: now.",
      },
    });
  });

  it('are answered page by page, from the newest to the oldest', async () => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) await put(key, 'first');
    const keysOf = async (query: string) => {
      const { requests } = await page(query);
      return requests.map(({ id, input }) => [id, input.Key]);
    };
    const { last } = await page();
    expect(await keysOf('?limit=2')).toEqual([
      [last - 1, 'd'],
      [last, 'e'],
    ]);
    expect(await keysOf(`?limit=2&until=${last - 1}`)).toEqual([
      [last - 3, 'b'],
      [last - 2, 'c'],
    ]);
    expect(await keysOf(`?limit=2&until=${last - 3}`)).toEqual([[last - 4, 'a']]);
    expect(await keysOf(`?limit=2&until=${last - 4}`)).toEqual([]);
    expect(await keysOf(`?since=${last - 3}&until=${last}`)).toEqual([
      [last - 2, 'c'],
      [last - 1, 'd'],
    ]);
  });

  it('keep their numbers when the journal is cleared, and are told once', async () => {
    await put('a.txt', 'first');
    const { last } = await page();
    await door('DELETE', '/requests');
    await put('b.txt', 'first');
    const next = await page(`?since=${last}`);
    expect(next.requests).toMatchObject([{ id: last + 1, input: { Key: 'b.txt' } }]);
    expect(await page(`?since=${next.last}`)).toMatchObject({ requests: [], last: last + 1, dropped: 0 });
  });

  it('are whole by their number', async () => {
    await put('a.txt', 'first');
    const { last } = await page();
    expect((await door('GET', `/requests/${last}`)).body).toMatchObject({
      id: last,
      body: 'first',
      headers: { host: 'vault.s3.us-east-1.amazonaws.com' },
      output: { VersionId: expect.any(String) },
    });
    expect(await door('GET', '/requests/0')).toMatchObject(refused(404, { code: 'NO_SUCH_REQUEST' }));
  });

  it('have what was sent, also keys and tokens', async () => {
    const SSECustomerKey = Buffer.alloc(32, 'k');
    const encrypted = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: SSECustomerKey.toString('base64') };
    await client
      .send(new PutObjectCommand({ Bucket: 'vault', Key: 'c.txt', Body: 'first', ...encrypted }))
      .catch(() => {});
    const { last } = await page();
    const { body } = await door('GET', `/requests/${last}`);
    expect(body).toMatchObject({
      input: encrypted,
      headers: { 'x-amz-server-side-encryption-customer-key': encrypted.SSECustomerKey },
    });
  });

  it.each([
    ['?operation=PutObjec', /Did you mean PutObject/],
    ['?operation=PutObject&input=%7B%22Kay%22:1%7D', /Kay/],
    ['?operation=PutObject&input=Key', /not JSON/],
    ['?input=%7B%7D', /needs an operation/],
    ['?applied=yes', /true or false/],
    ['?since=first', /'first'/],
  ])('refuse %s', async (query, message) => {
    expect(await door('GET', `/requests${query}`)).toMatchObject(refused(400, message));
  });

  it('come as a stream, from a number on, with what happens to the journal', async () => {
    await put('a.txt', 'first');
    const { last } = await page();
    const stop = new AbortController();
    const headers = { accept: 'text/event-stream', 'last-event-id': String(last) };
    const { body, headers: answered } = await fetch(`${served.url}/_mock/requests`, { headers, signal: stop.signal });
    expect(answered.get('content-type')).toBe('text/event-stream');
    await put('b.txt', 'first');
    s3.requests.clear();
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body ?? []) {
        text += decoder.decode(chunk);
        if (text.includes('event: reset')) break;
      }
    } finally {
      stop.abort();
    }
    expect(text).not.toContain('a.txt');
    expect(text).toMatch(new RegExp(`id: ${last + 1}\\nevent: request\\ndata: \\{.*"Key":"b.txt".*\\}\\n\\n`));
  });
});

async function readStream(path: string, lastEventId: string, isEnough: (text: string) => boolean): Promise<string> {
  const stop = new AbortController();
  const headers = { accept: 'text/event-stream', 'last-event-id': lastEventId };
  const { body } = await fetch(`${served.url}/_mock${path}`, { headers, signal: stop.signal });
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (isEnough(text)) break;
  }
  stop.abort();
  return text;
}

describe('the streams of the door', () => {
  it.each([
    ['/requests', 'request'],
    ['/events', 'event'],
    ['/service-actions', 'serviceAction'],
  ])('of %s begin anew for a reader who knows another mock', async (path, event) => {
    s3.bucket('vault').lifecycle = {
      Rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }],
    };
    await put('a.txt', 'first');
    s3.clock.advance({ days: 3 });
    const text = await readStream(path, '999999', (read) => /^id: /m.test(read));
    expect(text).toMatch(new RegExp(`event: reset\\ndata: \\{\\}\\n\\nid: \\d+\\nevent: ${event}\\n`));
  });

  it('refuse a since that is no number, as lists do', async () => {
    const headers = { accept: 'text/event-stream' };
    const { status } = await fetch(`${served.url}/_mock/requests?since=-1`, { headers });
    expect(status).toBe(400);
  });
});

describe('the events, through the door', () => {
  it('are those that S3 sent, chosen by name and place', async () => {
    await put('a.txt', 'first');
    await put('b.txt', 'first');
    const { body } = await door('GET', '/events?name=ObjectCreated:*&key=b.txt');
    expect(body).toMatchObject({
      events: [
        { name: 'ObjectCreated:Put', bucket: 'vault', key: 'b.txt', destination: queue, configurationId: 'all' },
      ],
    });
    expect((await door('GET', '/events?bucket=vault')).body).toMatchObject({
      events: [{ key: 'a.txt' }, { key: 'b.txt' }],
    });
    expect(await door('GET', '/events?name=ObjectMade')).toMatchObject({ status: 400 });
  });
});
