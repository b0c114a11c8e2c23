-- Which division each report's organ belongs to in the report's year, and what decides it. A reviewed match wins; then the
-- code printed in the document; then the name, if one division of that year bears it; then the title. Nothing is guessed.
with named as (

    select
        report.report_id,
        report.organ_name,
        report.year,
        report.division_code as printed_code,
        count(distinct candidate.division_code)::integer as candidate_count,
        min(candidate.division_code) as only_code,
        bool_or(candidate.is_of_year) as is_of_year,
        bool_or(candidate.division_code = report.division_code) as is_printed_candidate,
        count(distinct candidate.division_code) filter (
            where strpos(report.title, candidate.parent_name) > 0
        ) as candidates_in_title,
        min(candidate.division_code) filter (where strpos(report.title, candidate.parent_name) > 0) as code_in_title,
        any_value(candidate.place_part) as place_part
    from {{ ref('int_document') }} as document
    inner join {{ ref('stg_report') }} as report
        on
            document.load_name = report.load_name
            and document.document_id = report.document_id
    left join {{ ref('int_organ_candidate') }} as candidate
        on report.organ_name = candidate.organ_name and report.year = candidate.year
    where report.organ_name is not null
    group by all

),

described as (

    select
        named.*,
        substr(named.organ_name, coalesce(length(named.place_part), 0) + 1) as remainder
    from named

),

worded as (

    select
        *,
        {{ has_place_word('organ_name', 'starts_with', 'national') }} as is_national,
        {{ has_place_word('remainder', 'ends_with', 'department') }} as ends_as_department,
        {{ has_place_word('remainder', 'contains', 'no_department') }} as is_no_department
    from described

),

evidence as (

    select
        described.* exclude (ends_as_department, is_no_department),
        reviewed.organ_name is not null as is_reviewed,
        reviewed.division_code as reviewed_code,
        printed.code is not null as is_printed_of_year,
        -- What follows is itself a place that no table knows: the place in front is not the organ's own.
        regexp_matches(described.remainder, '^.{1,8}[县区旗市州盟省](人民)?政府') as is_unknown_part,
        case
            when regexp_matches(described.remainder, '^((人民)?政府(办公室|办公厅)?)?$') and described.place_part is not null
                then 'government'
            when regexp_matches(described.organ_name, '^.{2,12}[县区旗市州盟省](人民)?政府(办公室|办公厅)?$') then 'government'
            when regexp_matches(described.remainder, '^.+?(镇|乡|街道|苏木)(人民政府|政府|办事处)?(办公室)?$') then 'township'
            when described.is_no_department then 'other'
            when described.is_national then 'department'
            when described.ends_as_department then 'department'
            else 'other'
        end as organ_kind,
        nullif(regexp_extract(described.remainder, '^(.+?(镇|乡|街道|苏木))(人民政府|政府|办事处)?(办公室)?$', 1), '')
            as township_name
    from worded as described
    left join {{ ref('organ_match') }} as reviewed
        on
            described.organ_name = reviewed.organ_name
            and described.year between reviewed.first_year and reviewed.last_year
    left join {{ ref('marts_dim_division') }} as printed
        on
            described.printed_code = printed.code
            and described.year between printed.valid_from and coalesce(printed.valid_to, described.year)

),

decided as (

    select
        *,
        case
            when is_reviewed then 'reviewed_match'
            when is_national then 'national'
            when is_unknown_part then 'undetermined'
            when is_printed_of_year and (is_printed_candidate or candidate_count = 0) then 'printed_code'
            when is_printed_of_year then 'code_conflict'
            when candidate_count = 1 and is_of_year then 'name'
            when candidate_count = 1 then 'adjacent_year'
            when candidates_in_title = 1 and is_of_year then 'title'
            when candidate_count > 1 then 'ambiguous'
            else 'undetermined'
        end as division_basis
    from evidence

),

resolved as (

    select
        *,
        case division_basis
            when 'reviewed_match' then reviewed_code
            when 'printed_code' then printed_code
            when 'name' then only_code
            when 'adjacent_year' then only_code
            when 'title' then code_in_title
        end as division_code
    from decided

)

select
    resolved.report_id,
    -- One name is one organ through the years, whatever becomes of its code; a name that places share needs the code.
    resolved.organ_name
    || case when place.is_shared_name then '@' || coalesce(resolved.division_code, '') else '' end as organ_key,
    resolved.organ_name,
    resolved.year,
    resolved.organ_kind,
    resolved.place_part,
    resolved.printed_code,
    resolved.division_code,
    resolved.division_basis,
    resolved.candidate_count,
    township.township_code
from resolved
inner join {{ ref('int_organ_place') }} as place on resolved.organ_name = place.organ_name
left join {{ source('open_data', 'township') }} as township
    on
        resolved.organ_kind = 'township'
        and resolved.division_code = township.county_code
        and resolved.township_name = township.name
