import { useParams } from "@tanstack/react-router";
import { useGet } from "@/api/hooks";
import { Page } from "@/ui/Page";
import { Await } from "@/ui/states";
import { Editor } from "./Editor";

/** Writing one email. */
export default function EditorPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const template = useGet(
    "/templates/{template_id}",
    { path: { template_id: id } },
    { fresh: Number.POSITIVE_INFINITY, keep: false },
  );
  if (template.data) return <Editor key={template.data.id} saved={template.data} />;
  return (
    <Page>
      <Await query={template}>{() => null}</Await>
    </Page>
  );
}
