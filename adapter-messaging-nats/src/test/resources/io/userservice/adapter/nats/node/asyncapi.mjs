// Prints what AsyncAPI's parser has to say about documents: a line for each error, each warning and each document.
import asyncapi from "@asyncapi/parser";

const WARNING = 1;
for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await asyncapi.fromFile(new asyncapi.Parser(), file).parse();
  const found = diagnostics.filter((diagnostic) => diagnostic.severity <= WARNING);
  found.forEach(({ code, path, message }) => console.log(`${code} at ${path.join("/")}: ${message}`));
  const operations = document?.operations().all().length ?? 0;
  console.log(`${file}: ${found.length} found, ${operations} operations`);
}
