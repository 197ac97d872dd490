const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

let last = { second: Number.NaN, text: '' };

/** Writes the date of a header. The last text is kept, since most answers come in the same second as the answer before. */
export function writeHttpDate(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== last.second) last = { second, text: new Date(milliseconds).toUTCString() };
  return last.text;
}

/** The moment in whole seconds: `2026-03-31T07:35:05.000Z`. */
export function writeIsoDate(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();
}

export function isoDateWithMilliseconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** The moment as Java writes an Instant: a whole second has no milliseconds, `2026-03-31T07:35:05Z`. */
export function writeInstant(milliseconds: number): string {
  return isoDateWithMilliseconds(milliseconds).replace('.000Z', 'Z');
}

const dayOf = '(?<day>\\d{1,2})';
const monthOf = '(?<month>[a-z]{3})';
const timeOf = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})';
// RFC 9110, 5.6.7: the present form, and the two obsolete ones. The name of the weekday adds nothing.
const httpForms = [
  `^[a-z]{3}, ${dayOf} ${monthOf} (?<year>\\d{4}) ${timeOf} (?:GMT|UTC|[+-]0000)$`,
  `^[a-z]{6,9}, ${dayOf}-${monthOf}-(?<year>\\d{2}) ${timeOf} (?:GMT|UTC|[+-]0000)$`,
  `^[a-z]{3} ${monthOf} +${dayOf} ${timeOf} (?<year>\\d{4})$`,
].map((form) => new RegExp(form, 'i'));

export function parseHttpDate(text: string): number | undefined {
  const form = httpForms.find((one) => one.test(text));
  const { year, month, ...rest } = form?.exec(text)?.groups ?? {};
  return instant({ ...rest, year: year?.length === 2 ? readShortYear(year) : year, month: readMonth(month) });
}

// RFC 9110 reads a year far in the future as one of the last century. There is no clock here, so the line is drawn at 1970.
function readShortYear(year: string): number {
  return Number(year) + (Number(year) < 70 ? 2000 : 1900);
}

function readMonth(name: string | undefined): number {
  return months.findIndex((month) => month.toLowerCase() === name?.toLowerCase()) + 1;
}

const isoForm = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):?(\d{2}))$/i;

export function parseIsoDate(text: string): number | undefined {
  const [, year, month, day, hour, minute, second, fraction = '', sign, hours = '0', minutes = '0'] =
    isoForm.exec(text) ?? [];
  const local = instant({ year, month, day, hour, minute, second });
  if (local === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  return local + Number(fraction.padEnd(3, '0').slice(0, 3)) - offset;
}

/** Adds years to a moment. 29 February becomes 28 February in a year that has no 29th. */
export function addYears(milliseconds: number, years: number): number {
  const date = new Date(milliseconds);
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.getUTCMonth() === month ? date.getTime() : date.setUTCDate(0);
}

type Figures = {
  readonly [Unit in 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second']?: string | number | undefined;
};

function instant({ year, month, day, hour, minute, second }: Figures): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // If its month does not have the day, the date rolls over into the next month.
  if (date.getUTCMonth() !== Number(month) - 1) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return date.setUTCHours(Number(hour), Number(minute), Number(second));
}

const inPacificTime: Intl.DateTimeFormatOptions = {
  timeZone: 'America/Los_Angeles',
  weekday: 'short',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
  year: 'numeric',
};

// The format is made when it is first needed: that takes longer than everything else in this module while it is loaded.
let pacific: Intl.DateTimeFormat | undefined;

/** Java's own form, in the time of Seattle, as some texts of S3 have it: `Tue Dec 31 16:00:00 PST 2019` (F108). */
export function writeJavaDate(milliseconds: number): string {
  pacific ??= new Intl.DateTimeFormat('en-US', inPacificTime);
  const parts = new Map(pacific.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const time = `${part('hour')}:${part('minute')}:${part('second')}`;
  return `${part('weekday')} ${part('month')} ${part('day')} ${time} ${part('timeZoneName')} ${part('year')}`;
}
