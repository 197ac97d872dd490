import type { Caller } from '../identity/account';
import { counterpartOf, findAction } from './actions';
import { describeUnmet } from './condition-text';
import type { Decision, Misfit, NearStatement } from './decision';
import { isOfIam } from './iam-actions';
import { bucketArnOf } from './nearest';
import { noteOnResources } from './never-met';
import type { PolicyStatement } from './statement';
import { describePrincipal, describeStatement, type KnownAccount, listed, shortened } from './statement-text';
import { type AskedAction, isOfSts } from './sts-actions';

/** A request that was refused, and the accounts that its refusal may name. */
interface Refused extends Pick<Decision, 'action' | 'resource'> {
  readonly caller: Caller;
  readonly accounts: readonly KnownAccount[];
}

/** The most parts of a statement that a sentence names. */
const mostNamed = 4;

/** Describes the statement that came nearest, with the parts of it that do not fit. */
export function describeNear(near: NearStatement, refused: Refused): string {
  const { misfits, confused, textVariable } = near;
  const clauses = misfits
    // The confusion of a bucket with its objects has a sentence of its own.
    .filter((misfit) => misfit !== 'resource' || confused.length === 0)
    .map((misfit) => describeMisfit(misfit, near, refused));
  const more = clauses.length - mostNamed;
  const shown = more > 0 ? [...clauses.slice(0, mostNamed), `of which ${more} more parts do not fit`] : clauses;
  const what = shown.length === 0 ? '' : `, ${shown.join(', and ')}`;
  const { action, resource } = refused;
  const notes = [
    confused.length === 0 ? '' : noteOnConfusion(confused, action, resource),
    misfits.includes('action') ? noteOnVersion(action) : '',
    noteOnVariable(textVariable),
  ];
  return `${describeStatement(near)} came nearest${what}${notes.join('')}`;
}

function describeMisfit(misfit: Misfit, { statement }: NearStatement, { action, caller, accounts }: Refused): string {
  if (misfit === 'action') return `which allows ${counterpartOf(action)} and not ${action}`;
  if (misfit === 'principal') return describePrincipals(statement, caller, accounts);
  return misfit === 'resource' ? describeResources(statement, action) : describeUnmet(misfit, action);
}

function describePrincipals(
  { principals: { of } = { inverted: false, of: [] } }: PolicyStatement,
  { account }: Caller,
  accounts: readonly KnownAccount[],
): string {
  const isOfAccount = of.some((one) => one.kind === 'account' && one.account === account?.id);
  const more = isOfAccount ? ', whose users and roles also need a policy of their own' : '';
  return `which is for ${listed(of.map((one) => describePrincipal(one, accounts)))}${more}`;
}

function describeResources({ resources: { inverted, of } }: PolicyStatement, action: AskedAction): string {
  const arns = listed(of.map(({ arn }) => shortened(arn)));
  if (inverted) return `which is about everything except ${arns}`;
  return `which is about ${arns}${isOfSts(action) || isOfIam(action) ? '' : noteOnResources(of)}`;
}

/** Says that the resource of an action is the bucket and not its objects, or the reverse. */
function noteOnConfusion(confused: readonly string[], action: AskedAction, resource: string): string {
  const isOfBucket = findAction(action)?.kind === 'bucket';
  const right = isOfBucket ? resource : `${bucketArnOf(resource)}/*`;
  const about = isOfBucket ? 'the bucket: its resource is' : 'objects: its resource is';
  return `; ${action} is about ${about} ${right}, not ${listed(confused.map(shortened))}`;
}

/** Says when a request needs the action for a version, or that for the current one. */
function noteOnVersion(action: AskedAction): string {
  if (findAction(action)?.kind !== 'object') return '';
  return `; a request ${action.includes('Version') ? 'with' : 'without'} a version id needs ${action}`;
}

/** Says that `${...}` is text in a policy, if it would be more as a variable; else empty. */
export function noteOnVariable(textVariable: string | undefined): string {
  if (textVariable === undefined) return '';
  return `; its policy has no Version 2012-10-17, so ${shortened(textVariable)} is text there and not a variable`;
}
