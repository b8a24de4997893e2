-- Visits that came by a touchpoint: by its link tags, or by the click id of an advertising platform. Asked of the
-- analytics copy (DuckDB) after make_rivals; makes a table of the session. $media, $click_ids and their channels: what
-- other tools call a channel. Tags are the same whatever their capitals, accents and signs between words are. A campaign's
-- tag has to be the same and the medium may not speak of another channel; of
-- several touchpoints the one with most of the same tags is meant, of campaigns called the same the newest. A click id
-- alone speaks for the one touchpoint of its channel that was under way. touchpoint_id null: more than one may be meant.
create temp table visit as
with medium as (
    select unnest($media::varchar[]) as name, unnest($media_channels::varchar[]) as channel
),
platform as (
    select unnest($click_ids::varchar[]) as name, unnest($click_channels::varchar[]) as channel
),
way as (
    select
        arrival, arrival ->> '$.source' as source, arrival ->> '$.medium' as medium, arrival ->> '$.content' as content,
        arrival ->> '$.campaign' as campaign, arrival ->> '$.click' as click
    from (select distinct arrival from events where workspace_id = $workspace and arrival is not null)
),
tag as (  -- “Été à la mer”, “ete_a_la_mer” and “ete-a-la-mer” are one tag
    select written, trim(regexp_replace(
        replace(strip_accents(lower(written)), 'ß', 'ss'), '[^\p{L}\p{M}\p{N}]+', '-', 'g'
    ), '-')[:$longest_tag] as tag
    from (
        select unnest([source, medium, campaign, content]) as written from way
        union
        select unnest([source, medium, campaign, content]) from rival
        union
        select name from medium
    )
    where written is not null
),
arrived as (
    select e.id, e.person_id, e.at, t.tag as campaign, s.tag as source, m.tag as medium, c.tag as content, w.click
    from events e
    join way w on w.arrival = e.arrival
    left join tag t on t.written = w.campaign
    left join tag s on s.written = w.source
    left join tag m on m.written = w.medium
    left join tag c on c.written = w.content
    where e.workspace_id = $workspace and e.arrival is not null
),
place as (
    select distinct
        r.touchpoint_id, r.campaign_id, r.channel, r.began, r.opens, r.closes,
        t.tag as campaign, s.tag as source, m.tag as medium, c.tag as content
    from rival r
    left join tag t on t.written = r.campaign
    left join tag s on s.written = r.source
    left join tag m on m.written = r.medium
    left join tag c on c.written = r.content
),
meant as (
    select distinct t.tag as name, m.channel from medium m join tag t on t.written = m.name
),
fitting as (
    select
        a.id, a.person_id, a.at, p.touchpoint_id, p.campaign_id, false as alone,
        4 * coalesce(a.content = p.content, false)::integer
        + 2 * coalesce(a.medium in (p.medium, p.channel) or m.channel = p.channel, false)::integer
        + coalesce(a.source = p.source, false)::integer as fit
    from arrived a
    join place p on p.campaign = a.campaign and a.at >= p.began
    left join meant m on m.name = a.medium
    where a.medium is null or a.medium in (p.medium, p.channel) or m.channel = p.channel
        or coalesce(a.content = p.content, false)
    union all
    select a.id, a.person_id, a.at, p.touchpoint_id, p.campaign_id, true, 0
    from arrived a
    join platform f on f.name = a.click
    join place p on p.channel = f.channel and a.at >= p.opens and a.at < p.closes
    where a.campaign is null
)
select
    id as event_id, person_id, "at", campaign_id,
    case when count(*) over (partition by id, fit, case when alone then null else campaign_id end) = 1
        then touchpoint_id end as touchpoint_id
from fitting
qualify row_number() over (partition by id order by fit desc, campaign_id desc, touchpoint_id) = 1
