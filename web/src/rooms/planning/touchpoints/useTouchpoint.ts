import { useApi } from "@/api/hooks";
import { useVersioned } from "../useVersioned";
import type { Touchpoint } from "../words";

const PATH = "/touchpoints/{touchpoint_id}";

const draftOf = (touchpoint: Touchpoint) => ({
  name: touchpoint.name,
  audience_id: touchpoint.audience?.id ?? null,
  template_id: touchpoint.template?.id ?? null,
  sender_identity_id: touchpoint.sender_identity?.id ?? null,
  topic_id: touchpoint.topic?.id ?? null,
  send_at: touchpoint.send_at,
  per_hour: touchpoint.per_hour,
  holdout_percent: touchpoint.holdout_percent,
  utm: touchpoint.utm,
  channel: touchpoint.channel,
  note: touchpoint.note,
  code: touchpoint.code,
  budget_line_id: touchpoint.budget_line?.id ?? null,
});
export type TouchpointDraft = ReturnType<typeof draftOf>;

/** Keeps what the page shows of a draft in step with what is stored. */
export function useTouchpoint(touchpoint: Touchpoint) {
  const api = useApi();
  const path = { touchpoint_id: touchpoint.id };
  const put = (answer: Touchpoint) => {
    api.put(PATH, { path }, answer);
    return answer;
  };
  return useVersioned<TouchpointDraft, Touchpoint>({
    server: touchpoint,
    draftOf,
    save: async (draft, version) => put(await api.call("put", PATH, { path, body: { ...draft, version } })),
    load: async () => put(await api.call("get", PATH, { path })),
  });
}
