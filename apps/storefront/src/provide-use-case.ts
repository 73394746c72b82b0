import { type FactoryProvider } from '@nestjs/common';
import { CustomerBook } from './customer/customer-book.js';
import { type ServiceOutbox } from './outbox/service-outbox.js';

/** A use case: a business change of one service, about a customer. */
export type UseCase = new (outbox: ServiceOutbox, customers: CustomerBook) => object;

/** Lets Nest make a use case with the outbox of its own service. */
export const provideUseCase = (useCase: UseCase, outbox: ServiceOutbox): FactoryProvider => ({
  provide: useCase,
  inject: [CustomerBook],
  useFactory: (customers: CustomerBook) => new useCase(outbox, customers),
});
