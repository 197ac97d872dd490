import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WireReply } from '../../src/wire';
import { AnsweredStore, type DirectCall } from '../support/answered-store';
import { NaiveKey, type NaiveStatus } from '../support/naive-uploads';
import { md5 } from '../support/naive-versions';

const path = '/vault/k';

/** A step of a history. Its number chooses an upload or a version, counted from the latest one back. */
interface Step {
  readonly act: keyof typeof acts;
  readonly back: number;
}

/** A key of a bucket, and its naive reference, which get the same requests. */
class Twins {
  readonly naive = new NaiveKey();
  readonly #real: AnsweredStore;
  readonly #uploads: { readonly id: string; readonly part: string }[] = [];
  status: NaiveStatus;
  #bodies = 0;

  constructor(status: NaiveStatus) {
    this.status = status;
    this.#real = new AnsweredStore({ vault: status === undefined ? {} : { versioning: status } });
  }

  ask(call: DirectCall): WireReply {
    return this.#real.ask(call);
  }

  /** A body that no other write has. */
  body(): string {
    this.#bodies += 1;
    return `body ${this.#bodies}`;
  }

  /** An upload that is chosen, and its place among all; undefined if none began. */
  upload(back: number): { readonly at: number; readonly id: string; readonly part: string } | undefined {
    const at = this.#uploads.length - 1 - (back % this.#uploads.length);
    const upload = this.#uploads[at];
    return upload && { at, ...upload };
  }

  /** Notes an upload by its id, with the ETag of its only part. */
  noteUpload(id: string, part: string): void {
    this.#uploads.push({ id, part });
    this.naive.begin(`${md5(Buffer.from(part, 'hex'))}-1`);
  }

  /** The versions of the key by their listing, newest first. */
  listed(): readonly object[] {
    const text = String(this.ask({ method: 'GET', path: '/vault?versions' }).body);
    return text.match(/<(?:Version|DeleteMarker)>.*?<\/(?:Version|DeleteMarker)>/gs)?.map(read) ?? [];
  }

  expected(): readonly object[] {
    return this.naive
      .stack()
      .map(({ isNull, id, shows }, at) => ({ id: isNull ? 'null' : id, isLatest: at === 0, shows }));
  }
}

function read(entry: string) {
  const of = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(entry)?.[1];
  return {
    id: of('VersionId'),
    isLatest: of('IsLatest') === 'true',
    shows: entry.startsWith('<DeleteMarker>') ? 'marker' : of('ETag')?.replaceAll(/"|&quot;/g, ''),
  };
}

const versionIdOf = ({ headers }: WireReply) => new Map(headers).get('x-amz-version-id') ?? 'null';
const setVersioning = (twins: Twins, status: 'Enabled' | 'Suspended') => {
  twins.status = status;
  const body = `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;
  return twins.ask({ method: 'PUT', path: '/vault?versioning', body });
};

/** Each step makes its request of both, and returns the answer with the status that it has to have. */
const acts = {
  put: (twins) => {
    const body = twins.body();
    const reply = twins.ask({ method: 'PUT', path, body });
    twins.naive.put(twins.status, versionIdOf(reply), md5(body));
    return [reply, 200];
  },
  delete: (twins) => {
    const reply = twins.ask({ method: 'DELETE', path });
    twins.naive.delete(twins.status, versionIdOf(reply));
    return [reply, 204];
  },
  'delete version': (twins, back) => {
    const stack = twins.naive.stack();
    const version = stack[back % stack.length];
    const id = version === undefined || version.isNull ? 'null' : version.id;
    twins.naive.deleteVersion(id);
    return [twins.ask({ method: 'DELETE', path: `${path}?versionId=${id}` }), 204];
  },
  begin: (twins) => {
    const body = twins.body();
    const begun = twins.ask({ method: 'POST', path: `${path}?uploads` });
    const id = /<UploadId>(.*?)<\/UploadId>/.exec(String(begun.body))?.[1] ?? '';
    twins.noteUpload(id, md5(body));
    return [twins.ask({ method: 'PUT', path: `${path}?uploadId=${id}&partNumber=1`, body }), 200];
  },
  complete: (twins, back) => {
    const upload = twins.upload(back);
    if (upload === undefined) return undefined;
    const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${upload.part}</ETag></Part></CompleteMultipartUpload>`;
    const reply = twins.ask({ method: 'POST', path: `${path}?uploadId=${upload.id}`, body });
    return [reply, twins.naive.complete(upload.at, twins.status, versionIdOf(reply))];
  },
  abort: (twins, back) => {
    const upload = twins.upload(back);
    if (upload === undefined) return undefined;
    twins.naive.abort(upload.at);
    return [twins.ask({ method: 'DELETE', path: `${path}?uploadId=${upload.id}` }), 204];
  },
  enable: (twins) => [setVersioning(twins, 'Enabled'), 200],
  suspend: (twins) => [setVersioning(twins, 'Suspended'), 200],
} satisfies Readonly<Record<string, (twins: Twins, back: number) => readonly [WireReply, number] | undefined>>;

const often = { put: 3, delete: 2, 'delete version': 2, begin: 4, complete: 5, abort: 1, enable: 1, suspend: 1 };
const names = Object.keys(acts) as readonly Step['act'][]; // its own keys
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof(...names.map((name) => ({ weight: often[name], arbitrary: fc.constant(name) }))),
  back: fc.nat({ max: 3 }),
});

const histories = 60;

describe('any history of uploads of a key', () => {
  it('ends in the versions that a naive reference has, whatever is completed when', () => {
    let below = 0;
    fc.assert(
      fc.property(
        fc.constantFrom<NaiveStatus[]>(undefined, 'Enabled', 'Suspended'),
        fc.array(step, { minLength: 4, maxLength: 24, size: 'max' }),
        (status, history) => {
          const twins = new Twins(status);
          for (const { act, back } of history) {
            const done = acts[act](twins, back);
            if (done !== undefined) expect({ act, status: done[0].status }).toEqual({ act, status: done[1] });
            const listed = twins.listed();
            expect(listed).toEqual(twins.expected());
            if (act === 'complete') below += Number(!JSON.stringify(listed[0] ?? '').includes('-1"'));
          }
        },
      ),
      { numRuns: histories },
    );
    // Completions that are not the current version are frequent.
    expect(below).toBeGreaterThan(histories / 4);
  });
});
