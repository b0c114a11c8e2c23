-- What the prose says against the tables and against itself, compared once. Nothing here holds a report.
-- Grain of soft_result: report x identity x instance; the same instance stated again carries an ordinal (#2).
-- Reads: report, cell, claim (staged tables); implied_value (made by evaluate.sql); prose_identity, restatement,
-- rollup, combined, qualifier, unit_kind, inexact_sum, prose_label (declared tables, see soft.py). A blank is compared
-- with its implied value or not at all.

create or replace temp macro plain(number) as -- 3.000000 -> 3, 26.500000 -> 26.5
regexp_replace(regexp_replace(number::varchar, '(\.[0-9]*?)0+$', '\1'), '\.$', '');

create or replace temp macro quantity_key(indicator_id, applicant_type, outcome, route) as
indicator_id
|| coalesce('/' || nullif(applicant_type, 'total'), '')
|| coalesce('/' || nullif(outcome, 'total'), '')
|| coalesce('/' || nullif(route, 'all'), '');

create or replace temp macro last_digit(number) as -- what one more in the last digit that is not 0 is worth
case
    when number = 0 then 0
    when number % 1 = 0 then power(10, length(regexp_extract(plain(number), '0*$')))
    else power(10, -length(regexp_extract(plain(number), '[0-9]*$')))
end;

create or replace temp macro in_unit_of(number, factor, wanted) as -- an amount in the unit of another one
case
    when factor = wanted or factor is null or wanted is null then number::decimal(38, 6)
    else (number * factor / wanted)::decimal(38, 6)
end;

create or replace temp macro units_differ(number, factor, wanted) as -- unknown whether two amounts can be compared
number <> 0 and (factor is null) <> (wanted is null);

create or replace temp table statement as
-- One row a claim: what it is called, the kind of its unit, how far another number may be from it.
with named as (
    select
        claim.*,
        coalesce(quantity_key(indicator_id, applicant_type, outcome, route), subject, 'figure') as instance_key,
        last_digit(claim.value) as digit,
        kinds.unit_kind,
        case when claim.kind = 'amount' then kinds.factor else 1 end as factor
    from claim
    left join unit_kind as kinds on regexp_replace(claim.unit, '^余| *[(（].*$', '', 'g') = kinds.unit
)

select
    named.*,
    coalesce(prose_label.label_zh, named.subject, '一项数字') as label_zh,
    coalesce(prose_label.label_en, named.subject, 'a figure') as label_en,
    qualifier.operator,
    greatest(
        qualifier.absolute,
        qualifier.last_digit_units * least(named.digit, qualifier.last_digit_limit),
        qualifier.relative * named.value
    ) as tolerance
from named
inner join qualifier on named.kind = qualifier.kind and named.qualifier = qualifier.qualifier
left join prose_label on named.instance_key = prose_label.key and named.indicator_id is not null;

create or replace temp table printed as
-- One row a report and slot that prose restates. Cells that disagree about a slot leave it unknown.
select
    cell.report_id,
    cell.slot_id,
    case when count(known) = count(*) and min(known) = max(known) then min(known) end as value,
    bool_or(cell.value is null and known is not null) as is_implied,
    min(case when kinds.unit_kind = 'amount' then kinds.factor end) as amount_factor,
    string_agg(cell.cell_id, ' ' order by cell.cell_id) as cell_ids,
    string_agg(
        concat_ws('/', nullif(cell.row_path, ''), cell.column_path) || '「' || cell.raw_text || '」',
        '；' order by cell.cell_id
    ) as quote
from (
    select cell.*, coalesce(cell.value, implied_value.implied_value) as known
    from cell
    left join implied_value on cell.cell_id = implied_value.cell_id
    where cell.part is null and cell.slot_id in (select slot_id from restatement)
) as cell
left join unit_kind as kinds on cell.unit = kinds.unit
group by cell.report_id, cell.slot_id;

create or replace temp table line as
-- One row a report and quantity that its tables print, in one cell or as a sum of several. A sum with unknown cells is
-- known from below.
with sheet as (
    select distinct printed.report_id, restatement.form
    from printed
    inner join restatement on printed.slot_id = restatement.slot_id
)

select
    sheet.report_id,
    restatement.instance_key,
    restatement.identity_id,
    sum(printed.value) as value,
    count(*) > count(printed.value) as is_open,
    coalesce(bool_or(printed.is_implied), false) as is_implied,
    min(printed.amount_factor) as amount_factor,
    string_agg(printed.cell_ids, ' ' order by restatement.position) as ids,
    case
        when count(printed.slot_id) <= 4 then string_agg(printed.quote, '；' order by restatement.position)
        else coalesce(
            string_agg(printed.quote, '；' order by restatement.position)
            filter (where printed.value is distinct from 0),
            min_by(printed.quote, restatement.position)
        ) || '……'
    end as quote
from sheet
inner join report on sheet.report_id = report.report_id
inner join restatement on sheet.form = restatement.form
left join printed on sheet.report_id = printed.report_id and restatement.slot_id = printed.slot_id
group by sheet.report_id, sheet.form, report.form, restatement.instance_key, restatement.identity_id
having count(printed.slot_id) > 0
-- A report may print tables of two forms; its own form comes first.
qualify row_number() over (
    partition by sheet.report_id, restatement.instance_key order by (sheet.form = report.form) desc, sheet.form
) = 1;

create or replace temp table stated as
-- The claims that a table or another passage may repeat: figures of an indicator, of the whole report, no shares.
select
    *,
    row_number() over (partition by report_id, instance_key order by char_start, claim_id) = 1 as is_first
from statement
where indicator_id is not null and scope is null and kind not in ('share', 'growth');

create or replace temp table finer as
-- Figures finer than the lines of the form, with the line they belong to: 3 cases ordered to perform -> corrected.
select stated.*, rollup.instance_key as line_key, rollup.certain
from stated
inner join rollup on stated.instance_key = rollup.member_key
inner join line on stated.report_id = line.report_id and rollup.instance_key = line.instance_key
anti join line as own on stated.report_id = own.report_id and stated.instance_key = own.instance_key
where stated.is_first;

create or replace temp table finer_sum as
-- One row a report and line. Whole: the text leaves nothing of it out, because its outcomes add to its total or because
-- each of the figures that the line combines is stated.
with whole as (
    select report_id, indicator_id, coalesce(route, 'all') as route
    from stated
    where is_first and outcome is not null
    group by report_id, indicator_id, coalesce(route, 'all')
    having sum(value) filter (where outcome = 'total') = sum(value) filter (where outcome <> 'total')
),

member as (
    select instance_key, count(*) as members from rollup where outcome is null group by instance_key
)

select
    finer.report_id,
    finer.line_key,
    sum(finer.value) as value,
    sum(finer.tolerance) as tolerance,
    bool_or(finer.operator = '<=')
    or case
        when bool_or(finer.outcome is null) then count(*) < min(member.members) else min(whole.route) is null
    end as is_open,
    bool_and(finer.certain) as is_certain,
    min(finer.char_start) as char_start,
    string_agg(finer.quote, '」「' order by finer.char_start) as quote,
    string_agg(finer.claim_id, ' ' order by finer.char_start) as ids
from finer
left join whole
    on
        finer.report_id = whole.report_id and finer.indicator_id = whole.indicator_id
        and coalesce(finer.route, 'all') = whole.route
left join member on finer.line_key = member.instance_key
group by finer.report_id, finer.line_key;

create or replace temp table against_table as
-- N-01 to N-04, N-06, N-07, N-10, and of N-11 the figures that stand for several lines of the table.
with restated as (
    select
        stated.*,
        line.identity_id,
        line.is_open,
        line.is_implied as from_blank,
        line.ids,
        line.quote as line_quote,
        line.value as line_value,
        in_unit_of(line.value, line.amount_factor, stated.factor) as line_same_unit,
        stated.kind = 'amount' and units_differ(line.value, line.amount_factor, stated.factor) as unit_unknown,
        -- 受理 read as received, where the text gives the received ones too: two things, which may differ.
        stated.quantity_id <> stated.instance_key and exists (
            from stated as exact
            where exact.report_id = stated.report_id and exact.instance_key = stated.instance_key
                and exact.quantity_id = exact.instance_key
        ) as is_beside,
        finer_sum.value as finer_value,
        carried.value as carried_value,
        line.instance_key = 'requests_received' and (
            stated.quote like '%结转%' or exists (
                from stated as carry
                where carry.report_id = stated.report_id and carry.indicator_id = 'requests_carried_in'
                    and carry.part_of = stated.claim_id
            )
        ) as may_include_carried
    from stated
    inner join line on stated.report_id = line.report_id and stated.instance_key = line.instance_key
    left join finer_sum on line.report_id = finer_sum.report_id and line.instance_key = finer_sum.line_key
    left join line as carried
        on stated.report_id = carried.report_id and carried.instance_key = 'requests_carried_in'
),

combination as (
    select
        statement.claim_id,
        combined.name,
        combined.identity_id,
        sum(line.value) as value,
        count(*) > count(line.value) or coalesce(bool_or(line.is_open), false) as is_open,
        coalesce(bool_or(line.is_implied), false) as from_blank,
        string_agg(line.ids, ' ' order by combined.position) as ids,
        string_agg(line.quote, '；' order by combined.position) as quote
    from statement
    inner join combined on regexp_matches(concat_ws(' ', statement.subject, statement.quote), combined.pattern)
    left join line on statement.report_id = line.report_id and combined.instance_key = line.instance_key
    where statement.indicator_id is null and statement.scope is null and statement.kind = 'count'
    group by statement.claim_id, combined.name, combined.identity_id
    having count(line.instance_key) > 0
)

select
    report_id,
    identity_id,
    instance_key,
    label_zh,
    label_en,
    char_start as place,
    case
        when operator = '=' and abs(value - line_same_unit) > tolerance
            and abs(value + finer_value - line_same_unit) <= tolerance then value + finer_value
        else value
    end as left_value,
    operator,
    case
        when operator = '=' and abs(value - line_same_unit) > tolerance and may_include_carried
            and value = line_same_unit + carried_value then line_same_unit + carried_value
        else line_same_unit
    end as right_value,
    tolerance,
    false as left_open,
    is_open as right_open,
    unit_unknown or is_beside as doubtful,
    quote as left_quote,
    line_quote as right_quote,
    claim_id as left_ids,
    ids as right_ids,
    '正文「' || quote || '」；表：' || line_quote as said_zh,
    'Text "' || quote || '"; table: ' || line_quote as said_en,
    case
        when from_blank then '表中该格空白，按表内勾稽关系推定为 0'
        when right_value <> line_same_unit then '正文之数含上年结转'
        when left_value <> value then '正文另述之数同归表中该项'
    end as remark_zh,
    case
        when from_blank then 'The cell is blank; the sums of the table leave 0 for it'
        when right_value <> line_same_unit then 'The text counts the requests carried in'
        when left_value <> value then 'Finer figures of the text belong to the same line'
    end as remark_en,
    case
        when line_value is null or is_open then '表中该格空白、缺失或未读出'
        when unit_unknown then '金额单位不明'
        when is_beside then '正文另述表中所列之数，两者口径可以不同'
    end as unknown_zh,
    case
        when line_value is null or is_open then 'cells are blank, missing or unreadable'
        when unit_unknown then 'the unit of an amount is not printed'
        when is_beside then 'the text gives the figure of the table as well; this one may count another thing'
    end as unknown_en
from restated
union all
select
    finer_sum.report_id,
    line.identity_id,
    line.instance_key,
    coalesce(prose_label.label_zh, line.instance_key),
    coalesce(prose_label.label_en, line.instance_key),
    finer_sum.char_start,
    finer_sum.value,
    '=',
    line.value,
    finer_sum.tolerance,
    finer_sum.is_open,
    line.is_open,
    not finer_sum.is_certain,
    finer_sum.quote,
    line.quote,
    finer_sum.ids,
    line.ids,
    '正文「' || finer_sum.quote || '」；表：' || line.quote,
    'Text "' || finer_sum.quote || '"; table: ' || line.quote,
    case when line.is_implied then '表中该格空白，按表内勾稽关系推定为 0' end,
    case when line.is_implied then 'The cell is blank; the sums of the table leave 0 for it' end,
    '正文所述与表中项目不一一对应，或表中该格无数',
    'the text may leave out figures that belong to this line, or the table counts them in another'
from finer_sum
inner join line on finer_sum.report_id = line.report_id and finer_sum.line_key = line.instance_key
left join prose_label on line.instance_key = prose_label.key
anti join stated on finer_sum.report_id = stated.report_id and finer_sum.line_key = stated.instance_key
union all
select
    statement.report_id,
    combination.identity_id,
    combination.name,
    coalesce(prose_label.label_zh, combination.name),
    coalesce(prose_label.label_en, combination.name),
    statement.char_start,
    statement.value,
    statement.operator,
    combination.value,
    statement.tolerance,
    false,
    combination.is_open,
    false,
    statement.quote,
    combination.quote,
    statement.claim_id,
    combination.ids,
    '正文「' || statement.quote || '」；表：' || combination.quote,
    'Text "' || statement.quote || '"; table: ' || combination.quote,
    case when combination.from_blank then '表中有格空白，按表内勾稽关系推定为 0' end,
    case when combination.from_blank then 'A cell is blank; the sums of the table leave 0 for it' end,
    '表中有格空白、缺失或未读出',
    'cells are blank, missing or unreadable'
from combination
inner join statement on combination.claim_id = statement.claim_id
left join prose_label on combination.name = prose_label.key
union all
select -- N-06: the text says that there was none
    stated.report_id,
    'N-06',
    stated.instance_key,
    stated.label_zh,
    stated.label_en,
    stated.char_start,
    line.value,
    '=',
    stated.value,
    0,
    line.is_open,
    false,
    false,
    line.quote,
    stated.quote,
    line.ids,
    stated.claim_id,
    '表：' || line.quote || '；正文「' || stated.quote || '」',
    'Table: ' || line.quote || '; text "' || stated.quote || '"',
    case when line.is_implied then '表中该格空白，按表内勾稽关系推定为 0' end,
    case when line.is_implied then 'The cell is blank; the sums of the table leave 0 for it' end,
    '表中该格空白、缺失或未读出',
    'cells are blank, missing or unreadable'
from stated
inner join line on stated.report_id = line.report_id and stated.instance_key = line.instance_key
where stated.instance_key = 'requests_received' and stated.value = 0 and stated.qualifier = 'exact'
union all
select -- N-10: requests lapsed over unpaid fees, so the fee has to be stated
    line.report_id,
    'N-10',
    'information_processing_fee_collected',
    prose_label.label_zh,
    prose_label.label_en,
    0,
    1,
    '<=',
    count(fee.claim_id),
    0,
    false,
    false,
    false,
    line.quote,
    string_agg(fee.quote, '；' order by fee.char_start),
    line.ids,
    string_agg(fee.claim_id, ' ' order by fee.char_start),
    '表：' || line.quote || coalesce('；正文「' || string_agg(fee.quote, '」「' order by fee.char_start) || '」', ''),
    'Table: ' || line.quote || coalesce('; text "' || string_agg(fee.quote, '", "' order by fee.char_start) || '"', ''),
    null,
    null,
    null,
    null
from line
inner join prose_label on prose_label.key = 'information_processing_fee_collected'
left join statement as fee
    on line.report_id = fee.report_id and fee.indicator_id = 'information_processing_fee_collected'
where line.instance_key = 'lapsed_fee_unpaid' and line.value > 0
group by line.report_id, line.quote, line.ids, prose_label.label_zh, prose_label.label_en;

create or replace temp table part as
-- A figure printed as a part of a total, counted in the same kind of unit as the total.
select
    whole.claim_id as whole_id,
    part.*,
    part.char_start - lag(part.char_end) over list as gap
from statement as part
inner join statement as whole on part.part_of = whole.claim_id and part.report_id = whole.report_id
where part.kind not in ('share', 'growth') and whole.kind not in ('share', 'growth')
    and coalesce(part.unit_kind = whole.unit_kind, true)
window list as (partition by whole.claim_id, part.partition order by part.char_start);

create or replace temp table breakdown as
-- One row a total and the partition it is broken down by, with the sum of the parts.
with summed as (
    select
        part.whole_id,
        part.partition,
        sum(part.value) as value,
        sum(part.tolerance) as tolerance,
        bool_or(part.operator = '<=') as has_bound,
        -- A list that names its rest is whole, unless there is room between its parts for one that was not read.
        bool_or(part.is_rest) and coalesce(max(part.gap) <= 40, true) as has_rest,
        -- The shares printed beside the parts add to the whole, as far as they are rounded.
        coalesce(count(share.claim_id) = count(*) and abs(sum(share.value) - 100) <= 1, false) as shares_close,
        max(part.char_end) as char_end,
        list(part.claim_id) as claim_ids,
        list({value: part.value, quote: part.quote} order by part.char_start) as parts,
        string_agg(part.quote, '」「' order by part.char_start) as quote,
        string_agg(part.claim_id, ' ' order by part.char_start) as ids
    from part
    left join statement as share on part.claim_id = share.share_part and part.whole_id = share.share_whole
    group by part.whole_id, part.partition
)

select
    whole.report_id,
    whole.claim_id,
    whole.instance_key || coalesce('/' || summed.partition, '') as instance_key,
    concat_ws('·', whole.label_zh, by_what.label_zh) as label_zh,
    concat_ws(', ', whole.label_en, by_what.label_en) as label_en,
    whole.char_start,
    whole.value as whole_value,
    whole.quote as whole_quote,
    whole.unit_kind,
    whole.tolerance as whole_tolerance,
    whole.operator = '<=' as whole_is_bound,
    whole.tolerance + summed.tolerance as tolerance,
    whole.operator = '<=' or summed.has_bound as has_bound,
    summed.* exclude (whole_id, partition, value, tolerance, has_bound),
    summed.value as parts_value,
    summed.has_rest or summed.shares_close as is_whole,
    coalesce(inexact_sum.may_exceed, false) as may_exceed,
    coalesce(inexact_sum.may_fall_short, false) as may_fall_short,
    inexact_sum.part_identity_id,
    inexact_sum.reason_zh,
    inexact_sum.reason_en
from summed
inner join statement as whole on summed.whole_id = whole.claim_id
left join inexact_sum on whole.indicator_id = inexact_sum.indicator_id and summed.partition = inexact_sum.partition
left join prose_label as by_what on summed.partition = by_what.key;

create or replace temp table missing as
-- The figure of the same list that makes up the difference, where there is one: printed between the total and what
-- follows its last part (50 characters: the part's share and the next figure).
select
    breakdown.claim_id,
    breakdown.instance_key,
    other.claim_id as other_id,
    other.instance_key as other_key,
    other.value,
    other.quote
from breakdown
inner join statement as other
    on
        breakdown.report_id = other.report_id
        and other.kind not in ('share', 'growth')
        and other.claim_id <> breakdown.claim_id
        and not list_contains(breakdown.claim_ids, other.claim_id)
        and other.value = breakdown.whole_value - breakdown.parts_value
        and (
            other.part_of = breakdown.claim_id
            or other.char_start between breakdown.char_start and breakdown.char_end + 50
        )
where other.value > 0
qualify row_number() over (
    partition by breakdown.claim_id, breakdown.instance_key order by other.char_start, other.claim_id
) = 1;

create or replace temp table within_prose as
-- N-05, N-08, N-09, N-11, and the identity that bounds each part of a total whose parts may overlap.
with again as (
    -- Members of one list and a total with its own part are not the same thing said again.
    select stated.*
    from stated
    left join stated as whole on stated.part_of = whole.claim_id
    where stated.quantity_id is not null and stated.quantity_id is distinct from whole.quantity_id
    qualify stated.part_of is null
        or count(*) over (partition by stated.report_id, stated.quantity_id, stated.part_of) = 1
),

repeated as (
    select
        report_id,
        quantity_id,
        count(*) as times,
        -- Two statements in their order; of more the smallest and the largest.
        case when count(*) = 2 then min_by(claim_id, char_start) else min_by(claim_id, value) end as first_id,
        case when count(*) = 2 then max_by(claim_id, char_start) else max_by(claim_id, value) end as second_id
    from again
    group by report_id, quantity_id
    having count(*) > 1
),

year as (
    select
        report_id,
        title,
        unnest([
            {name_zh: '报告', name_en: 'report', stated: report.year},
            {name_zh: '标题', name_en: 'title', stated: report.title_year},
            {name_zh: '统计期间', name_en: 'reporting period', stated: report.period_year},
            {name_zh: '正文', name_en: 'text', stated: report.body_year}
        ]) as source,
        generate_subscripts([1, 2, 3, 4], 1) as position
    from report
),

years as (
    select
        report_id,
        any_value(title) as title,
        min_by(source.stated, position) as first_year,
        coalesce(
            max_by(source.stated, position) filter (where source.stated <> report_year.first_year), first_year
        ) as other_year,
        string_agg(source.name_zh || ' ' || source.stated || ' 年', '、' order by position) as said_zh,
        string_agg(source.name_en || ' ' || source.stated, ', ' order by position) as said_en
    from year
    inner join (
        select report_id, min_by(source.stated, position) as first_year
        from year where source.stated is not null group by report_id
    ) as report_year using (report_id)
    where source.stated is not null
    group by report_id, report_year.first_year
    -- One statement that the year of the report was read from says nothing.
    having count(*) filter (where position > 1) > 1 or count(distinct source.stated) > 1
)

select -- N-11
    breakdown.report_id,
    'N-11' as identity_id,
    breakdown.instance_key,
    breakdown.label_zh,
    breakdown.label_en,
    breakdown.char_start as place,
    breakdown.whole_value as left_value,
    '=' as operator,
    breakdown.parts_value as right_value,
    breakdown.tolerance,
    breakdown.may_exceed or breakdown.has_bound as left_open,
    breakdown.may_fall_short or breakdown.has_bound or not breakdown.is_whole as right_open,
    false as doubtful,
    breakdown.whole_quote as left_quote,
    replace(breakdown.quote, '」「', '；') as right_quote,
    breakdown.claim_id as left_ids,
    breakdown.ids as right_ids,
    '合计「' || breakdown.whole_quote || '」；各部分「' || breakdown.quote || '」' as said_zh,
    'Total "' || breakdown.whole_quote || '"; parts "' || replace(breakdown.quote, '」「', '", "') || '"' as said_en,
    coalesce(
        '少 ' || plain(missing.value) || '，恰为同一处所述「' || missing.quote || '」',
        '多 ' || plain(surplus.value) || '，恰为其中「' || surplus.quote || '」'
    ) as remark_zh,
    coalesce(
        'Short by exactly ' || plain(missing.value) || ', which the same list gives as "' || missing.quote || '"',
        'Over by exactly ' || plain(surplus.value) || ', which is the part "' || surplus.quote || '"'
    ) as remark_en,
    coalesce(breakdown.reason_zh, '所列各部分未必是全部，或带有“超过”“以上”等字样') as unknown_zh,
    coalesce(breakdown.reason_en, 'the parts may not be all there are, or are stated as bounds') as unknown_en
from breakdown
left join missing on breakdown.claim_id = missing.claim_id and breakdown.instance_key = missing.instance_key
left join lateral (
    select value, quote from unnest(breakdown.parts) as listed (one), lateral (select one.value, one.quote)
    where value > 0 and value = breakdown.parts_value - breakdown.whole_value limit 1
) as surplus on true
union all
select -- N-11 with a figure in another unit added: totals that mix units add it
    breakdown.report_id,
    'N-11',
    breakdown.instance_key || '+' || missing.other_key,
    breakdown.label_zh,
    breakdown.label_en,
    breakdown.char_start,
    breakdown.whole_value,
    '=',
    breakdown.parts_value + missing.value,
    breakdown.tolerance,
    false,
    false,
    false,
    breakdown.whole_quote,
    replace(breakdown.quote, '」「', '；') || '；' || missing.quote,
    breakdown.claim_id,
    breakdown.ids || ' ' || missing.other_id,
    '合计「' || breakdown.whole_quote || '」；各部分「' || breakdown.quote || '」「' || missing.quote || '」',
    'Total "' || breakdown.whole_quote || '"; parts "' || replace(breakdown.quote, '」「', '", "') || '", "'
    || missing.quote || '"',
    '把单位不同的「' || missing.quote || '」一并计入才相等',
    'It closes only with "' || missing.quote || '" added, which counts in another unit',
    null,
    null
from breakdown
inner join missing on breakdown.claim_id = missing.claim_id and breakdown.instance_key = missing.instance_key
inner join statement as other on missing.other_id = other.claim_id
where breakdown.is_whole and not breakdown.may_fall_short and not breakdown.has_bound
    and other.unit_kind <> breakdown.unit_kind
union all
select -- each part within its total, where parts may overlap
    breakdown.report_id,
    breakdown.part_identity_id,
    part.instance_key,
    part.label_zh,
    part.label_en,
    part.char_start,
    part.value,
    '<=',
    breakdown.whole_value,
    part.tolerance + breakdown.whole_tolerance,
    part.operator = '<=',
    breakdown.whole_is_bound,
    false,
    part.quote,
    breakdown.whole_quote,
    part.claim_id,
    breakdown.claim_id,
    '正文「' || part.quote || '」；合计「' || breakdown.whole_quote || '」',
    'Text "' || part.quote || '"; total "' || breakdown.whole_quote || '"',
    null,
    null,
    '带有“超过”“以上”等字样',
    'stated as bounds'
from breakdown
inner join part on breakdown.claim_id = part.whole_id and list_contains(breakdown.claim_ids, part.claim_id)
where breakdown.part_identity_id is not null
union all
select -- N-05
    share.report_id,
    'N-05',
    portion.instance_key,
    portion.label_zh,
    portion.label_en,
    share.char_start,
    share.value,
    share.operator,
    -- The quotient to the decimals that were printed; what decides is the tolerance.
    round(
        100 * portion.value / nullif(whole.value, 0),
        length(regexp_extract(plain(share.value), '\.([0-9]+)$', 1))::integer
    )::decimal(38, 6),
    share.tolerance,
    false,
    false,
    portion.qualifier <> 'exact' or whole.qualifier <> 'exact',
    share.quote,
    portion.quote || '；' || whole.quote,
    share.claim_id,
    portion.claim_id || ' ' || whole.claim_id,
    '比例「' || share.quote || '」；分子「' || portion.quote || '」；分母「' || whole.quote || '」',
    'Share "' || share.quote || '"; part "' || portion.quote || '"; whole "' || whole.quote || '"',
    null,
    null,
    '分子或分母为 0 或为约数',
    'the part or the whole is 0 or approximate'
from statement as share
inner join statement as portion on share.share_part = portion.claim_id and share.report_id = portion.report_id
inner join statement as whole on share.share_whole = whole.claim_id and share.report_id = whole.report_id
where share.kind = 'share'
union all
select -- N-09
    one.report_id,
    'N-09',
    one.instance_key,
    one.label_zh,
    one.label_en,
    one.char_start,
    one.value,
    '=',
    in_unit_of(two.value, two.factor, one.factor),
    one.tolerance + two.tolerance,
    one.operator = '<=',
    two.operator = '<=',
    one.kind = 'amount' and units_differ(two.value, two.factor, one.factor),
    one.quote,
    two.quote,
    one.claim_id,
    two.claim_id,
    '正文「' || one.quote || '」；又「' || two.quote || '」',
    'Text "' || one.quote || '"; again "' || two.quote || '"',
    case when repeated.times > 2 then '共述及 ' || repeated.times || ' 处' end,
    case when repeated.times > 2 then 'It is stated ' || repeated.times || ' times' end,
    '带有“超过”“以上”等字样，或金额单位不明',
    'stated as a bound, or an amount without a unit'
from repeated
inner join stated as one on repeated.first_id = one.claim_id
inner join stated as two on repeated.second_id = two.claim_id
union all
select -- N-08
    report_id,
    'N-08',
    'report',
    '本报告',
    'this report',
    0,
    first_year,
    '=',
    other_year,
    0,
    false,
    false,
    false,
    title,
    null,
    null,
    null,
    said_zh,
    upper(said_en[1]) || said_en[2:],
    null,
    null,
    null,
    null
from years;

create or replace temp table soft_result as
with compared as (
    select
        *,
        left_value - right_value as gap,
        case
            when left_value is null or right_value is null then 'NOT_ASSESSABLE'
            when operator = '=' and abs(gap) <= tolerance then 'PASS'
            when doubtful then 'NOT_ASSESSABLE'
            when operator = '=' and gap > 0 and right_open then 'NOT_ASSESSABLE'
            when operator = '=' and gap < 0 and left_open then 'NOT_ASSESSABLE'
            when operator = '=' then 'FAIL'
            when gap <= tolerance and not left_open then 'PASS'
            when gap > tolerance and not right_open then 'FAIL'
            else 'NOT_ASSESSABLE'
        end as status,
        row_number() over (
            partition by report_id, identity_id, instance_key order by place, left_ids, right_ids
        ) as ordinal
    from (from against_table union all by name from within_prose)
),

worded as (
    select
        *,
        coalesce(plain(try_cast(left_value as decimal(20, 6))), '未知') as left_zh,
        coalesce(plain(try_cast(right_value as decimal(20, 6))), '未知') as right_zh,
        coalesce(plain(try_cast(left_value as decimal(20, 6))), 'unknown') as left_en,
        coalesce(plain(try_cast(right_value as decimal(20, 6))), 'unknown') as right_en,
        case
            when status = 'NOT_ASSESSABLE' then '与'
            when operator = '<=' then if(status = 'PASS', '≤', '>')
            when status = 'FAIL' then '≠'
            else if(gap = 0, '=', '≈')
        end as relation,
        plain(try_cast(abs(gap) as decimal(20, 6))) as distance
    from compared
)

select
    worded.report_id,
    worded.identity_id,
    worded.instance_key || case when worded.ordinal > 1 then '#' || worded.ordinal else '' end as instance_key,
    try_cast(worded.left_value as decimal(20, 6)) as left_value,
    worded.operator,
    try_cast(worded.right_value as decimal(20, 6)) as right_value,
    case when worded.status <> 'NOT_ASSESSABLE' then try_cast(worded.gap as decimal(20, 6)) end as difference,
    worded.status,
    prose_identity.severity,
    worded.left_quote,
    worded.right_quote,
    worded.left_ids,
    worded.right_ids,
    worded.identity_id || ' ' || prose_identity.title_zh || ' [' || worded.label_zh || ']：'
    || replace(
        replace(replace(prose_identity.wording_zh, '{left}', worded.left_zh), '{right}', worded.right_zh),
        '{relation}', worded.relation
    )
    || case worded.status
        when 'FAIL' then '（差 ' || worded.distance || '）'
        when 'NOT_ASSESSABLE' then concat_ws('：', '，无法核对', worded.unknown_zh)
        else ''
    end
    || '。' || worded.said_zh || '。' || coalesce(worded.remark_zh || '。', '') as sentence_zh,
    worded.identity_id || ' ' || prose_identity.title_en || ' [' || worded.label_en || ']: '
    || replace(
        replace(replace(prose_identity.wording_en, '{left}', worded.left_en), '{right}', worded.right_en),
        '{relation}', if(worded.status = 'NOT_ASSESSABLE', 'against', worded.relation)
    )
    || case worded.status
        when 'FAIL' then ' (difference ' || worded.distance || ')'
        when 'NOT_ASSESSABLE' then concat_ws(': ', '; not assessable', worded.unknown_en)
        else ''
    end
    || '. ' || worded.said_en || '.' || coalesce(' ' || worded.remark_en || '.', '') as sentence_en
from worded
inner join prose_identity on worded.identity_id = prose_identity.identity_id
order by worded.report_id, prose_identity.position, worded.place, worded.instance_key, worded.ordinal;
