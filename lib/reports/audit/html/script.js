/*
 * What the page does when script is allowed: filter and sort, by mouse or keyboard. Reads nothing but the page. It must
 * not contain the end tag of a script, and holds no text from an audit.
 */
'use strict';
(() => {
  document.querySelectorAll('form.filter').forEach((form) => {
    const rows = Array.from(document.querySelectorAll(`#${form.dataset.table} > tbody > tr`));
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const search = form.querySelector('input[type=search]');
    const count = form.querySelector('[role=status]');
    const apply = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const grades = {};
      form.querySelectorAll('input[name=grade]').forEach((box) => {
        grades[box.value] = box.checked;
      });
      let shown = 0;
      rows.forEach((row, index) => {
        const fits = grades[row.dataset.grade] && words.every((word) => texts[index].includes(word));
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      count.textContent = `${shown} of ${rows.length} ${form.dataset.noun}`;
    };
    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
    });
    apply();
  });

  document.querySelectorAll('table.sortable').forEach((table) => {
    const body = table.tBodies[0];
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.textContent = '';
      head.appendChild(button);
      button.addEventListener('click', () => {
        const numeric = head.dataset.sort === 'number';
        const first = numeric && column > 0 ? 'descending' : 'ascending';
        const order = head.getAttribute('aria-sort');
        const next = order === null ? first : order === 'ascending' ? 'descending' : 'ascending';
        heads.forEach((other) => {
          other.removeAttribute('aria-sort');
        });
        head.setAttribute('aria-sort', next);
        const value = (row) => {
          const cell = row.cells[column];
          const text = cell.dataset.value === undefined ? cell.textContent.trim() : cell.dataset.value;
          return numeric ? parseFloat(text) || 0 : text.toLowerCase();
        };
        const sign = next === 'ascending' ? 1 : -1;
        Array.from(body.rows)
          .map((row) => ({ row, value: value(row) }))
          .sort((a, b) => (a.value < b.value ? -sign : a.value > b.value ? sign : 0))
          .forEach((each) => {
            body.appendChild(each.row);
          });
      });
    });
  });

  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === 'DETAILS') target.open = true;
  };
  addEventListener('hashchange', open);
  open();

  const opened = [];
  addEventListener('beforeprint', () => {
    document.querySelectorAll('details:not([open])').forEach((each) => {
      each.open = true;
      opened.push(each);
    });
  });
  addEventListener('afterprint', () => {
    opened.splice(0).forEach((each) => {
      each.open = false;
    });
  });
})();
