import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { sentenceOf } from './door';
import type { Known, Live } from './live';

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('a view is outside of the page');
  return live;
}

/** What the page knows of the mock; the component is drawn again at each change. */
export function useKnown(): Known {
  const live = useLive();
  const [known, setKnown] = useState(live.known);
  useEffect(() => {
    setKnown(live.known);
    return live.subscribe(() => setKnown(live.known));
  }, [live]);
  return known;
}

/** An answer of the door, as far as it is there. */
export interface Answered<Answer> {
  readonly answer: Answer | undefined;
  readonly problem: string | undefined;
}

/**
 * Asks the door, and again after each change. Until then the last answer to the same question is shown, so that nothing jumps. What costs the mock
 * much is asked again only once nothing has changed for some milliseconds: it answers the tests meanwhile.
 */
export function useAnswer<Answer>(question: string, load: () => Promise<Answer>, quiet = 0): Answered<Answer> {
  const { changes, mock } = useKnown();
  const [state, setState] = useState<Answered<Answer> & { readonly to: string }>({
    to: question,
    answer: undefined,
    problem: undefined,
  });
  const running = useRef(0);
  useEffect(() => {
    if (mock === undefined) return;
    running.current += 1;
    const own = running.current;
    const tell = (news: Answered<Answer>) => own === running.current && setState({ to: question, ...news });
    const begin = () => {
      load().then(
        (answer) => tell({ answer, problem: undefined }),
        (error) => tell({ answer: undefined, problem: sentenceOf(error) }),
      );
    };
    const timer = setTimeout(begin, own === 1 ? 0 : quiet);
    return () => clearTimeout(timer);
  }, [question, changes, mock === undefined]);
  return state.to === question ? state : { answer: undefined, problem: undefined };
}

/** A call that somebody begins by a button: whether it runs, and why it failed. */
export function useCall(): {
  readonly isRunning: boolean;
  readonly problem: string | undefined;
  readonly run: (call: () => Promise<unknown>) => void;
} {
  const live = useLive();
  const [state, setState] = useState<{ isRunning: boolean; problem: string | undefined }>({
    isRunning: false,
    problem: undefined,
  });
  const run = useCallback(
    (call: () => Promise<unknown>) => {
      setState({ isRunning: true, problem: undefined });
      call()
        .then(() => live.refresh())
        .then(
          () => setState({ isRunning: false, problem: undefined }),
          (error) => setState({ isRunning: false, problem: sentenceOf(error) }),
        );
    },
    [live],
  );
  return { ...state, run };
}
