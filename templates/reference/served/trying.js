// *Test request* of one operation: its form, the request as it is prepared while one types, and what the server answers.

import { Form } from "./form.js";
import { ask, servers } from "./sending.js";
import { made, objectText } from "./values.js";

const FORMS = [["http", "HTTP"], ["curl", "curl"], ["python", "Python"], ["json", "JSON"], ["conductor", "Conductor"]];
const PAUSE = 150; // milliseconds without a key, after which the request is prepared
let count = 0;

class Trying {
  constructor(operation, described) {
    this.operation = operation;
    this.strictly = false;
    this.forms = null;
    this.shown = "http";
    this.number = ++count;
    this.form = new Form(described, () => this.later());
    this.note = made("p", { class: "note", role: "status" });
    this.code = made("code");
    this.answer = made("section", { class: "replied", "aria-live": "polite" });
    const id = `asked-${this.number}`;
    this.button = made("button", { type: "submit", class: "send", form: id }, "Test request");
    const fill = made("button", { type: "button", onclick: () => this.form.fill(described.example) }, "Fill in an example");
    const asked = made("form", { id, novalidate: true, onsubmit: (event) => { event.preventDefault(); this.send(); } },
      ...this.server(), ...this.variables(described.variables),
      ...(Object.keys(described.example).length ? [made("p", {}, fill)] : []), this.form.element);
    const copy = made("button", { type: "button", class: "copy", onclick: () => navigator.clipboard.writeText(this.code.textContent) }, "Copy");
    const prepared = made("section", { class: "prepared", "aria-label": "The request" },
      this.tabs(), this.note, made("pre", { tabindex: "0" }, this.code), made("p", { class: "actions" }, this.button, copy));
    this.element = made("div", { class: "trying" }, asked, made("div", { class: "side" }, prepared, this.answer));
    this.prepare();
  }
  server() {
    this.select = made("select", { onchange: () => this.later() }, ...servers.map((url, at) => made("option", { value: String(at) }, url)));
    const label = made("span", { class: "name" }, "Server");
    if (servers.length > 1) return [made("label", { class: "field" }, label, this.select)];
    return servers.length ? [made("p", { class: "server" }, label, " ", made("code", {}, servers[0]))] : [];
  }
  variables(names) {
    const said = names.map(({ name, set }) => made("li", {}, made("code", {}, name), set ? " is set" : " is not set"));
    return said.length ? [made("div", { class: "variables" }, "Credentials stay in the environment of the server:", made("ul", {}, ...said))] : [];
  }
  tabs() {
    const choices = FORMS.flatMap(([name, label]) => {
      const id = `form-${this.number}-${name}`;
      const input = made("input", { type: "radio", name: `form-${this.number}`, id, value: name, onchange: () => { this.shown = name; this.print(); } });
      input.checked = name === this.shown;
      return [input, made("label", { for: id }, label)];
    });
    return made("div", { class: "tabs", role: "group", "aria-label": "Written as" }, ...choices);
  }
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.prepare(), PAUSE);
  }
  /** What the server is told. */
  said() {
    return objectText([
      ["operation", JSON.stringify(this.operation)], ["server", this.select.value || "0"],
      ["values", this.form.values()], ["files", JSON.stringify(this.form.files())],
    ]);
  }
  async prepare() {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      this.take(await ask("/prepare", this.said(), this.asking.signal));
    } catch (error) {
      if (error.name !== "AbortError") this.take({ issues: [], forms: null, problem: error.message });
    }
  }
  /** What the server says of the request. It has forms of one with issues, too, as far as that can be written at all. */
  take({ issues, forms, problem }) {
    this.form.show(issues, this.strictly);
    const number = issues.length + this.form.faulty().length;
    this.forms = forms ?? this.forms;
    this.unsent = Boolean(problem || number);
    const why = problem || `${number === 1 ? "1 issue" : `${number} issues`}: this is not sent${forms ? " as it is" : ""}.`;
    this.note.textContent = this.unsent ? why : "This is what is sent.";
    this.note.classList.toggle("wrong", this.unsent);
    this.print();
  }
  print() {
    this.code.textContent = this.forms?.[this.shown] ?? "";
    this.code.parentElement.classList.toggle("stale", Boolean(this.unsent));
  }
  async send() {
    clearTimeout(this.timer);
    this.strictly = true;
    this.button.disabled = true;
    this.answer.replaceChildren(made("p", { class: "note" }, "Waiting for the answer …"));
    await this.prepare();
    try {
      if (this.unsent) {
        this.answer.replaceChildren(made("p", { class: "note wrong" }, "Nothing was sent: see the issues beside the fields."));
        this.form.focusIssue();
        return;
      }
      this.answer.replaceChildren(...answered(await ask("/send", this.said())));
    } catch (error) {
      this.answer.replaceChildren(made("p", { class: "note wrong" }, error.message));
    } finally {
      this.button.disabled = false;
    }
  }
}

/** What is shown of an answer. */
const answered = ({ status, well, headers = [], elapsed = 0, attempts = 1, body, issues, problem }) => {
  const shown = [made("h3", {}, "Answer")];
  if (status !== null) {
    const time = `${Math.round(elapsed * 1000)} ms${attempts > 1 ? `, ${attempts} attempts` : ""}`;
    shown.push(made("p", { class: `status ${well ? "well" : status < 300 ? "differs" : "wrong"}` }, made("strong", {}, String(status)), ` after ${time}`));
  }
  if (problem) shown.push(made("p", { class: "note wrong" }, problem));
  if (issues.length) {
    const rows = issues.map(({ pointer, keyword, message }) =>
      made("li", {}, made("code", {}, pointer || "(all of it)"), ` ${message} `, made("span", { class: "mark" }, keyword)));
    shown.push(made("h4", {}, `Differs from the document in ${issues.length === 1 ? "1 place" : `${issues.length} places`}`),
      made("ul", { class: "differences" }, ...rows));
  } else if (well) {
    shown.push(made("p", { class: "note" }, "It is as the document says."));
  }
  if (body && body.kind !== "none") {
    const how = { json: "", text: "", bytes: ", as Base64" }[body.kind];
    shown.push(made("h4", {}, `Body: ${body.type || "of no type"}, ${body.size.toLocaleString("en")} bytes${how}`),
      made("pre", { tabindex: "0" }, made("code", {}, body.text)));
    if (body.more) shown.push(made("p", { class: "note" }, "Only its beginning is shown."));
  }
  if (headers.length) {
    const lines = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
    shown.push(made("details", {}, made("summary", {}, "Headers"), made("pre", { tabindex: "0" }, made("code", {}, lines))));
  }
  return shown;
};

/** Put *Test request* of an operation into an element. */
export const tryIn = async (element, operation) => {
  try {
    const described = await ask("/form", JSON.stringify({ operation }));
    element.replaceChildren(new Trying(operation, described).element);
  } catch (error) {
    element.replaceChildren(made("p", { class: "note wrong" }, error.message));
  }
};
