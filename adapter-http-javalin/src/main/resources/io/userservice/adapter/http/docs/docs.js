"use strict";

SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#docs",
  presets: [SwaggerUIBundle.presets.apis],
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  // A token is a secret: it lives as long as the page does.
  persistAuthorization: false,
  // Would ask another host what it thinks of the document.
  validatorUrl: null,
});
