import { Button } from "@mantine/core";
import { request } from "@/api/client";
import { OutsideFrame } from "./OutsideFrame";
import { useT } from "./useT";

/** Signed in, but a member of nothing (any more). */
export default function NoWorkspacePage() {
  const t = useT();
  return (
    <OutsideFrame title={t("none.title")} text={t("none.text")}>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          await request("delete", "/api/v1/session").catch(() => undefined);
          location.assign("/sign-in");
        }}
      >
        <Button type="submit" variant="default" size="md">
          {t("none.action")}
        </Button>
      </form>
    </OutsideFrame>
  );
}
