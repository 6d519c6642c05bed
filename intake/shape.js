// Whether data has the shape that it should have. What comes out is made anew, so it holds what
// was asked for and nothing else.

/**
 * @template T
 * @typedef {(it: unknown) => T} Reads throws Unfit
 */

const LONGEST = 4_000;
const MOST = 2_000;
const NAME = /^[A-Za-z0-9][\w.]{0,99}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

export class Unfit extends Error {}

/** @returns {never} */
export function unfit() {
  throw new Unfit("not of this shape");
}

/** @type {Reads<string>} */
export const text = (it) => (typeof it === "string" && it.length <= LONGEST ? it : unfit());
/** A name of ours; `__proto__` is none. @type {Reads<string>} */
export const name = (it) => (NAME.test(text(it)) ? text(it) : unfit());
/** @type {Reads<string>} */
export const day = (it) => (DAY.test(text(it)) ? text(it) : unfit());
/** @type {Reads<boolean>} */
export const flag = (it) => (typeof it === "boolean" ? it : unfit());
/** @type {Reads<number>} */
export const whole = (it) => (Number.isInteger(it) && Math.abs(Number(it)) < 1e9 ? Number(it) : unfit());

/** @template T @param {...T} these @returns {Reads<T>} */
export const one =
  (...these) =>
  (it) =>
    these.includes(/** @type {T} */ (it)) ? /** @type {T} */ (it) : unfit();

/** @template T @param {Reads<T>} of @returns {Reads<T | undefined>} */
export const maybe = (of) => (it) => (it === undefined || it === null ? undefined : of(it));

/** @template T @param {Reads<T>} of @returns {Reads<T[]>} */
export const list = (of) => (it) =>
  Array.isArray(it) && it.length <= MOST ? it.map((each) => of(each)) : unfit();

/** A list with one reader for each place. @param {Reads<any>[]} each @returns {Reads<any[]>} */
export const row = (each) => (it) =>
  Array.isArray(it) && it.length === each.length ? each.map((of, at) => of(it[at])) : unfit();

/** @template T @param {Reads<T>} of @returns {Reads<Map<string, T>>} */
export const map = (of) => (it) =>
  new Map([...entries(it)].map(([key, value]) => [name(key), of(value)]));

/** @param {Record<string, Reads<any>>} shape @returns {Reads<any>} */
export const parts = (shape) => (it) => {
  const own = entries(it);
  return Object.fromEntries(Object.entries(shape).map(([key, of]) => [key, of(own.get(key))]));
};

/** @param {unknown} it @returns {Map<string, unknown>} */
function entries(it) {
  if (typeof it !== "object" || it === null || Array.isArray(it)) return unfit();
  const found = Object.entries(it);
  return found.length <= MOST ? new Map(found) : unfit();
}
