"use strict";
// The page is complete without this: it adds the keys, buttons that copy, and opens what a link leads into.
(() => {
  document.querySelectorAll(".keys").forEach((keys) => { keys.hidden = false; });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio]), select, textarea")) {
      return;
    }
    const leads = { "/": ".find", Escape: "#home", j: "[rel=next]", k: "[rel=prev]" };
    const link = leads[event.key] && document.querySelector(leads[event.key]);
    if (link) {
      event.preventDefault();
      link.click();
    }
  });

  if (navigator.clipboard) {
    document.querySelectorAll(".call, .example").forEach((holder) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(holder.querySelector("code").textContent);
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
      holder.append(button);
    });
  }

  const target = () => {
    const element = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let inner = element; inner; inner = inner.parentElement) {
      if (inner.tagName === "DETAILS") {
        inner.open = true;
      }
    }
    if (element) {
      element.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", target);
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
  });
  target();
})();
