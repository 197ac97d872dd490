import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  describeMove,
  movedInDoubt,
  nearestTime,
  serviceTime,
  serviceTimeAtEnd,
  type Times,
} from '../../../src/protocol/signature/service-time';

const noon = Date.parse('2026-03-31T12:00:00Z');
const at = (seconds: number) => noon + seconds * 1000;
const day = 86_400;
const year = 365 * day;

/** Moments are seconds after the second of the signature; a move has its second and the seconds that it adds. */
type Row = {
  readonly process: number;
  readonly mock: number;
  readonly moves: readonly (readonly [second: number, by: number])[];
};

const timesOf = ({ process, mock, moves }: Row, presumed: Times['presumed']): Times => ({
  process: at(process),
  mock: at(mock),
  moves: moves.map(([second, by]) => ({ second: noon / 1000 + second, by: by * 1000 })),
  presumed,
});
const secondsOf = (moment: number) => (moment - noon) / 1000;

// docs/decisions/0007-clocks-of-signatures.md
describe('the time at the service for what was signed at noon', () => {
  it.each<Row & { what: string; signedFirst: number; movedFirst: number }>`
    what                                                   | process  | mock      | moves                              | signedFirst | movedFirst
    ${'no move'}                                           | ${5}     | ${5}      | ${[]}                              | ${5}        | ${5}
    ${'a move after its second'}                           | ${5}     | ${125}    | ${[[1, 120]]}                      | ${125}      | ${125}
    ${'a move in its second'}                              | ${0.5}   | ${120.5}  | ${[[0, 120]]}                      | ${120.5}    | ${0.5}
    ${'a move before its second'}                          | ${5}     | ${3605}   | ${[[-1, 3600]]}                    | ${5}        | ${5}
    ${'moves before, in and after its second'}             | ${5}     | ${3735}   | ${[[-9, 3600], [0, 120], [3, 10]]} | ${135}      | ${15}
    ${'a move that was taken back'}                        | ${5}     | ${5}      | ${[[1, 120], [2, -120]]}           | ${5}        | ${5}
    ${'a move back after its second'}                      | ${5}     | ${-year}  | ${[[1, -year]]}                    | ${5}        | ${5}
    ${'a move back by a minute'}                           | ${5}     | ${-55}    | ${[[1, -60]]}                      | ${-55}      | ${-55}
    ${'a clock that stands in the past'}                   | ${5}     | ${-year}  | ${[]}                              | ${5}        | ${5}
    ${'a clock that stands in the past and was moved'}     | ${5}     | ${-year}  | ${[[3, 120]]}                      | ${125}      | ${125}
    ${'a clock that stands in the future'}                 | ${5}     | ${year}   | ${[]}                              | ${5}        | ${5}
    ${'a clock that stands at its second'}                 | ${60}    | ${0}      | ${[]}                              | ${0}        | ${0}
    ${'faked time that was advanced'}                      | ${960}   | ${960}    | ${[]}                              | ${960}      | ${960}
    ${'the clock of the mock, years ahead of the process'} | ${-year} | ${0}      | ${[[-year, year]]}                 | ${0}        | ${0}
    ${'the clock of the mock, which was moved on since'}   | ${-295}  | ${610}    | ${[[-300, 300], [-296, 600]]}      | ${610}      | ${610}
    ${'the clock of the mock, years behind the process'}   | ${year}  | ${60}     | ${[[year, 60]]}                    | ${60}       | ${60}
    ${'a client that is a minute ahead of both clocks'}    | ${-60}   | ${-60}    | ${[]}                              | ${-60}      | ${-60}
    ${'a client that rounds its second up, after a move'}  | ${-0.5}  | ${3599.5} | ${[[-9, 3600]]}                    | ${-0.5}     | ${-0.5}
    ${'a date that neither clock has reached'}             | ${-year} | ${-year}  | ${[]}                              | ${-year}    | ${-year}
    ${'system time that was set back after a move'}        | ${5}     | ${3605}   | ${[[year, 3600]]}                  | ${3605}     | ${5}
  `('$what', ({ process, mock, moves, signedFirst, movedFirst }) => {
    const judged = (presumed: Times['presumed']) =>
      secondsOf(serviceTime(noon, timesOf({ process, mock, moves }, presumed)));
    expect({ signedFirst: judged('signed first'), movedFirst: judged('moved first') }).toEqual({
      signedFirst,
      movedFirst,
    });
  });

  it.each<Row & { what: string; seen: readonly [second: number, moved: number]; movedFirst: number }>`
    what                                                      | process | mock     | moves                   | seen        | movedFirst
    ${'a move in its second after a request'}                 | ${0.5}  | ${120.5} | ${[[0, 120]]}           | ${[0, 0]}   | ${120.5}
    ${'a move in its second before a request'}                | ${0.5}  | ${120.5} | ${[[0, 120]]}           | ${[0, 120]} | ${0.5}
    ${'moves in its second before and after a request'}       | ${0.5}  | ${180.5} | ${[[0, 180]]}           | ${[0, 120]} | ${60.5}
    ${'a move back in its second after a request, then on'}   | ${5}    | ${65}    | ${[[0, -60], [1, 120]]} | ${[0, 0]}   | ${65}
    ${'a move in its second before a request a second later'} | ${5}    | ${185}   | ${[[0, 120], [2, 60]]}  | ${[1, 120]} | ${65}
    ${'a move between its second and a request'}              | ${5}    | ${125}   | ${[[1, 120]]}           | ${[2, 120]} | ${125}
    ${'a request before its second, of a client ahead'}       | ${5}    | ${125}   | ${[[-1, 120]]}          | ${[-2, 0]}  | ${125}
  `(
    'counts the moves since the first request with the signature: $what',
    ({ process, mock, moves, seen: [second = 0, moved = 0], movedFirst }) => {
      const seen = { second: noon / 1000 + second, moved: moved * 1000 };
      const times = { ...timesOf({ process, mock, moves }, 'moved first'), seen };
      expect(secondsOf(serviceTime(noon, times))).toBe(movedFirst);
    },
  );

  it.each<Row & { what: string; end: number; signedFirst: number; movedFirst: number }>`
    what                                                | process | mock        | moves              | end              | signedFirst | movedFirst
    ${'no move'}                                        | ${5}    | ${5}        | ${[]}              | ${60}            | ${5}        | ${5}
    ${'a move, whenever it was'}                        | ${5}    | ${125}      | ${[[1, 120]]}      | ${60}            | ${125}      | ${5}
    ${'a move back by a minute'}                        | ${5}    | ${-55}      | ${[[1, -60]]}      | ${60}            | ${-55}      | ${-55}
    ${'a clock in the past, and the process signed'}    | ${5}    | ${-year}    | ${[]}              | ${60}            | ${5}        | ${5}
    ${'a clock in the past, and that clock signed'}     | ${year} | ${5}        | ${[]}              | ${60}            | ${5}        | ${5}
    ${'that clock signed for a month'}                  | ${year} | ${5}        | ${[]}              | ${30 * day}      | ${5}        | ${5}
    ${'that clock signed and was moved on'}             | ${year} | ${125}      | ${[[year, 120]]}   | ${60}            | ${125}      | ${125}
    ${'a clock in the future, and the process signed'}  | ${5}    | ${year}     | ${[]}              | ${60}            | ${5}        | ${5}
    ${'a clock in the future, and that clock signed'}   | ${5}    | ${year}     | ${[]}              | ${year + 60}     | ${year}     | ${year}
    ${'a clock a day in the past'}                      | ${5}    | ${-day}     | ${[]}              | ${60}            | ${-day}     | ${-day}
    ${'a clock a day in the past, ten years to go'}     | ${5}    | ${-day}     | ${[]}              | ${10 * year}     | ${5}        | ${5}
    ${'a clock that was moved by a month, then signed'} | ${5}    | ${31 * day} | ${[[0, 31 * day]]} | ${31 * day + 60} | ${31 * day} | ${31 * day}
  `(
    'is that of the clock which is nearer to the end without a date, as in version 2: $what',
    ({ process, mock, moves, end, signedFirst, movedFirst }) => {
      const judged = (presumed: Times['presumed']) =>
        secondsOf(serviceTimeAtEnd(at(end), timesOf({ process, mock, moves }, presumed)));
      expect({ signedFirst: judged('signed first'), movedFirst: judged('moved first') }).toEqual({
        signedFirst,
        movedFirst,
      });
    },
  );

  it('counts the moves since the first request with the signature without a date, too', () => {
    const times = timesOf(
      {
        process: 5,
        mock: 185,
        moves: [
          [-2, 120],
          [3, 60],
        ],
      },
      'moved first',
    );
    const seen = { second: noon / 1000 + 1, moved: 120_000 };
    expect([times, { ...times, seen }].map((one) => secondsOf(serviceTimeAtEnd(at(900), one)))).toEqual([5, 65]);
  });

  it('is never later if the clock is presumed to have been moved first', () => {
    const seconds = fc.integer({ min: -2000, max: 2000 });
    const row = fc.record({ process: seconds, mock: seconds, moves: fc.array(fc.tuple(seconds, seconds)) });
    fc.assert(
      fc.property(row, (given) => {
        const [late, early] = (['signed first', 'moved first'] as const).map((presumed) =>
          serviceTime(
            noon,
            timesOf({ ...given, moves: given.moves.map(([second, by]) => [second, Math.abs(by)]) }, presumed),
          ),
        );
        expect(early).toBeLessThanOrEqual(late ?? Number.NaN);
      }),
    );
  });
});

it.each([
  [5, 100, 50, 5],
  [5, 100, 60, 100],
  [5, -year, 5, 5],
  [5, -year, -year, -year],
])('the nearer clock of a process at %d and a mock at %d to a date at %d is at %d', (process, mock, date, nearest) => {
  expect(secondsOf(nearestTime(at(date), { process: at(process), mock: at(mock) }))).toBe(nearest);
});

describe('what is known of a move', () => {
  const times = (moves: Row['moves'], presumed: Times['presumed']) => timesOf({ process: 5, mock: 5, moves }, presumed);
  const moved = (seconds: number) => `; the mock's clock was moved forward by ${seconds} seconds`;
  const cure = 'so sign later requests with its time, s3.clock.now()';

  it.each<[moves: Row['moves'], inDoubt: number, words: string]>([
    [[], 0, ''],
    [[[-1, 60]], 0, ''],
    [[[0, 60]], 60, `${moved(60)} in that second or since then, ${cure}`],
    [[[1, 60]], 0, `${moved(60)} since then`],
    [
      [
        [0, 60],
        [1, 2],
      ],
      60,
      `${moved(62)} in that second or since then, ${cure}`,
    ],
    [
      [
        [0, 60],
        [1, -90],
      ],
      0,
      '',
    ],
  ])('%j', (moves, inDoubt, words) => {
    expect({
      inDoubt: movedInDoubt(noon, times(moves, 'signed first')) / 1000,
      words: String(describeMove(noon, times(moves, 'signed first'))),
    }).toEqual({ inDoubt, words });
  });

  it.each([noon, undefined])('counts from the first request with the signature, of %s', (signed) => {
    const seen = { ...times([[0, 60]], 'moved first'), seen: { second: noon / 1000, moved: 0 } };
    expect(String(describeMove(signed, seen))).toBe(
      `${moved(60)} since the first request with the url. If the code has signed it anew since then, the url is the same, since it names only a second: sign later requests with that clock's time, s3.clock.now()`,
    );
  });
});
