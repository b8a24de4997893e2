import { Button } from "@mantine/core";
import { IconEye, IconEyeCheck } from "@tabler/icons-react";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import type { Thing } from "./text";
import { useT } from "./useT";

/** Follows a thing or leaves it; says who else does. */
export function FollowButton({ thing }: { thing: Thing }) {
  const t = useT();
  const format = useFormat();
  const path = { kind: thing.kind, thing_id: thing.id };
  const { data } = useGet("/things/{kind}/{thing_id}", { path });
  const choose = useSend("put", "/things/{kind}/{thing_id}/following");
  if (!data || data.following === null) return null;
  const following = choose.isPending ? choose.variables.body.following : data.following;
  const Icon = following ? IconEyeCheck : IconEye;
  const names = format.list(data.followers.map(({ name }) => name));
  return (
    <Button
      variant="subtle"
      color="gray"
      size="xs"
      aria-pressed={following}
      title={names ? t("follow.who", { names }) : t("follow.why")}
      leftSection={<Icon size={16} />}
      onClick={() => choose.mutate({ path, body: { following: !following } })}
    >
      {following ? t("following") : t("follow")}
      {data.followers.length > 0 && ` · ${format.number(data.followers.length)}`}
    </Button>
  );
}
