import type { HeaderLine } from './headers';
import { type KnownCredentials, run, type SeenIds } from './names';
import type { Random } from './random';

/** The credentials of a request. A signature is never right, but some have all that S3 reads before it compares the signature. */
export function credentialsOf(
  random: Random,
  now: Date,
  seen: SeenIds,
  others: readonly HeaderLine[],
): readonly HeaderLine[] {
  const known = random.pick(seen.credentials);
  if (random.isCalm && random.below(4) > 0)
    return random.below(3) === 0
      ? [['Authorization', `AWS ${known.accessKeyId}:SIG`], ...tokenOf(random, known, seen)]
      : [['Authorization', 'AWS KEY:SIG']];
  return random.one<readonly HeaderLine[]>(
    () => [],
    () => [['Authorization', random.pick(['AWS KEY:SIG', 'Bearer x', 'Basic eDp5', 'AWS', 'AWS4-HMAC-SHA256', ''])]],
    () => [
      [
        'Authorization',
        `${random.pick(['AWS ', 'AWS4-HMAC-SHA256 Credential=', 'authorization: '])}${run(random, 6000)}`,
      ],
    ],
    () => signed(random, now, known.accessKeyId, tokenOf(random, known, seen), others),
    () => signed(random, now, known.accessKeyId, tokenOf(random, known, seen), others),
  );
}

function tokenOf(random: Random, known: KnownCredentials, { credentials }: SeenIds): readonly HeaderLine[] {
  const token = random.chance(0.9) ? known.sessionToken : random.pick(credentials).sessionToken;
  return token === undefined ? [] : [['x-amz-security-token', token]];
}

function signed(
  random: Random,
  now: Date,
  accessKeyId: string,
  token: readonly HeaderLine[],
  others: readonly HeaderLine[],
): readonly HeaderLine[] {
  const stamp = `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const hasRegionSet = random.below(2) === 0;
  const own: readonly HeaderLine[] = [
    ...token,
    ['x-amz-date', stamp],
    ['x-amz-content-sha256', 'UNSIGNED-PAYLOAD'],
    ...(hasRegionSet ? [['x-amz-region-set', regionSet(random)] as const] : []),
  ];
  const names = [...own, ...others].map(([name]) => name.toLowerCase());
  const more = random.chance(0.3) ? [run(random, 6000).replaceAll(/[\s,]/g, ';')] : [];
  const list = ['host', ...new Set(names.filter((name) => /^(?:x-amz-|content-md5)/.test(name))), ...more].join(';');
  const scope = `${stamp.slice(0, 8)}/${hasRegionSet ? '' : 'us-east-1/'}s3/aws4_request`;
  const algorithm = hasRegionSet ? 'AWS4-ECDSA-P256-SHA256' : 'AWS4-HMAC-SHA256';
  const fields = `Credential=${accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${'ab'.repeat(32)}`;
  return [...own, ['Authorization', `${algorithm} ${fields}`]];
}

function regionSet(random: Random): string {
  return random.one(
    () => random.pick(['*', 'us-*', 'us-east-1', 'eu-*']),
    () => `${'*'.repeat(random.between(20, 60))}x`,
    () => run(random, 5000),
  );
}
