type Version = readonly [major: number, minor: number, patch: number];

/** The lowest version that a part of a range names, and how many numbers it gives: `>=22.12` has two. */
interface Bound {
  readonly version: Version;
  readonly given: number;
}

const comparator = /^(?<sign>\^|~|>=|<=|>|<|=)?v?(?<numbers>\d+(?:\.(?:\d+|[x*])){0,2})$/;

/** Whether a range of npm, such as `^20.19 || >=22.12`, allows a version of Node. Throws for a range of another form. */
export function allows(range: string, version: string): boolean {
  const { version: asked } = boundOf(version);
  return range.split('||').some((set) => {
    const parts = set
      .trim()
      .replace(/(\S+) +- +(\S+)/, '>=$1 <=$2')
      .replace(/([<>=^~]) +/g, '$1')
      .split(/\s+/)
      .filter((part) => part !== '' && part !== '*');
    return parts.every((part) => allowsPart(part, asked, range));
  });
}

function allowsPart(part: string, asked: Version, range: string): boolean {
  const { sign = '=', numbers } = comparator.exec(part)?.groups ?? {};
  if (numbers === undefined) throw new TypeError(`the range of versions ${JSON.stringify(range)}: ${part} is unknown`);
  const bound = boundOf(numbers);
  const order = compare(asked, bound.version);
  const below = compare(asked, after(bound)) < 0;
  switch (sign) {
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '>':
      return !below;
    case '<=':
      return below;
    case '^':
      // No version of Node that concerns us begins with 0.
      return order >= 0 && asked[0] === bound.version[0];
    case '~':
      return order >= 0 && compare(asked, after({ ...bound, given: Math.min(bound.given, 2) })) < 0;
    default:
      return order >= 0 && below;
  }
}

function boundOf(text: string): Bound {
  const numbers = text.split('.').filter((number) => /^\d+$/.test(number));
  const [major = 0, minor = 0, patch = 0] = numbers.map(Number);
  return { version: [major, minor, patch], given: numbers.length };
}

function after({ version: [major, minor, patch], given }: Bound): Version {
  if (given === 1) return [major + 1, 0, 0];
  return given === 2 ? [major, minor + 1, 0] : [major, minor, patch + 1];
}

function compare(one: Version, other: Version): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}
