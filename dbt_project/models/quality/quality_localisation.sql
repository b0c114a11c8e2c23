-- Of each held report the smallest changes that would make it add up, the likeliest first: slips of digits and the report's own
-- prose (staged), what other reports state (here). Changes of one rank are tied. Grain: a change and a cell.
with evidence as (

    select
        evidence.report_id,
        evidence.set_id,
        sum(source.weight) as weight,
        string_agg(distinct source.label_zh, '、') as label_zh,
        string_agg(distinct source.label_en, ', ') as label_en
    from {{ ref('int_localisation_evidence') }} as evidence
    inner join {{ ref('evidence_source') }} as source on evidence.source = source.source
    group by evidence.report_id, evidence.set_id

),

change as (

    select distinct
        report.report_id,
        report.organ_name,
        report.year,
        report.coverage,
        staged.group_id,
        staged.set_id,
        staged.kind,
        staged.score + coalesce(evidence.weight, 0)::integer as score,
        staged.sentence_zh || coalesce('；' || evidence.label_zh || '与之相符', '') as sentence_zh,
        staged.sentence_en || coalesce('; ' || evidence.label_en || ' agrees', '') as sentence_en
    from {{ ref('int_report') }} as report
    inner join {{ ref('stg_localisation') }} as staged
        on
            report.load_name = staged.load_name
            and report.report_id = staged.report_id
    left join evidence
        on
            staged.report_id = evidence.report_id
            and staged.set_id = evidence.set_id

),

ranked as (

    select
        *,
        (rank() over (
            partition by report_id, group_id
            order by (kind in ('timeout', 'capped')) asc, (kind = 'shift') desc, score desc
        ))::integer as rank,
        (count(*) over (partition by report_id, group_id, kind, score) - 1)::integer as tied_with
    from change

)

select
    ranked.report_id,
    staged.part,
    staged.form,
    ranked.organ_name,
    ranked.year,
    ranked.coverage,
    ranked.group_id,
    ranked.set_id,
    ranked.kind,
    ranked.rank,
    staged.is_only,
    ranked.tied_with,
    staged.is_capped,
    ranked.score,
    staged.cell_id,
    staged.slot_id,
    staged.printed_value,
    staged.implied_value,
    staged.edit,
    staged.source,
    ranked.sentence_zh
    || case
        when staged.is_only then '。这是唯一的最小改动'
        when ranked.tied_with > 0 then '。另有' || ranked.tied_with || '种改动同样可能'
        else ''
    end as sentence_zh,
    ranked.sentence_en
    || case
        when staged.is_only then '. No other change is as small'
        when ranked.tied_with > 0 then '. As likely: ' || ranked.tied_with || ' other change(s)'
        else ''
    end as sentence_en
from ranked
inner join {{ ref('int_report') }} as report on ranked.report_id = report.report_id
inner join {{ ref('stg_localisation') }} as staged
    on
        report.load_name = staged.load_name
        and ranked.report_id = staged.report_id
        and ranked.set_id = staged.set_id
