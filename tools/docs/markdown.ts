/** Stands at the top of every generated page. */
export const generatedNote = '<!-- Made from the code by `npm run docs`; a test keeps it current. Do not edit. -->';

/** A Markdown table. A bar inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** Text set as code. */
export const code = (text: string) => `\`${text}\``;
