/** One fault of a request, by the field as the client wrote it. */
export interface RequestIssue {
  readonly field: string;
  readonly message: string;
}
