import { createHash } from 'node:crypto';
import { keyOf, run, strangeText } from './names';
import type { Random } from './random';

/** The boundary of the forms, most of which have it in their Content-Type. */
export const formType = 'multipart/form-data; boundary=edge';

/** The body of a browser's form: fields, a policy and a file, most of which are right. */
export function formOf(random: Random, now: Date): Buffer {
  const fields = [
    ['key', random.pick([keyOf(random), 'uploads/$' + '{filename}'])],
    ...random.some(0, 4, () => fieldOf(random)),
    ...signatureOf(random, now),
    ...random.some(0, random.chance(0.02) ? 300 : 1, () => fieldOf(random)),
  ] as const;
  const file = random.chance(0.95) ? [partOf(random, 'file', run(random, 2000), 'a.txt')] : [];
  const parts = [...fields.map(([name, value]) => partOf(random, name, value)), ...file];
  const end = random.chance(0.95) ? '--edge--\r\n' : random.pick(['', '--edge', '--edge-', '--edge--edge']);
  return Buffer.from(parts.join('') + end);
}

function partOf(random: Random, name: string, value: string, fileName?: string): string {
  const lineEnd = random.chance(0.99) ? '\r\n' : '\n';
  const disposition = random.chance(0.98) ? 'form-data' : random.pick(['attachment', '', '"']);
  const named = random.chance(0.98) ? `; name="${name}"` : random.pick(['', '; name', `; name=${name}`, '; name="']);
  const ofFile = fileName === undefined ? '' : `; filename="${random.chance(0.9) ? fileName : strangeText(random)}"`;
  return `--edge${lineEnd}Content-Disposition: ${disposition}${named}${ofFile}${lineEnd}${lineEnd}${value}${lineEnd}`;
}

const secret = createHash('sha256').update('fuzz').digest();

function fieldOf(random: Random): readonly [string, string] {
  const wrong = random.chance(0.1);
  return random.pick<readonly [string, string]>([
    ['acl', wrong ? 'public' : 'private'],
    ['Content-Type', 'text/plain'],
    ['success_action_status', random.pick(['200', '201', '204', '404'])],
    ['success_action_redirect', wrong ? strangeText(random) : 'https://example.com/?a=1'],
    ['tagging', wrong ? '<Tagging>' : '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>'],
    ['x-amz-meta-note', strangeText(random)],
    ['x-amz-storage-class', wrong ? 'COLD' : 'STANDARD_IA'],
    ['x-amz-server-side-encryption', random.pick(['AES256', 'aws:kms', 'x'])],
    ['x-amz-server-side-encryption-customer-key', secret.toString('base64')],
    ['x-amz-checksum-crc32', 'AAAAAA=='],
    ['Content-MD5', 'x'],
    [strangeText(random), strangeText(random)],
  ]);
}

function signatureOf(random: Random, now: Date): readonly (readonly [string, string])[] {
  if (random.chance(0.1)) return [];
  const conditions = [
    { bucket: random.pick(['vault', 'plain', 'crowded']) },
    ['starts-with', '$key', ''],
    ['content-length-range', 0, random.pick([10, 100_000, -1, 'x', 1.5])],
    ...['acl', 'Content-Type', 'x-amz-meta-note', strangeText(random)].map((name) => ['starts-with', `$${name}`, '']),
    ...random.some(0, 2, () => random.pick<unknown>([null, [], {}, { a: 1 }, ['eq', '$key'], ['frob', '$key', '']])),
  ].filter(() => random.chance(0.9));
  const expiration = random.chance(0.9) ? new Date(now.getTime() + 60_000).toISOString() : strangeText(random);
  const policy = random.chance(0.95) ? JSON.stringify({ expiration, conditions }) : strangeText(random);
  const day = now.toISOString().slice(0, 10).replaceAll('-', '');
  const fields: readonly (readonly [string, string])[] = [
    ['policy', random.chance(0.98) ? Buffer.from(policy).toString('base64') : policy],
    ['x-amz-algorithm', 'AWS4-HMAC-SHA256'],
    ['x-amz-credential', `AKIA/${day}/us-east-1/s3/aws4_request`],
    ['x-amz-date', `${day}T000000Z`],
    ['x-amz-signature', '00'],
  ];
  return fields.filter(() => random.chance(0.97));
}
