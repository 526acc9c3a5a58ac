/** A text in the two languages of the house. Data that people read (names of items, agencies, questions) carries both. */
export type Text = { zh: string; en: string };
export type Lang = keyof Text;
