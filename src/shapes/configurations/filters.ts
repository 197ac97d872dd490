import { list, required, requiredOr, structure } from '../elements';
import { text } from '../values';

/** A tag of an object. */
export const tag = structure({ Key: required(text), Value: required(text) });

/** A tag whose parts are judged together, so that a document without one of them is not malformed (F382). */
const judgedTag = structure({
  Key: requiredOr(text, 'FilterTagInvalid'),
  Value: requiredOr(text, 'FilterTagInvalid'),
});

/** The conditions that objects meet, all of them. */
const conditions = structure({ Prefix: text, Tags: list(judgedTag, 'Tag') });

/** The objects that a configuration is about: one of the members. */
export const objectFilter = structure({ Prefix: text, Tag: judgedTag, And: conditions });
