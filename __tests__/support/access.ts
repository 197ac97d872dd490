import type { AccountHandle } from '../../src';
import { signedBy } from './documents';
import { send, type WireAnswer, type WireCall } from './wire-client';

/** A caller by its Authorization header: undefined sends none. */
export type Sender = string | undefined;

export type NamedCalls = Readonly<Record<string, WireCall>>;

const nothing = { Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }] } as const;

export function sendersOf(owner: AccountHandle, partner: AccountHandle, third: AccountHandle) {
  return {
    owner: signedBy(owner),
    'user of the owner': signedBy(owner.user('limited', { policy: nothing })),
    partner: signedBy(partner),
    'user of the partner': signedBy(partner.user('free')),
    'limited user of the partner': signedBy(partner.user('limited', { policy: nothing })),
    third: signedBy(third),
    anonymous: undefined,
  } as const satisfies Readonly<Record<string, Sender>>;
}

export function sendAs(Authorization: Sender, call: WireCall): Promise<WireAnswer> {
  return send({ ...call, headers: { ...call.headers, Authorization } });
}

export async function allowedTo(sender: Sender, calls: NamedCalls): Promise<readonly string[]> {
  const allowed: string[] = [];
  for (const [name, call] of Object.entries(calls)) {
    const { status } = await sendAs(sender, call);
    if (status >= 500) throw new Error(`${name} was answered with ${status}`);
    if (status !== 403) allowed.push(name);
  }
  return allowed;
}
