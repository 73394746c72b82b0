const stopWords: readonly string[] = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT'];
const startWord = 'START';

/**
 * What an inbound text says about marketing (provider.md): exactly one of the words, in any case and with space around it.
 * Undefined for every other text.
 */
export function marketingWishIn(text: string): { readonly granted: boolean } | undefined {
  const word = text.trim().toUpperCase();
  if (stopWords.includes(word)) return { granted: false };
  return word === startWord ? { granted: true } : undefined;
}
