import { type DynamicModule, Module } from '@nestjs/common';
import { CustomerBook } from './customer-book.js';
import { CustomersController } from './customers.controller.js';

/** The customer book, for all four services. */
@Module({})
export class CustomerModule {
  static for(book: CustomerBook): DynamicModule {
    return {
      module: CustomerModule,
      global: true,
      controllers: [CustomersController],
      providers: [{ provide: CustomerBook, useValue: book }],
      exports: [CustomerBook],
    };
  }
}
