import { useEffect, useMemo, useState } from 'preact/hooks';
import type { VersionLine } from './answers';
import { addressOfFile, type Bytes, type LoadedBytes, linesOf, lookAt, useBytes, writeHexadecimal } from './bytes';
import { compareLines, type DifferentLine, findFirstDifference } from './difference';
import { ask } from './door';
import { useAnswer } from './hooks';
import { Problem } from './parts';
import { counted, grouped, visible, writeBytes, writeMoment } from './writing';

/** In bytes: more of them in hexadecimal digits nobody reads. */
const mostDigits = 4096;
/** In lines of a difference. */
const mostLines = 2000;

interface PreviewProps {
  readonly bucket: string;
  readonly version: VersionLine;
}

/** What a version has, and what it has changed. Nothing of it becomes markup, whatever it is. */
export function Preview({ bucket, version }: PreviewProps) {
  const content = useBytes(bucket, version);
  const before = useVersionBefore(bucket, version);
  return (
    <>
      <section class="bytes" aria-labelledby="bytes">
        <div class="headline">
          <h3 id="bytes">Bytes</h3>
          <a class="button" href={addressOfFile(bucket, version)} download>
            Download
          </a>
        </div>
        <Problem>{content.problem}</Problem>
        {content.loaded !== undefined && <Content bytes={content.loaded} />}
      </section>
      {before !== undefined && <Difference bucket={bucket} before={before} now={content} />}
    </>
  );
}

function Content({ bytes }: { readonly bytes: Bytes }) {
  const look = useMemo(() => lookAt(bytes), [bytes]);
  const isWhole = bytes.bytes.length === bytes.size;
  const beginning = `The first ${writeBytes(bytes.bytes.length)} of ${writeBytes(bytes.size)}. Download it for the rest.`;
  if (look.kind === 'nothing') return <p class="note">The object is empty.</p>;
  if (look.kind === 'picture' && isWhole) return <Picture bytes={bytes} type={look.type} />;
  if (look.kind === 'picture' || look.kind === 'binary') return <Digits bytes={bytes} />;
  return (
    <>
      {!isWhole && <p class="note">{beginning}</p>}
      {look.kind === 'json' && look.isIndented && <p class="note">JSON, with line breaks that it does not have.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <pre tabIndex={0}>{linesOf(look.text.replaceAll('\r\n', '\n')).join('\n')}</pre>
    </>
  );
}

/** By an address that lives as long as it is shown, of a type that the page chose. */
function Picture({ bytes, type }: { readonly bytes: Bytes; readonly type: string }) {
  const [url, setUrl] = useState<string | undefined>(undefined);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes.bytes], { type }));
    setUrl(made);
    setBroken(false);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  if (isBroken) return <Digits bytes={bytes} />;
  if (url === undefined) return null;
  return <img class="picture" src={url} alt="What the object shows" onError={() => setBroken(true)} />;
}

function Digits({ bytes: { bytes, size } }: { readonly bytes: Bytes }) {
  const length = Math.min(bytes.length, mostDigits);
  return (
    <>
      <p class="note">
        {length < size
          ? `No text. The first ${counted(length, 'byte')} of ${grouped(size)} in hexadecimal digits.`
          : 'No text. The bytes in hexadecimal digits.'}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <pre class="digits" tabIndex={0}>
        {writeHexadecimal(bytes.subarray(0, length), matchMedia('(max-width: 44rem)').matches ? 8 : 16)}
      </pre>
    </>
  );
}

/** The next older version that is an object. */
function useVersionBefore(bucket: string, { key, versionId }: VersionLine): VersionLine | undefined {
  const { answer } = useAnswer(`before ${bucket} ${key} ${versionId}`, () =>
    ask<{ versions: readonly VersionLine[] }>('GET', `buckets/${encodeURIComponent(bucket)}/versions`, {
      query: { key, after: versionId, limit: 20 },
    }),
  );
  return answer?.versions.find(({ deleteMarker }) => !deleteMarker);
}

interface DifferenceProps {
  readonly bucket: string;
  readonly before: VersionLine;
  readonly now: LoadedBytes;
}

function Difference({ bucket, before, now }: DifferenceProps) {
  const then = useBytes(bucket, before);
  const id = visible(before.versionId);
  return (
    <section class="bytes" aria-labelledby="difference">
      <h3 id="difference">Difference to the version before it</h3>
      <p class="note">
        <span class="id">{id}</span>, written {writeMoment(before.lastModified)} UTC, {writeBytes(before.size)}
      </p>
      <Problem>{then.problem}</Problem>
      {now.loaded !== undefined && then.loaded !== undefined && <Changes before={then.loaded} after={now.loaded} />}
    </section>
  );
}

function Changes({ before, after }: { readonly before: Bytes; readonly after: Bytes }) {
  const lines = useMemo(() => findChanges(before, after), [before, after]);
  if (typeof lines === 'string') return <p>{lines}</p>;
  const count = (kind: DifferentLine['kind']) => lines.filter((line) => line.kind === kind).length;
  const left = lines.length - mostLines;
  return (
    <>
      <p class="note">
        {`${counted(count('added'), 'line')} added, ${counted(count('removed'), 'line')} removed`}
        {isWhole(before) && isWhole(after) ? '' : `, in the first ${writeBytes(after.bytes.length)}`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <pre class="changes" tabIndex={0}>
        {lines.slice(0, mostLines).map((line, at) => (
          <ChangedLine key={at} line={line} />
        ))}
        {left > 0 && <span class="left-out">{`${counted(left, 'line')} more\n`}</span>}
      </pre>
    </>
  );
}

function ChangedLine({ line: { kind, text } }: { readonly line: DifferentLine }) {
  if (kind === 'added') return <ins>{`+ ${text}\n`}</ins>;
  if (kind === 'removed') return <del>{`- ${text}\n`}</del>;
  return <span class={kind}>{kind === 'same' ? `  ${text}\n` : `${text}\n`}</span>;
}

const isWhole = ({ bytes, size }: Bytes) => bytes.length === size;

/** Lines, or a sentence. */
function findChanges(before: Bytes, after: Bytes): readonly DifferentLine[] | string {
  const place = findFirstDifference(before.bytes, after.bytes);
  if (place === undefined && before.size === after.size)
    return isWhole(after)
      ? 'The bytes are the same.'
      : `The first ${writeBytes(after.bytes.length)} are the same. The rest is not compared.`;
  const [old, now] = [lookAt(before), lookAt(after)];
  if ('text' in old && 'text' in now) {
    const lines = compareLines(linesOf(old.text), linesOf(now.text));
    if (lines.length > 0) return lines;
  }
  const sizes = before.size === after.size ? '' : ` ${grouped(before.size)} bytes became ${grouped(after.size)}.`;
  if (place === undefined) return `The beginning is the same.${sizes}`;
  return `The first byte that differs is number ${grouped(place + 1)}.${sizes}`;
}
