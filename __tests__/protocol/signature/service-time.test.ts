import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeMove, movedInDoubt, serviceTime, type Times } from '../../../src/protocol/signature/service-time';

const noon = Date.parse('2026-03-31T12:00:00Z');
const at = (seconds: number) => noon + seconds * 1000;
const year = 31_536_000;

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

  it.each<Row & { what: string; signedFirst: number; movedFirst: number }>`
    what                         | process | mock     | moves          | signedFirst | movedFirst
    ${'no move'}                 | ${5}    | ${5}     | ${[]}          | ${5}        | ${5}
    ${'a move, whenever it was'} | ${5}    | ${125}   | ${[[1, 120]]}  | ${125}      | ${5}
    ${'a move back'}             | ${5}    | ${-115}  | ${[[1, -120]]} | ${5}        | ${5}
    ${'a clock in the past'}     | ${5}    | ${-year} | ${[]}          | ${5}        | ${5}
  `(
    'is that of the process without a date, as in version 2: $what',
    ({ process, mock, moves, signedFirst, movedFirst }) => {
      const judged = (presumed: Times['presumed']) =>
        secondsOf(serviceTime(undefined, timesOf({ process, mock, moves }, presumed)));
      expect({ signedFirst: judged('signed first'), movedFirst: judged('moved first') }).toEqual({
        signedFirst,
        movedFirst,
      });
    },
  );

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

describe('what is known of a move', () => {
  const times = (moves: Row['moves'], presumed: Times['presumed']) => timesOf({ process: 5, mock: 5, moves }, presumed);

  it.each<[moves: Row['moves'], inDoubt: number, words: string | undefined]>([
    [[], 0, undefined],
    [[[-1, 60]], 0, undefined],
    [[[0, 60]], 60, "the mock's clock was moved forward by 60 seconds"],
    [[[1, 60]], 0, "the mock's clock was moved forward by 60 seconds"],
    [
      [
        [0, 60],
        [1, 2],
      ],
      60,
      "the mock's clock was moved forward by 62 seconds",
    ],
    [
      [
        [0, 60],
        [1, -90],
      ],
      0,
      undefined,
    ],
  ])('%j', (moves, inDoubt, words) => {
    expect({
      inDoubt: movedInDoubt(noon, times(moves, 'signed first')) / 1000,
      words: describeMove(noon, times(moves, 'signed first')),
    }).toEqual({ inDoubt, words });
  });
});
