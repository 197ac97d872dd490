import { combine, seriesOf, spreadOf, units } from '../series.mjs';
import { tableOf } from '../table.mjs';
import { againstLocalhost } from './calls.mjs';

const { ms, ratio, megabytes } = units;

export function uploadsTable(measured) {
  const names = {
    alone: 'the client alone',
    localhost: 'with a server on localhost that looks at nothing',
    localhostHashing: 'with one that takes the same digests',
    library: 'with this library',
  };
  const of = (way, member) => spreadOf(seriesOf(measured, 'uploads', way, member), ms);
  const rows = Object.entries(names).map(([way, name]) => [name, of(way, 'repeating'), of(way, 'fresh')]);
  const ratios = (server) =>
    ['repeating', 'fresh'].map((member) => spreadOf(againstLocalhost(measured, 'uploads', member, { server }), ratio));
  return tableOf(
    ['PutObject of 5 MB', 'bytes that repeat', 'bytes that are new'],
    [
      ...rows,
      ['the floor: MD5, SHA-256, CRC32 and one copy of such bytes', '', of('library', 'floor')],
      ['above the client, this library / the server that looks at nothing', ...ratios('localhost')],
      ['above the client, this library / the server that takes the digests', ...ratios('localhostHashing')],
    ],
  );
}

export function transfersTable(measured) {
  const of = (figure, way, member) => seriesOf(measured, figure, way, member);
  const row = (name, member, write) => [name, write(of('transfers', 'library', member))];
  const left = (series) =>
    spreadOf(
      combine((value) => Math.max(0, value), series),
      ratio,
    );
  const milliseconds = (series) => spreadOf(series, ms);
  const stream = (name, member, unit) => [
    name,
    ...['library', 'localhost'].map((way) => spreadOf(of('streams', way, member), unit)),
  ];
  const whole = [
    row('PutObject of 64 MB', 'up', milliseconds),
    row('copies of the body that stay', 'stored', left),
    row('GetObject of 64 MB', 'down', milliseconds),
    row('copies that stay after it', 'left', left),
  ].map((cells) => [...cells, '']);
  return tableOf(
    ["Node's own client", 'this library', 'localhost'],
    [
      ...whole,
      stream('a GET stream of 100 MB, read in chunks', 'time', ms),
      stream('the most of buffers meanwhile', 'peak', megabytes),
    ],
  );
}
