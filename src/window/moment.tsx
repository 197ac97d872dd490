import { changeTo } from './address';
import { useKnown } from './hooks';
import { day, hour, writeMoment } from './writing';

/** The moment as of which a bucket is shown: the last noon by one click, and any other by its date. */
export function Moment({ at }: { readonly at: string | undefined }) {
  const { mock } = useKnown();
  const choose = (moment: number) => changeTo({ at: new Date(moment).toISOString(), version: undefined });
  const noon = mock === undefined ? undefined : Math.floor((Date.parse(mock.now) - 12 * hour) / day) * day + 12 * hour;
  return (
    <div class="moment-choice">
      <label class="filter">
        <span>As of, UTC</span>
        <input
          type="datetime-local"
          value={at?.slice(0, 16) ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const moment = Date.parse(`${value}Z`);
            if (Number.isNaN(moment)) changeTo({ at: undefined });
            else choose(moment);
          }}
        />
      </label>
      {at === undefined ? (
        <button
          type="button"
          class="quiet"
          title={noon === undefined ? undefined : `${writeMoment(noon)} UTC`}
          disabled={noon === undefined}
          onClick={() => choose(noon ?? 0)}
        >
          At noon
        </button>
      ) : (
        <button type="button" class="quiet" onClick={() => changeTo({ at: undefined, version: undefined })}>
          Now
        </button>
      )}
    </div>
  );
}
