/** The fields that are there: neither `null` nor absent. */
export type Present<Fields extends object> = {
  [Name in keyof Fields]?: NonNullable<Fields[Name]>;
};

/** A copy without the fields that are `null` or `undefined`, ready to be spread into a document. */
export const present = <Fields extends object>(fields: Fields): Present<Fields> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as Present<Fields>;
