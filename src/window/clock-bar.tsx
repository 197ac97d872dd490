import { useState } from 'preact/hooks';
import { ask } from './door';
import { useCall, useKnown, useLive } from './hooks';
import { Problem } from './parts';
import type { Plans, Span } from './plans';
import { counted, day, grouped, hour, writeDate, writeDistance, writeMoment } from './writing';

const jumps = [
  { name: '+1 hour', length: hour },
  { name: '+1 day', length: day },
  { name: '+7 days', length: 7 * day },
  { name: '+30 days', length: 30 * day },
];

export function ClockBar({ plans, span }: { readonly plans: Plans; readonly span: Span | undefined }) {
  const { mock } = useKnown();
  const move = useMove();
  const [isOpen, setOpen] = useState(false);
  if (mock === undefined || span === undefined) return <section class="clock-bar" aria-label="Clock" />;
  const now = Date.parse(mock.now);
  return (
    <section class={isOpen ? 'clock-bar open' : 'clock-bar'} aria-label="Clock">
      <Problem>{move.problem}</Problem>
      <div class="clock">
        <span class="label">Clock, UTC</span>
        <time dateTime={mock.now}>{writeMoment(mock.now)}</time>
        <button type="button" class="more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Move
        </button>
      </div>
      <Slider now={now} plans={plans} span={span} onMove={move.to} />
      <div class="jumps">
        {jumps.map(({ name, length }) => (
          <button key={name} type="button" disabled={move.isRunning} onClick={() => move.by(length)}>
            {name}
          </button>
        ))}
        <DateChoice now={now} onMove={move.to} />
      </div>
    </section>
  );
}

/** Moves the clock by what is left to a moment, which the clock alone knows if it runs. */
function useMove() {
  const { run, ...state } = useCall();
  const live = useLive();
  const advance = (milliseconds: number) => ask('POST', 'clock/advance', { body: { milliseconds } });
  return {
    ...state,
    by: (milliseconds: number) => run(() => advance(milliseconds)),
    to: (moment: number) =>
      run(async () => {
        const { now } = await ask<{ now: string }>('GET', 'clock');
        const left = moment - Date.parse(now);
        if (left > 0) await advance(left);
        else await live.refresh();
      }),
  };
}

interface SliderProps {
  readonly now: number;
  readonly plans: Plans;
  readonly span: Span;
  readonly onMove: (moment: number) => void;
}

/** Drags the clock from midnight to midnight, when lifecycle acts. While it is dragged it says what would be done. */
function Slider({ now, plans, span: { from, to }, onMove }: SliderProps) {
  const [wanted, setWanted] = useState<number | undefined>(undefined);
  const days = Math.round((to - from) / day);
  const least = Math.floor((now - from) / day);
  const value = Math.max(wanted ?? least, least);
  const moment = from + value * day;
  const due = wanted === undefined ? 0 : plans.planned.filter(({ at }) => at <= moment).length;
  const release = () => {
    if (value > least) onMove(moment);
    setWanted(undefined);
  };
  return (
    <div class="slider">
      <Ticks plans={plans} from={from} to={to} />
      <input
        type="range"
        min={0}
        max={days}
        value={value}
        aria-label="Move the clock on"
        aria-valuetext={writeDate(moment)}
        onInput={({ currentTarget }) => {
          const asked = Math.max(Number(currentTarget.value), least);
          // The clock does not go back, and neither does the slider.
          currentTarget.value = `${asked}`;
          setWanted(asked);
        }}
        onChange={release}
        style={{ '--filled': `${(value / days) * 100}%` }}
      />
      <p class="label" aria-live="polite">
        {wanted === undefined || value === least
          ? nextInWords(plans, now)
          : `To ${writeDate(moment)}${plans.isOld ? '' : `: S3 does ${counted(due, 'thing')} until then`}`}
      </p>
    </div>
  );
}

/** `Next: remove in 3 days; 12 planned` */
function nextInWords({ planned, isKnown, isOld }: Plans, now: number): string {
  if (!isKnown) return 'What S3 plans is not known yet.';
  const [next] = planned;
  const text =
    next === undefined
      ? 'S3 plans nothing.'
      : `Next: ${next.lane} ${writeDistance(next.at, now)}; ${grouped(planned.length)} planned`;
  // There is room for a few words.
  return isOld ? `Before the last change: ${text}` : text;
}

/** The places along a line at which something is done or planned, in hundredths of it. */
function Ticks({ plans, from, to }: { readonly plans: Plans; readonly from: number; readonly to: number }) {
  const places = new Map<number, boolean>();
  for (const { at, state } of plans.steps) {
    const place = Math.round(((at - from) / (to - from)) * 100);
    if (place >= 0 && place <= 100) places.set(place, state !== 'planned' && places.get(place) !== false);
  }
  return (
    <div class="ticks" aria-hidden="true">
      {[...places].map(([place, isDone]) => (
        <i key={place} class={isDone ? 'done' : ''} style={{ left: `${place}%` }} />
      ))}
    </div>
  );
}

function DateChoice({ now, onMove }: { readonly now: number; readonly onMove: (moment: number) => void }) {
  const [date, setDate] = useState('');
  const least = writeDate(now + day);
  const moment = Date.parse(date);
  return (
    <form
      class="date"
      onSubmit={(event) => {
        event.preventDefault();
        onMove(moment);
        setDate('');
      }}
    >
      <input
        type="date"
        aria-label="Move the clock to midnight of this date"
        min={least}
        value={date}
        onInput={({ currentTarget }) => setDate(currentTarget.value)}
      />
      <button type="submit" disabled={!(moment > now)}>
        Move
      </button>
    </form>
  );
}
