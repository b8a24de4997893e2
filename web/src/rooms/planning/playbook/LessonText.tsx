import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import { dotted } from "@/lib/text";
import { useMetrics } from "@/rooms/insights/metrics";
import { useSayEffect } from "./words";

/** A lesson in three lines: the finding, what was changed, what it did. */
export function LessonText({ lesson }: { lesson: Shape<"Lesson"> }) {
  const metrics = useMetrics();
  const say = useSayEffect();
  return (
    <>
      <A to={`/playbook/lessons/${lesson.id}`}>{lesson.title}</A>
      {lesson.change && <p>{lesson.change}</p>}
      <small>
        {dotted([
          lesson.effect && `${metrics.name(lesson.effect.metric)} ${say(lesson.effect)}`,
          lesson.campaign?.name,
        ])}
      </small>
    </>
  );
}
