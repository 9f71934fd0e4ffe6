// Shows the contract with a key of the sandbox already filled in, so that "Execute" just works.
"use strict";

const settings = JSON.parse(document.getElementById("settings").textContent);

const ui = SwaggerUIBundle({
  url: settings.openapi,
  dom_id: "#swagger-ui",
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  // Few operations are there to be tried, many to be found.
  docExpansion: settings.operations > 3 ? "list" : "full",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  onComplete: () => use(settings.keys[0]),
});

function use({ name, key }) {
  for (const scheme of settings.schemes) ui.preauthorizeApiKey(scheme, key);
  document.getElementById("name").textContent = name;
  document.getElementById("key").textContent = key;
}

// With several organizations, the name is a choice.
if (settings.keys.length > 1) {
  const choice = document.createElement("select");
  for (const { name } of settings.keys) choice.add(new Option(name));
  choice.addEventListener("change", () => use(settings.keys[choice.selectedIndex]));
  document.getElementById("name").hidden = true;
  document.getElementById("who").append(choice);
}
