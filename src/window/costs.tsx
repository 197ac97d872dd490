import { useState } from 'preact/hooks';
import type { Amount, BucketUsage, ClassUsage } from './answers';
import { ask } from './door';
import { useAnswer, useKnown } from './hooks';
import { Problem } from './parts';
import { counted, day, grouped, writeBytes, writeDate } from './writing';

const distances = [0, 30, 90, 365];

export function Costs() {
  const { mock } = useKnown();
  const [days, setDays] = useState(0);
  const at = mock === undefined || days === 0 ? undefined : new Date(Date.parse(mock.now) + days * day).toISOString();
  const { answer, problem } = useAnswer(`usage ${days}`, () =>
    ask<{ usage: Readonly<Record<string, BucketUsage>> }>('GET', 'usage', { query: { at } }),
  );
  return (
    <>
      <div class="headline">
        <h1>Costs</h1>
        <fieldset class="choice">
          <legend class="hidden">At which moment</legend>
          {distances.map((distance) => (
            <label key={distance}>
              <input type="radio" name="days" checked={days === distance} onChange={() => setDays(distance)} />
              <span>{distance === 0 ? 'now' : `in ${distance} days`}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <p class="note">
        {at === undefined
          ? 'The storage that S3 counts now.'
          : `What S3 will hold on ${writeDate(at)} by lifecycle rules, restores and archive tiers, if nothing else changes.`}
      </p>
      <Problem>{problem}</Problem>
      {answer !== undefined &&
        Object.entries(answer.usage).map(([name, usage]) => <OneUsage key={name} name={name} usage={usage} />)}
      {answer !== undefined && Object.keys(answer.usage).length === 0 && <p class="empty">The mock has no bucket.</p>}
    </>
  );
}

function OneUsage({ name, usage }: { readonly name: string; readonly usage: BucketUsage }) {
  const { before } = usage;
  const classes = Object.entries(usage.storageClasses);
  const { deleteMarkers, restoredCopies, uploads } = usage;
  return (
    <section class="usage" aria-label={name}>
      <h2>
        {name} <span class="dim">{writeBytes(usage.bytes)}</span>
        {before !== undefined && before.bytes !== usage.bytes && (
          <span class="dim"> — now {writeBytes(before.bytes)}</span>
        )}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label={`Storage of ${name}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Storage class</th>
              <th scope="col">Current</th>
              <th scope="col">Noncurrent</th>
              <th scope="col">All versions</th>
              <th scope="col">Billed beyond</th>
            </tr>
          </thead>
          <tbody>
            {classes.map(([storageClass, one]) => (
              <ClassRow
                key={storageClass}
                name={storageClass}
                usage={one}
                share={usage.bytes === 0 ? 0 : one.versions.bytes / usage.bytes}
              />
            ))}
          </tbody>
          <tfoot>
            <ClassRow name="all" usage={usage} />
          </tfoot>
        </table>
      </section>
      <p class="note">
        {[
          counted(deleteMarkers.count, 'delete marker'),
          uploads.count > 0 &&
            `${counted(uploads.count, 'incomplete upload')} with ${counted(uploads.parts, 'part')}, ${writeBytes(uploads.bytes)}`,
          restoredCopies.count > 0 &&
            `${counted(restoredCopies.count, 'restored copy', 'restored copies')}, ${writeBytes(restoredCopies.bytes)}`,
        ]
          .filter((part) => part)
          .join('; ')}
      </p>
    </section>
  );
}

function ClassRow({
  name,
  usage,
  share,
}: {
  readonly name: string;
  readonly usage: ClassUsage;
  readonly share?: number;
}) {
  const beyond = usage.belowMinimumSize.bytes + usage.archiveMetadata.bytes;
  return (
    <tr>
      <th scope="row">
        {name}
        {share !== undefined && (
          <span class="bar" aria-hidden="true">
            <i class="share" style={{ width: `${share * 100}%` }} />
          </span>
        )}
      </th>
      <Cell amount={usage.current} />
      <Cell amount={usage.noncurrent} />
      <Cell amount={usage.versions} />
      <td>{beyond === 0 ? '–' : writeBytes(beyond)}</td>
    </tr>
  );
}

function Cell({ amount: { count, bytes } }: { readonly amount: Amount }) {
  return (
    <td>
      {writeBytes(bytes)} <span class="dim">{grouped(count)}</span>
    </td>
  );
}
