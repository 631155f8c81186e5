// What a value is given by. Each control has `element`, `text()` (its JSON; undefined where nothing is given), `files(at)`,
// `find(steps)` (the control of a part of the value, as far as it has one), `fault()` (why what is typed can't be a value), and
// `fill(value)`, which puts in what can be.

import { arrayText, base64, made, numberText, objectText, step } from "./values.js";

/** Where a text is empty, and may be meant so: nothing, an empty value, or null. */
const EMPTY = { text: '""', list: "[]", map: "{}", object: "{}" };

class Control {
  constructor(form, type) {
    this.form = form;
    this.type = type;
  }
  text() { return undefined; }
  files() { return []; }
  find() { return this; }
  fault() { return ""; }
  fill() {}
  inputs() { return [...this.element.querySelectorAll("input, select, textarea")]; }
}

class Line extends Control {
  constructor(form, type, about) {
    super(form, type);
    const settings = {
      "aria-label": about.label, placeholder: type.looks || undefined, autocomplete: "off", spellcheck: "false",
      oninput: form.changed,
    };
    const long = type.kind === "json" || (type.kind === "text" && !type.looks && !about.secret);
    if (long) this.element = made("textarea", { ...settings, rows: type.kind === "json" ? "3" : "1" });
    else this.element = made("input", { ...settings, type: about.secret ? "password" : "text" });
    if (type.kind === "integer") this.element.inputMode = "numeric";
    if (type.kind === "number") this.element.inputMode = "decimal";
  }
  inputs() { return [this.element]; }
  text() {
    const typed = this.element.value;
    if (typed === "") return undefined;
    if (this.type.kind === "text") return JSON.stringify(typed);
    if (this.type.kind === "json") return this.fault() ? undefined : typed;
    return numberText(typed);
  }
  fault() {
    if (this.type.kind !== "json" || this.element.value === "") return "";
    try {
      JSON.parse(this.element.value);
      return "";
    } catch {
      return "this is no JSON";
    }
  }
  fill(value) { this.element.value = typeof value === "string" && this.type.kind !== "json" ? value : JSON.stringify(value); }
}

class Choice extends Control {
  constructor(form, type, about) {
    super(form, type);
    const values = type.kind === "boolean" ? [true, false] : type.values;
    this.texts = values.map((value) => JSON.stringify(value));
    const initial = JSON.stringify(about.default);
    this.element = made("select", { "aria-label": about.label, onchange: form.changed }, made("option", { value: "" }, "—"));
    values.forEach((value, at) => {
      const said = this.texts[at] === initial ? `${value} (default)` : String(value);
      this.element.append(made("option", { value: String(at) }, said));
    });
  }
  inputs() { return [this.element]; }
  text() { return this.element.value === "" ? undefined : this.texts[Number(this.element.value)]; }
  fill(value) {
    const at = this.texts.indexOf(JSON.stringify(value));
    this.element.value = at < 0 ? "" : String(at);
  }
}

class Nothing extends Control {
  constructor(form, type) {
    super(form, type);
    this.element = made("code", {}, "null");
  }
  text() { return "null"; }
}

class Upload extends Control {
  constructor(form, type, about) {
    super(form, type);
    this.file = null;
    this.input = made("input", { type: "file", "aria-label": about.label, onchange: () => this.take() });
    this.element = made("span", {}, this.input);
  }
  async take() {
    const [file] = this.input.files;
    this.file = file ? { name: file.name, type: file.type, base64: await base64(file) } : null;
    this.form.changed();
  }
  files(at) { return this.file ? [{ at, ...this.file }] : []; }
}

class Items extends Control {
  constructor(form, type, about) {
    super(form, type);
    this.about = about;
    this.items = [];
    this.rows = made("ol", { class: "items" });
    const add = made("button", { type: "button", onclick: () => this.add() }, "Add an item");
    this.element = made("div", {}, this.rows, add);
  }
  add() {
    const item = field(this.form, { label: `${this.about.label}[]`, required: true, type: this.type.item, item: true });
    const remove = made("button", { type: "button", class: "remove", onclick: () => {
      this.items.splice(this.items.indexOf(item), 1);
      row.remove();
      this.form.changed();
    } }, "Remove");
    const row = made("li", {}, item.element, remove);
    this.items.push(item);
    this.rows.append(row);
    item.inputs()[0]?.focus();
    this.form.changed();
    return item;
  }
  fill(values) {
    if (!Array.isArray(values)) return;
    this.items = [];
    this.rows.replaceChildren();
    for (const value of values) this.add().fill(value);
  }
  text() { return this.items.length ? arrayText(this.items.map((item) => item.text())) : undefined; }
  files(at) { return this.items.flatMap((item, index) => item.files(at + step(index))); }
  find([index, ...rest]) { return this.items[index]?.find(rest) ?? this; }
  parts() { return this.items; }
}

class Entries extends Control {
  constructor(form, type, about) {
    super(form, type);
    this.about = about;
    this.entries = [];
    this.rows = made("ol", { class: "items" });
    const add = made("button", { type: "button", onclick: () => this.add() }, "Add a member");
    this.element = made("div", {}, this.rows, add);
  }
  add() {
    const name = made("input", { type: "text", "aria-label": `name in ${this.about.label}`, placeholder: "name", oninput: this.form.changed });
    const item = field(this.form, { label: `${this.about.label}.*`, required: true, type: this.type.value, item: true });
    const entry = { name, item };
    const remove = made("button", { type: "button", class: "remove", onclick: () => {
      this.entries.splice(this.entries.indexOf(entry), 1);
      row.remove();
      this.form.changed();
    } }, "Remove");
    const row = made("li", {}, name, item.element, remove);
    this.entries.push(entry);
    this.rows.append(row);
    name.focus();
    this.form.changed();
    return entry;
  }
  fill(values) {
    this.entries = [];
    this.rows.replaceChildren();
    for (const [key, value] of Object.entries(values ?? {})) {
      const { name, item } = this.add();
      name.value = key;
      item.fill(value);
    }
  }
  members() { return this.entries.filter(({ name }) => name.value !== "").map(({ name, item }) => [name.value, item.text()]); }
  text() { return this.members().length ? objectText(this.members()) : undefined; }
  files(at) { return this.entries.flatMap(({ name, item }) => item.files(at + step(name.value))); }
  find([wire, ...rest]) { return this.entries.find(({ name }) => name.value === wire)?.item.find(rest) ?? this; }
  parts() { return this.entries.map(({ item }) => item); }
}

class Members extends Control {
  constructor(form, type, about) {
    super(form, type);
    this.about = about;
    this.fields = [];
    this.built = false;
    this.inside = made("div", { class: "members" });
    if (about.required || about.item) {
      this.element = this.inside;
      this.build();
    } else {
      const summary = made("summary", {}, "Give it");
      this.element = made("details", { ontoggle: () => { this.build(); this.form.changed(); } }, summary, this.inside);
    }
  }
  build() { // not before it is opened: a type may be made of itself
    if (this.built) return;
    this.built = true;
    this.fields = this.type.fields.map((about) => field(this.form, { ...about, label: `${this.about.label}.${about.label}` }));
    this.inside.append(...this.fields.map(({ element }) => element));
    if (this.type.extra) {
      this.extra = new Entries(this.form, { kind: "map", value: this.type.extra }, this.about);
      this.inside.append(this.extra.element);
    }
  }
  open() {
    if (this.element.tagName === "DETAILS") this.element.open = true;
    this.build();
  }
  text() {
    if (this.element.tagName === "DETAILS" && !this.element.open) return undefined;
    const members = [...this.fields.map((each) => [each.about.name, each.text()]), ...(this.extra?.members() ?? [])];
    const given = members.some(([, text]) => text !== undefined) || this.element.tagName === "DETAILS";
    return given || this.about.required || this.about.item ? objectText(members) : undefined;
  }
  files(at) { return this.fields.flatMap((each) => each.files(at + step(each.about.name))); }
  find(path) {
    const [wire, ...rest] = path;
    const known = this.fields.find(({ about }) => about.name === wire);
    if (known) return known.find(rest);
    const other = this.extra?.find(path);
    return other && other !== this.extra ? other : this;
  }
  parts() { return [...this.fields, ...(this.extra?.parts() ?? [])]; }
  fill(values) {
    this.open();
    const others = { ...values };
    for (const each of this.fields) {
      if (each.about.name in others) each.fill(others[each.about.name]);
      delete others[each.about.name];
    }
    this.extra?.fill(others);
  }
}

class Alternatives extends Control {
  constructor(form, type, about) {
    super(form, type);
    this.about = about;
    this.chosen = null;
    this.inside = made("div");
    this.select = made("select", { "aria-label": `kind of ${about.label}`, onchange: () => this.choose() }, made("option", { value: "" }, "—"));
    type.members.forEach(({ label }, at) => this.select.append(made("option", { value: String(at) }, label)));
    this.element = made("div", { class: "alternatives" }, this.select, this.inside);
  }
  choose() {
    const member = this.type.members[Number(this.select.value)];
    this.chosen = this.select.value === "" ? null : control(this.form, member.type, { ...this.about, item: true });
    this.inside.replaceChildren(...(this.chosen ? [this.chosen.element] : []));
    this.form.changed();
  }
  text() { return this.chosen?.text(); }
  files(at) { return this.chosen?.files(at) ?? []; }
  find(path) {
    const found = this.chosen?.find(path) ?? this;
    return found === this.chosen ? this : found;
  }
  fault() { return this.chosen?.fault() ?? ""; }
  parts() { return this.chosen?.parts?.() ?? []; }
  fill(value) {
    const at = this.type.members.findIndex(({ type }) => takes(this.form, type, value));
    if (at < 0) return;
    this.select.value = String(at);
    this.choose();
    this.chosen.fill(value);
  }
}

/** Whether a value is of a type, as far as it has to be looked at to tell alternatives apart. */
const takes = (form, type, value) => {
  const meant = resolved(form, type);
  switch (meant.kind) {
    case "boolean": return typeof value === "boolean";
    case "choice": return meant.values.includes(value);
    case "integer": case "number": return typeof value === "number";
    case "list": return Array.isArray(value);
    case "map": return typeof value === "object" && value !== null && !Array.isArray(value);
    case "null": return value === null;
    case "object": {
      const known = meant.fields.map(({ name }) => name);
      return typeof value === "object" && value !== null && !Array.isArray(value)
        && Object.keys(value).every((key) => known.includes(key) || meant.extra)
        && meant.fields.every(({ name, required }) => !required || name in value);
    }
    case "text": return typeof value === "string";
    case "union": return meant.members.some((member) => takes(form, member.type, value));
    default: return true;
  }
};

const KINDS = {
  boolean: Choice, choice: Choice, file: Upload, integer: Line, json: Line, list: Items, map: Entries, null: Nothing, number: Line,
  object: Members, text: Line, union: Alternatives,
};

/** The type that a name stands for; names that lead in a circle stand for any. */
const resolved = (form, type) => {
  const seen = new Set();
  let meant = type;
  while (meant.kind === "named" && !seen.has(meant.name)) {
    seen.add(meant.name);
    meant = form.types[meant.name];
  }
  return meant.kind in KINDS ? meant : { kind: "json" };
};

const control = (form, type, about) => {
  const meant = resolved(form, type);
  return new KINDS[meant.kind](form, meant, about);
};

let count = 0;

/** A field: what it is called and what the document says of it, its control, and the issues with it. */
class Field {
  constructor(form, about) {
    this.about = about;
    this.form = form;
    this.control = control(form, about.type, about);
    this.touched = false;
    this.says = made("ul", { class: "issues", id: `issues-${++count}`, "aria-live": "polite" });
    this.instead = this.meanings();
    const marks = [
      ...(about.required && !about.item ? [made("span", { class: "mark required" }, "required")] : []),
      ...(about.deprecated ? [made("span", { class: "mark deprecated" }, "deprecated")] : []),
      ...(about.place && about.place !== "body" ? [made("span", { class: "mark" }, about.place)] : []),
    ];
    // Beside a line; of what has lines of its own, beside the name.
    const above = !about.item && ["list", "map", "object"].includes(this.control.type.kind);
    const instead = this.instead ? [this.instead] : [];
    const head = about.item ? [] : [made("div", { class: "name" }, made("code", {}, about.label), ...marks, ...(above ? instead : []))];
    const text = about.text ? [made("p", { class: "said" }, about.text)] : [];
    const given = made("div", { class: "given" }, this.control.element, ...(above ? [] : instead));
    this.element = made("div", { class: "field", onfocusout: () => { this.touched = true; } }, ...head, ...text, given, this.says);
    this.element.dataset.label = about.label;
    for (const input of this.inputs()) input.setAttribute("aria-describedby", this.says.id);
  }
  /** What else it may be than what is given: empty, or null. */
  meanings() {
    const { kind } = this.control.type;
    const others = [
      ...(kind in EMPTY && this.about.place !== "path" && !(kind === "object" && this.about.required) ? [[EMPTY[kind], `empty: ${EMPTY[kind]}`]] : []),
      ...(this.about.nullable ? [["null", "null"]] : []),
    ];
    if (!others.length) return null;
    const options = others.map(([value, label]) => made("option", { value }, label));
    const settings = { class: "instead", "aria-label": `${this.about.label}, instead`, title: "Send it empty, or null", onchange: () => { this.instead.classList.toggle("meant", this.instead.value !== ""); this.form.changed(); } };
    return made("select", settings, made("option", { value: "" }, "…"), ...options);
  }
  inputs() { return this.control.inputs(); }
  text() { return this.instead?.value ? this.instead.value : this.control.text(); }
  files(at) { return this.instead?.value ? [] : this.control.files(at); }
  fill(value) {
    if (value !== null || !this.instead) this.control.fill(value);
    else this.instead.value = "null";
  }
  find(path) {
    const found = path.length ? this.control.find(path) : this;
    return found instanceof Field ? found : this;
  }
  parts() { return this.control.parts?.() ?? []; }
  *every() {
    yield this;
    for (const part of this.parts()) yield* part.every();
  }
  /** Show issues; what is only not given yet is said quietly, until it was looked at. */
  show(issues, strictly) {
    const fault = this.control.fault();
    const said = fault ? [{ keyword: "json", message: fault }] : issues;
    this.says.replaceChildren(...said.map(({ keyword, message, missing }) =>
      made("li", { class: missing && !strictly && !this.touched ? "needed" : "wrong", "data-keyword": keyword }, missing ? "is required" : message)));
    for (const input of this.inputs().filter((each) => each.closest(".field") === this.element)) {
      if (said.some(({ missing }) => !missing || strictly || this.touched)) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }
}

export const field = (form, about) => new Field(form, about);
