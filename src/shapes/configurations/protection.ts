import { required, structure } from '../elements';
import { boolean, integer, words } from '../values';

const retention = structure({ Days: required(integer) });

/** How long IBM COS keeps the objects of a bucket, in the order of its answers (F821). */
export const protection = structure({
  Status: required(words('Retention')),
  MinimumRetention: required(retention),
  MaximumRetention: required(retention),
  DefaultRetention: required(retention),
  EnablePermanentRetention: boolean,
});
