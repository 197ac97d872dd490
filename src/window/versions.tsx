import { useEffect, useRef, useState } from 'preact/hooks';
import { DeleteDrawer, PutDrawer } from './acts';
import { changeTo, goTo, writeAddress } from './address';
import type { BucketLine, KeyLine, VersionLine } from './answers';
import { ask } from './door';
import { HistoryDrawer } from './history';
import { useAnswer, useKnown, useRowHeight } from './hooks';
import { usePages } from './pages';
import { Chip, Drawer, Facts, Json, Problem } from './parts';
import { copiesInWords, type Plans } from './plans';
import { Preview } from './preview';
import { Copies, DeleteVersion, type RemovedMarker, Restore, removedInWords } from './version-acts';
import { VirtualList } from './virtual-list';
import { AuthorLink, authorInWords } from './who';
import { counted, countVersions, visible, writeBytes, writeDistance, writeKey, writeMoment } from './writing';

/** The versions that one answer of the door has: some 200 KB. */
const versionsOfPage = 500;

interface VersionsProps {
  readonly line: BucketLine;
  /** The prefix of the list of keys, to which the page goes back. */
  readonly prefix: string;
  readonly name: string;
  /** The id of the version whose details are open. */
  readonly opened: string | undefined;
  readonly plans: Plans;
  /** The moment as of which the versions are shown. */
  readonly at: string | undefined;
}

export function Versions({ line, prefix, name, opened, plans, at }: VersionsProps) {
  const bucket = line.name;
  const [act, setAct] = useState<'put' | 'delete' | 'history' | undefined>(undefined);
  const [undeleted, setUndeleted] = useState<VersionLine | undefined>(undefined);
  const [removed, setRemoved] = useState<RemovedMarker | undefined>(undefined);
  const total = useTotal(bucket, name, at);
  // Where there is little room, what a row says of a version has up to three lines.
  const rowHeight = useRowHeight({ wide: 68, narrow: 98 });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // On a narrow screen the list of keys, which had the focus, gives way to the versions.
    if (document.activeElement === document.body || matchMedia('(max-width: 44rem)').matches) heading.current?.focus();
  }, [bucket, name]);
  const path = `buckets/${encodeURIComponent(bucket)}/versions`;
  const versions = usePages<VersionLine>({
    question: `versions ${bucket} ${name} ${at}`,
    idOf: ({ versionId }) => versionId,
    load: async (after) => {
      const query = { key: name, after, at, limit: versionsOfPage };
      const answer = await ask<{ versions: readonly VersionLine[]; next?: string }>('GET', path, { query });
      return { items: answer.versions, next: answer.next };
    },
  });
  const { items, isWhole, isLoaded, gone, fresh } = versions;
  const marker = items.find(
    ({ deleteMarker, isLatest, versionId }) => deleteMarker && isLatest && !gone.has(versionId),
  );
  const left = countKinds(items.filter(({ versionId }) => !gone.has(versionId)));
  const top = items.find(({ versionId }) => !gone.has(versionId));
  // The sentence holds until something else is on top. The list of another key has other versions.
  const isConfirmed = removed?.marker.key === name && isLoaded && top?.versionId === removed.top?.versionId;
  // Until the list is whole, the door counts more than the page has.
  const counts = isWhole || total === undefined || lengthOf(total) < items.length ? left : total;
  const length = lengthOf(counts);
  return (
    <section class="pane versions" aria-label="Versions">
      <h2 ref={heading} tabIndex={-1}>
        <a class="back" href={writeAddress({ view: 'buckets', bucket, prefix, at })} aria-label="Back to the keys">
          ←
        </a>
        <span class="id" title={visible(name)}>
          {writeKey(name)}
        </span>
      </h2>
      <div class="headline">
        <p class="note" aria-live="polite">
          {isLoaded
            ? `${countVersions(counts)}, newest on top${at === undefined ? '' : `, at ${writeMoment(at)} UTC`}`
            : 'Loading…'}
        </p>
        <div class="tools">
          <button type="button" class="quiet" onClick={() => setAct('history')}>
            Who changed this key
          </button>
          {at === undefined && (
            <>
              {marker !== undefined && (
                <button type="button" class="quiet" onClick={() => setUndeleted(marker)}>
                  Undelete
                </button>
              )}
              <button type="button" class="quiet" onClick={() => setAct('put')}>
                Put a version
              </button>
              <button type="button" class="quiet" disabled={length === 0} onClick={() => setAct('delete')}>
                Delete
              </button>
            </>
          )}
        </div>
      </div>
      <p class="done" role="status">
        {isConfirmed && removedInWords(removed)}
      </p>
      <Problem>{versions.problem}</Problem>
      {isLoaded && (
        <VirtualList<VersionLine>
          label={`Versions of ${name}`}
          items={items}
          total={isWhole || total === undefined ? undefined : lengthOf(total)}
          rowHeight={rowHeight}
          idOf={({ versionId }) => versionId}
          onReach={versions.reach}
          onOpen={({ versionId }) => goTo({ view: 'buckets', bucket, prefix, key: name, version: versionId, at })}
          classOf={(version) => classOf(version, { gone, fresh })}
          empty={at === undefined ? 'Nothing is left of this key.' : 'The key had no version then.'}
          draw={(version) => <VersionRow version={version} />}
        />
      )}
      {opened !== undefined && (
        <VersionDetails
          key={opened}
          line={line}
          name={name}
          versionId={opened}
          version={items.find(({ versionId }) => versionId === opened)}
          plans={plans}
          at={at}
          onMarkerRemoved={setRemoved}
        />
      )}
      {act === 'put' && <PutDrawer bucket={bucket} folder="" name={name} onClose={() => setAct(undefined)} />}
      {act === 'delete' && (
        <DeleteDrawer line={line} name={name} isDeleted={marker !== undefined} onClose={() => setAct(undefined)} />
      )}
      {undeleted !== undefined && (
        <Drawer title="Undelete" onClose={() => setUndeleted(undefined)}>
          <DeleteVersion line={line} version={undeleted} onMarkerRemoved={setRemoved} />
        </Drawer>
      )}
      {act === 'history' && <HistoryDrawer bucket={bucket} name={name} onClose={() => setAct(undefined)} />}
    </section>
  );
}

/** Keys are in order, so a key is the first of those that begin with it. */
function useTotal(bucket: string, name: string, at: string | undefined): Counts | undefined {
  const { answer } = useAnswer(`total ${bucket} ${name} ${at}`, () =>
    ask<{ keys: readonly KeyLine[] }>('GET', `buckets/${encodeURIComponent(bucket)}/keys`, {
      query: { prefix: name, limit: 1, at },
    }),
  );
  return answer?.keys.find(({ key }) => key === name);
}

type Counts = Pick<KeyLine, 'versions' | 'deleteMarkers'>;

function lengthOf({ versions, deleteMarkers }: Counts): number {
  return versions + deleteMarkers;
}

function countKinds(items: readonly VersionLine[]): Counts {
  const deleteMarkers = items.filter(({ deleteMarker }) => deleteMarker).length;
  return { versions: items.length - deleteMarkers, deleteMarkers };
}

interface Marks {
  readonly gone: ReadonlySet<string>;
  readonly fresh: ReadonlySet<string>;
}

function classOf({ versionId, deleteMarker, isLatest }: VersionLine, { gone, fresh }: Marks): string {
  const kind = deleteMarker ? 'stacked is-marker' : 'stacked';
  const state = gone.has(versionId) ? 'gone' : fresh.has(versionId) ? 'fresh' : '';
  return `${kind} ${isLatest ? 'is-current' : ''} ${state}`;
}

function VersionRow({ version }: { readonly version: VersionLine }) {
  const { now = version.lastModified } = useKnown().mock ?? {};
  const { versionId, size, lastModified, ends, writtenBy } = version;
  return (
    <>
      <span class="line">
        <span class="id name">{versionId === 'null' ? 'null (the null version)' : visible(versionId)}</span>
        <span class="end">{version.deleteMarker ? '' : writeBytes(size)}</span>
      </span>
      <span class="line dim">
        <span class="chips">
          <VersionChips version={version} />
        </span>
        <span class="moment" title={writeDistance(lastModified, now)}>
          {writeMoment(lastModified).slice(0, 16)}
          <span class="seconds">{writeMoment(lastModified).slice(16)}</span>
        </span>
        {writtenBy !== undefined && <span class="name by">{`by ${authorInWords(writtenBy)}`}</span>}
        {ends !== undefined && <span class="end soon">{ends}</span>}
      </span>
    </>
  );
}

function VersionChips({ version }: { readonly version: VersionLine }) {
  const {
    isLatest,
    deleteMarker,
    storageClass,
    retention,
    legalHold,
    replicationStatus,
    accessTier,
    restore,
    tags = {},
    removed,
  } = version;
  const tagged = Object.keys(tags).length;
  return (
    <>
      {deleteMarker && <Chip kind="marker">delete marker</Chip>}
      {isLatest && <Chip kind="accent">current</Chip>}
      {removed !== undefined && <Chip kind="bad">removed since</Chip>}
      {retention !== undefined && <Chip kind="held">{`locked until ${retention.RetainUntilDate.slice(0, 10)}`}</Chip>}
      {legalHold === 'ON' && <Chip kind="held">legal hold</Chip>}
      {storageClass !== undefined && storageClass !== 'STANDARD' && <Chip>{storageClass}</Chip>}
      {accessTier !== undefined && <Chip>{accessTier}</Chip>}
      {restore !== undefined && <Chip kind="soon">{restoreInWords(restore)}</Chip>}
      {replicationStatus !== undefined && (
        <Chip kind={replicationStatus === 'FAILED' ? 'bad' : 'plain'}>{`replication ${replicationStatus}`}</Chip>
      )}
      {tagged > 0 && <Chip>{counted(tagged, 'tag')}</Chip>}
    </>
  );
}

function restoreInWords({ ongoing, ready, expires }: NonNullable<VersionLine['restore']>): string {
  if (ongoing) return `restored at ${writeMoment(ready)}`;
  return expires === undefined ? 'restored' : `restored until ${expires.slice(0, 10)}`;
}

interface DetailsProps {
  readonly line: BucketLine;
  readonly name: string;
  readonly versionId: string;
  /** The version, if the list has it. */
  readonly version: VersionLine | undefined;
  readonly plans: Plans;
  readonly at: string | undefined;
  readonly onMarkerRemoved: (removed: RemovedMarker) => void;
}

/** The details of the version in the address, which can be one that the list has not loaded, or one that is gone. */
function VersionDetails({ line, name, versionId, version, ...shared }: DetailsProps) {
  const { at } = shared;
  const path = `buckets/${encodeURIComponent(line.name)}/versions`;
  const { answer, problem } = useAnswer(`version ${line.name} ${name} ${versionId} ${at}`, () =>
    ask<{ versions: readonly VersionLine[] }>('GET', path, { query: { key: name, versionId, at } }),
  );
  const last = useRef(version);
  last.current = version ?? answer?.versions[0] ?? last.current;
  const found = last.current;
  const close = () => changeTo({ version: undefined });
  if (found !== undefined) return <OneVersion line={line} version={found} {...shared} onClose={close} />;
  if (answer === undefined && problem === undefined) return null;
  return (
    <Drawer title="Version" onClose={close}>
      <Problem>{problem}</Problem>
      <p class="empty">This key has no version {visible(versionId)} any more.</p>
    </Drawer>
  );
}

interface OneVersionProps {
  readonly line: BucketLine;
  readonly version: VersionLine;
  readonly plans: Plans;
  readonly at: string | undefined;
  readonly onMarkerRemoved: (removed: RemovedMarker) => void;
  readonly onClose: () => void;
}

function OneVersion({ line, version, plans, at, onMarkerRemoved, onClose }: OneVersionProps) {
  const bucket = line.name;
  const { now = version.lastModified } = useKnown().mock ?? {};
  const copies = copiesInWords(plans, { bucket, key: version.key, versionId: version.versionId }, now);
  const {
    deleteMarker,
    versionId,
    isLatest,
    size,
    lastModified,
    retention,
    legalHold,
    restore,
    ends,
    tags,
    removed,
    writtenBy,
  } = version;
  const isThere = removed === undefined;
  return (
    <Drawer title={deleteMarker ? 'Delete marker' : 'Version'} onClose={onClose}>
      <Facts
        facts={{
          Bucket: bucket,
          Key: <span class="id">{writeKey(version.key)}</span>,
          'Version id': <span class="id">{visible(versionId)}</span>,
          Place: `${isLatest ? 'current' : 'noncurrent'}${at === undefined ? '' : ` at ${writeMoment(at)} UTC`}`,
          Size: !deleteMarker && counted(size, 'byte'),
          'Media type': version.contentType && visible(version.contentType),
          Written: `${writeMoment(lastModified)} UTC`,
          'Written by': writtenBy && <AuthorLink by={writtenBy} />,
          Removed: removed && (
            <>
              {`${writeMoment(removed.at)} UTC, by `}
              <AuthorLink by={removed.by} />
            </>
          ),
          'Storage class': version.storageClass,
          'Archive tier': version.accessTier,
          Restore: restore && restoreInWords(restore),
          Retention: retention && `${retention.Mode} until ${writeMoment(retention.RetainUntilDate)} UTC`,
          'Legal hold': legalHold,
          Tags:
            tags &&
            Object.entries(tags)
              .map(([name, value]) => visible(`${name}=${value}`))
              .join(', '),
          Replication: version.replicationStatus && (
            <>
              {version.replicationStatus}
              {copies.map((copy) => (
                <p key={copy}>{visible(copy)}</p>
              ))}
            </>
          ),
          Lifecycle: isThere && (ends ?? 'no rule ends it'),
        }}
      />
      {isThere && <Copies line={line} version={version} />}
      {isThere && !deleteMarker && <Preview bucket={bucket} version={version} />}
      {isThere && !deleteMarker && (at !== undefined || !isLatest) && <Restore line={line} version={version} />}
      {isThere && <DeleteVersion line={line} version={version} onMarkerRemoved={onMarkerRemoved} />}
      <Json title="As the library has it" value={version} />
    </Drawer>
  );
}
