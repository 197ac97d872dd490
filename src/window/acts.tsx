import type { TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import { goTo } from './address';
import type { BucketLine } from './answers';
import { encode } from './bytes';
import { writeDelete, writePut } from './calls';
import { ask } from './door';
import { useCall } from './hooks';
import { CopyButton, Drawer, Problem } from './parts';
import { pricedClasses } from './prices';
import { writeKey } from './writing';

/** What a person does to the objects of a bucket, by the calls that a test has for it. */

function actOn(bucket: string, verb: 'put' | 'delete', body: object): Promise<unknown> {
  return ask('POST', `buckets/${encodeURIComponent(bucket)}/${verb}`, { body });
}

/** Closes the details in which a button is, so that the focus goes back to where it was. */
export function closeAround(element: Element): () => void {
  const dialog = element.closest('dialog');
  return () => dialog?.close();
}

interface CallProps {
  readonly text: string;
  /** What the call does, where several calls are shown. */
  readonly act?: string;
}

export function CallInTest({ text, act }: CallProps) {
  return (
    <section class="bytes" aria-label={`The call in a test${act === undefined ? '' : `, to ${act}`}`}>
      <div class="headline">
        <h3>In a test</h3>
        <CopyButton name="Copy the call" text={text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}

interface PutProps {
  readonly bucket: string;
  /** What the key of a new object begins with. */
  readonly folder: string;
  /** The key; left out for a new object. */
  readonly name?: string;
  readonly onClose: () => void;
}

export function PutDrawer({ bucket, folder, name, onClose }: PutProps) {
  const call = useCall();
  const [key, setKey] = useState(name ?? folder);
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | undefined>(undefined);
  const [type, setType] = useState('');
  const [storageClass, setStorageClass] = useState('');
  const [metadata, setMetadata] = useState('');
  const [tags, setTags] = useState('');
  const contentType = type || file?.type;
  const details = {
    ...(contentType && { contentType }),
    ...(storageClass !== '' && { storageClass }),
    ...readEntries('metadata', metadata),
    ...readEntries('tags', tags),
  };
  const put = (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    const close = closeAround(event.currentTarget);
    call.run(async () => {
      const body = file === undefined ? text : { base64: await encode(file) };
      await actOn(bucket, 'put', { key, body, ...details });
      close();
      goTo({ view: 'buckets', bucket, key });
    });
  };
  return (
    <Drawer title={name === undefined ? 'Put an object' : 'Put a version'} onClose={onClose}>
      <form class="form" aria-label="Put" onSubmit={put}>
        <label>
          <span>Key</span>
          <input required value={key} onInput={({ currentTarget }) => setKey(currentTarget.value)} />
        </label>
        <label>
          <span>Text</span>
          <textarea
            rows={5}
            value={text}
            disabled={file !== undefined}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <label>
          <span>Or a file</span>
          <input type="file" onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])} />
        </label>
        <label>
          <span>Media type</span>
          <input
            value={type}
            placeholder={file?.type || 'binary/octet-stream'}
            onInput={({ currentTarget }) => setType(currentTarget.value)}
          />
        </label>
        <label>
          <span>Storage class</span>
          <select value={storageClass} onChange={({ currentTarget }) => setStorageClass(currentTarget.value)}>
            <option value="">STANDARD, unless you choose another</option>
            {storageClasses.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <EntriesField name="Metadata" value={metadata} example="author=ann" onInput={setMetadata} />
        <EntriesField name="Tags" value={tags} example="team=finance" onInput={setTags} />
        <Problem>{call.problem}</Problem>
        <button type="submit" class="primary" disabled={call.isRunning}>
          Put
        </button>
      </form>
      <CallInTest text={writePut(bucket, key || '…', file === undefined ? { text } : { file: file.name }, details)} />
    </Drawer>
  );
}

const storageClasses = pricedClasses.filter((one) => one !== 'STANDARD');

interface EntriesProps {
  readonly name: string;
  readonly value: string;
  readonly example: string;
  readonly onInput: (value: string) => void;
}

function EntriesField({ name, value, example, onInput }: EntriesProps) {
  return (
    <label>
      <span>{`${name}, one name=value on a line`}</span>
      <textarea
        rows={2}
        value={value}
        placeholder={example}
        spellcheck={false}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </label>
  );
}

/** `{ tags: { team: 'finance' } }`; nothing for an empty text. */
function readEntries(member: string, text: string): object {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return {};
  const entries = lines.map((line) => {
    const [name = '', ...value] = line.split('=');
    return [name.trim(), value.join('=').trim()] as const;
  });
  return { [member]: Object.fromEntries(entries) };
}

const deletesInWords: Readonly<Record<string, string>> = {
  Enabled: 'S3 puts a delete marker on top of the versions, which stay.',
  Suspended: 'S3 puts a delete marker on top. It is the null version, and takes the place of an earlier one.',
  never: 'Versioning was never set, so the object is gone for good.',
};

/** What is said of a key that is deleted, which only a bucket with versioning can have. */
const againInWords: Readonly<Record<string, string>> = {
  Enabled: 'The object is deleted already. S3 puts another delete marker on top of the one that is there.',
  Suspended:
    'The object is deleted already. S3 puts a delete marker on top again. It is the null version, and takes the place of an earlier one.',
};

interface DeleteProps {
  readonly line: BucketLine;
  readonly name: string;
  readonly isDeleted: boolean;
  readonly onClose: () => void;
}

export function DeleteDrawer({ line, name, isDeleted, onClose }: DeleteProps) {
  const { name: bucket, versioning = 'never' } = line;
  const call = useCall();
  return (
    <Drawer title="Delete" onClose={onClose}>
      <p>
        <span class="id">{writeKey(name)}</span>
      </p>
      <p class="why">{(isDeleted ? againInWords : deletesInWords)[versioning]}</p>
      <Problem>{call.problem}</Problem>
      <div class="tools">
        <button
          type="button"
          class="primary"
          disabled={call.isRunning}
          onClick={({ currentTarget }) => {
            const close = closeAround(currentTarget);
            call.run(() => actOn(bucket, 'delete', { key: name }).then(close));
          }}
        >
          Delete the object
        </button>
      </div>
      <CallInTest text={writeDelete(bucket, name)} />
    </Drawer>
  );
}
