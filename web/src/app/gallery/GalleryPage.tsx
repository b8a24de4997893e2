import { Button, Checkbox, SegmentedControl, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { IconDownload, IconTrash, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { ApiError } from "@/api/errors";
import type { Keyset } from "@/api/hooks";
import { useListState } from "@/lib/url";
import { CopyField } from "@/ui/CopyField";
import { BarChart, Figure, LineChart } from "@/ui/charts";
import { DayField, InstantField } from "@/ui/DateField";
import { ConfirmDanger, FormFoot } from "@/ui/Dialog";
import { CheckList } from "@/ui/LaunchCheck";
import { Wordmark } from "@/ui/Mark";
import { NumberRow, NumberTile } from "@/ui/NumberTile";
import { Facts, Page, Section, ThingLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { PasswordField } from "@/ui/PasswordField";
import { type Picture, pictures } from "@/ui/pictures";
import { Reasons } from "@/ui/Reasons";
import { SaveState } from "@/ui/SaveState";
import { StateBadge, Tag, type Tone } from "@/ui/StateBadge";
import { Steps } from "@/ui/Steps";
import { EmptyState, ErrorState, SkeletonLines } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { SavedViews } from "@/ui/table/SavedViews";
import { follow, say, Toasts, Tray } from "@/ui/tray";
import { UploadDrop } from "@/ui/UploadDrop";
import { Money, Num, Rate, Someone, Unknown, When } from "@/ui/values";

// Development only: every part of `ui/` with invented values. Its words are not translated.

interface Row {
  id: string;
  name: string;
  city: string;
  spent: number;
  state: Tone;
  at: string;
}
const now = Date.now();
const cities = ["Lund", "Malmö", "Göteborg", "Lyon", "成都", "Leeds"];
const tones: Tone[] = ["good", "busy", "look", "bad", "waiting", "paused", "quiet", "draft"];
const rows: Row[] = Array.from({ length: 2000 }, (_, index) => ({
  id: String(index),
  name: `${["Anna Lindqvist", "Bo Ek", "Chloé Martin", "王芳", "Dan Miller"][index % 5]} ${index}`,
  city: cities[index % cities.length] ?? "",
  spent: (index * 7919) % 250_000,
  state: tones[index % tones.length] ?? "good",
  at: new Date(now - index * 3_600_000).toISOString(),
}));

const columns: Column<Row>[] = [
  { id: "name", title: "Name", cell: (row) => row.name, sort: "name" },
  { id: "city", title: "City", cell: (row) => row.city, width: 120, hide: "phone", sort: "city" },
  {
    id: "state",
    title: "State",
    width: 130,
    cell: (row) => (
      <StateBadge tone={row.state} plain>
        {row.state}
      </StateBadge>
    ),
  },
  { id: "spent", title: "Spent", width: 120, align: "end", sort: "spent", cell: (row) => <Money minor={row.spent} /> },
  { id: "at", title: "Last order", width: 170, hide: "tablet", cell: (row) => <When at={row.at} /> },
];

function Lists() {
  const [state, change] = useListState();
  const list: Keyset<Row> = {
    rows: rows.filter((row) => row.name.toLowerCase().includes(state.q.toLowerCase())),
    matching: 2000,
    total: 64_000,
    state: "ready",
    error: null,
    more: false,
    loadMore: () => {},
    loadingMore: false,
    retry: () => {},
  };
  return (
    <div style={{ height: 460, display: "flex", flexDirection: "column", gap: 12 }}>
      <FilterBar
        lead="People"
        search="Name, email or external id"
        state={state}
        onChange={change}
        filters={[
          { id: "city", name: "city", options: cities.map((value) => ({ value, label: value })) },
          { id: "spent", name: "spent more than", type: "number" },
        ]}
      >
        <SavedViews id="gallery" state={state} onChange={change} />
      </FilterBar>
      <DataTable
        id="gallery"
        label="People"
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        sort={state.sort}
        onSort={(sort) => change({ sort })}
        count={(_, matching, total) => `${matching?.toLocaleString("en")} of ${total?.toLocaleString("en")} people`}
        bulk={(selection) => (
          <Button size="xs" variant="default">
            Tag {selection.count} people
          </Button>
        )}
        panel={(row) => (
          <Facts
            items={[
              ["City", row.city],
              ["Spent", <Money key="m" minor={row.spent} />],
            ]}
          />
        )}
        empty={<EmptyState picture="search">Nobody matches.</EmptyState>}
      />
    </div>
  );
}

const days = Array.from({ length: 30 }, (_, index) => ({
  x: `2026-11-${String(index + 1).padStart(2, "0")}`,
  sent: Math.round(900 + 300 * Math.sin(index / 4) + index * 14),
  opened: Math.round(420 + 160 * Math.sin(index / 4 + 0.6) + index * 9),
  band: [Math.round(360 + index * 6), Math.round(560 + index * 14)],
}));

export default function GalleryPage() {
  const [confirm, setConfirm] = useState(false);
  const [file, setFile] = useState<File>();
  const [day, setDay] = useState<string | null>("2026-11-24");
  const [at, setAt] = useState<string | null>("2026-11-24T09:30:00Z");
  return (
    <main>
      <Page>
        <Wordmark size={26} />
        <PageHead
          title="Autumn sale for women's wear"
          onRename={() => {}}
          crumbs={[{ label: "Campaigns", to: "/campaigns" }]}
          meaning={
            <>
              <StateBadge tone="busy">Running</StateBadge>
              <span>Led by Anna Lindqvist</span>
              <span>Tue 24 Nov – Sun 6 Dec</span>
              <SaveState state="unsaved" />
            </>
          }
          action={<Button>Launch to 2,418 people</Button>}
          menu={[
            { label: "Duplicate", act: () => {} },
            { label: "Delete", danger: true, icon: IconTrash, act: () => {} },
          ]}
          tabs={[
            { id: "plan", label: "Plan" },
            { id: "touchpoints", label: "Touchpoints", count: 3 },
            { id: "results", label: "Results" },
          ]}
        />
        <NumberRow>
          <NumberTile
            label="Visits"
            value="18.3 %"
            base="of 21,307"
            comparison={{ words: "+12 % on last month", tone: "good" }}
            trend={days.map((d) => d.opened)}
            to="/x"
          />
          <NumberTile label="Revenue" value="€31,200" target="target €40,000" trend={days.map((d) => d.sent)} />
          <NumberTile label="Return on investment" value={undefined} why="No cost is recorded yet" />
          <NumberTile
            label="Unsubscribed"
            value="41"
            unit="people"
            comparison={{ words: "+9 on last send", tone: "bad" }}
          />
        </NumberRow>
        <Section title="List">
          <Lists />
        </Section>
        <ThingLayout
          factsTitle="Facts"
          facts={
            <Section title="Facts">
              <Facts
                items={[
                  ["Owner", <Someone key="o" name="Anna Lindqvist" />],
                  ["Goal", "1,500 orders by 6 Dec"],
                  ["Rate", <Rate key="r" share={0.1828} of={21307} />],
                  ["People", <Num key="n" value={64000} />],
                  ["Cost", <Unknown key="u" why="Not entered yet" />],
                ]}
              />
            </Section>
          }
        >
          <Section title="Launch check" card>
            <CheckList
              sum="2,418 of 3,102 people will get it; 684 won't: 512 no consent, 160 over their limit, 12 bounced before."
              checks={[
                { id: "1", question: "Do all links work?", answer: "5 of 5 answer.", state: "good" },
                {
                  id: "2",
                  question: "Is every field filled in?",
                  answer: "310 people have no first name; they read “Hello there”.",
                  state: "look",
                  fix: (
                    <Button size="xs" variant="default">
                      See them
                    </Button>
                  ),
                },
                {
                  id: "3",
                  question: "Is there an unsubscribe link?",
                  answer: "None in the text part.",
                  state: "blocking",
                  fix: (
                    <Button size="xs" variant="default">
                      Add it
                    </Button>
                  ),
                },
              ]}
            />
          </Section>
          <Section title="Where 3,102 people are">
            <Reasons
              total={3102}
              totalLabel="Audience"
              parts={[
                { id: "a", label: "Delivered", count: 2101, tone: "good", to: "/x" },
                { id: "b", label: "On the way", count: 317, tone: "busy" },
                { id: "c", label: "No consent", count: 512, tone: "quiet" },
                { id: "d", label: "Over their limit", count: 160, tone: "quiet" },
                { id: "e", label: "Bounced before", count: 12, tone: "bad" },
              ]}
            />
          </Section>
        </ThingLayout>
        <Section title="Charts">
          <Figure
            title="Sent and opened"
            point="Opens follow sends; the forecast is met."
            table={{ head: ["Day", "Sent", "Opened"], rows: days.map((d) => [d.x, d.sent, d.opened]) }}
          >
            <LineChart
              points={days}
              sayX={(x) => x.slice(8)}
              sayY={(y) => y.toLocaleString("en")}
              target={{ value: 1500, label: "target 1,500" }}
              now={{ x: "2026-11-21", label: "now" }}
              series={[
                { key: "sent", label: "Sent" },
                { key: "opened", label: "Opened" },
                { key: "band", label: "Forecast", band: true, forecast: true },
              ]}
            />
          </Figure>
          <Figure
            title="Visit rate by touchpoint"
            point="Men's wear brings most visits."
            table={{
              head: ["Touchpoint", "Rate"],
              rows: [
                ["Men's", "18.28 %"],
                ["Women's", "15.14 %"],
                ["None", "10.62 %"],
              ],
            }}
          >
            <BarChart
              points={[
                { x: "Men's", rate: 18.28 },
                { x: "Women's", rate: 15.14 },
                { x: "None", rate: 10.62 },
              ]}
              series={[{ key: "rate", label: "Visit rate" }]}
              sayX={(x) => x}
              sayY={(y) => `${y} %`}
              target={14}
            />
          </Figure>
        </Section>
        <Section title="States">
          <p style={{ display: "flex", flexWrap: "wrap", gap: 8 }}>
            {tones.map((tone) => (
              <StateBadge key={tone} tone={tone}>
                {tone}
              </StateBadge>
            ))}
            <Tag>newsletter</Tag>
            <Tag onRemove={() => {}} removeLabel="Remove tag">
              vip
            </Tag>
          </p>
          <ErrorState
            error={new ApiError({ status: 503, code: "engine_slow", detail: "This question took too long." })}
            onRetry={() => {}}
            inline
          />
          <SkeletonLines />
        </Section>
        <Section title="Forms">
          <div style={{ maxWidth: 480, display: "flex", flexDirection: "column", gap: 16 }}>
            <TextInput label="Subject" description="Shown in the inbox" placeholder="Autumn is here" />
            <TextInput label="Address" error="This is not an email address." defaultValue="anna@" />
            <PasswordField label="Password" />
            <Select label="Topic" data={["Offers", "News"]} defaultValue="Offers" />
            <Textarea label="Note" rows={2} />
            <DayField label="Deadline" value={day} onChange={setDay} />
            <InstantField label="Launch at" value={at} onChange={setAt} />
            <Checkbox label="Tracked" description="Adds UTM parameters" defaultChecked />
            <Switch label="Quiet hours" defaultChecked />
            <SegmentedControl data={["Desktop", "Phone"]} />
            <CopyField label="Key" value="gfk_3pR0xk4YQyZs4o1b" />
            <UploadDrop file={file} onFile={setFile} accept=".csv" max={2e9} hint="CSV or Excel, up to 2 GB" />
            <FormFoot>
              <Button variant="default" onClick={() => setConfirm(true)} leftSection={<IconTrash size={16} />}>
                Delete
              </Button>
              <Button
                variant="subtle"
                onClick={() => say("Moved to the archive.", { action: { label: "Undo", act: () => {} } })}
              >
                Archive
              </Button>
              <Button
                leftSection={<IconUpload size={16} />}
                onClick={() =>
                  follow({
                    id: "import",
                    title: "Import of people.csv",
                    look: async () => ({
                      state: "running",
                      done: 41_200,
                      total: 64_000,
                      words: "41,200 of 64,000 rows",
                    }),
                  })
                }
              >
                Import 64,000 people
              </Button>
              <Button disabled leftSection={<IconDownload size={16} />}>
                Export
              </Button>
            </FormFoot>
          </div>
          <Steps
            current="map"
            steps={[
              { id: "file", label: "File", done: "people.csv" },
              { id: "map", label: "Columns" },
              { id: "consent", label: "Consent" },
              { id: "go", label: "Import" },
            ]}
          />
        </Section>
        <Section title="Empty states">
          <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(240px, 1fr))" }}>
            {(Object.keys(pictures) as Picture[]).map((picture) => (
              <EmptyState key={picture} picture={picture} action={<Button size="xs">Do it</Button>}>
                {picture}: one line on what this is for.
              </EmptyState>
            ))}
          </div>
        </Section>
        <ConfirmDanger
          opened={confirm}
          onClose={() => setConfirm(false)}
          title="Delete the audience “Women, recent”?"
          loses={["The rule and its history of 14 snapshots."]}
          keeps={["The people themselves, and 2 campaigns that used it."]}
          action="Delete the audience"
          onConfirm={async () => {}}
        />
      </Page>
      <Tray />
      <Toasts />
    </main>
  );
}
