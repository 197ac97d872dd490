import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { presignV4, signV4 } from '../support/clients/signer';
import { runs } from '../support/runs';
import { type Call, example, judged, knownAt } from '../support/signed';

const at = '2026-03-31T07:35:05Z';
const now = knownAt(at, { region: undefined });
const signer = { ...example, at: new Date(at), region: 'eu-west-1' };

const word = fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' });
const path = fc
  .array(fc.oneof(word, fc.constantFrom('', '.', '..', 'a b', "!'()*", '%2F', '+')), { maxLength: 4 })
  // No client encodes the slashes of a key, which S3 decodes before it signs (F148).
  .map((parts) => `/vault/${parts.map(encodeURIComponent).join('/').replaceAll('%2F', '/')}`);
const query = fc
  .array(fc.tuple(fc.constantFrom('versionId', 'prefix', 'prefix-a', 'acl', 'A', 'x-amz-meta-q'), fc.option(word)), {
    maxLength: 4,
  })
  .map((pairs) =>
    pairs.map(([name, value]) => (value === null ? name : `${name}=${encodeURIComponent(value)}`)).join('&'),
  );
const value = fc.stringMatching(/^[ -~]{0,12}$/);
const request = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
  host: fc.constantFrom('s3.amazonaws.com', 'vault.s3.amazonaws.com', 'localhost:9000'),
  path: fc.tuple(path, query).map(([one, other]) => (other === '' ? one : `${one}?${other}`)),
  headers: fc.dictionary(fc.constantFrom('x-amz-meta-a', 'x-amz-meta-b', 'range', 'content-type'), value),
  body: fc.string(),
});

const digit = (text: string, index: number) => {
  const place = index % text.length;
  return `${text.slice(0, place)}${text[place] === '0' ? '1' : '0'}${text.slice(place + 1)}`;
};

function changesOf(
  call: Required<Pick<Call, 'method' | 'url' | 'host'>> & { headers: Readonly<Record<string, string>> },
  index: number,
): readonly Call[] {
  const { method, url, headers } = call;
  const authorization = headers['authorization'] ?? '';
  const withHeaders = (more: Record<string, string>) => ({ ...call, headers: { ...headers, ...more } });
  return [
    { ...call, method: method === 'GET' ? 'PUT' : 'GET' },
    { ...call, url: url.replace('/vault/', '/vault/x') },
    { ...call, url: `${url}${url.includes('?') ? '&' : '?'}versionId=x` },
    { ...call, url: `${url}${url.includes('?') ? '&' : '?'}x-amz-meta-c=1` },
    ...(url.includes('x-amz-meta-q') ? [{ ...call, url: url.replace('x-amz-meta-q', 'x-amz-meta-r') }] : []),
    withHeaders({ host: 'elsewhere.s3.amazonaws.com' }),
    withHeaders({ 'x-amz-meta-c': 'unsigned' }),
    ...Object.keys(headers)
      .filter((name) => name !== 'authorization' && name !== 'host')
      .map((name) => withHeaders({ [name]: `${headers[name]}x` })),
    ...(authorization === ''
      ? [
          { ...call, url: url.replace(/[0-9a-f]{64}$/, (signature) => digit(signature, index)) },
          { ...call, url: url.replace('Expires=900', 'Expires=901') },
        ]
      : [
          withHeaders({
            authorization: authorization.replace(/[0-9a-f]{64}$/, (signature) => digit(signature, index)),
          }),
          withHeaders({ authorization: authorization.replace('eu-west-1', 'eu-west-2') }),
          withHeaders({ 'x-amz-date': '20260331T073506Z' }),
        ]),
  ];
}

it('a signed request is valid, and none that was changed afterwards', () => {
  fc.assert(
    fc.property(request, fc.nat(63), (sent, index) => {
      const { headers } = signV4(sent, signer);
      const call = { method: sent.method, url: sent.path, host: sent.host, headers };
      expect(judged(call, now)).toBeUndefined();
      for (const changed of changesOf(call, index))
        expect({ changed, judged: judged(changed, now) }).not.toEqual({ changed, judged: undefined });
    }),
    runs(100),
  );
});

it('a presigned url is valid, and none that was changed afterwards', () => {
  fc.assert(
    fc.property(request, fc.nat(63), (sent, index) => {
      const url = presignV4(sent, signer);
      const call = { method: sent.method, url, host: sent.host, headers: sent.headers };
      expect(judged(call, now)).toBeUndefined();
      for (const changed of changesOf(call, index))
        expect({ changed, judged: judged(changed, now) }).not.toEqual({ changed, judged: undefined });
    }),
    runs(100),
  );
});
