/** A single address, or a block in the notation of RFC 4632. */
export interface IpRange {
  readonly version: 4 | 6;
  readonly address: bigint;
  readonly prefix: number;
}

const bitsOf = { 4: 32, 6: 128 } as const;

export function readIpRange(text: string): IpRange | undefined {
  const [, written = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = written.includes(':') ? 6 : 4;
  const address = version === 6 ? readIpv6(written) : readIpv4(written);
  const prefix = digits === undefined ? bitsOf[version] : Number(digits);
  return address === undefined || prefix > bitsOf[version] ? undefined : { version, address, prefix };
}

function readIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return isAddress ? readNumber(parts.map(Number), 8n) : undefined;
}

function readIpv6(text: string): bigint | undefined {
  const [, before = text, last] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  const tail = last === undefined ? undefined : readIpv4(last);
  if (last !== undefined && tail === undefined) return undefined;
  // The four numbers of an IPv4 address at the end are two groups.
  const groups =
    tail === undefined ? before : `${before}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  const halves = groups.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], rest = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...rest];
  return all.every((group) => /^[\da-f]{1,4}$/i.test(group))
    ? readNumber(
        all.map((group) => Number.parseInt(group, 16)),
        16n,
      )
    : undefined;
}

function readNumber(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((sum, part) => (sum << bits) | BigInt(part), 0n);
}
