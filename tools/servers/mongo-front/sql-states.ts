/** MongoDB's code and its name for each SQLSTATE of the engine that an application may meet. */
const CODES: Readonly<Record<string, readonly [code: number, name: string]>> = {
  M0000: [1, 'InternalError'],
  M0001: [2, 'BadValue'],
  M0003: [9, 'FailedToParse'],
  M00ER: [13, 'Unauthorized'],
  M0004: [14, 'TypeMismatch'],
  M0005: [15, 'Overflow'],
  M00DO: [16, 'InvalidLength'],
  M0006: [20, 'IllegalOperation'],
  M00EW: [24, 'LockTimeout'],
  M0008: [26, 'NamespaceNotFound'],
  M0009: [27, 'IndexNotFound'],
  M000A: [28, 'PathNotViable'],
  M000D: [40, 'ConflictingUpdateOperators'],
  M000E: [43, 'CursorNotFound'],
  M000F: [48, 'NamespaceExists'],
  M00EX: [50, 'MaxTimeMSExpired'],
  '57014': [50, 'MaxTimeMSExpired'],
  M000G: [52, 'DollarPrefixedFieldName'],
  M000I: [54, 'NotSingleValueField'],
  M000J: [56, 'EmptyFieldName'],
  M000K: [57, 'DottedFieldName'],
  M00EY: [59, 'CommandNotFound'],
  M000M: [66, 'ImmutableField'],
  M000N: [67, 'CannotCreateIndex'],
  M000O: [68, 'IndexAlreadyExists'],
  M000P: [72, 'InvalidOptions'],
  M000Q: [73, 'InvalidNamespace'],
  M000R: [85, 'IndexOptionsConflict'],
  M000S: [86, 'IndexKeySpecsConflict'],
  M00F0: [91, 'ShutdownInProgress'],
  M000T: [111, 'NotExactValueField'],
  M00F1: [112, 'WriteConflict'],
  '40P01': [112, 'WriteConflict'],
  '40001': [112, 'WriteConflict'],
  M000U: [115, 'CommandNotSupported'],
  M00CO: [121, 'DocumentValidationFailure'],
  M00EL: [143, 'CursorInUse'],
  M000W: [146, 'ExceededMemoryLimit'],
  M000Z: [166, 'CommandNotSupportedOnView'],
  M0010: [167, 'OptionNotSupportedOnView'],
  M0012: [197, 'InvalidIndexSpecificationOption'],
  M0013: [224, 'QueryFeatureNotAllowed'],
  M0015: [241, 'ConversionFailure'],
  M00F6: [251, 'NoSuchTransaction'],
  M0016: [263, 'OperationNotSupportedInTransaction'],
  M001B: [10334, 'BSONObjectTooLarge'],
  M001C: [11000, 'DuplicateKey'],
  '23505': [11000, 'DuplicateKey'],
  '23P01': [11000, 'DuplicateKey'],
  '53100': [14031, 'OutOfDiskSpace'],
  M00CR: [16990, 'Location16990'],
  M001W: [16020, 'Location16020'],
  M003A: [17419, 'Location17419'],
  M003B: [17420, 'Location17420'],
  M0036: [17261, 'Location17261'],
  M007O: [40234, 'Location40234'],
  M007T: [40323, 'Location40323'],
  M007U: [40324, 'Location40324'],
  M0087: [40414, 'Location40414'],
  M0088: [40415, 'Location40415'],
};

/** UnknownError: what MongoDB itself says when it has no code. */
const UNKNOWN: readonly [code: number, name: string] = [8, 'UnknownError'];

const NAMES = new Map([...Object.values(CODES), [18, 'AuthenticationFailed'] as const, UNKNOWN]);

/** MongoDB's code for a SQLSTATE. */
export function codeOfSqlState(sqlState: string): number {
  return (CODES[sqlState] ?? UNKNOWN)[0];
}

/** MongoDB's name for one of its codes. */
export function nameOfCode(code: number): string {
  return NAMES.get(code) ?? `Location${code}`;
}

/**
 * The SQLSTATE inside a number as PostgreSQL stores it: six bits a character, the first one lowest, counted from '0'.
 * The engine puts such numbers where MongoDB puts its codes.
 */
export function unpackSqlState(packed: number): string {
  return Array.from({ length: 5 }, (_, place) => String.fromCharCode(((packed >> (6 * place)) & 0x3f) + 48)).join('');
}
