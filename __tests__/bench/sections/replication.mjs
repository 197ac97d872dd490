import { combine, seriesOf, spreadOf, units } from '../series.mjs';
import { tableOf } from '../table.mjs';

const { ms, us, ratio } = units;

export function replicationTable(measured) {
  const names = {
    plain: 'without a replication rule',
    unselected: 'with a rule for other keys',
    copied: 'with a rule, the copy included',
  };
  const of = (library, member) => seriesOf(measured, 'replication', library, member);
  const rows = Object.entries(names).map(([member, name]) => [
    name,
    spreadOf(of('library', member), ms),
    spreadOf(
      combine((one, plain) => one / plain, of('library', member), of('library', 'plain')),
      ratio,
    ),
  ]);
  return tableOf(['PutObject in a bucket', 'this library', 'of that without a rule'], rows);
}

export function copiesTable(measured) {
  const sizes = Object.keys(measured.copies);
  const rows = Object.entries({ all: ['all', ms], each: ['each', us] }).map(([member, [name, unit]]) => [
    name,
    ...sizes.map((size) => spreadOf(seriesOf(measured, 'copies', size, member), unit)),
  ]);
  return tableOf(
    ['versions copied by one move of the clock', ...sizes.map((size) => Number(size).toLocaleString('en'))],
    rows,
  );
}
