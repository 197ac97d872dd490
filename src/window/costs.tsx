import { useMemo, useState } from 'preact/hooks';
import type { Amount, BucketLine, BucketUsage, ClassUsage } from './answers';
import { ask } from './door';
import { useAnswer, useKnown, useThingAt } from './hooks';
import { Problem } from './parts';
import {
  costOfBucket,
  costOfBytes,
  costOfClass,
  firstRegion,
  type PriceList,
  pricedClasses,
  usePrices,
  writeMoney,
} from './prices';
import { counted, day, writeBytes, writeDate } from './writing';

const distances = [0, 30, 90, 365];

type PriceOf = (storageClass: string) => number;

export function Costs() {
  const { mock } = useKnown();
  const [days, setDays] = useState(0);
  const at = mock === undefined || days === 0 ? undefined : new Date(Date.parse(mock.now) + days * day).toISOString();
  const { answer, problem } = useAnswer(`usage ${days}`, () =>
    ask<{ usage: Readonly<Record<string, BucketUsage>> }>('GET', 'usage', { query: { at } }),
  );
  const prices = usePrices();
  const regionOf = useRegions();
  const usages = Object.entries(answer?.usage ?? {});
  const priceIn = (bucket: string) => (storageClass: string) => prices.priceOf(regionOf(bucket), storageClass);
  const total = sum(usages.map(([name, usage]) => costOfBucket(usage, priceIn(name))));
  const totalNow = sum(usages.map(([name, usage]) => costOfBucket(usage.before ?? usage, priceIn(name))));
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
      {answer !== undefined && usages.length > 0 && (
        <p class="sum" aria-live="polite">
          <b>{`${writeMoney(total)} a month`}</b>
          {at !== undefined && <span class="dim">{` instead of ${writeMoney(totalNow)} now`}</span>}
        </p>
      )}
      <p class="note">
        {at === undefined
          ? 'The storage that S3 counts now.'
          : `What S3 will hold on ${writeDate(at)} by lifecycle rules, restores and archive tiers, if nothing else changes.`}{' '}
        The sums are for storage alone, without requests, transfers, retrievals and what an early removal costs.
      </p>
      <Problem>{problem}</Problem>
      {usages.map(([name, usage]) => (
        <OneUsage key={name} name={name} region={regionOf(name)} usage={usage} priceOf={priceIn(name)} />
      ))}
      {answer !== undefined && usages.length === 0 && <p class="empty">The mock has no bucket.</p>}
      <PriceTable prices={prices} regions={[...new Set([firstRegion, ...usages.map(([name]) => regionOf(name))])]} />
    </>
  );
}

const sum = (amounts: readonly number[]) => amounts.reduce((all, one) => all + one, 0);

/** A bucket without a region of its own is billed as one of the first region. */
function useRegions(): (bucket: string) => string {
  const { answer } = useThingAt<{ buckets: readonly BucketLine[] }>('buckets');
  return useMemo(() => {
    const regions = new Map(answer?.buckets.map(({ name, region }) => [name, region]));
    return (bucket) => regions.get(bucket) ?? firstRegion;
  }, [answer]);
}

interface UsageProps {
  readonly name: string;
  readonly region: string;
  readonly usage: BucketUsage;
  readonly priceOf: PriceOf;
}

function OneUsage({ name, region, usage, priceOf }: UsageProps) {
  const { before } = usage;
  const classes = Object.entries(usage.storageClasses);
  const { deleteMarkers, restoredCopies, uploads } = usage;
  const others: readonly (readonly [name: string, amount: Amount, note?: string])[] = [
    ['Delete markers', deleteMarkers, counted(deleteMarkers.count, 'marker')],
    ['Incomplete uploads', uploads, `${counted(uploads.count, 'upload')}, ${counted(uploads.parts, 'part')}`],
    ['Restored copies', restoredCopies, counted(restoredCopies.count, 'copy', 'copies')],
  ];
  const shown = others.filter(([, { count }]) => count > 0);
  // Each bar is a part of the bytes in the last row.
  const bytes = sum([usage.versions.bytes, ...shown.map(([, amount]) => amount.bytes)]);
  const shareOf = (part: number) => (bytes === 0 ? 0 : part / bytes);
  const now = before !== undefined && before.bytes !== usage.bytes ? `; now ${writeBytes(before.bytes)}` : '';
  const title = (
    <div class="headline">
      <h2>{name}</h2>
      <p class="note">
        {`${writeBytes(usage.bytes)} in ${region}, ${writeMoney(costOfBucket(usage, priceOf))} a month${now}`}
      </p>
    </div>
  );
  if (classes.length + shown.length === 0) {
    return (
      <section class="usage" aria-label={name}>
        {title}
      </section>
    );
  }
  return (
    <section class="usage" aria-label={name}>
      {title}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label={`Storage of ${name}`}>
        <table class="usages">
          <thead>
            <tr>
              <th scope="col">Storage class</th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map(([storageClass, one]) => (
              <ClassRow
                key={storageClass}
                name={storageClass}
                usage={one}
                share={shareOf(one.versions.bytes)}
                cost={costOfClass(storageClass, one, priceOf)}
              />
            ))}
            {shown.map(([kind, amount, note]) => (
              <tr key={kind}>
                <th scope="row">
                  {kind}
                  <Bar share={shareOf(amount.bytes)} />
                </th>
                <td colSpan={3} data-name={columns[2]}>
                  {writeBytes(amount.bytes)}
                  <span class="number">{note}</span>
                </td>
                <td data-name={columns[3]}>–</td>
                <td data-name={columns[4]}>{writeMoney(costOfBytes(amount.bytes, priceOf))}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <ClassRow
              name="all"
              usage={{ ...usage, versions: { count: usage.versions.count, bytes } }}
              others={sum(shown.map(([, { count }]) => count))}
              cost={costOfBucket(usage, priceOf)}
            />
          </tfoot>
        </table>
      </section>
      {billedOnTop(usage) > 0 && (
        <p class="note">
          Billed on top: what Amazon S3 bills beyond the bytes of the versions. It takes each version in STANDARD_IA,
          ONEZONE_IA and GLACIER_IR for one of at least 128 KB, and adds 40 KB to each archived one, 32 KB at the price
          of the archive and 8 KB at that of STANDARD.
        </p>
      )}
    </section>
  );
}

function billedOnTop({ belowMinimumSize, archiveMetadata }: ClassUsage): number {
  return belowMinimumSize.bytes + archiveMetadata.bytes + archiveMetadata.standardBytes;
}

const columns = ['Current', 'Noncurrent', 'All versions', 'Billed on top', 'A month'] as const;

interface ClassProps {
  readonly name: string;
  readonly usage: ClassUsage;
  readonly share?: number;
  /** The number of what the last row has beside versions. */
  readonly others?: number;
  readonly cost: number;
}

function Bar({ share }: { readonly share: number }) {
  return (
    <span class="bar" aria-hidden="true">
      <i class="share" style={{ width: `${share * 100}%` }} />
    </span>
  );
}

function ClassRow({ name, usage, share, others = 0, cost }: ClassProps) {
  const onTop = billedOnTop(usage);
  return (
    <tr>
      <th scope="row">
        {name}
        {share !== undefined && <Bar share={share} />}
      </th>
      <Cell name={columns[0]} amount={usage.current} />
      <Cell name={columns[1]} amount={usage.noncurrent} />
      <Cell name={columns[2]} amount={usage.versions} others={others} />
      <td data-name={columns[3]}>{onTop === 0 ? '–' : writeBytes(onTop)}</td>
      <td data-name={columns[4]}>{writeMoney(cost)}</td>
    </tr>
  );
}

interface CellProps {
  /** The heading of its column, which a narrow screen shows in the cell. */
  readonly name: string;
  readonly amount: Amount;
  readonly others?: number;
}

function Cell({ name, amount: { count, bytes }, others = 0 }: CellProps) {
  return (
    <td data-name={name}>
      {writeBytes(bytes)}
      <span class="number">{`${counted(count, 'version')}${others === 0 ? '' : `, ${counted(others, 'other')}`}`}</span>
    </td>
  );
}

function PriceTable({ prices, regions }: { readonly prices: PriceList; readonly regions: readonly string[] }) {
  return (
    <section class="usage" aria-labelledby="prices">
      <div class="headline">
        <h2 id="prices">Prices</h2>
        <button type="button" class="quiet" disabled={!prices.isChanged} onClick={prices.forget}>
          Take the first ones again
        </button>
      </div>
      <p class="note">
        Dollars for a GB a month. They begin as what AWS lists for us-east-1, in each region, and may be out of date:
        write yours, and this browser keeps them.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Prices by region">
        <table class="prices">
          <thead>
            <tr>
              <th scope="col">Storage class</th>
              {regions.map((region) => (
                <th key={region} scope="col">
                  {region}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pricedClasses.map((storageClass) => (
              <tr key={storageClass}>
                <th scope="row">{storageClass}</th>
                {regions.map((region) => (
                  <td key={region}>
                    <PriceField
                      name={`Price of ${storageClass} in ${region}`}
                      price={prices.priceOf(region, storageClass)}
                      write={(price) => prices.setPrice(region, storageClass, price)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

interface PriceFieldProps {
  readonly name: string;
  readonly price: number;
  readonly write: (price: number) => void;
}

/** What somebody types stays in the field until it is a price: each request of the tests draws the page anew. */
function PriceField({ name, price, write }: PriceFieldProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <input
      type="number"
      min={0}
      step="any"
      aria-label={name}
      value={typed ?? price}
      onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      onChange={({ currentTarget }) => {
        const next = currentTarget.valueAsNumber;
        if (next >= 0) write(next);
        setTyped(undefined);
      }}
    />
  );
}
