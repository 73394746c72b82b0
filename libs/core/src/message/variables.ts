/** What fills a template: flat, named as in the user's calls (`customer_name`, `amount`, …); values as JSON gives them. */
export type Variables = Readonly<Record<string, unknown>>;
