import { counted } from '../text/counts';
import { maskUrl } from '../text/masks';
import { visible, writeShellWord } from '../text/values';
import { certain, good, type Judged, nameFinding, order, type SharedGroup, type Verdict } from './judge';
import { findKind } from './kinds';
import type { LeftOut } from './plan';
import { type RunnerCommand, writeOneTest } from './runner-command';

/** All that the command has found. */
export interface Report {
  readonly command: RunnerCommand;
  readonly judged: readonly Judged[];
  readonly accepted: readonly Judged[];
  readonly leftOut: readonly LeftOut[];
  /** The files, or describes of them, whose tests share a state. */
  readonly groups: readonly SharedGroup[];
  readonly counts: {
    readonly unknown: number;
    readonly ofHooks: number;
    readonly ruled: number;
    readonly worlds: number;
  };
  readonly tests: number;
  /** The ways that there are, those that were not tried included. */
  readonly ways: number;
  readonly passes: number;
  readonly seconds: number;
  readonly plainSeconds: number;
  /** Returns a path as the user would write it. */
  readonly shorten: (path: string) => string;
}

/** The findings of one line of the code under test. */
export interface LineOfReport {
  readonly line: string;
  readonly findings: readonly FindingOfReport[];
}

export interface FindingOfReport {
  readonly verdict: Verdict;
  readonly name: string;
  readonly about: string;
  /** The other kinds that have shown the same at the same request. */
  readonly also: readonly string[];
  readonly source: string;
  readonly evidence: string;
  readonly tests: readonly string[];
  readonly command: string;
}

/** The verdicts that the report lists one by one. */
const listed: readonly Verdict[] = [
  ...(['not noticed', 'does not survive', 'differs', 'falls back', 'arguable', 'asserts requests'] as const),
];

export function listFindings(report: Report): readonly LineOfReport[] {
  const lines = new Map<string, Map<string, Judged[]>>();
  const found = report.judged
    .filter(({ verdict }) => listed.includes(verdict))
    .toSorted((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
  for (const one of found) {
    // What happens to all of a test has no request, and not every stack shows who sent one: the line at which the test fails stands for it.
    const line = one.way.line ?? one.failedAt;
    const at = line === undefined ? 'at a line that the stack does not show' : report.shorten(line);
    const ofLine = lines.get(at) ?? new Map<string, Judged[]>();
    lines.set(at, ofLine);
    const id = nameFinding(one);
    ofLine.set(id, [...(ofLine.get(id) ?? []), one]);
  }
  return [...lines].map(([line, findings]) => ({
    line,
    findings: [...findings.values()].map((group) => writeFinding(report, group)),
  }));
}

function writeFinding({ command, shorten }: Report, group: readonly Judged[]): FindingOfReport {
  const [first] = group;
  if (first === undefined) throw new RangeError('a finding has a way');
  const { way, verdict, evidence } = first;
  const kind = findKind(way.kind);
  const others = new Set(group.map((one) => one.way.kind));
  others.delete(way.kind);
  const file = shorten(way.test.file);
  return {
    verdict,
    name: mask(way.name),
    about: kind?.about ?? '',
    source: kind?.source ?? '',
    also: [...others],
    evidence: mask(evidence),
    tests: [...new Set(group.map(({ way: { test } }) => mask(`${shorten(test.file)}: ${test.name}`)))],
    command: `npx s3-versioning-mock try --only ${writeShellWord(way.name)} -- ${writeOneTest(command, file, way.test.name)}`,
  };
}

/** Messages of tests can contain presigned URLs, and any characters. */
function mask(text: string): string {
  return visible(text.replace(/https?:\/\/\S+/g, (url) => maskUrl(url)));
}

export function countVerdicts(judged: readonly Judged[]): readonly (readonly [Verdict, number])[] {
  return order.flatMap((verdict) => {
    const count = judged.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : [[verdict, count] as const];
  });
}

const TESTS = 3;

export function writeReport(report: Report): string {
  const lines = listFindings(report);
  const findings = lines.flatMap(({ line, findings: list }) => [
    line,
    ...list.flatMap((finding) => [
      `  ${finding.verdict}: ${finding.name}`,
      `    ${finding.about}`,
      ...(finding.evidence === '' ? [] : [`    ${finding.evidence}`]),
      ...(finding.also.length === 0 ? [] : [`    the same with ${finding.also.join(', ')}`]),
      ...finding.tests.slice(0, TESTS).map((test) => `    in ${test}`),
      ...(finding.tests.length > TESTS ? [`    and in ${finding.tests.length - TESTS} more`] : []),
      `    ${finding.command}`,
    ]),
    '',
  ]);
  return [...findings, ...writeSummary(report)].join('\n').trimEnd();
}

export function writeSummary(report: Report): readonly string[] {
  const { judged, accepted, ways, tests, passes, seconds, plainSeconds, leftOut, groups, counts, shorten } = report;
  const tried = judged.length + accepted.length;
  const times = plainSeconds === 0 ? '' : `, ${(seconds / plainSeconds).toFixed(1)} times the plain suite`;
  return [
    `${counted(tests, 'test')} with requests, ${counted(ways, 'way')}, ${tried} judged in ${countPasses({ passes })}: ${seconds.toFixed(1)} s${times}.`,
    ...countVerdicts(judged).map(
      ([verdict, count]) => `  ${String(count).padStart(4)}  ${verdict}${good.includes(verdict) ? ' (good)' : ''}`,
    ),
    ...(accepted.length > 0 ? [`  ${String(accepted.length).padStart(4)}  accepted by the file of --accept`] : []),
    ...leftOut.map(({ test, why }) => `Left out: ${shorten(test.file)}: ${visible(test.name)}, since ${why}.`),
    ...groups.map(
      (one) => `Left out in ${countPasses(one)}: ${shorten(one.group)}, since its tests depend on each other.`,
    ),
    ...writeCounts(counts),
  ];
}

function countPasses({ passes }: Pick<SharedGroup, 'passes'>): string {
  return passes === 1 ? '1 pass' : `${passes} passes`;
}

function writeCounts({ unknown, ofHooks, ruled, worlds }: Report['counts']): readonly string[] {
  return [
    ...(unknown > 0
      ? [
          `${counted(unknown, 'request')} got no way, since nobody knows the test: concurrent tests, handlers, ports, and runners that do not say.`,
        ]
      : []),
    ...(ofHooks > 0 ? [`${counted(ofHooks, 'request')} of hooks got no way.`] : []),
    ...(ruled > 0 ? [`${counted(ruled, 'request')} got no way, since a rule of the test matches.`] : []),
    ...(worlds > 0 ? [`${counted(worlds, 'world')} of s3.fork and s3.explore got no way.`] : []),
  ];
}

/** Whether the command ends with 1: a verdict of --fail-on was found. */
export function hasFailed({ judged }: Report, failOn: readonly Verdict[]): boolean {
  return judged.some(({ verdict }) => failOn.includes(verdict));
}

export function writeJson(report: Report): string {
  const { tests, ways, passes, seconds, plainSeconds, leftOut, groups, counts, shorten } = report;
  return JSON.stringify(
    {
      ...{ tests, ways, passes, seconds, plainSeconds },
      verdicts: Object.fromEntries(countVerdicts(report.judged)),
      lines: listFindings(report),
      accepted: report.accepted.map(({ way }) => way.name),
      leftOut: [
        ...leftOut.map(({ test, why }) => ({ test: `${shorten(test.file)}: ${test.name}`, why })),
        ...groups.map((one) => ({
          test: shorten(one.group),
          why: `its tests depend on each other, in ${countPasses(one)}`,
        })),
      ],
      counts,
    },
    undefined,
    1,
  );
}

const style =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430}' +
  'h2{font:600 1rem ui-monospace,monospace;margin:2rem 0 .5rem}article{border-left:4px solid #888;padding:.2rem 1rem;margin:.6rem 0;background:#f6f7f9}' +
  'article.certain{border-color:#c0392b}code,pre{font:13px ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}';

/** One file, which loads nothing. */
export function writeHtml(report: Report): string {
  const lines = listFindings(report).map(
    ({ line, findings }) => `<h2>${escapeHtml(line)}</h2>\n${findings.map(writeArticle).join('\n')}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>What S3 may do to this suite</title><style>${style}</style></head><body>
<h1>What S3 may do to this suite</h1>
<pre>${escapeHtml(writeSummary(report).join('\n'))}</pre>
${lines.join('\n')}
</body></html>
`;
}

function writeArticle({ verdict, name, about, also, source, evidence, tests, command }: FindingOfReport): string {
  const same = also.length === 0 ? '' : `<p>The same with ${escapeHtml(also.join(', '))}.</p>`;
  return `<article class="${certain.includes(verdict) ? 'certain' : 'open'}"><strong>${escapeHtml(verdict)}</strong>: <code>${escapeHtml(name)}</code>
<p>${escapeHtml(about)} <a href="${escapeHtml(source)}">S3's documentation</a></p>${evidence === '' ? '' : `<p>${escapeHtml(evidence)}</p>`}${same}
<ul>${tests.map((test) => `<li>${escapeHtml(test)}</li>`).join('')}</ul><pre>${escapeHtml(command)}</pre></article>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
