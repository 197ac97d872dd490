import { mapped, median } from './cost.mjs';

/** The numbers of a member of a figure, one of each round. */
export function seriesOf(measured, figure, subject, member) {
  const rounds = measured[figure]?.[subject];
  if (rounds === undefined)
    throw new TypeError(`${figure} of ${subject} was never measured: npm run bench -- ${figure}`);
  return rounds.map((numbers) => numbers[member]);
}

/** Computes a number of each round from those of other series. All were measured in the same rounds. */
export function combine(compute, ...series) {
  return series[0].map((_, round) => compute(...series.map((one) => one[round])));
}

/** A median, with the least and the most of the rounds: `190 µs (184–201)`. `write` takes a number, and `bare` leaves out its unit. */
export function spreadOf(series, unit) {
  const [least, most] = [Math.min(...series), Math.max(...series)].map((one) => unit.digits(one));
  const middle = `${unit.digits(median(series))}${unit.name}`;
  return least === most ? middle : `${middle} (${least}–${most})`;
}

/** The least, which other processes have disturbed least, with the median behind it: `184 µs (190)`. */
export function leastOf(series, unit) {
  return pairOf([Math.min(...series), median(series)], unit);
}

export function pairOf([front, behind], unit) {
  return `${unit.digits(front)}${unit.name} (${unit.digits(behind)})`;
}

export const units = {
  ms: { name: ' ms', digits: digitsOf },
  us: { name: ' µs', digits: digitsOf },
  bytes: { name: ' bytes', digits: (value) => Math.round(value).toString() },
  megabytes: { name: ' MB', digits: digitsOf },
  ratio: { name: '', digits: (value) => value.toFixed(2) },
};

/** Two digits at least, and no more than a measurement can have. */
function digitsOf(value) {
  return value.toFixed(Math.abs(value) < 1 ? 2 : Math.abs(value) < 100 ? 1 : 0);
}

export function tableOfRounds(rounds) {
  const plain = { name: '', digits: (value) => String(Number(value.toPrecision(3))) };
  return mapped(rounds, (all) =>
    mapped(all[0], (_, member) =>
      spreadOf(
        all.map((numbers) => numbers[member]),
        plain,
      ),
    ),
  );
}
