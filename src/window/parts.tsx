import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PublicAccessBlock } from './answers';
import { useKnown } from './hooks';
import { readStatements } from './policies';
import { visible, visibleLines, writeKey, writeMoment, writeTime } from './writing';

/** The milliseconds for which a button says something else than its name. */
const patience = 5000;

/** A state that is the first one again after a while. */
function useForAWhile<State>(first: State): [State, (state: State) => void] {
  const [state, setState] = useState(first);
  useEffect(() => {
    if (state === first) return;
    const timer = setTimeout(() => setState(first), patience);
    return () => clearTimeout(timer);
  }, [state]);
  return [state, setState];
}

export function Chip({ kind = 'plain', children }: { readonly kind?: ChipKind; readonly children: ComponentChildren }) {
  return <span class={`chip ${kind}`}>{children}</span>;
}

/** `good` and `bad` for outcomes, `marker` for delete markers, `held` for locks, `soon` for what the clock will bring. */
export type ChipKind = 'plain' | 'good' | 'bad' | 'marker' | 'held' | 'soon' | 'accent';

/** `vault/report.pdf` */
export function Subject({ of: { bucket, key } }: { readonly of: { readonly bucket?: string; readonly key?: string } }) {
  if (key === undefined) return <>{visible(bucket ?? '')}</>;
  return (
    <span title={visible(`${bucket}/${key}`)}>
      <span class="dim">{`${bucket}/`}</span>
      {writeKey(key)}
    </span>
  );
}

/** When something happened, at the end of a row. */
export function Time({ at }: { readonly at: string }) {
  const { mock } = useKnown();
  return (
    <time class="end" dateTime={at} title={`${writeMoment(at)} UTC`}>
      {writeTime(at, mock?.now ?? at)}
    </time>
  );
}

export function BlockChip({ block }: { readonly block: PublicAccessBlock | undefined }) {
  const switches = Object.entries(block ?? {});
  const on = switches.filter(([, isOn]) => isOn).map(([name]) => name);
  if (on.length === 0) return null;
  return <Chip kind="held">{on.length === switches.length ? 'blocks public access' : on.join(', ')}</Chip>;
}

export function Problem({ children }: { readonly children: ComponentChildren }) {
  if (children === undefined) return null;
  return (
    <p class="problem" role="alert">
      {children}
    </p>
  );
}

interface CopyButtonProps {
  readonly name: string;
  /** The text, or how it is made once it is wanted. */
  readonly text: string | (() => Promise<string>);
}

export function CopyButton({ name, text }: CopyButtonProps) {
  const [done, setDone] = useForAWhile<string | undefined>(undefined);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
      setDone('Copied');
    } catch {
      // A browser offers the clipboard at localhost and by HTTPS alone, and may ask.
      setDone('Not allowed: mark and copy it');
    }
  };
  return (
    <button type="button" class="quiet" onClick={() => void copy().catch(reportError)}>
      <span aria-live="polite">{done ?? name}</span>
    </button>
  );
}

interface CopyCodeProps {
  readonly name: string;
  readonly load: () => Promise<string>;
}

/** Copies lines of a test. Where the browser has no clipboard, it shows them. */
export function CopyCode({ name, load }: CopyCodeProps) {
  const [done, setDone] = useForAWhile<string | undefined>(undefined);
  const [shown, setShown] = useState<{ readonly code?: string; readonly problem?: string } | undefined>(undefined);
  const copy = async () => {
    let code: string;
    try {
      code = await load();
    } catch (error) {
      setShown({ problem: error instanceof Error ? error.message : String(error) });
      return;
    }
    try {
      await navigator.clipboard.writeText(code);
      setDone('Copied');
    } catch {
      setShown({ code });
    }
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => void copy().catch(reportError)}>
        <span aria-live="polite">{done ?? name}</span>
      </button>
      {shown !== undefined && (
        <Drawer title={name} onClose={() => setShown(undefined)}>
          <Problem>{shown.problem}</Problem>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
          {shown.code !== undefined && <pre tabIndex={0}>{shown.code}</pre>}
        </Drawer>
      )}
    </>
  );
}

interface AskingButtonProps {
  readonly name: string;
  /** What it says once it was pressed: `Press again to reset`. */
  readonly question: string;
  readonly isQuiet?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}

/** A button for what cannot be undone: it acts if it is pressed twice within some seconds. */
export function AskingButton({ name, question, isQuiet = false, disabled = false, onPress }: AskingButtonProps) {
  const [isAsking, setAsking] = useForAWhile(false);
  const press = () => {
    if (isAsking) onPress();
    setAsking(!isAsking);
  };
  return (
    <button type="button" class={isQuiet ? 'quiet' : ''} disabled={disabled} onClick={press}>
      <span aria-live="polite">{isAsking ? question : name}</span>
    </button>
  );
}

interface DrawerProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Details beside the page. Escape closes it, and the focus returns to where it was. */
export function Drawer({ title, onClose, children }: DrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = () => dialog.current?.close();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it, as Escape does by the browser itself
    <dialog
      ref={dialog}
      class="drawer"
      aria-labelledby="drawer-title"
      onClose={onClose}
      onClick={({ target }) => target === dialog.current && close()}
    >
      <div class="drawer-content">
        <header>
          <h2 id="drawer-title" title={title}>
            {title}
          </h2>
          <button type="button" class="quiet" onClick={close}>
            Close
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** Names and what they are, in two columns; those without a value are left out. */
export function Facts({ facts }: { readonly facts: Readonly<Record<string, ComponentChildren>> }) {
  return (
    <dl class="facts">
      {Object.entries(facts).flatMap(([name, value]) =>
        value === undefined || value === '' || value === false
          ? []
          : [<dt key={`${name}?`}>{name}</dt>, <dd key={name}>{value}</dd>],
      )}
    </dl>
  );
}

interface JsonProps {
  readonly title: string;
  readonly value: unknown;
  /** The heading in whose part of the page it is: a level is not left out. */
  readonly below?: 'h1' | 'h2';
}

export function Json({ title, value, below = 'h2' }: JsonProps) {
  if (value === undefined || value === null) return null;
  return (
    <section class="json">
      {below === 'h1' ? <h2>{title}</h2> : <h3>{title}</h3>}
      <JsonText value={value} />
    </section>
  );
}

function JsonText({ value }: Pick<JsonProps, 'value'>) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <pre tabIndex={0}>{visibleLines(text)}</pre>
  );
}

/** A policy: a sentence for each statement, and the document, which is open if it has no statements that can be read. */
export function Policy({ title, value, below = 'h2' }: JsonProps) {
  if (value === undefined || value === null) return null;
  const statements = readStatements(value);
  if (statements === undefined) return <Json title={title} value={value} below={below} />;
  return (
    <section class="json">
      {below === 'h1' ? <h2>{title}</h2> : <h3>{title}</h3>}
      {statements.map(({ effect, rest, sid }, at) => (
        <p class="statement" key={at}>
          <strong class={effect === 'Denies' ? 'denies' : ''}>{effect}</strong>
          {` ${rest}.`}
          {sid !== undefined && <span class="note">{` ${sid}`}</span>}
        </p>
      ))}
      <details>
        <summary>As JSON</summary>
        <JsonText value={value} />
      </details>
    </section>
  );
}
