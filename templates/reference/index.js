"use strict";
// The page is complete without this: it adds the search and the keys.
(() => {
  const MOST_OPERATIONS = 100;
  const MOST_FIELDS = 4;
  const form = document.getElementById("search");
  const text = document.getElementById("text");
  const shown = document.getElementById("shown");
  const results = document.getElementById("results");
  const list = document.getElementById("operations");
  const { texts, operations } = JSON.parse(document.getElementById("index").textContent);
  const lower = texts.map((each) => each.toLowerCase());
  const said = operations.map(([, method, path, title, tag, more]) => ({
    first: `${title} ${path} ${method}`.toLowerCase(),
    all: `${method} ${path} ${title} ${tag} ${more}`.toLowerCase(),
  }));

  form.hidden = false;
  document.querySelectorAll(".keys").forEach((keys) => { keys.hidden = false; });

  const bits = (inner, words) => words.reduce((found, word, number) => (inner.includes(word) ? found | (1 << number) : found), 0);

  // Each operation that has all words: the fewer of them are only in its fields, the further up.
  const find = (words) => {
    const every = (1 << words.length) - 1;
    const inText = lower.map((each) => bits(each, words));
    const found = [];
    operations.forEach((operation, number) => {
      const first = bits(said[number].first, words);
      const all = bits(said[number].all, words);
      const fields = [];
      const pairs = operation[7];
      for (let at = 0; at < pairs.length; at += 3) {
        const own = inText[pairs[at + 1]] | inText[pairs[at + 2]];
        // Of an operation that has all words in its first line, a field has something to add only with all of them.
        if (own === every || (own && first !== every && (own | first) === every)) {
          fields.push([own === every ? 0 : 1, at]);
        }
      }
      if (all === every || fields.length) {
        fields.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
        found.push({ operation, rank: first === every ? 0 : all === every ? 1 : fields[0][0] + 2, fields });
      }
    });
    return found.sort((one, other) => one.rank - other.rank);
  };

  const make = (tag, className, content) => {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...[content].flat());
    return made;
  };

  const marked = (content, words) => {
    const pattern = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "i");
    return content.split(pattern).map((part, number) => (number % 2 ? make("mark", "found", part) : part));
  };

  const link = (slug, anchor, content) => {
    const made = make("a", "", content);
    made.href = `operations/${encodeURIComponent(slug)}.html${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
    return made;
  };

  const show = ({ operation, fields }, words) => {
    const [slug, method, path, title, , , deprecated, pairs] = operation;
    const known = ["get", "put", "post", "delete", "patch"].includes(method.toLowerCase());
    const item = make("li", deprecated ? "deprecated" : "", link(slug, "", [
      make("span", `method ${known ? method.toLowerCase() : "other"}`, method), " ",
      make("span", "what", marked(title, words)), " ", make("code", "", marked(path, words)),
    ]));
    if (fields.length) {
      const inner = make("ul", "fields", fields.slice(0, MOST_FIELDS).map(([, at]) => make("li", "", [
        link(slug, texts[pairs[at]], make("code", "", marked(texts[pairs[at + 1]], words))), " ",
        make("span", "quiet", marked(texts[pairs[at + 2]], words)),
      ])));
      if (fields.length > MOST_FIELDS) {
        inner.append(make("li", "quiet", `and ${fields.length - MOST_FIELDS} more fields`));
      }
      item.append(inner);
    }
    return item;
  };

  const apply = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 20);
    list.hidden = words.length > 0;
    results.hidden = !words.length;
    if (!words.length) {
      results.replaceChildren();
      shown.textContent = "";
      return;
    }
    const found = find(words);
    results.replaceChildren(...found.slice(0, MOST_OPERATIONS).map((each) => show(each, words)));
    const more = found.length > MOST_OPERATIONS ? `, the first ${MOST_OPERATIONS} shown` : "";
    shown.textContent = `${found.length} of ${operations.length} operations${more}`;
  };

  const links = () => [...document.querySelectorAll(list.hidden ? "#results a" : "#operations .operations a")];
  const go = (step) => {
    const there = links();
    const here = there.indexOf(document.activeElement);
    if (here + step < 0) {
      text.focus();
    } else if (there[here + step]) {
      there[here + step].focus();
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const typing = document.activeElement === text;
    if (event.key === "Escape") {
      text.value = "";
      apply();
      text.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (typing || links().includes(document.activeElement)) {
        event.preventDefault();
        go(event.key === "ArrowDown" ? 1 : -1);
      }
    } else if (event.key === "Enter" && typing) {
      event.preventDefault();
      const first = text.value.trim() && links()[0];
      if (first) {
        first.click();
      }
    } else if (event.key === "/" && !typing) {
      event.preventDefault();
      text.focus();
      text.select();
    }
  });
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 30);
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  const target = () => {
    if (location.hash === "#search") {
      text.focus();
    } else if (location.hash) {
      text.value = "";
      apply();
      const element = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (element) {
        element.scrollIntoView();
      }
    }
  };
  window.addEventListener("hashchange", target);
  apply();
  target();
})();
