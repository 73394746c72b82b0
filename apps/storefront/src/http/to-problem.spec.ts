import { InvalidEventError } from '@earlybird/events';
import { ConflictException, NotFoundException } from '@nestjs/common';
import { MongoNetworkError } from 'mongodb';
import { invalidFields, Problem } from './problem.js';
import { toProblem } from './to-problem.js';

describe('the problem of what was thrown', () => {
  it.each<[string, unknown, string, number]>([
    ['a path that nobody serves', new NotFoundException(), 'not_found', 404],
    ['an answer of Nest that we never give', new ConflictException(), 'internal_error', 500],
    ['broken JSON', Object.assign(new SyntaxError('Unexpected token'), { status: 400 }), 'unreadable_body', 400],
    ['a huge body', Object.assign(new Error('too large'), { status: 413 }), 'body_too_large', 413],
    ['an unknown charset', Object.assign(new Error('charset'), { status: 415 }), 'not_json', 415],
    ['a lost database', new MongoNetworkError('connection closed'), 'database_unavailable', 503],
    ['a bug', new TypeError('x is not a function'), 'internal_error', 500],
    ['something that is no error', 'oops', 'internal_error', 500],
  ])('has its own code for %s', (_case, thrown, code, status) => {
    expect(toProblem(thrown)).toMatchObject({ code, status, cause: thrown });
  });

  it('says nothing of a bug to the caller', () => {
    expect(toProblem(new TypeError('secret')).detail).not.toContain('secret');
  });

  it('is itself where it was one already', () => {
    const problem = new Problem('not_found', 'There is no subscription.');
    expect(toProblem(problem)).toBe(problem);
  });

  it('names the fields of an event as the body has them', () => {
    const thrown = new InvalidEventError('order.created', [
      { path: 'data.customer.name', message: 'must not be empty' },
    ]);
    expect(toProblem(thrown)).toEqual(invalidFields([{ field: 'customer.name', message: 'must not be empty' }]));
  });
});
