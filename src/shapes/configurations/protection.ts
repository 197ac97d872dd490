import { required, structure } from '../elements';
import { boolean, integer, words } from '../values';

const retention = structure({ Days: required(integer) });

/** The retention policy of a bucket of IBM COS, in the order of its answers (F821). */
export const protection = structure({
  Status: required(words('Retention')),
  MinimumRetention: required(retention),
  MaximumRetention: required(retention),
  DefaultRetention: required(retention),
  EnablePermanentRetention: boolean,
});
