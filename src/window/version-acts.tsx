import { useState } from 'preact/hooks';
import { CallInTest, closeAround } from './acts';
import type { BucketLine, VersionLine } from './answers';
import { mfaHeader, writeCommand, writePresign } from './calls';
import { ask } from './door';
import { useCall } from './hooks';
import { CopyButton, Problem } from './parts';
import { makeMfaHeader, presign, sendToStore, writeCopySource } from './store';
import { visible, writeKey } from './writing';

/** What a person does to one version: S3 itself is asked, and may refuse. */

interface ActProps {
  readonly line: BucketLine;
  readonly version: VersionLine;
}

/** What is left of a key after the removal of a delete marker. */
export interface RemovedMarker {
  readonly marker: VersionLine;
  /** The version on top now; undefined if nothing is left. */
  readonly top: VersionLine | undefined;
}

interface DeleteProps extends ActProps {
  readonly onMarkerRemoved: (removed: RemovedMarker) => void;
}

/** What other programs take: an id, a name, an address. */
export function Copies({ line: { name: bucket }, version: { key, versionId, deleteMarker } }: ActProps) {
  const call = writePresign({ Bucket: bucket, Key: key, VersionId: versionId });
  return (
    <section class="bytes" aria-labelledby="copies">
      <h3 id="copies">Copy</h3>
      <div class="tools">
        <CopyButton name="Version id" text={versionId} />
        <CopyButton name="S3 URI" text={`s3://${bucket}/${key}`} />
        {!deleteMarker && (
          <CopyButton name="Presigned URL" text={() => presign({ bucket, key, query: { versionId } })} />
        )}
      </div>
      {!deleteMarker && (
        <p class="note">The URL reads this version, and is valid for 15 minutes by the mock's clock.</p>
      )}
      {!deleteMarker && <CallInTest text={call} act="presign" />}
    </section>
  );
}

/** A former version becomes the current one by a copy onto the object, as on S3: no version goes. */
export function Restore({ line: { name: bucket }, version: { key, versionId } }: ActProps) {
  const call = useCall();
  const source = writeCopySource(bucket, key, versionId);
  const restore = (button: Element) => {
    const close = closeAround(button);
    const headers = { 'x-amz-copy-source': source };
    call.run(() => sendToStore({ method: 'PUT', bucket, key, headers }).then(close));
  };
  return (
    <section class="bytes" aria-labelledby="restore">
      <h3 id="restore">Restore</h3>
      <p class="note">
        S3 copies this version onto the object: the copy is the current version, with the media type, the metadata and
        the tags, in STANDARD. All versions stay.
      </p>
      <Problem>{call.problem}</Problem>
      <div class="tools">
        <button type="button" disabled={call.isRunning} onClick={({ currentTarget }) => restore(currentTarget)}>
          Restore this version
        </button>
      </div>
      <CallInTest text={writeCommand('CopyObject', { Bucket: bucket, Key: key, CopySource: source })} act="restore" />
    </section>
  );
}

/** Removes one version for good, or a delete marker, under which the object is still there. */
export function DeleteVersion({ line, version, onMarkerRemoved }: DeleteProps) {
  const call = useCall();
  const [withCode, setWithCode] = useState(line.mfaDelete === 'Enabled');
  const [isBypassing, setBypassing] = useState(false);
  const { name: bucket, owner } = line;
  const { key, versionId, deleteMarker, retention } = version;
  const remove = (button: Element) => {
    const close = closeAround(button);
    call.run(async () => {
      const headers = {
        ...(isBypassing && { 'x-amz-bypass-governance-retention': 'true' }),
        ...(withCode && (await makeMfaHeader(owner))),
      };
      await sendToStore({ method: 'DELETE', bucket, key, query: { versionId }, headers });
      close();
      if (deleteMarker) onMarkerRemoved({ marker: version, top: await findTop(bucket, key) });
    });
  };
  const input = {
    Bucket: bucket,
    Key: key,
    VersionId: versionId,
    ...(isBypassing && { BypassGovernanceRetention: true }),
    ...(withCode && { MFA: mfaHeader }),
  };
  return (
    <section class="bytes" aria-labelledby="delete-version">
      <h3 id="delete-version">{deleteMarker ? 'Remove the marker' : 'Delete this version'}</h3>
      <p class="note">{inWords(version)}</p>
      {line.mfaDelete === 'Enabled' && <MfaChoice isChosen={withCode} onChange={setWithCode} />}
      {retention?.Mode === 'GOVERNANCE' && (
        <Choice isChosen={isBypassing} onChange={setBypassing}>
          Bypass the governance retention
        </Choice>
      )}
      <Problem>{call.problem}</Problem>
      <div class="tools">
        <button type="button" disabled={call.isRunning} onClick={({ currentTarget }) => remove(currentTarget)}>
          {deleteMarker ? 'Remove the delete marker' : 'Delete the version for good'}
        </button>
      </div>
      <CallInTest text={writeCommand('DeleteObject', input)} act="delete" />
    </section>
  );
}

async function findTop(bucket: string, key: string): Promise<VersionLine | undefined> {
  const path = `buckets/${encodeURIComponent(bucket)}/versions`;
  const { versions } = await ask<{ versions: readonly VersionLine[] }>('GET', path, { query: { key, limit: 1 } });
  return versions[0];
}

/** `a.txt is current again: version 3L4k….` */
export function removedInWords({ marker, top }: RemovedMarker): string {
  const key = writeKey(marker.key);
  if (top === undefined) return `The delete marker is removed, and nothing is left of ${key}.`;
  if (top.deleteMarker) return `The delete marker is removed. ${key} is still deleted by the delete marker on top.`;
  const version = top.versionId === 'null' ? 'the null version' : `version ${visible(top.versionId)}`;
  return marker.isLatest
    ? `${key} is current again: ${version}.`
    : `The delete marker is removed. ${key} is current as before: ${version}.`;
}

function inWords({ deleteMarker, isLatest }: VersionLine): string {
  if (!deleteMarker) return 'This version is gone then, and no call brings it back.';
  return isLatest
    ? 'The newest version below the marker is current again.'
    : 'The versions above the marker and below it stay.';
}

interface ChoiceProps {
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
}

function Choice({ isChosen, onChange, children }: ChoiceProps & { readonly children: string }) {
  return (
    <label class="check">
      <input type="checkbox" checked={isChosen} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}

/** For a bucket with MFA Delete, which refuses without a code. */
export function MfaChoice(props: ChoiceProps) {
  return <Choice {...props}>With a code of the MFA device: the bucket has MFA Delete</Choice>;
}
