import { field } from '../field/field.js';
import { TextField } from '../field/text.field.js';

const idPattern = /^[0-9a-f]{64}$/;
/** As many as one command takes. */
const mostIds = 100;

const isId = (value: unknown): boolean => typeof value === 'string' && idPattern.test(value);

/** The parked event that an address names. */
export class ParkedParams {
  @field(
    {
      name: 'id',
      schema: { type: 'string', pattern: idPattern.source },
      fault: (value) => (isId(value) ? undefined : 'must be the id of GET /parked: 64 hex digits'),
    },
    {
      description: 'The id of a parked event.',
      example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
  )
  readonly id!: string;
}

/** Which parked events something is done with. */
export class ParkedIdsBody {
  @field(
    {
      name: 'ids',
      schema: { type: 'array', items: { type: 'string', pattern: idPattern.source }, minItems: 1, maxItems: mostIds },
      fault: (value) =>
        Array.isArray(value) && value.length > 0 && value.length <= mostIds && value.every(isId)
          ? undefined
          : `must be a list of 1 to ${mostIds} ids of GET /parked`,
    },
    {
      description: 'Ids of GET /parked.',
      example: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    },
  )
  readonly ids!: readonly string[];

  @TextField({ optional: true, longest: 500, description: 'Why; kept in the audit log.', example: 'schema was mended' })
  readonly note?: string;
}
