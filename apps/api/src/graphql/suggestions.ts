/** graphql-js guesses at what was meant, and thereby spells the schema out to who has no right to read it. */
export const withoutSuggestions = (message: string): string => message.replace(/ Did you mean [\s\S]*$/, '');
