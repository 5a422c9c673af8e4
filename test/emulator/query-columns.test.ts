import { columnsOf } from '../../lib/emulator/query/columns';

it('the columns of a query are its fields, those of a parent together, and its aggregates by alias or number', () => {
  expect(columnsOf('SELECT Id, Profile.Id, Profile.Name FROM User')).toMatchObject({
    entityName: 'User',
    columnMetadata: [
      { columnName: 'Id', aggregate: false, joinColumns: [] },
      { columnName: 'Profile', joinColumns: [{ columnName: 'Id' }, { columnName: 'Name' }] },
    ],
  });
  expect(columnsOf('SELECT COUNT(Id), MAX(Username) last FROM User')).toMatchObject({
    columnMetadata: [
      { displayName: 'expr0', aggregate: true },
      { displayName: 'last', aggregate: true },
    ],
  });
});
