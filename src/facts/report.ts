import { aligned, columnWidths } from '../text/columns';
import type { Outcome } from './run';

export interface Report {
  readonly service: string;
  readonly endpoint: string;
  readonly region: string;
  readonly date: string;
  /** The version of the library whose cases were played. */
  readonly version: string;
  readonly outcomes: readonly Outcome[];
}

/** Returns the outcomes with the differences that an earlier run does not have. */
export function newsIn(outcomes: readonly Outcome[], earlier: readonly Outcome[]): readonly Outcome[] {
  const known = new Set(earlier.flatMap((one) => findPlaces(one).map((place) => makeKey(one, place))));
  const isNews = (one: Outcome, place: string) => !known.has(makeKey(one, place));
  return outcomes.flatMap((one) => {
    if (!findPlaces(one).some((place) => isNews(one, place))) return [];
    return [{ ...one, differences: one.differences.filter((difference) => isNews(one, readPlace(difference))) }];
  });
}

/**
 * Finds where a case was answered otherwise: the call and the part of its answer. The expected and the actual values are left out, since
 * ids and dates in them vary. A case that failed has one place: the operation that should have made its state, or an empty text if there was no answer.
 */
function findPlaces({ outcome, differences, reason = '' }: Outcome): readonly string[] {
  return outcome === 'failed' ? [/: (\w+) is /.exec(reason)?.[1] ?? ''] : differences.map(readPlace);
}

function readPlace(difference: string): string {
  const [place = ''] = difference.split(': expected ');
  return place;
}

function makeKey({ subject, file, title }: Outcome, place: string): string {
  return [subject, file, title, place].join('\n');
}

/** The `known` cases among the cases that were answered otherwise are no news. */
export function writeTable(outcomes: readonly Outcome[], news: readonly Outcome[]): string {
  const names = [...new Set(outcomes.map(({ subject }) => subject))];
  const count = (list: readonly Outcome[], is: (one: Outcome) => boolean) => String(list.filter(is).length);
  const row = (name: string, list: readonly Outcome[], newsOf: readonly Outcome[]) => [
    name,
    String(list.length),
    count(list, ({ outcome }) => outcome !== 'not played'),
    count(list, ({ outcome }) => outcome === 'same'),
    count(list, isOther),
    String(list.filter(isOther).length - newsOf.length),
    String(newsOf.length),
  ];
  const of = (list: readonly Outcome[], name: string) => list.filter(({ subject }) => subject === name);
  const rows = [
    ['subject', 'cases', 'played', 'same', 'other', 'known', 'new'],
    ...names.map((name) => row(name, of(outcomes, name), of(news, name))),
    row('all', outcomes, news),
  ];
  const widths = columnWidths(rows, 7);
  return rows.map((cells) => aligned(cells, widths)).join('\n');
}

const isOther = ({ outcome }: Outcome): boolean => outcome === 'differs' || outcome === 'failed';

export function writeDifferences(outcomes: readonly Outcome[]): string {
  return outcomes
    .map((one) => {
      const { file, differences, reason } = one;
      const lines = reason === undefined ? differences : [reason];
      return [`${writeTitle(one)}, ${file}`, ...lines.map((line) => `  ${line}`)].join('\n');
    })
    .join('\n\n');
}

export function writeTitle({ subject, title, fact }: Pick<Outcome, 'subject' | 'title' | 'fact'>): string {
  return `${subject}: ${title}${fact === undefined ? '' : ` (${fact})`}`;
}

export function writeReasons(outcomes: readonly Outcome[]): string {
  return writeCounts(outcomes.flatMap(({ outcome, reason = '' }) => (outcome === 'not played' ? [reason] : [])));
}

export function writeLeftOut(outcomes: readonly Outcome[]): string {
  return writeCounts(outcomes.flatMap(({ leftOut = [] }) => leftOut.map(({ reason }) => reason)));
}

function writeCounts(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one);
  return sorted.map(([reason, count]) => `  ${String(count).padStart(4)}  ${reason}`).join('\n');
}
