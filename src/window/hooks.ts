import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { ask, isUnreachable, sentenceOf } from './door';
import type { Known, Live } from './live';

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('a view is outside of the page');
  return live;
}

export function useKnown(): Known {
  const live = useLive();
  const [known, setKnown] = useState(live.known);
  useEffect(() => {
    setKnown(live.known);
    return live.subscribe(() => setKnown(live.known));
  }, [live]);
  return known;
}

/** A state that belongs to one process: if another process answers at the same address, it is the initial one again. */
export function useStateOfMock<Value>(initial: Value): readonly [Value, (value: Value) => void] {
  const started = useKnown().mock?.started;
  const [state, setState] = useState({ started, value: initial });
  const value = state.started === started ? state.value : initial;
  return [value, (next: Value) => setState({ started, value: next })];
}

interface Reply<Answer> {
  readonly answer: Answer | undefined;
  readonly problem: string | undefined;
}

interface Answered<Answer> extends Reply<Answer> {
  /** Whether something changed since the question. */
  readonly isOld: boolean;
}

/**
 * Asks the door, and again after each change. Until then the last answer to the same question is shown, so that nothing jumps. An expensive
 * question waits until nothing has changed for `quiet` milliseconds, in which the mock answers the tests.
 */
export function useAnswer<Answer>(question: string, load: () => Promise<Answer>, quiet = 0): Answered<Answer> {
  const { changes, mock } = useKnown();
  const [state, setState] = useState<ReplyTo<Answer>>({ to: question, at: 0, answer: undefined, problem: undefined });
  const running = useRef(0);
  useEffect(() => {
    if (mock === undefined) return;
    running.current += 1;
    const own = running.current;
    const tell = (write: (before: ReplyTo<Answer>) => ReplyTo<Answer>) => own === running.current && setState(write);
    const begin = () => {
      load().then(
        (answer) => tell(() => ({ to: question, at: changes, answer, problem: undefined })),
        (error) =>
          tell((before) =>
            // While nothing answers, the page shows what it last knew.
            isUnreachable(error) && before.to === question && before.answer !== undefined
              ? before
              : { to: question, at: changes, answer: undefined, problem: sentenceOf(error) },
          ),
      );
    };
    const timer = setTimeout(begin, own === 1 ? 0 : quiet);
    return () => clearTimeout(timer);
  }, [question, changes, mock === undefined]);
  const { to, at, answer, problem } = state;
  return to === question
    ? { answer, problem, isOld: at !== changes }
    : { answer: undefined, problem: undefined, isOld: false };
}

interface ReplyTo<Answer> extends Reply<Answer> {
  readonly to: string;
  readonly at: number;
}

export function useThingAt<Thing>(path: string): Answered<Thing> {
  return useAnswer(path, () => ask<Thing>('GET', path));
}

const narrow = matchMedia('(max-width: 44rem)');

interface RowHeights {
  readonly wide: number;
  readonly narrow: number;
}

/** The height of a row: where there is little room, it has a third line, for the bucket and the key. */
export function useRowHeight({ wide, narrow: high }: RowHeights = { wide: 56, narrow: 80 }): number {
  const [isNarrow, setNarrow] = useState(narrow.matches);
  useEffect(() => {
    const follow = () => setNarrow(narrow.matches);
    narrow.addEventListener('change', follow);
    follow();
    return () => narrow.removeEventListener('change', follow);
  }, []);
  return isNarrow ? high : wide;
}

interface Running {
  readonly isRunning: boolean;
  readonly problem: string | undefined;
}

/** A call that somebody begins by a button: whether it runs, and why it failed. */
export function useCall() {
  const live = useLive();
  const [state, setState] = useState<Running>({ isRunning: false, problem: undefined });
  const isLost = useKnown().lost !== undefined;
  useEffect(() => {
    // What failed because nothing answered is over once something does.
    if (!isLost) setState((before) => (before.problem === undefined ? before : { ...before, problem: undefined }));
  }, [isLost]);
  const run = useCallback(
    (call: () => Promise<unknown>) => {
      setState({ isRunning: true, problem: undefined });
      call()
        .then(() => live.refresh())
        .then(
          () => setState({ isRunning: false, problem: undefined }),
          async (error) => {
            if (isUnreachable(error)) await live.refresh();
            setState({ isRunning: false, problem: sentenceOf(error) });
          },
        );
    },
    [live],
  );
  return { ...state, run };
}
