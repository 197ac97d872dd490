import { useState } from 'preact/hooks';
import { PutDrawer } from './acts';
import { goTo, writeAddress } from './address';
import type { AccessPointLine, BucketLine, BucketOutline, KeyLine } from './answers';
import { CreateBucketDrawer, DeleteBucketDrawer, VersioningDrawer } from './bucket-acts';
import { ask } from './door';
import { useThingAt } from './hooks';
import { usePages } from './pages';
import { BlockChip, Chip, CopyButton, Json, Problem } from './parts';
import type { Plans } from './plans';
import { Versions } from './versions';
import { VirtualList } from './virtual-list';
import { counted, grouped, visible, writeBytes, writeKey } from './writing';

const keysOfPage = 500;

export function Buckets({
  bucket,
  chosen,
  plans,
}: {
  readonly bucket: string | undefined;
  readonly chosen: string | undefined;
  readonly plans: Plans;
}) {
  const { answer, problem } = useThingAt<{ buckets: readonly BucketLine[] }>('buckets');
  if (problem !== undefined) return <Problem>{problem}</Problem>;
  if (answer === undefined) return <p class="note">Loading…</p>;
  if (bucket === undefined) return <BucketTable buckets={answer.buckets} />;
  const line = answer.buckets.find(({ name }) => name === bucket);
  return (
    <>
      <nav class="trail" aria-label="Where you are">
        <a href="#buckets">Buckets</a>
        <span aria-hidden="true">/</span>
        {chosen === undefined ? <b>{bucket}</b> : <a href={writeAddress({ view: 'buckets', bucket })}>{bucket}</a>}
      </nav>
      {line === undefined ? (
        <p class="empty">There is no bucket {bucket} any more.</p>
      ) : (
        <OneBucket line={line} chosen={chosen} plans={plans} />
      )}
    </>
  );
}

function BucketTable({ buckets }: { readonly buckets: readonly BucketLine[] }) {
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <div class="headline">
        <h1>Buckets</h1>
        <div class="tools">
          <button type="button" class="quiet" onClick={() => setCreating(true)}>
            Create a bucket
          </button>
        </div>
      </div>
      {isCreating && <CreateBucketDrawer onClose={() => setCreating(false)} />}
      {buckets.length === 0 && (
        <p class="empty">The mock has no bucket. Create one here, with a client, or in the options of the mock.</p>
      )}
      <ul class="cards">
        {buckets.map((line) => (
          <li key={line.name}>
            <a class="card" href={writeAddress({ view: 'buckets', bucket: line.name })}>
              <strong>{line.name}</strong>
              <span class="chips">
                <Traits line={line} />
              </span>
              <span class="figures">
                {counted(line.objects, 'object')}, {counted(line.versions, 'version')},{' '}
                {counted(line.deleteMarkers, 'delete marker')}, {writeBytes(line.bytes)}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Traits({ line: { versioning, mfaDelete, objectLock, accessPoints, region } }: { readonly line: BucketLine }) {
  return (
    <>
      <Chip kind={versioning === 'Enabled' ? 'good' : 'plain'}>
        {versioning === undefined ? 'versioning never set' : `versioning ${versioning}`}
      </Chip>
      {mfaDelete === 'Enabled' && <Chip kind="held">MFA Delete</Chip>}
      {objectLock !== undefined && objectLock !== false && <Chip kind="held">object lock</Chip>}
      {accessPoints > 0 && <Chip>{counted(accessPoints, 'access point')}</Chip>}
      {region !== undefined && <Chip>{region}</Chip>}
    </>
  );
}

interface OneBucketProps {
  readonly line: BucketLine;
  readonly chosen: string | undefined;
  readonly plans: Plans;
}

function OneBucket({ line, chosen, plans }: OneBucketProps) {
  const [act, setAct] = useState<'versioning' | 'delete' | undefined>(undefined);
  const close = () => setAct(undefined);
  return (
    <>
      <div class="headline">
        <h1 class="cut" title={line.name}>
          {line.name}
        </h1>
        <span class="chips">
          <Traits line={line} />
        </span>
        <div class="tools">
          <button type="button" class="quiet" onClick={() => setAct('versioning')}>
            Versioning
          </button>
          <button type="button" class="quiet" onClick={() => setAct('delete')}>
            Delete the bucket
          </button>
        </div>
      </div>
      {act === 'versioning' && <VersioningDrawer line={line} onClose={close} />}
      {act === 'delete' && <DeleteBucketDrawer line={line} onClose={close} />}
      <div class={chosen === undefined ? 'panes' : 'panes with-key'}>
        <Keys key={line.name} line={line} chosen={chosen} />
        {chosen === undefined ? (
          <Configurations bucket={line.name} />
        ) : (
          <Versions line={line} name={chosen} plans={plans} />
        )}
      </div>
    </>
  );
}

function Keys({ line, chosen }: Pick<OneBucketProps, 'line' | 'chosen'>) {
  const bucket = line.name;
  const [prefix, setPrefix] = useState('');
  const [isPutting, setPutting] = useState(false);
  const keys = usePages<KeyLine>({
    question: `keys ${bucket} ${prefix}`,
    idOf: ({ key }) => key,
    load: async (after) => {
      const query = { prefix, after, limit: keysOfPage };
      const path = `buckets/${encodeURIComponent(bucket)}/keys`;
      const { keys: items, next } = await ask<{ keys: readonly KeyLine[]; next?: string }>('GET', path, { query });
      return { items, next };
    },
  });
  return (
    <section class="pane keys" aria-label="Keys">
      <label class="filter">
        <span>Prefix</span>
        <input
          type="search"
          value={prefix}
          onInput={({ currentTarget }) => setPrefix(currentTarget.value)}
          placeholder="all keys"
        />
      </label>
      {isPutting && <PutDrawer bucket={bucket} name="" onClose={() => setPutting(false)} />}
      <Problem>{keys.problem}</Problem>
      {keys.isLoaded && (
        <VirtualList<KeyLine>
          label={`Keys of ${bucket}`}
          items={keys.items}
          rowHeight={52}
          idOf={({ key }) => key}
          chosen={chosen}
          onReach={keys.reach}
          onOpen={({ key }) => goTo({ view: 'buckets', bucket, key })}
          classOf={({ key }) => (keys.gone.has(key) ? 'gone' : keys.fresh.has(key) ? 'fresh' : '')}
          empty={prefix === '' ? 'The bucket is empty.' : 'No key begins with this prefix.'}
          draw={(line) => <KeyRow line={line} />}
        />
      )}
      <div class="headline">
        {keys.isLoaded && keys.items.length > 0 && (
          <p class="note">
            {keys.isWhole ? counted(keys.items.length, 'key') : partInWords(keys.items.length, line, prefix)}
          </p>
        )}
        <div class="tools">
          <button type="button" class="quiet" onClick={() => setPutting(true)}>
            Put an object
          </button>
        </div>
      </div>
    </section>
  );
}

/** Each object has a key, but a key whose newest version is a delete marker has no object. */
function partInWords(shown: number, { objects, deleteMarkers }: BucketLine, prefix: string): string {
  return prefix === '' && deleteMarkers === 0 && objects > shown
    ? `${grouped(shown)} of ${counted(objects, 'key')}; scroll for more`
    : `the first ${counted(shown, 'key')}; scroll for more`;
}

function KeyRow({ line: { key, versions, current, size } }: { readonly line: KeyLine }) {
  return (
    <>
      <span class="line">
        <span class="id name" title={visible(key)}>
          {writeKey(key)}
        </span>
        <span class="end">{current === 'object' && writeBytes(size)}</span>
      </span>
      <span class="line dim">
        {current === 'deleteMarker' && <Chip kind="marker">deleted</Chip>}
        <span>{counted(versions, 'version')}</span>
      </span>
    </>
  );
}

function Configurations({ bucket }: { readonly bucket: string }) {
  const { answer, problem } = useThingAt<BucketOutline>(`buckets/${encodeURIComponent(bucket)}`);
  return (
    <section class="pane" aria-label="Configuration">
      <p class="note">Choose a key to see its versions.</p>
      <Problem>{problem}</Problem>
      <AccessPoints bucket={bucket} />
      {answer !== undefined && <Json title="Configuration" value={answer} />}
    </section>
  );
}

function AccessPoints({ bucket }: { readonly bucket: string }) {
  const path = `buckets/${encodeURIComponent(bucket)}/access-points`;
  const { answer, problem } = useThingAt<{ accessPoints: readonly AccessPointLine[] }>(path);
  if (answer === undefined || answer.accessPoints.length === 0) return <Problem>{problem}</Problem>;
  return (
    <>
      <h2>Access points</h2>
      <ul class="snapshots" aria-label="Access points">
        {answer.accessPoints.map(({ name, arn, alias, publicAccessBlock, vpcId, account, policy }) => (
          <li key={arn}>
            <span class="point">
              <strong>{name}</strong>
              <span class="chips">
                <BlockChip block={publicAccessBlock} />
                {vpcId !== undefined && <Chip kind="held">{`from ${visible(vpcId)} alone`}</Chip>}
                {account !== undefined && <Chip>{`of ${visible(account)}`}</Chip>}
                {policy !== undefined && <Chip>policy</Chip>}
              </span>
              <span class="id">{arn}</span>
              <span class="id">{alias}</span>
            </span>
            <CopyButton name="Copy the ARN" text={arn} />
          </li>
        ))}
      </ul>
    </>
  );
}
