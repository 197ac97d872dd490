import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { PutDrawer } from './acts';
import { type Address, changeTo, folderOf, goTo, writeAddress } from './address';
import type { AccessPointLine, BucketLine, BucketOutline, FolderLine, KeyLine } from './answers';
import { CreateBucketDrawer, DeleteBucketDrawer, VersioningDrawer } from './bucket-acts';
import { ask } from './door';
import { HistoryDrawer } from './history';
import { useThingAt } from './hooks';
import { Moment } from './moment';
import { usePages } from './pages';
import { BlockChip, Chip, CopyButton, CopyCode, Json, Policy, Problem } from './parts';
import type { Plans } from './plans';
import { Reach } from './reach';
import { Versions } from './versions';
import { VirtualList } from './virtual-list';
import { counted, countVersions, grouped, visible, writeBytes, writeKey, writeMoment } from './writing';

const keysOfPage = 500;

interface BucketsProps {
  readonly address: Address;
  readonly plans: Plans;
}

export function Buckets({ address, plans }: BucketsProps) {
  const { bucket, key } = address;
  const { answer, problem } = useThingAt<{ buckets: readonly BucketLine[] }>('buckets');
  if (problem !== undefined) return <Problem>{problem}</Problem>;
  if (answer === undefined) return <p class="note">Loading…</p>;
  if (bucket === undefined) return <BucketTable buckets={answer.buckets} />;
  const line = answer.buckets.find(({ name }) => name === bucket);
  return (
    <>
      <Trail bucket={bucket} folder={folderOf(prefixOf(address))} name={key} />
      {line === undefined ? (
        <p class="empty">{`There is no bucket ${visible(bucket)}. ${namesInWords(answer.buckets)}`}</p>
      ) : (
        <OneBucket key={bucket} line={line} address={address} plans={plans} />
      )}
    </>
  );
}

/** `The mock has: scratch, vault.` */
function namesInWords(buckets: readonly BucketLine[]): string {
  return buckets.length === 0 ? 'The mock has none.' : `The mock has: ${buckets.map(({ name }) => name).join(', ')}.`;
}

/** What the names of the shown keys begin with: for a key without a prefix, its folder. */
function prefixOf({ prefix, key }: Address): string {
  return prefix ?? (key === undefined ? '' : folderOf(key));
}

interface TrailProps {
  readonly bucket: string;
  readonly folder: string;
  readonly name: string | undefined;
}

/** `Buckets / vault / reports / 2026 / annual.pdf`, each a link but the last one. */
function Trail({ bucket, folder, name }: TrailProps) {
  const steps = folder.split('/').slice(0, -1);
  const folders = steps.map((step, at) => ({ step, prefix: `${steps.slice(0, at + 1).join('/')}/` }));
  const places = [
    { text: 'Buckets', address: { view: 'buckets' } as const },
    { text: bucket, address: { view: 'buckets', bucket } as const },
    ...folders.map(({ step, prefix }) => ({
      text: writeKey(step),
      address: { view: 'buckets', bucket, prefix } as const,
    })),
    ...(name === undefined ? [] : [{ text: writeKey(name.slice(folderOf(name).length) || name), address: undefined }]),
  ];
  return (
    <nav class="trail" aria-label="Where you are">
      {places.map(({ text, address }, at) => (
        <Fragment key={at}>
          {at > 0 && <span aria-hidden="true">/</span>}
          {address === undefined || at === places.length - 1 ? (
            <b>{text}</b>
          ) : (
            <a href={writeAddress(address)}>{text}</a>
          )}
        </Fragment>
      ))}
    </nav>
  );
}

function BucketTable({ buckets }: { readonly buckets: readonly BucketLine[] }) {
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <div class="headline">
        <h1>Buckets</h1>
        <div class="tools">
          {buckets.length > 0 && <CopyCode name="Copy as fixture" load={() => loadFixture()} />}
          <button type="button" class="quiet" onClick={() => setCreating(true)}>
            Create a bucket
          </button>
        </div>
      </div>
      {isCreating && <CreateBucketDrawer onClose={() => setCreating(false)} />}
      {buckets.length === 0 && (
        <div class="empty">
          <p>The mock has no bucket. Create one here, with a client, or in the options of the mock.</p>
          <Reach />
        </div>
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

/** The lines of a test that make the buckets of the mock, or one of them. */
async function loadFixture(bucket?: string): Promise<string> {
  return (await ask<{ code: string }>('GET', 'fixture', { query: { bucket } })).code;
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

interface OneBucketProps extends BucketsProps {
  readonly line: BucketLine;
}

function OneBucket({ line, address, plans }: OneBucketProps) {
  const { key, version, at } = address;
  const prefix = prefixOf(address);
  const [act, setAct] = useState<'versioning' | 'delete' | 'history' | undefined>(undefined);
  const close = () => setAct(undefined);
  return (
    <>
      <div class="headline">
        <h1 class="cut" title={line.name}>
          {line.name}
        </h1>
        <span class="chips">
          <Traits line={line} />
          {at !== undefined && <Chip kind="soon">{`keys as of ${writeMoment(at)} UTC`}</Chip>}
        </span>
        <div class="tools">
          <button type="button" class="quiet" onClick={() => setAct('history')}>
            Who changed it
          </button>
          <a class="button quiet" href={writeAddress({ view: 'plans', bucket: line.name })}>
            What lifecycle will do
          </a>
          <CopyCode name="Copy as fixture" load={() => loadFixture(line.name)} />
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
      {act === 'history' && <HistoryDrawer bucket={line.name} onClose={close} />}
      <div class={key === undefined ? 'panes' : 'panes with-key'}>
        <Keys line={line} prefix={prefix} chosen={key} at={at} />
        {key === undefined ? (
          <Configurations line={line} at={at} />
        ) : (
          <Versions line={line} prefix={prefix} name={key} opened={version} plans={plans} at={at} />
        )}
      </div>
    </>
  );
}

type KeyOrFolder = KeyLine | FolderLine;

const nameOf = (entry: KeyOrFolder) => ('folder' in entry ? entry.folder : entry.key);

interface KeysProps {
  readonly line: BucketLine;
  readonly prefix: string;
  readonly chosen: string | undefined;
  readonly at: string | undefined;
}

function Keys({ line, prefix, chosen, at }: KeysProps) {
  const bucket = line.name;
  const folder = folderOf(prefix);
  const [isPutting, setPutting] = useState(false);
  const keys = usePages<KeyOrFolder>({
    question: `keys ${bucket} ${prefix} ${at}`,
    idOf: nameOf,
    load: async (after) => {
      const query = { prefix, delimiter: '/', after, at, limit: keysOfPage };
      const path = `buckets/${encodeURIComponent(bucket)}/keys`;
      const { keys: items, next } = await ask<{ keys: readonly KeyOrFolder[]; next?: string }>('GET', path, { query });
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
          onInput={({ currentTarget }) => changeTo({ prefix: currentTarget.value })}
          placeholder="all keys"
        />
      </label>
      <Moment at={at} />
      {isPutting && <PutDrawer bucket={bucket} folder={folder} onClose={() => setPutting(false)} />}
      <Problem>{keys.problem}</Problem>
      {keys.isLoaded && (
        <VirtualList<KeyOrFolder>
          key={`${prefix} ${at}`}
          label={`Keys of ${bucket}`}
          items={keys.items}
          rowHeight={52}
          idOf={nameOf}
          chosen={chosen}
          onReach={keys.reach}
          onOpen={(entry) =>
            goTo({
              view: 'buckets',
              bucket,
              at,
              ...('folder' in entry ? { prefix: entry.folder } : { prefix, key: entry.key }),
            })
          }
          classOf={(entry) => (keys.gone.has(nameOf(entry)) ? 'gone' : keys.fresh.has(nameOf(entry)) ? 'fresh' : '')}
          empty={
            at !== undefined
              ? 'Nothing was here then.'
              : prefix === ''
                ? 'The bucket is empty. If it was not always, “Who changed it” says who removed what.'
                : 'No key begins with this prefix.'
          }
          draw={(entry) =>
            'folder' in entry ? <FolderRow line={entry} parent={folder} /> : <KeyRow line={entry} parent={folder} />
          }
        />
      )}
      <div class="headline">
        {keys.isLoaded && keys.items.length > 0 && (
          <p class="note">
            {keys.isWhole
              ? wholeInWords(keys.items)
              : partInWords(keys.items, line, at === undefined ? prefix : undefined)}
          </p>
        )}
        {at === undefined && (
          <div class="tools">
            <button type="button" class="quiet" onClick={() => setPutting(true)}>
              Put an object
            </button>
          </div>
        )}
      </div>
    </section>
  );
}

/** `3 folders, 2 keys` */
function wholeInWords(items: readonly KeyOrFolder[]): string {
  const folders = items.filter((item) => 'folder' in item).length;
  const keys = items.length - folders;
  return [folders > 0 && counted(folders, 'folder'), (keys > 0 || folders === 0) && counted(keys, 'key')]
    .filter((part) => part)
    .join(', ');
}

/** Each object has a key, but a key whose newest version is a delete marker has no object. */
function partInWords(
  items: readonly KeyOrFolder[],
  { objects, deleteMarkers }: BucketLine,
  prefix: string | undefined,
): string {
  const shown = items.length;
  if (items.some((item) => 'folder' in item)) return `the first ${grouped(shown)} folders and keys; scroll for more`;
  return prefix === '' && deleteMarkers === 0 && objects > shown
    ? `${grouped(shown)} of ${counted(objects, 'key')}; scroll for more`
    : `the first ${counted(shown, 'key')}; scroll for more`;
}

interface RowProps<Line> {
  readonly line: Line;
  /** The folder that is shown, which the names of its rows leave out. */
  readonly parent: string;
}

function FolderRow({ line: { folder, keys }, parent }: RowProps<FolderLine>) {
  return (
    <>
      <span class="line">
        <span class="id name" title={visible(folder)}>
          {writeKey(folder.slice(parent.length))}
        </span>
      </span>
      <span class="line dim">
        <Chip>folder</Chip>
        <span>{counted(keys, 'key')}</span>
      </span>
    </>
  );
}

function KeyRow({ line: { key, current, size, removed, ...counts }, parent }: RowProps<KeyLine>) {
  return (
    <>
      <span class="line">
        <span class="id name" title={visible(key)}>
          {writeKey(key.slice(parent.length) || key)}
        </span>
        <span class="end">{current === 'object' && writeBytes(size)}</span>
      </span>
      <span class="line dim">
        {current === 'deleteMarker' && <Chip kind="marker">deleted</Chip>}
        {removed !== undefined && <Chip kind="bad">removed since</Chip>}
        <span>{countVersions(counts)}</span>
      </span>
    </>
  );
}

interface ConfigurationsProps {
  readonly line: BucketLine;
  readonly at: string | undefined;
}

function Configurations({ line: { name: bucket, versions, deleteMarkers }, at }: ConfigurationsProps) {
  const { answer, problem } = useThingAt<BucketOutline>(`buckets/${encodeURIComponent(bucket)}`);
  const { policy, ...others } = answer ?? {};
  return (
    <section class="pane" aria-label="Configuration">
      {at !== undefined ? (
        <p class="note">Choose a key to see its versions of that moment. What is configured below is of now.</p>
      ) : (
        versions + deleteMarkers > 0 && <p class="note">Choose a key to see its versions.</p>
      )}
      <Problem>{problem}</Problem>
      <AccessPoints bucket={bucket} />
      <Policy title="Policy" value={policy} below="h1" />
      {Object.keys(others).length > 0 && <Json title="Configuration" value={others} below="h1" />}
      {answer !== undefined && Object.keys(answer).length === 0 && <p class="note">The bucket has no configuration.</p>}
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
              </span>
              <span class="id">{arn}</span>
              <span class="id">{alias}</span>
              <Policy title={`Policy of ${name}`} value={policy} />
            </span>
            <CopyButton name="Copy the ARN" text={arn} />
          </li>
        ))}
      </ul>
    </>
  );
}
