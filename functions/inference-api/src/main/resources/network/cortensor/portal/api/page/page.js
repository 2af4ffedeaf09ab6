"use strict";

// Everything on the page can be read without this: it adds search, filter, copying and tabs.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const announcer = document.getElementById("announcer");

  // Copying

  const byClipboard = (text) =>
    navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error("no clipboard"));

  // Pages on plain HTTP have no clipboard.
  const bySelection = (source) => {
    const selection = getSelection();
    selection.selectAllChildren(source);
    const copied = document.execCommand("copy");
    if (copied) selection.removeAllRanges();
    return copied ? Promise.resolve() : Promise.reject(new Error("not copied"));
  };

  const settle = new WeakMap();
  const show = (button, word) => {
    const label = button.querySelector(".label");
    label.textContent = word;
    announcer.textContent = word;
    clearTimeout(settle.get(button));
    settle.set(button, setTimeout(() => {
      label.textContent = "Copy";
      announcer.textContent = "";
    }, 1600));
  };

  for (const button of all("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const source = document.getElementById(button.dataset.copy);
      byClipboard(source.textContent)
        .catch(() => bySelection(source))
        .then(() => show(button, "Copied"), () => show(button, "Select it"));
    });
  }

  // Tabs: one language for the whole page

  const lists = [];
  const choose = (language) => {
    for (const { tabs, panels } of lists) {
      tabs.forEach((tab, i) => {
        const chosen = tab.textContent === language;
        tab.setAttribute("aria-selected", String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        panels[i].hidden = !chosen;
      });
    }
  };

  const step = { ArrowLeft: (i, n) => (i + n - 1) % n, ArrowRight: (i, n) => (i + 1) % n, Home: () => 0, End: (i, n) => n - 1 };

  for (const examples of all(".examples")) {
    const panels = all(".example", examples);
    const list = document.createElement("div");
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Language");
    const tabs = panels.map((panel) => {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.textContent = panel.dataset.language;
      tab.id = panel.querySelector("code").id + "-tab";
      panel.id = panel.querySelector("code").id + "-panel";
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", () => choose(panel.dataset.language));
      list.append(tab);
      return tab;
    });
    list.addEventListener("keydown", (event) => {
      const next = step[event.key];
      if (!next) return;
      event.preventDefault();
      const tab = tabs[next(tabs.indexOf(document.activeElement), tabs.length)];
      choose(tab.textContent);
      tab.focus();
    });
    examples.prepend(list);
    examples.classList.add("tabbed");
    lists.push({ tabs, panels });
  }
  if (lists.length > 0) choose(lists[0].tabs[0].textContent);

  // Search and filter

  const tools = document.querySelector(".tools");
  if (!tools) return;
  tools.hidden = false;
  const search = document.getElementById("search");
  const count = tools.querySelector(".count");
  const nothing = document.querySelector(".nothing");
  const models = all(".model").map((element) => ({
    element,
    family: element.dataset.family,
    words: all(".what, .name, .apis", element).map((part) => part.textContent).join(" ").toLowerCase(),
  }));

  const filter = () => {
    const family = tools.elements.family.value;
    const wanted = search.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const model of models) {
      const fits = (family === "" || model.family === family) && wanted.every((word) => model.words.includes(word));
      model.element.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    count.textContent = (shown === models.length ? "" : shown + " of ") + models.length + (models.length === 1 ? " model" : " models");
    nothing.hidden = shown > 0;
  };

  const clear = () => {
    tools.reset();
    filter();
    search.focus();
  };

  tools.addEventListener("input", filter);
  tools.addEventListener("submit", (event) => event.preventDefault());
  nothing.querySelector(".clear").addEventListener("click", clear);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input")) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && event.target === search) {
      clear();
    }
  });

  // A link to one model shows it, whatever the filter says.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.classList.contains("model")) return;
    if (target.hidden) {
      tools.reset();
      filter();
      target.scrollIntoView();
    }
    target.querySelector("summary").focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);
  filter();
})();
