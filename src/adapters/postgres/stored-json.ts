/**
 * A value of a JSON column as the type in which this house wrote it. The schema was checked on the way in; checking it
 * again on every read would double the cost of each list.
 */
export const asStored = <Value>(value: unknown): Value => value as Value;

/** Leaves null columns out, as optional fields are. */
export const unlessNull = <Key extends string, Value>(key: Key, value: Value | null): { [K in Key]?: Value } =>
  value === null ? {} : ({ [key]: value } as { [K in Key]: Value });
