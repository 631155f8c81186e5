// The form of an operation: its fields, what they give, and the issues that are shown beside them.

import { field } from "./controls.js";
import { made, objectText, step, steps } from "./values.js";

export class Form {
  /** `described` is what the server says of the operation; `changed` is called when anything is typed or chosen. */
  constructor(described, changed) {
    this.types = described.types;
    this.changed = changed;
    this.fields = described.fields.map((about) => field(this, about));
    this.element = made("div", { class: "fields" }, ...this.fields.map(({ element }) => element));
    this.rest = made("ul", { class: "issues rest", "aria-live": "polite" });
    this.element.append(this.rest);
  }
  /** The JSON of all that is given, without what the server is told beside it. */
  values() { return objectText(this.fields.map((each) => [each.about.name, each.text()])); }
  files() { return this.fields.flatMap((each) => each.files(step(each.about.name))); }
  /** Put in values, by the names of the fields. */
  fill(values) {
    for (const each of this.fields) if (each.about.name in values) each.fill(values[each.about.name]);
    this.changed();
  }
  *every() {
    for (const each of this.fields) yield* each.every();
  }
  /** Why what is typed can be no value at all. */
  faulty() { return [...this.every()].filter((each) => each.control.fault()); }
  /** Show each issue beside its field; what has none at the end. `strictly` where all that is missing counts. */
  show(issues, strictly) {
    const placed = new Map();
    const rest = [];
    for (const issue of issues) {
      const [name, ...path] = steps(issue.field ?? "");
      const owner = this.fields.find(({ about }) => about.name === name)?.find(path);
      // The field that is missing says so itself; where there is none for it, what it is missing in tells which one.
      const missing = issue.keyword === "required" && [name, ...path].at(-1) === owner?.about.name;
      if (owner) placed.set(owner, [...(placed.get(owner) ?? []), { ...issue, missing }]);
      else rest.push(issue);
    }
    for (const each of this.every()) each.show(placed.get(each) ?? [], strictly);
    this.rest.replaceChildren(...rest.map(({ pointer, message }) => made("li", { class: "wrong" }, `${pointer} ${message}`)));
  }
  /** Go to the first field with an issue. */
  focusIssue() {
    this.element.querySelector("[aria-invalid]")?.focus();
  }
}
