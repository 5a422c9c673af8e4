import { type Markup, markup } from './markup';

export interface Filter {
  /** Of the form; its fields have it before their own names. */
  readonly id: string;
  /** Id of the table whose rows it shows and hides, by their `data-grade` and their words. */
  readonly table: string;
  /** What the rows are: `findings`. */
  readonly noun: string;
  readonly placeholder: string;
  readonly choices: readonly { readonly grade: string; readonly words: string }[];
  readonly total: number;
}

/** Shown by script only, because it does nothing without. */
export function filterForm({ id, table, noun, placeholder, choices, total }: Filter): Markup {
  const boxes = choices.map(
    ({ grade, words }) =>
      markup`<label class="chip ${grade}"><input type="checkbox" name="grade" value="${grade}" checked><span>${words}</span></label>`,
  );
  return markup`<form class="filter" id="${id}" data-table="${table}" data-noun="${noun}" role="search" aria-label="Filter ${noun}" hidden>
<label class="search"><span>Search</span><input type="search" id="${id}-text" autocomplete="off" placeholder="${placeholder}"></label>
<fieldset><legend>Show</legend>${boxes}</fieldset>
<p class="note" id="${id}-count" role="status" aria-live="polite">${total} of ${total} ${noun}</p>
</form>`;
}

/** A column that script can sort by; without script it is a plain heading. */
export const header = (title: string, kind: 'text' | 'number' = 'text'): Markup =>
  markup`<th role="columnheader" scope="col" class="${kind}" data-sort="${kind}">${title}</th>`;
