import { writeAddress } from './address';
import type { HistoryLine } from './answers';
import { ask } from './door';
import { useAnswer } from './hooks';
import { Drawer, Problem } from './parts';
import { AuthorLink } from './who';
import { visible, writeKey, writeMoment } from './writing';

/** The most changes that are shown. */
const most = 500;

interface HistoryProps {
  readonly bucket: string;
  /** The key; left out for all keys of the bucket. */
  readonly name?: string;
  readonly onClose: () => void;
}

/** Who wrote, deleted and removed what: also of a key of which nothing is left. */
export function HistoryDrawer({ bucket, name, onClose }: HistoryProps) {
  const { answer, problem } = useAnswer(`history ${bucket} ${name}`, () =>
    ask<{ history: readonly HistoryLine[] }>('GET', `buckets/${encodeURIComponent(bucket)}/history`, {
      query: { key: name, limit: most },
    }),
  );
  const lines = answer?.history ?? [];
  return (
    <Drawer title={`Who changed ${name === undefined ? bucket : writeKey(name)}`} onClose={onClose}>
      <Problem>{problem}</Problem>
      {answer !== undefined && lines.length === 0 && (
        <p class="empty">No request has written or removed a version, and neither has S3 by itself.</p>
      )}
      <ol class="snapshots history" aria-label="Changes, newest first">
        {lines.map((line, at) => (
          <li key={lines.length - at}>
            <span class="point">
              <span>
                <b>{inWords(line)}</b> by <AuthorLink by={line.by} />
              </span>
              {name === undefined && (
                <a class="id" href={writeAddress({ view: 'buckets', bucket, key: line.key })} onClick={onClose}>
                  {writeKey(line.key)}
                </a>
              )}
              <span class="note">
                {writeMoment(line.at)} UTC, version <span class="id">{visible(line.versionId)}</span>
              </span>
            </span>
          </li>
        ))}
      </ol>
      <p class="note">
        {`What the fixture or a call such as s3.bucket('${bucket}').put wrote is not here: no request did it. `}
        <a href={writeAddress({ view: 'requests', text: [bucket, name].filter((part) => part).join(' ') })}>
          All requests about it
        </a>
      </p>
    </Drawer>
  );
}

function inWords({ what, deleteMarker }: HistoryLine): string {
  if (what === 'written') return deleteMarker ? 'Deleted, with a delete marker,' : 'Written';
  if (what === 'replaced') return 'Replaced by the next null version';
  return deleteMarker ? 'Delete marker removed' : 'Removed for good';
}
