/**
 * The dates in a form of HTTP that S3 reads beside a signature: RFC 1123, RFC 850 and asctime, as leniently as Java reads them (F141). A number
 * may exceed its range and is carried over, a weekday is not compared with the date, and a zone may have a name or an offset.
 * @module
 */

/** The reading of a date after the year 9999. */
export const beyondAllYears = Number.POSITIVE_INFINITY;

const lastMoment = Date.parse('9999-12-31T23:59:59.999Z');

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekday = 'mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?';
const month =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const number = (name: string) => `[ \\t]*(?<${name}>\\d+)`;
const time = `${number('hour')}:${number('minute')}:${number('second')}`;
const zone = '[ \\t]*(?<zone>[^ \\t].*)';

const forms = [
  `^(?:${weekday}), ${number('day')} (?<month>${month}) ${number('year')} ${time} ${zone}$`,
  `^(?:${weekday}), ${number('day')}-(?<month>${month})-${number('shortYear')} ${time} ${zone}$`,
  `^(?:${weekday}) (?<month>${month}) ${number('day')} ${time} ${number('year')}$`,
].map((form) => new RegExp(form, 'i'));

/** Reads a date as a moment in milliseconds. Returns undefined for another text, and `beyondAllYears` for a date after the year 9999. */
export function readJavaDate(text: string): number | undefined {
  const form = forms.find((one) => one.test(text));
  const parts = form?.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const east = parts['zone'] === undefined ? 0 : minutesEast(parts['zone']);
  return east === undefined ? undefined : momentOf(parts, east);
}

function momentOf(parts: Readonly<Record<string, string | undefined>>, east: number): number | undefined {
  const part = (name: string) => Number(parts[name] ?? 0);
  const year = parts['shortYear'] === undefined ? part('year') : readShortYear(parts['shortYear']);
  if (year < 1) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, monthNames.indexOf((parts['month'] ?? '').slice(0, 3).toLowerCase()), part('day'));
  date.setUTCHours(part('hour'), part('minute') - east, part('second'));
  return date.getTime() <= lastMoment ? date.getTime() : beyondAllYears;
}

/** Java takes two figures alone for a year of a century. The mock draws the line at 1970, since an earlier date is none. */
function readShortYear(figures: string): number {
  const year = Number(figures);
  if (figures.length !== 2) return year;
  return year + (year < 70 ? 2000 : 1900);
}

function minutesEast(text: string): number | undefined {
  if (/^gmt$/i.test(text)) return 0;
  const [, sign, hours, minutes] = /^gmt([+-])(\d{1,2}):(\d\d)$/i.exec(text) ?? /^([+-])(\d\d)(\d\d)$/.exec(text) ?? [];
  if (sign === undefined) return zones.get(text.toLowerCase());
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (Number(hours) * 60 + Number(minutes)) * (sign === '+' ? 1 : -1);
}

/** The zones that S3 reads by name, by the hours that they are east of UTC. */
const zonesByHours: readonly (readonly [hours: number, names: string])[] = [
  [-11, 'sst'],
  [-10, 'hst hdt'],
  [-9, 'akst'],
  [-8, 'akdt pst'],
  [-7, 'pdt mst'],
  [-6, 'mdt cst'],
  [-5, 'cdt est'],
  [-4, 'edt ast'],
  [-3.5, 'nst'],
  [-3, 'adt'],
  [-2.5, 'ndt'],
  [0, 'utc wet'],
  [1, 'west bst cet wat'],
  [2, 'cest eet sast cat ist'],
  [3, 'eest msk eat'],
  [5, 'pkt'],
  [7, 'wib'],
  [8, 'hkt awst'],
  [9, 'jst kst wit'],
  [9.5, 'acst acdt'],
  [10, 'aest chst'],
  [11, 'aedt'],
  [12, 'nzst'],
  [13, 'nzdt'],
];

const zones: ReadonlyMap<string, number> = new Map(
  zonesByHours.flatMap(([hours, names]) => names.split(' ').map((name): [string, number] => [name, hours * 60])),
);
