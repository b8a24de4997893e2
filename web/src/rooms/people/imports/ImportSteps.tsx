import { Steps } from "@/ui/Steps";
import { useT } from "../useT";

export type Step = "file" | "columns" | "consent" | "confirm";
const steps: Step[] = ["file", "columns", "consent", "confirm"];

/** Where one is in an import, and what was chosen before. */
export function ImportSteps({
  current,
  done = {},
  onGo,
}: {
  current: Step;
  done?: Partial<Record<Step, string>>;
  onGo?: (step: Step) => void;
}) {
  const t = useT();
  return (
    <Steps
      current={current}
      steps={steps.map((id) => ({ id, label: t(`import.step.${id}`), done: done[id] }))}
      onGo={onGo && ((id) => onGo(id as Step))}
    />
  );
}
