-- A division that a report resolves to stands in the report's year, or in the year before or after where the basis says so.
-- A reviewed match is held to its year as well.
select
    organ_division.report_id,
    organ_division.division_code,
    organ_division.year
from {{ ref('marts_organ_division') }} as organ_division
anti join {{ ref('marts_dim_division') }} as division
    on
        organ_division.division_code = division.code
        and organ_division.year between
        division.valid_from - if(organ_division.division_basis = 'adjacent_year', 1, 0)
        and coalesce(division.valid_to + if(organ_division.division_basis = 'adjacent_year', 1, 0), organ_division.year)
where organ_division.division_code is not null
