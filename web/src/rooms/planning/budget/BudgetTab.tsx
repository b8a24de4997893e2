import { Button } from "@mantine/core";
import { IconAlertTriangle, IconFileImport, IconPlus, IconTable } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { useExactMoney } from "@/ui/numbers";
import { Section } from "@/ui/Page";
import { QuietMenu } from "@/ui/PageHead";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { Await, EmptyState, FormError } from "@/ui/states";
import { AskApproval } from "../approvals/AskApproval";
import { PagesBeside } from "../playbook/PagesBeside";
import type { Campaign } from "../words";
import css from "./BudgetTab.module.css";
import { Burn } from "./Burn";
import shared from "./budget.module.css";
import { DetailsDialog, MoveDialog } from "./dialogs";
import { EntriesDrawer } from "./EntriesDrawer";
import { Grid, type Opening } from "./Grid";
import { Moves } from "./Moves";
import { ImportDialog, PasteDialog } from "./PasteDialog";
import { type Budget, type Line, type UseBudget, useBudget } from "./useBudget";
import { useT } from "./useT";

type Asked = Opening | { what: "paste"; text: string } | { what: "import" };

/** The line as it is now, for what was opened from an older answer. */
const current = (lines: Line[], line: Line) => lines.find(({ id }) => id === line.id) ?? line;

const hasMoney = (line: Line) => line.planned_minor > 0 || line.committed_minor > 0 || line.spent_minor > 0;

/** A campaign's money: its lines, what is ordered and paid, how it burns, and what moved. */
export default function BudgetTab({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const mayEdit = useMay("campaigns.write") && campaign.state !== "archived";
  const budget = useBudget(campaign.id);
  const root = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<Asked>();
  const [error, setError] = useState<unknown>();
  const [newest, setNewest] = useState<string>();
  const { data: read } = budget.query;
  // A new line is named first, as soon as it is drawn.
  useEffect(() => {
    if (!newest || !read?.lines.some(({ id }) => id === newest)) return;
    const name = root.current?.querySelector<HTMLInputElement>(`tr[data-line="${newest}"] input`);
    name?.focus();
    name?.select();
    setNewest(undefined);
  }, [newest, read]);
  const close = () => setAsked(undefined);
  const add = async () => {
    try {
      setError(undefined);
      const { lines } = await budget.add({
        name: t("newLine"),
        resource: "media",
        unit_price_minor: 0,
        tax_rate: budget.query.data?.tax_rate ?? 0,
      });
      setNewest(lines.at(-1)?.id);
    } catch (problem) {
      setError(problem);
    }
  };
  const ways = [
    { label: t("import.open"), icon: IconFileImport, act: () => setAsked({ what: "import" }) },
    { label: t("paste.open"), icon: IconTable, act: () => setAsked({ what: "paste", text: "" }) },
  ];
  const tools = mayEdit && (
    <div className={shared.toolbar}>
      {ways.map(({ label, icon: Icon, act }) => (
        <Button
          key={label}
          className={css.roomy}
          size="xs"
          variant="default"
          leftSection={<Icon size={14} />}
          onClick={act}
        >
          {label}
        </Button>
      ))}
      <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => void add()}>
        {t("add")}
      </Button>
      <span className={css.tight}>
        <QuietMenu label={t("more")} entries={ways} />
      </span>
    </div>
  );
  return (
    <Await query={budget.query} lines={8}>
      {(data) => (
        <div ref={root} className={shared.tab}>
          {data.lines.length > 0 && <Standing campaign={campaign} hold={budget} budget={data} mayAsk={mayEdit} />}
          <Section title={t("lines")} action={data.lines.length > 0 ? tools : undefined}>
            {data.lines.length === 0 ? (
              <EmptyState picture="banner" title={t("empty.title")} action={tools}>
                {t("empty")}
              </EmptyState>
            ) : (
              <Grid
                budget={budget}
                lines={data.lines}
                mayEdit={mayEdit}
                onOpen={setAsked}
                onPaste={(text) => setAsked({ what: "paste", text })}
                onMore={() => void add()}
              />
            )}
            <FormError error={error} />
          </Section>
          {data.lines.some(hasMoney) && <Burn campaignId={campaign.id} over={campaign.state === "ended"} />}
          <Moves campaignId={campaign.id} mayEdit={mayEdit} />
          <PagesBeside place="budget" />
          {asked?.what === "entries" && (
            <EntriesDrawer
              campaignId={campaign.id}
              line={current(data.lines, asked.line)}
              mayEdit={mayEdit}
              taxRate={data.tax_rate}
              onClose={close}
            />
          )}
          {asked?.what === "details" && (
            <DetailsDialog campaignId={campaign.id} line={asked.line} budget={budget} onClose={close} />
          )}
          {asked?.what === "move" && (
            <MoveDialog campaign={campaign} line={current(data.lines, asked.line)} lines={data.lines} onClose={close} />
          )}
          {asked?.what === "paste" && <PasteDialog campaignId={campaign.id} text={asked.text} onClose={close} />}
          {asked?.what === "import" && <ImportDialog campaignId={campaign.id} lines={data.lines} onClose={close} />}
        </div>
      )}
    </Await>
  );
}

const approvals = ["missing", "waiting", "changes", "refused", "withdrawn", "void", "approved"] as const;
const tones: Record<(typeof approvals)[number], Tone> = {
  missing: "look",
  waiting: "waiting",
  changes: "look",
  refused: "bad",
  withdrawn: "look",
  void: "look",
  approved: "good",
};

/** Where the money stands, whether somebody has to approve it, and what is over. */
interface StandingProps {
  campaign: Campaign;
  hold: UseBudget;
  budget: Budget;
  mayAsk: boolean;
}

function Standing({ campaign, hold, budget, mayAsk }: StandingProps) {
  const t = useT();
  const exact = useExactMoney();
  const query = { kind: "budget", id: campaign.id } as const;
  const asked = useGet("/approvals/standing", { query }, { enabled: hold.changed });
  // Until it has been asked anew, what the last save answered is newer.
  const newer = asked.dataUpdatedAt > hold.query.dataUpdatedAt ? asked.data : undefined;
  const approval = approvals.find((known) => known === (newer?.standing ?? budget.approval));
  const request = newer ? newer.request_id : budget.approval_id;
  const used = budget.spent_minor + budget.committed_minor;
  const over = budget.lines
    .map((line) => ({ name: line.name, by: line.spent_minor + line.committed_minor - line.planned_minor }))
    .filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by);
  const worst = over[0];
  const facts = [
    [t("sum.planned"), exact(budget.planned_minor)],
    [t("sum.approved"), approval === undefined && !budget.approved_minor ? "–" : exact(budget.approved_minor)],
    [t("sum.committed"), exact(budget.committed_minor)],
    [t("sum.spent"), exact(budget.spent_minor)],
    [t("sum.left"), exact(budget.planned_minor - used)],
  ] as const;
  return (
    <>
      {worst && (
        <p className={css.banner} role="status">
          <IconAlertTriangle size={18} />
          {over.length > 1
            ? t("over.many", { name: worst.name, amount: exact(worst.by), count: over.length - 1 })
            : t("over.one", { name: worst.name, amount: exact(worst.by) })}
        </p>
      )}
      <div className={css.standing}>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {approval && (
          <div className={css.approval}>
            <StateBadge tone={tones[approval]}>{t(`approval.${approval}`)}</StateBadge>
            {request && <A to={`/approvals/${request}`}>{t("approval.open")}</A>}
            {mayAsk && approval !== "approved" && approval !== "waiting" && (
              <AskApproval kind="budget" id={campaign.id} again={approval !== "missing"} />
            )}
          </div>
        )}
      </div>
    </>
  );
}
