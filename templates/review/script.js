"use strict";
// The page is complete without this: it adds the filter and the keys.
(() => {
  const form = document.getElementById("filter");
  const text = document.getElementById("text");
  const axis = document.getElementById("axis");
  const shown = document.getElementById("shown");
  const changes = document.getElementById("view-changes");
  const findings = [...document.querySelectorAll(".changes .finding")];
  const groups = [...document.querySelectorAll(".changes .group")];
  const words = new Map();

  form.hidden = false;
  document.querySelectorAll(".keys").forEach((keys) => { keys.hidden = false; });

  const says = (finding) => {
    if (!words.has(finding)) {
      words.set(finding, `${finding.closest(".group").querySelector("h2").textContent} ${finding.textContent}`.toLowerCase());
    }
    return words.get(finding);
  };

  const apply = () => {
    const levels = new Set([...form.querySelectorAll("[name=level]:checked")].map((box) => box.value));
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let number = 0;
    for (const finding of findings) {
      const level = axis.value ? finding.dataset[axis.value] : finding.dataset.level;
      const fits = levels.has(level) && wanted.every((word) => says(finding).includes(word));
      finding.hidden = !fits;
      number += fits;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector(".finding:not([hidden])");
      if (wanted.length && !group.hidden) {
        group.open = true;
      }
    }
    shown.textContent = number === findings.length ? `${number} findings` : `${number} of ${findings.length} findings`;
  };

  const reveal = (element) => {
    for (let inner = element.parentElement; inner; inner = inner.parentElement) {
      if (inner.tagName === "DETAILS") {
        inner.open = true;
      }
    }
  };

  const go = (step) => {
    changes.checked = true;
    const there = findings.filter((finding) => !finding.hidden);
    const here = there.indexOf(document.activeElement.closest(".finding"));
    const next = there[here < 0 ? (step > 0 ? 0 : there.length - 1) : here + step];
    if (next) {
      reveal(next);
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "start" });
    }
  };

  const clear = () => {
    form.reset();
    apply();
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Escape") {
      clear();
      text.blur();
    } else if (typing) {
      return;
    } else if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      go(event.key === "j" ? 1 : -1);
    } else if (event.key === "/") {
      event.preventDefault();
      changes.checked = true;
      text.focus();
    }
  });
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());

  const target = () => {
    const element = location.hash && document.getElementById(location.hash.slice(1));
    if (element) {
      reveal(element);
      if (element.hidden) {
        clear();
      }
      element.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", target);
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
  });
  apply();
  target();
})();
