"use strict";

// The number of a cell, by which its column is sorted: the one that the page gives, or else the first of the text.
function order(cell) {
  if (cell.dataset.v !== undefined) {
    return Number(cell.dataset.v);
  }

  const text = cell.textContent.replaceAll("\u2212", "-").replaceAll(",", "");
  const number = text.match(/[-+]?\d+(\.\d+)?(e[-+]?\d+)?/i);
  return number ? Number(number[0]) : NaN;
}

// Rows without a number come last in either direction, and equal rows keep their order.
function compare(a, b, words, sign) {
  if (words) {
    return sign * a.textContent.localeCompare(b.textContent, "en", { numeric: true });
  }

  const [x, y] = [order(a), order(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? Number.isNaN(x) - Number.isNaN(y) : sign * (x - y);
}

for (const table of document.querySelectorAll("table[data-sort]")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      heads.forEach(h => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", direction);
      const words = !head.classList.contains("n");
      const sign = direction === "ascending" ? 1 : -1;
      for (const body of table.tBodies) {
        const rows = [...body.rows].filter(row => !row.classList.contains("group"));
        rows.sort((a, b) => compare(a.cells[column], b.cells[column], words, sign));
        body.append(...rows);
      }
    });
  });
}

// The search hides the rows of other tasks, and their numbers below.
const find = document.getElementById("find");
if (find) {
  const section = find.closest("section");
  const rows = [...section.querySelectorAll("tbody tr")].filter(row => row.querySelector("th a"));
  const details = [...section.querySelectorAll("details.task")];
  find.closest("p").hidden = false;
  find.addEventListener("input", () => {
    const words = find.value.trim().toLowerCase();
    const found = details.filter(task => {
      task.hidden = !task.dataset.name.toLowerCase().includes(words);
      return !task.hidden;
    });
    for (const row of rows) {
      row.hidden = !row.cells[0].textContent.toLowerCase().includes(words);
    }

    document.getElementById("found").textContent = words ? `${found.length} of ${details.length} tasks` : "";
  });
}

// A link to the numbers of a task unfolds them.
function unfold() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && target.closest("details");
  if (folded) {
    folded.open = true;
    folded.scrollIntoView();
  }
}

addEventListener("hashchange", unfold);
unfold();
// What is folded only to keep the screen short is printed; tables of numbers are not.
addEventListener("beforeprint", () => document.querySelectorAll("details.notes").forEach(notes => { notes.open = true; }));
