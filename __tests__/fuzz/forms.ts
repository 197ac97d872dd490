import { createHash } from 'node:crypto';
import { inheritedName, keyOf, run, strangeText } from './names';
import type { Random } from './random';

export function formTypeOf(random: Random): string {
  if (random.chance(0.9)) return 'multipart/form-data; boundary=edge';
  const boundary = random.pick([
    'edge',
    '"edge"',
    'edg',
    'edge; boundary=x',
    '"edge',
    '',
    `"${'e'.repeat(2000)}"`,
    '-',
  ]);
  return `multipart/form-data; ${random.pick(['', 'a=b; ', ';'.repeat(500)])}boundary=${boundary}`;
}

export function formOf(random: Random, now: Date): Buffer {
  const fields = [
    ['key', random.pick([keyOf(random), 'uploads/$' + '{filename}'])],
    ...random.some(0, 4, () => fieldOf(random)),
    ...signatureOf(random, now),
    ...random.some(0, random.chance(0.02) ? 300 : 1, () => fieldOf(random)),
  ] as const;
  const file = random.chance(0.95) ? [partOf(random, 'file', run(random, 2000), 'a.txt')] : [];
  const right = [...fields.map(([name, value]) => partOf(random, name, value)), ...file];
  const at = random.below(right.length + 1);
  const parts = random.below(3) === 0 ? [...right.slice(0, at), ...hostileParts(random), ...right.slice(at)] : right;
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

function hostileParts(random: Random): readonly string[] {
  const size = random.size(64, 100_000);
  const many = (unit: string) => unit.repeat(Math.ceil(size / unit.length));
  const withHead = (head: string) => `--edge\r\n${head}\r\n\r\na\r\n`;
  const disposition = 'Content-Disposition: form-data; name="a"';
  const near = [
    '--edge',
    '\r\n--edg',
    '\r\n--edgex',
    '\r\n--',
    '\r',
    '\n--edge\n',
    '\r\n--edge--',
    '--edge--\r\n',
    '-',
  ];
  return random.one<readonly string[]>(
    () => Array.from({ length: random.size(100, 50_000) }, (_, at) => partOf(random, `x-ignore-${at}`, 'a')),
    () => Array.from({ length: random.size(2, 5000) }, () => partOf(random, 'file', 'again', 'b.txt')),
    () => Array.from({ length: random.size(2, 5000) }, () => partOf(random, 'x-amz-meta-note', 'again')),
    () => [partOf(random, 'x-ignore-a', many(random.pick(near)))],
    () => [partOf(random, 'file', many(random.pick(near)), 'c.txt')],
    () => [partOf(random, random.pick([inheritedName(random), `x-amz-meta-${inheritedName(random)}`]), 'a')],
    () => [withHead(`${disposition}\r\nX-Long: ${many(random.pick(['a', ';', '"', '\\"', ' ', 'a=b;']))}`)],
    () => [withHead(`${disposition}${many(random.pick(['; name="b"', ';', '; a', '; a="', '\\"', ' ', '; a=b']))}`)],
    () => [withHead(`${disposition}\r\n${many('X-More: a\r\n')}`)],
    () => [withHead(`${many(random.pick(['Content-Disposition', ':', 'a', '\t']))}`)],
    () => [`--edge\r\n${many(random.pick(['a\r\n', 'a', '\n']))}`],
    () => [many(random.pick(['--edge\r\n', '--edge', '\r\n', '--edge--\r\n']))],
  );
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
    [`x-amz-meta-${inheritedName(random)}`, 'a'],
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
    ...['acl', 'Content-Type', 'x-amz-meta-note', inheritedName(random), strangeText(random)].map((name) => [
      'starts-with',
      `$${name}`,
      '',
    ]),
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
