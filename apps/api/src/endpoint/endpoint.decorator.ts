import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { NeededRoles, type Openness } from '../access/needed-roles.js';
import { Unlimited } from '../access/unlimited.js';
import { type ProblemCode, problemCodes } from '../problem/problem-codes.js';
import { ProblemDocument } from '../problem/problem-document.js';

/** Everything that a handler promises: who may call it, what it answers, and every problem that can come of it. */
export interface Endpoint {
  readonly roles: Openness;
  /** One line for the list of endpoints. */
  readonly summary: string;
  readonly description?: string;
  /** By HTTP status; the first one is the usual answer. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly body: Type }>>;
  /** Beside those that every endpoint behind a role may answer. */
  readonly problems?: readonly ProblemCode[];
  /** Not counted by the rate limit: health, and the provider's webhook. */
  readonly unlimited?: boolean;
}

const always: readonly ProblemCode[] = ['too_many_requests', 'internal_error'];
const behindRole: readonly ProblemCode[] = [
  'token_missing',
  'token_invalid',
  'token_expired',
  'role_missing',
  'keys_unavailable',
];

/** Guards a handler and documents it in one place, so that the two cannot part. */
export function Endpoint(endpoint: Endpoint): MethodDecorator {
  const { roles, summary, description, answers, problems = [], unlimited = false } = endpoint;
  const codes = [...problems, ...(roles === 'open' ? [] : behindRole), ...(unlimited ? always.slice(1) : always)];
  const [usual = 200] = Object.keys(answers).map(Number);
  return applyDecorators(
    NeededRoles(roles),
    HttpCode(usual),
    ApiOperation({ summary, description: [description, mayCall(roles)].filter(Boolean).join('\n\n') }),
    ApiExtraModels(ProblemDocument),
    ...Object.entries(answers).map(([status, { description: text, body }]) =>
      ApiResponse({ status: Number(status), description: text, type: body }),
    ),
    ...problemResponses(codes),
    ...(roles === 'open' ? [] : [ApiBearerAuth()]),
    Unlimited(unlimited),
  );
}

function mayCall(roles: Openness): string {
  return roles === 'open' ? 'Open to everybody.' : `Roles: ${[...new Set([...roles, 'admin'])].join(', ')}.`;
}

/** One response per status, with an example per code. */
function problemResponses(codes: readonly ProblemCode[]): readonly MethodDecorator[] {
  const statuses = [...new Set(codes.map((code) => problemCodes[code].status))].sort((left, right) => left - right);
  return statuses.map((status) => {
    const here = [...new Set(codes)].filter((code) => problemCodes[code].status === status);
    return ApiResponse({
      status,
      description: here.map((code) => `\`${code}\`: ${problemCodes[code].title}`).join('\n\n'),
      content: {
        'application/problem+json': {
          schema: { $ref: getSchemaPath(ProblemDocument) },
          examples: Object.fromEntries(here.map((code) => [code, { value: exampleOf(code) }])),
        },
      },
    });
  });
}

function exampleOf(code: ProblemCode): object {
  const { status, title } = problemCodes[code];
  return { type: `urn:earlybird:problem:${code}`, title, status, code, detail: title, correlation_id: 'c0ffee' };
}
