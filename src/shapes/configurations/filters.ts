import { list, required, structure } from '../elements';
import { text } from '../values';

/** A tag of an object. */
export const tag = structure({ Key: required(text), Value: required(text) });

/** The conditions that objects meet, all of them. */
const conditions = structure({ Prefix: text, Tags: list(tag, 'Tag') });

/** The objects that a configuration is about: one of the members. */
export const objectFilter = structure({ Prefix: text, Tag: tag, And: conditions });
