import type { ComponentChildren, TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import { CallInTest, closeAround } from './acts';
import { goTo } from './address';
import type { BucketLine } from './answers';
import { mfaHeader, writeCommand, writeCreateBucket } from './calls';
import { ask } from './door';
import { useCall } from './hooks';
import { Drawer, Problem } from './parts';
import { makeMfaHeader, sendToStore } from './store';
import { MfaChoice } from './version-acts';

/** What a person does to buckets. */

const statuses = ['Enabled', 'Suspended'] as const;
type Status = (typeof statuses)[number];

interface FormProps {
  readonly title: string;
  readonly button: string;
  /** The call that does the same in a test. */
  readonly text: string;
  readonly act: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Details with a form, which act and close, and the call that does the same. */
function FormDrawer({ title, button, text, act, onClose, children }: FormProps) {
  const call = useCall();
  const submit = (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    const close = closeAround(event.currentTarget);
    call.run(() => act().then(close));
  };
  return (
    <Drawer title={title} onClose={onClose}>
      <form class="form" aria-label={title} onSubmit={submit}>
        {children}
        <Problem>{call.problem}</Problem>
        <button type="submit" class="primary" disabled={call.isRunning}>
          {button}
        </button>
      </form>
      <CallInTest text={text} />
    </Drawer>
  );
}

export function CreateBucketDrawer({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [region, setRegion] = useState('');
  const [versioning, setVersioning] = useState('');
  const [objectLock, setObjectLock] = useState(false);
  const settings = {
    ...(region !== '' && { region }),
    ...(objectLock ? { objectLock } : versioning !== '' && { versioning }),
  };
  const create = async () => {
    await ask('POST', 'buckets', { body: { name, ...settings } });
    goTo({ view: 'buckets', bucket: name });
  };
  return (
    <FormDrawer
      title="Create a bucket"
      button="Create"
      text={writeCreateBucket(name || '…', settings)}
      act={create}
      onClose={onClose}
    >
      <label>
        <span>Name</span>
        <input
          required
          autofocus
          autocomplete="off"
          spellcheck={false}
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <label>
        <span>Region</span>
        <input value={region} placeholder="us-east-1" onInput={({ currentTarget }) => setRegion(currentTarget.value)} />
      </label>
      <label>
        <span>Versioning</span>
        <select
          value={objectLock ? 'Enabled' : versioning}
          disabled={objectLock}
          onChange={({ currentTarget }) => setVersioning(currentTarget.value)}
        >
          <option value="">never set</option>
          {statuses.map((status) => (
            <option key={status}>{status}</option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={objectLock}
          onChange={({ currentTarget }) => setObjectLock(currentTarget.checked)}
        />
        Object lock, which keeps versioning Enabled
      </label>
    </FormDrawer>
  );
}

interface BucketActProps {
  readonly line: BucketLine;
  readonly onClose: () => void;
}

export function VersioningDrawer({ line, onClose }: BucketActProps) {
  const { name: bucket, versioning, mfaDelete, owner } = line;
  const [status, setStatus] = useState<Status>(versioning === 'Enabled' ? 'Suspended' : 'Enabled');
  const [withCode, setWithCode] = useState(false);
  const set = async () => {
    const headers = withCode ? await makeMfaHeader(owner) : {};
    const body = `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>${status}</Status></VersioningConfiguration>`;
    await sendToStore({ method: 'PUT', bucket, query: { versioning: '' }, headers }, body);
  };
  const input = {
    Bucket: bucket,
    VersioningConfiguration: { Status: status },
    ...(withCode && { MFA: mfaHeader }),
  };
  return (
    <FormDrawer
      title="Versioning"
      button="Set"
      text={writeCommand('PutBucketVersioning', input)}
      act={set}
      onClose={onClose}
    >
      <p class="note">
        {versioning === undefined
          ? 'Versioning was never set. Once it is set, it can be suspended, and never be unset.'
          : `Versioning is ${versioning}. The versions that are there stay, whatever you set.`}
      </p>
      <label>
        <span>Status</span>
        <select
          value={status}
          onChange={({ currentTarget: { value } }) => setStatus(statuses.find((one) => one === value) ?? 'Enabled')}
        >
          {statuses.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      {mfaDelete === 'Enabled' && <MfaChoice isChosen={withCode} onChange={setWithCode} />}
    </FormDrawer>
  );
}

export function DeleteBucketDrawer({ line: { name: bucket }, onClose }: BucketActProps) {
  const remove = async () => {
    await sendToStore({ method: 'DELETE', bucket });
    goTo({ view: 'buckets' });
  };
  return (
    <FormDrawer
      title="Delete the bucket"
      button="Delete"
      text={writeCommand('DeleteBucket', { Bucket: bucket })}
      act={remove}
      onClose={onClose}
    >
      <p>
        <span class="id">{bucket}</span>
      </p>
      <p class="why">S3 deletes a bucket only if it has no version and no delete marker.</p>
    </FormDrawer>
  );
}
