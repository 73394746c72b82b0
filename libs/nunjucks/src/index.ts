/** Templates: nunjucks source in, the text of one message out; and the templates that every installation begins with. */
export { NunjucksRenderer } from './nunjucks-renderer.js';
export { type SeedTemplate, seededLanguages, seedTemplates } from './seed-templates.js';
