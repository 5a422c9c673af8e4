import { foldLabel, looksLike } from '../../lib/usage/look-alike';

describe('a label', () => {
  it.each([
    ['Data Loader', 'Data Loader'],
    ['data-loader', 'Data Loader'],
    ['Dаta Lоader', 'Data Loader'],
    ['DataLoader Bulk Pro', 'Data Loader'],
    ['Salesforce  CLI', 'Salesforce CLI'],
    ['Postman', 'Postman'],
  ])('%s passes itself off as %s', (label, product) => {
    expect(looksLike(label)?.product).toBe(product);
  });

  it.each(['Dataloader Bulk', 'Salesforce CLI', 'Workbench', 'Customer Portal', 'Loader', 'Work'])(
    '%s does not',
    (label) => {
      expect(looksLike(label)).toBeUndefined();
    },
  );

  it('is folded without case, blanks, accents and letters of other alphabets', () => {
    expect(foldLabel(' Pоrtàl-1 ')).toBe(foldLabel('portal l'));
  });
});
