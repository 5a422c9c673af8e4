/**
 * What the page does when script is allowed: filter and sort, by mouse or keyboard. Reads nothing but the page. It must
 * not contain `</script`, and holds no text from an audit.
 */
export const SCRIPT = `'use strict';
(function () {
  document.querySelectorAll('form.filter').forEach(function (form) {
    var rows = Array.prototype.slice.call(document.querySelectorAll('#' + form.dataset.table + ' > tbody > tr'));
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var search = form.querySelector('input[type=search]');
    var count = form.querySelector('[role=status]');
    var apply = function () {
      var words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
      var grades = {};
      form.querySelectorAll('input[name=grade]').forEach(function (box) { grades[box.value] = box.checked; });
      var shown = 0;
      rows.forEach(function (row, index) {
        var fits = grades[row.dataset.grade] && words.every(function (word) { return texts[index].includes(word); });
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      count.textContent = shown + ' of ' + rows.length + ' ' + form.dataset.noun;
    };
    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    apply();
  });

  document.querySelectorAll('table.sortable').forEach(function (table) {
    var body = table.tBodies[0];
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.textContent = '';
      head.appendChild(button);
      button.addEventListener('click', function () {
        var numeric = head.dataset.sort === 'number';
        var first = numeric && column > 0 ? 'descending' : 'ascending';
        var order = head.getAttribute('aria-sort');
        var next = order === null ? first : order === 'ascending' ? 'descending' : 'ascending';
        heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', next);
        var value = function (row) {
          var cell = row.cells[column];
          var text = cell.dataset.value === undefined ? cell.textContent.trim() : cell.dataset.value;
          return numeric ? parseFloat(text) || 0 : text.toLowerCase();
        };
        var sign = next === 'ascending' ? 1 : -1;
        Array.prototype.slice.call(body.rows)
          .map(function (row) { return { row: row, value: value(row) }; })
          .sort(function (a, b) { return a.value < b.value ? -sign : a.value > b.value ? sign : 0; })
          .forEach(function (each) { body.appendChild(each.row); });
      });
    });
  });

  var open = function () {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === 'DETAILS') target.open = true;
  };
  addEventListener('hashchange', open);
  open();

  var opened = [];
  addEventListener('beforeprint', function () {
    document.querySelectorAll('details:not([open])').forEach(function (each) { each.open = true; opened.push(each); });
  });
  addEventListener('afterprint', function () {
    opened.splice(0).forEach(function (each) { each.open = false; });
  });
})();
`;
