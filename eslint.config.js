// Lint rules for the front end and its build script.

import js from "@eslint/js";
import globals from "globals";

/** Ways to put text on a page that would run what a person wrote. */
const unsafe = [
  { property: "innerHTML" },
  { property: "outerHTML" },
  { property: "insertAdjacentHTML" },
  { property: "setHTMLUnsafe" },
  { object: "document", property: "write" },
  { object: "document", property: "writeln" },
].map((use) => ({ ...use, message: "Use textContent or DOM methods: what people wrote must never become markup." }));

export default [
  { ignores: ["static/dist/", "node_modules/", ".venv/", "var/"] },
  js.configs.recommended,
  {
    files: ["static/src/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
  },
  {
    files: ["bench/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "script", globals: globals.browser },
  },
  {
    files: ["static/**/*.mjs", "bench/**/*.mjs", "tests/**/*.mjs", "*.config.js"],
    languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: globals.node },
  },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      "consistent-return": "error",
      curly: ["error", "multi-line"],
      "default-case-last": "error",
      eqeqeq: "error",
      "no-alert": "error",
      "no-console": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implicit-coercion": ["error", { boolean: false }],
      "no-implied-eval": "error",
      "no-loop-func": "error",
      "no-new-func": "error",
      "no-param-reassign": "error",
      "no-promise-executor-return": "error",
      "no-restricted-properties": ["error", ...unsafe],
      "no-return-assign": "error",
      "no-script-url": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-template-curly-in-string": "error",
      "no-throw-literal": "error",
      "no-unused-expressions": "error",
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "no-useless-concat": "error",
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-object-has-own": "error",
      "prefer-rest-params": "error",
      "prefer-template": "error",
      radix: "error",
      yoda: "error",
    },
  },
  {
    // The one reviewed place where a server-rendered fragment becomes part of a phone's page.
    files: ["static/src/participant/insert.js"],
    rules: { "no-restricted-properties": "off" },
  },
];
