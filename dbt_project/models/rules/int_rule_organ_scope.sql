-- The reports whose organ has or lacks a power that some rule speaks of: seed organ_scope, by the kind of organ and the level
-- of its division in the report's year.
select
    organ.report_id,
    scope.organ_scope
from {{ ref('int_organ_division') }} as organ
inner join {{ ref('marts_dim_division') }} as division
    on
        organ.division_code = division.code
        and organ.year between division.valid_from and coalesce(division.valid_to, organ.year)
inner join {{ ref('organ_scope') }} as scope
    on
        organ.organ_kind = scope.organ_kind
        and division.level = scope.division_level
