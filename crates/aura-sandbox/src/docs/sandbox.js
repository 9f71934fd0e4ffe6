// Shows the contract: served, with a key of the sandbox already filled in, so that "Execute" just
// works; exported, to be read.
"use strict";

const settings = JSON.parse(document.getElementById("settings").textContent);

// Swagger UI's dark colours follow the system's, also when those change.
const dark = matchMedia("(prefers-color-scheme: dark)");
const followColours = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", followColours);
followColours();

const isServed = !settings.document;
const source = isServed
  ? { url: settings.openapi, tryItOutEnabled: true, onComplete: () => use(settings.keys[0]) }
  : { spec: settings.document, supportedSubmitMethods: [] };

const ui = SwaggerUIBundle({
  ...source,
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  // Few operations are there to be tried, many to be found.
  docExpansion: settings.operations > 3 ? "list" : "full",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});

function use({ name, key }) {
  for (const scheme of settings.schemes) authorize(scheme, key);
  document.getElementById("name").textContent = name;
  document.getElementById("key").textContent = key;
}

// Fills in the key as a scheme takes it: as user and password, as a token or as it stands.
function authorize(name, key) {
  const schemes = ui.specSelectors.specJson().getIn(["components", "securitySchemes"]);
  const schema = schemes.get(name).toJS();
  if (schema.type === "http" && /^basic$/i.test(schema.scheme)) {
    const [user, ...password] = key.split(":");
    ui.preauthorizeBasic(name, user, password.join(":"));
  } else if (schema.type === "oauth2" || schema.type === "openIdConnect") {
    ui.authActions.authorizeOauth2({ auth: { name, schema }, token: { access_token: key } });
  } else {
    ui.preauthorizeApiKey(name, key);
  }
}

// With several organizations, the name is a choice.
if (isServed && settings.keys.length > 1) {
  const choice = document.createElement("select");
  for (const { name } of settings.keys) choice.add(new Option(name));
  choice.addEventListener("change", () => use(settings.keys[choice.selectedIndex]));
  document.getElementById("name").hidden = true;
  document.getElementById("who").append(choice);
}

if (settings.preview) {
  show(settings.preview);
  if (isServed) setInterval(comeAgain, 1000);
}

// What there is to say about a contract that is being edited.
function show({ file, note, findings }) {
  const section = document.getElementById("findings");
  const summary = document.createElement("p");
  summary.textContent = note;
  const list = document.createElement("ol");
  for (const { severity, code, message, line, column, help } of findings) {
    const item = document.createElement("li");
    item.className = severity;
    const kind = document.createElement("b");
    kind.textContent = severity;
    const place = document.createElement("code");
    place.textContent = `${file}:${line}:${column}`;
    item.append(kind, " ", place, ` ${message} (${code})`);
    if (help) {
      const advice = document.createElement("span");
      advice.className = "help";
      advice.textContent = help;
      item.append(advice);
    }
    list.append(item);
  }
  section.replaceChildren(summary, list);
  section.hidden = false;
}

// Loads the page anew if it is another one by now.
async function comeAgain() {
  try {
    const answer = await fetch("/docs", { method: "HEAD", cache: "no-store" });
    const etag = answer.headers.get("etag");
    if (etag !== (comeAgain.seen ??= etag)) location.reload();
  } catch {
    // The sandbox is starting anew.
  }
}
