// Writes the TypeScript types of the API from its OpenAPI description: `node build/api.mjs openapi.json schema.d.ts`.
// Our own few lines, because the usual generators need TypeScript's former JavaScript API.
import { readFileSync, writeFileSync } from "node:fs";

const [source, target] = process.argv.slice(2);
const api = JSON.parse(readFileSync(source, "utf8"));
const METHODS = ["get", "post", "put", "patch", "delete"];
const name = (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));
const comment = (text) => (text ? `/** ${text.replaceAll("*/", "* /").replace(/\s+/g, " ").trim()} */ ` : "");

/** A JSON schema as a TypeScript type. */
function type(schema) {
  if (schema === undefined || schema === true) return "unknown";
  if (schema.$ref) return `components["schemas"][${JSON.stringify(schema.$ref.split("/").pop())}]`;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map(type).join(" | ");
  if (schema.allOf) return schema.allOf.map(type).join(" & ");
  if (Array.isArray(schema.type)) return schema.type.map((one) => type({ ...schema, type: one })).join(" | ");
  switch (schema.type) {
    case "string":
      return schema.format === "binary" || schema.contentMediaType === "application/octet-stream" ? "Blob" : "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      if (schema.prefixItems) return `[${schema.prefixItems.map(type).join(", ")}]`;
      return `(${type(schema.items)})[]`;
  }
  if (schema.properties) return fields(schema.properties, schema.required ?? [], schema.additionalProperties);
  if (schema.type === "object" || schema.additionalProperties) {
    return `{ [key: string]: ${type(schema.additionalProperties ?? true)} }`;
  }
  return "unknown";
}

function fields(properties, required, more) {
  const lines = Object.entries(properties).map(
    ([key, one]) => `${comment(one.description)}${name(key)}${required.includes(key) ? "" : "?"}: ${type(one)};`,
  );
  if (more && typeof more === "object") lines.push("[key: string]: unknown;");
  return `{\n${lines.join("\n")}\n}`;
}

const content = (body) =>
  `{ content: { ${Object.entries(body?.content ?? {})
    .map(
      ([media, one]) => `${JSON.stringify(media)}: ${media === "multipart/form-data" ? "FormData" : type(one.schema)}`,
    )
    .join("; ")} } }`;

function parameters(list, place) {
  const found = list.filter((one) => one.in === place);
  if (!found.length) return "";
  const properties = Object.fromEntries(
    found.map((one) => [one.name, { ...one.schema, description: one.description }]),
  );
  const required = found.filter((one) => one.required).map((one) => one.name);
  return `${place}${required.length ? "" : "?"}: ${fields(properties, required)};`;
}

function operation(one, shared) {
  const list = [...shared, ...(one.parameters ?? [])];
  const body = one.requestBody;
  const responses = Object.entries(one.responses)
    .filter(([status]) => status.startsWith("2"))
    .map(([status, answer]) => `${status}: ${content(answer)};`);
  return `{
parameters: { ${parameters(list, "path")} ${parameters(list, "query")} };
${body ? `requestBody${body.required ? "" : "?"}: ${content(body)};` : ""}
responses: { ${responses.join(" ")} };
}`;
}

const paths = Object.entries(api.paths).map(([path, item]) => {
  const methods = METHODS.filter((method) => item[method]).map(
    (method) =>
      `${comment(item[method].description ?? item[method].summary)}${method}: ${operation(item[method], item.parameters ?? [])};`,
  );
  return `${JSON.stringify(path)}: {\n${methods.join("\n")}\n};`;
});
const schemas = Object.entries(api.components?.schemas ?? {}).map(
  ([key, one]) => `${comment(one.description)}${name(key)}: ${type(one)};`,
);

writeFileSync(
  target,
  `// Written by \`npm run api\` from docs/reference/openapi.json. Do not edit.
export interface paths {
${paths.join("\n")}
}
export interface components {
schemas: {
${schemas.join("\n")}
};
}
/** A shape of the API by its name. */
export type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];
`,
);
