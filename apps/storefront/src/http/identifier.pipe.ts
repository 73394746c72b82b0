import { Injectable, type PipeTransform } from '@nestjs/common';
import { identifierForm } from './field.js';
import { invalidFields } from './problem.js';

/** Checks an id in the path. */
@Injectable()
export class IdentifierPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (identifierForm.test(id)) return id;
    throw invalidFields([{ field: 'id', message: 'must be at most 120 letters, digits and _ . : -' }]);
  }
}
